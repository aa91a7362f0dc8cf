#include "evidence/html.h"

#include "catch.h"
#include "facts.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

DocumentPtr facts_of(std::string text) {
  auto facts = html_facts(source_of(std::move(text)));
  if (!facts) FAIL(facts.problem().message);
  return *facts;
}

DocumentPtr facts_of_file(std::string_view name) {
  std::ifstream file(concat(SCRUPLE_SOURCE_DIR, "/tests/evidence/data/", name));
  REQUIRE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  return facts_of(text.str());
}

std::string problem_of(std::string text) {
  const auto facts = html_facts(source_of(std::move(text)));
  return facts ? "(none)" : facts.problem().message;
}

struct Expected {
  std::string_view path;
  std::string_view value;
  std::string_view place;  // line:column; empty where it says nothing
};

template <std::size_t Size>
void check(const Document& facts, const Expected (&rows)[Size]) {
  for (const Expected& row : rows) {
    CAPTURE(row.path);
    CHECK(fact(facts, row.path) == row.value);
    if (!row.place.empty()) CHECK(place(facts, row.path) == row.place);
  }
}

}  // namespace

TEST_CASE("The facts of a newsletter") {
  const DocumentPtr facts = facts_of_file("newsletter.html");
  const Expected rows[] = {
      {"title", "Frühlings\u00ADangebote für *|FNAME|*", "6:10"},
      {"language", "de-AT", "2:7"},
      {"visible_text",
       "Hallo *|FNAME|*,\nder Frühling ist da!\n\n"
       "Unsere neuen Zelte wiegen weniger als 900 Gramm und stehen in zwei Minuten.\n\n"
       "Beste Grüße,\nIhr Bergwerk-Team\n\nZelte ansehen\n\n"
       "Dieser Text wurde mit Hilfe von KI erstellt und von Menschen geprüft.\n"
       "Sie erhalten diese E-Mail, weil Sie sich angemeldet haben. Abmelden Per E-Mail abmelden",
       "28:65"},
      {"text_blocks[0].in_footer", "false", ""},
      {"text_blocks[4].in_footer", "true", "39:7"},
      // The preheader.
      {"text_runs[0].hidden", "true", "23:24"},
      {"text_runs[1].text", "Hallo *|FNAME|*,", "28:65"},
      {"text_runs[1].font_px", "28", ""},
      // The disclosure: small and grey.
      {"text_runs[9].text", "Dieser Text wurde mit Hilfe von KI erstellt und von Menschen geprüft.", "39:7"},
      {"text_runs[9].font_px", "11", ""},
      {"text_runs[9].contrast", "4.12", ""},
      {"text_runs[9].in_footer", "true", ""},
      {"headings[0].level", "1", "28:7"},
      {"headings[0].text", "Hallo *|FNAME|*,\nder Frühling ist da!", "28:65"},
      {"links[0].text", "", "27:7"},
      {"links[0].image_alt", "Bergwerk Outdoor", ""},
      {"links[0].host", "www.bergwerk.example", "27:10"},
      {"links[1].text", "Zelte ansehen", "33:121"},
      {"links[1].font_px", "18", ""},
      {"links[1].contrast", "5.88", ""},
      {"links[1].image_alt", "(none)", ""},
      // The way out, tiny and pale.
      {"links[2].text", "Abmelden", "41:91"},
      {"links[2].href", "*|UNSUB|*", "41:52"},
      {"links[2].host", "(none)", ""},
      {"links[2].hidden", "false", ""},
      {"links[2].font_px", "6", ""},
      {"links[2].contrast", "1.05", ""},
      {"links[2].in_footer", "true", ""},
      {"links[3].scheme", "mailto", "42:10"},
      {"links[3].host", "(none)", ""},
      {"images[0].alt", "Bergwerk Outdoor", "27:156"},
      {"images[0].in_link", "true", ""},
      {"images[0].width", "180", ""},
      {"images[1].alt", "(none)", ""},
      {"images[1].width", "560", "34:7"},
      {"images[2].alt", "", "46:86"},
      {"meta[0].content", "utf-8", "4:9"},
      {"meta[1].name", "viewport", "5:9"},
      {"resource_hosts[0].kind", "style", "8:9"},
      {"resource_hosts[1].host", "gallery.mailchimp.example", "27:74"},
      {"resource_hosts[3].kind", "pixel", "46:6"},
      {"resource_hosts[3].url", "https://track.mailtool.example/open.php?u=1&id=2", ""},
      {"merge_tags[0].text", "*|FNAME|*", "6:42"},
      {"merge_tags[2].name", "UNSUB", "41:58"},
      {"merge_tags[2].tool", "mailchimp", ""},
      {"forms", "[]", ""},
      {"controls", "[]", ""},
      {"scripted", "false", ""},
      {"linked_style", "false", ""},
  };
  check(*facts, rows);
  CHECK(count(*facts, "links") == 4);
  CHECK(count(*facts, "text_blocks") == 5);
  CHECK(count(*facts, "text_runs") == 13);
  CHECK(count(*facts, "merge_tags") == 3);
  CHECK(count(*facts, "resource_hosts") == 4);
}

TEST_CASE("The facts of a consent form") {
  const DocumentPtr facts = facts_of_file("consent-form.html");
  const Expected rows[] = {
      {"language", "en", "2:7"},
      {"forms[0].id", "signup", "24:7"},
      {"forms[0].action_host", "forms.harbourbooks.example", "24:19"},
      {"forms[0].method", "post", ""},
      {"forms[1].action", "/search", "58:7"},
      {"forms[1].action_host", "(none)", ""},
      {"forms[1].method", "get", ""},
      {"controls[0].type", "email", "26:6"},
      {"controls[0].label", "E-mail address", "25:24"},
      {"controls[0].required", "true", ""},
      {"controls[1].type", "text", ""},
      {"controls[1].label", "First name", "27:6"},
      {"controls[2].hidden", "true", ""},  // the trap for robots
      // Ticked, in four spellings.
      {"controls[3].label", "Send me the weekly newsletter", "30:64"},
      {"controls[3].checked", "true", "30:55"},
      {"controls[4].label", "Share my address with partners", "32:82"},
      {"controls[4].checked", "true", "32:50"},
      {"controls[5].label", "Personalise my offers from my purchases", "35:18"},
      {"controls[5].checked", "true", "34:41"},
      {"controls[6].label", "I accept the terms", "37:49"},
      {"controls[6].checked", "false", "37:3"},
      {"controls[7].type", "checkbox", "38:3"},
      {"controls[7].tag", "div", ""},
      {"controls[7].label", "Receive text messages", "38:44"},
      {"controls[7].checked", "true", "38:24"},
      {"controls[7].aria_checked", "true", "38:24"},
      {"controls[8].type", "switch", ""},
      {"controls[8].checked", "false", "39:22"},
      {"controls[9].type", "radio", ""},
      {"controls[9].label", "Every day", "42:86"},
      {"controls[9].checked", "true", "42:59"},
      {"controls[10].checked", "false", ""},
      {"controls[11].type", "select", ""},
      {"controls[11].label", "Country", "46:10"},
      {"controls[11].options[2].text", "United Kingdom", "50:7"},
      {"controls[11].options[2].selected", "true", "50:26"},
      {"controls[11].options[0].selected", "false", ""},
      {"controls[11].options[0].value", "", ""},
      {"controls[12].type", "hidden", ""},
      {"controls[12].value", "yes", "53:42"},
      {"controls[12].checked", "(none)", ""},
      {"controls[13].type", "submit", ""},
      {"controls[13].label", "Subscribe", "55:11"},
      {"controls[13].form", "0", ""},
      {"controls[14].label", "Search books", ""},
      {"controls[14].form", "1", ""},
      {"controls[16].label", "Outside", ""},
      {"controls[16].form", "(none)", ""},
      {"links[2].rel", "privacy-policy", "60:65"},
      {"text_runs[15].text", "Your data is kept for two years.", "54:19"},
      {"text_runs[15].font_px", "12", ""},
      {"text_runs[15].contrast", "2.84", ""},
      {"text_runs[16].hidden", "true", "54:74"},
      {"text_blocks[12].text", "AI helps us write our newsletter. Privacy", "60:12"},
      {"text_blocks[12].in_footer", "true", ""},
      {"resource_hosts[0].kind", "script", "6:15"},
      {"resource_hosts[1].kind", "script_text", "9:60"},
      {"resource_hosts[1].host", "connect.facebook.net", ""},
      {"resource_hosts[2].kind", "form", "24:19"},
      {"resource_hosts[3].kind", "pixel", "61:58"},
      {"resource_hosts[4].kind", "iframe", "62:9"},
      {"scripted", "true", "6:1"},
  };
  check(*facts, rows);
  CHECK(count(*facts, "forms[0].controls") == 14);
  CHECK(count(*facts, "controls") == 17);
  CHECK(count(*facts, "resource_hosts") == 5);
  // The same items, not copies.
  CHECK(at(*facts, "forms[0].controls[3]") == at(*facts, "controls[3]"));
  const std::string text = fact(*facts, "visible_text");
  for (const std::string_view unseen : {"Leave this empty", "Screen readers", "dataLayer", "schema.org", "Ireland"}) {
    CHECK(text.find(unseen) == std::string::npos);
  }
}

TEST_CASE("The facts of a mail made for old mail programs") {
  const DocumentPtr facts = facts_of_file("hubspot-mail.html");
  const Expected rows[] = {
      {"title", "Votre sélection, {{ contact.firstname }}", "5:8"},
      {"language", "fr", "2:44"},
      {"text_runs[0].hidden", "true", "17:127"},
      // A condition that cannot be told hides nothing.
      {"text_runs[1].text", "Version haute définition", "22:22"},
      {"text_runs[1].hidden", "false", ""},
      {"text_blocks[0].text",
       "Version haute définition Bonjour {{ personalization_token('contact.firstname', 'cher client') }},\n"
       "d’après vos achats, notre intelligence artificielle vous propose :",
       "22:22"},
      {"text_blocks[1].text", "une tente légère", "25:9"},
      {"text_blocks[4].in_footer", "true", "31:1"},
      {"links[0].text", "Voir la sélection", "27:169"},
      {"links[0].contrast", "1.43", ""},
      {"links[1].text", "Se désinscrire", "32:106"},
      {"links[1].href", "{{ unsubscribe_link }}", "32:4"},
      {"links[1].font_px", "10", ""},
      {"links[1].contrast", "2.84", ""},
      {"links[2].contrast", "2.84", ""},
      {"links[3].text", ".", ""},
      {"links[3].in_footer", "true", ""},
      // A line, not a pixel.
      {"resource_hosts[0].kind", "image", "29:50"},
      {"merge_tags[1].name", "contact.firstname", "23:9"},
      {"merge_tags[1].fallback", "cher client", ""},
      {"merge_tags[2].name", "contact.email", "27:57"},
      {"merge_tags[3].tool", "hubspot", "32:10"},
      {"meta[0].name", "Content-Type", "4:7"},
      {"linked_style", "false", ""},
  };
  check(*facts, rows);
  CHECK(count(*facts, "links") == 4);  // not the one for Outlook, which stands in a comment
  CHECK(count(*facts, "merge_tags") == 4);
}

TEST_CASE("The facts of a preference page") {
  const DocumentPtr facts = facts_of_file("preference-page.html");
  const Expected rows[] = {
      {"visible_text",
       "Tus preferencias\n\nPersonalización\n\nOfertas personalizadas según mis compras\n\n"
       "Respuestas escritas por una IA\n\nFrecuencia\n\nGuardar\n\nMás información\n\nLos cambios valen al instante.",
       "15:9"},
      // A drawn switch: its box is hidden, and ticked all the same.
      {"controls[0].label", "Ofertas personalizadas según mis compras", "21:59"},
      {"controls[0].checked", "true", "20:58"},
      {"controls[0].hidden", "true", ""},
      {"controls[1].checked", "false", ""},
      {"controls[1].aria_checked", "true", "24:51"},
      {"controls[2].label", "Frecuencia de envío", "30:29"},
      {"controls[2].options[1].value", "Mensual", "32:11"},
      {"controls[2].options[1].selected", "true", "32:19"},
      {"controls[3].label", "¿Por qué? (opcional)", "35:28"},
      {"controls[4].disabled", "true", ""},
      {"controls[5].label", "Darme de baja de todo", "37:39"},
      {"forms[0].method", "post", ""},
      {"forms[0].action", "preferencias", "16:25"},
      {"resource_hosts[0].kind", "link", "7:26"},
      {"scripted", "true", "16:5"},
      {"linked_style", "true", ""},
      // A linked style sheet decides the looks, but for what an element's own style says.
      {"text_runs[2].font_px", "(none)", ""},
      {"text_runs[2].contrast", "(none)", ""},
      {"text_runs[7].font_px", "14", "39:101"},
      {"text_runs[7].contrast", "12.63", ""},
      {"text_runs[8].hidden", "true", "41:78"},
  };
  check(*facts, rows);
}

TEST_CASE("Text that hides") {
  const DocumentPtr facts = facts_of_file("hidden-text.html");
  CHECK(fact(*facts, "visible_text") ==
        "Meet Ava\n\nAva answers within a minute.\n\nBright text\n\nPale text\n\nSpoken and seen");
  const Expected rows[] = {
      {"text_runs[0].text", "Meet Ava", "14:5"},
      {"text_runs[2].text", "Ava is an AI system (display).", "16:23"},
      {"text_runs[2].hidden", "true", ""},
      {"text_runs[3].text", "Ava is an AI system (size).", ""},
      {"text_runs[3].hidden", "true", ""},
      {"text_runs[3].font_px", "1", ""},
      {"text_runs[4].hidden", "true", "18:54"},
      {"text_runs[5].hidden", "true", ""},
      {"text_runs[6].hidden", "true", ""},
      {"text_runs[7].hidden", "true", ""},
      {"text_runs[8].text", "Bright text", ""},
      {"text_runs[8].hidden", "false", ""},
      {"text_runs[9].text", "Pale text", "23:26"},
      {"text_runs[9].contrast", "1.09", ""},
      {"text_runs[10].aria_hidden", "true", ""},
      {"text_runs[10].hidden", "false", ""},
      // The address is there, but nobody can see it.
      {"links[0].text", "Unsubscribe", "25:48"},
      {"links[0].hidden", "true", ""},
      {"links[1].hidden", "true", "26:4"},
      {"links[2].hidden", "false", ""},
  };
  check(*facts, rows);
}

TEST_CASE("Facts that one line shows") {
  struct Row {
    std::string text;
    std::string_view path;
    std::string_view value;
  };
  const Row rows[] = {
      {"", "visible_text", ""},
      {"", "title", "(none)"},
      {"", "language", "(none)"},
      {"<html lang>", "language", ""},
      {"<title> A \n B </title>", "title", "A B"},
      {"<svg><title>icon</title></svg>", "title", "(none)"},
      {"a<b>b</b>c", "visible_text", "abc"},
      {"a<div>b</div>c", "visible_text", "a\n\nb\n\nc"},
      {"a<span style='display:block'>b</span>c", "visible_text", "a\n\nb\n\nc"},
      {"<ul><li>a<li>b</ul>", "visible_text", "a\n\nb"},
      {"<table><tr><td>a<td>b</table>", "visible_text", "a\n\nb"},
      {"a<div style='display:none'>x</div>b", "visible_text", "ab"},
      {"<select><option>a</select><textarea>b</textarea>", "visible_text", ""},
      {"<textarea name=t>b</textarea>", "controls[0].value", "b"},
      {"<h2>A</h2><h7>B</h7>", "headings", "[{level: 2, text: A, hidden: false}]"},
      {"<h1 style='display:none'>A</h1>", "headings", "[{level: 1, text: A, hidden: true}]"},
      {"<a>x</a><a name=y>z</a>", "links", "[]"},
      {"<a href=' HTTPS://A.example '>x</a>", "links[0].href", "HTTPS://A.example"},
      {"<a href=' HTTPS://A.example '>x</a>", "links[0].host", "a.example"},
      {"<map><area href=x alt=Out></map>", "links[0].image_alt", "Out"},
      {"<a href=x><img src=y></a>", "links[0].image_alt", ""},
      {"<a href=x><span style='display:none'>x</span></a>", "links[0].hidden", "true"},
      {"<a href=x style='font-size:9px'>a<b style='font-size:7px'>b</b></a>", "links[0].font_px", "7"},
      {"<a href=x>a<b style='font-size:7vw'>b</b></a>", "links[0].font_px", "(none)"},
      {"<a href=x aria-label=Out title=Leave></a>", "links[0].aria_label", "Out"},
      {"<img>", "images[0].src", ""},
      {"<img src=a width=100%>", "images[0].width", "(none)"},
      {"<img src=a style='display:none'>", "images[0].hidden", "true"},
      {"<input type=CheckBox checked=false>", "controls[0].checked", "true"},
      {"<input type=checkbox aria-checked=true>", "controls[0].checked", "false"},
      {"<input type=checkbox aria-checked=true>", "controls[0].aria_checked", "true"},
      {"<div role=radio aria-checked=mixed>", "controls[0].checked", "false"},
      {"<div role=checkbox>", "controls[0].checked", "false"},
      {"<button type=button>", "controls[0].type", "button"},
      {"<select multiple><option selected>a<option selected value=c>b</select>", "controls[0].options",
       "[{text: a, value: a, selected: true}, {text: b, value: c, selected: true}]"},
      {"<form method=DIALOG>", "forms[0].method", "dialog"},
      {"<form><p>a</p>b</form>", "forms[0].text", "a\n\nb"},
      {"<table><form action=/x><tr><td>a<input></tr></form></table>", "forms[0].text", "a"},
      {"<meta property=og:title content=T>", "meta", "[{name: og:title, content: T}]"},
      {"<meta http-equiv=refresh>", "meta", "[{name: refresh, content: }]"},
      {"<script src=/own.js></script><img src=data:x>", "resource_hosts", "[]"},
      {"<img srcset='//a.example/1 1x,//b.example/2 2x'>", "resource_hosts[1].host", "b.example"},
      {"<div style='background:url(//a.example/p)'>", "resource_hosts[0].kind", "image"},
      {"<td background=//a.example/p>", "resource_hosts", "[]"},
      {"<table><td background=//a.example/p>", "resource_hosts[0].kind", "image"},
      {"<style>@font-face{src:url(//a.example/f)}</style>", "resource_hosts[0].kind", "font"},
      {"<link rel=preload as=font href=//a.example/f>", "resource_hosts[0].kind", "font"},
      {"<link rel=canonical href=//a.example/f>", "resource_hosts[0].kind", "link"},
      {"<link rel='shortcut icon' href=//a.example/f>", "resource_hosts[0].kind", "image"},
      {"<button formaction=//a.example/f>", "resource_hosts[0].kind", "form"},
      {"<video src=//a.example/f>", "resource_hosts[0].kind", "media"},
      {"<script>x('//a.example/y') // see //b.example</script>", "resource_hosts",
       "[{host: a.example, kind: script_text, url: //a.example/y}]"},
      {"<script type=application/ld+json>\"https://a.example\"</script>", "resource_hosts", "[]"},
      {"<script type=application/ld+json>1</script>", "scripted", "false"},
      {"<script></script>", "scripted", "true"},
      {"<p onclick=x()>", "scripted", "true"},
      {"<a href='javascript:x()'>", "scripted", "true"},
      {"<p on>", "scripted", "false"},
      {"<link rel=stylesheet href=x.css>", "linked_style", "true"},
      {"<p>{{ first_name|default:'you' }}", "merge_tags",
       "[{text: {{ first_name|default:'you' }}, name: first_name, tool: klaviyo, logic: false, fallback: you}]"},
      {"<script>{{x}}</script><style>{{x}}</style><p onclick='{{x}}'>", "merge_tags", "[]"},
      {"<a href='{{unsubscribe}}'>", "merge_tags[0].name", "unsubscribe"},
      {"<div role=contentinfo>x</div>", "text_blocks[0].in_footer", "true"},
      {"<body class=has-footer>x", "text_blocks[0].in_footer", "false"},
      {"<div id=page_footer>x", "text_blocks[0].in_footer", "true"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.path);
    CHECK(fact(*facts_of(row.text), row.path) == row.value);
  }
}

TEST_CASE("A place in a text is a place in the file") {
  const std::string text =
      "<p>One two\n  three</p><p>F&uuml;r <b>alle</b> f&uuml;nf\n</p>"
      "<p>Two <i hidden>two</i> more</p><img alt='An old  peach'>";
  const DocumentPtr facts = facts_of(text);
  const auto part = [&](const Member* member, std::string_view wanted) {
    const std::string_view whole = facts->node(member->value).text;
    CAPTURE(whole, wanted);
    const auto begin = static_cast<std::uint32_t>(whole.find(wanted));
    REQUIRE(begin < whole.size());
    const Span span = place_in_text(*facts, member->value, {begin, begin + static_cast<std::uint32_t>(wanted.size())});
    return text.substr(span.begin, span.end - span.begin);
  };
  const Member* visible = facts->find(facts->root(), "visible_text");
  REQUIRE(facts->node(visible->value).text == "One two three\n\nFür alle fünf\n\nTwo more");
  CHECK(part(visible, "two three") == "two\n  three");
  CHECK(part(visible, "One") == "One");
  CHECK(part(visible, "alle") == "alle");
  CHECK(part(visible, "lle f") == "lle</b> f");
  CHECK(part(visible, "nf") == "f&uuml;nf");  // past an entity only the piece is known
  CHECK(part(visible, "One two three\n\nFür alle fünf") == "One two\n  three</p><p>F&uuml;r <b>alle</b> f&uuml;nf");

  const auto item = [&](std::string_view list, std::size_t index, std::string_view key) {
    const NodeId items = facts->find(facts->root(), list)->value;
    return facts->find(facts->members(items)[index].value, key);
  };
  CHECK(part(item("text_blocks", 1, "text"), "alle") == "alle");
  CHECK(part(item("text_blocks", 2, "text"), "more") == "more");
  CHECK(part(item("images", 0, "alt"), "old  peach") == "old  peach");  // of an attribute

  const DocumentPtr empty = facts_of("");
  CHECK(place_in_text(*empty, empty->find(empty->root(), "visible_text")->value, {}) == Span{});
}

TEST_CASE("Facts outlive what they were made from") {
  DocumentPtr facts;
  {
    const auto made = html_facts(source_of("<title>A&amp;B</title><X-Y role=checkbox title='&lt;'>"));
    facts = *made;
  }
  CHECK(fact(*facts, "title") == "A&B");
  CHECK(fact(*facts, "controls[0].tag") == "x-y");
  CHECK(fact(*facts, "controls[0].label") == "<");
}

TEST_CASE("Hostile pages give a clear outcome within bounds") {
  const auto repeated = [](std::string_view piece, std::size_t bytes = 1'000'000) {
    std::string out;
    while (out.size() < bytes) out += piece;
    return out;
  };
  const std::string too_many = "`page.html` has more links, controls and pieces of text than a page can (over 50000).";
  const std::string too_deep = "`page.html` has more than 1000 tags open at once.";
  struct Row {
    std::string text;
    std::string problem;
  };
  const Row rows[] = {
      {repeated("<a href=x>y</a>"), too_many},
      {repeated("x<br>", 500'000), too_many},
      {repeated("<input>"), too_many},
      {"<select>" + repeated("<option>x"), too_many},
      {repeated("{{a}}"), too_many},
      {"<script>" + repeated("'//a.b'"), too_many},
      {"<label for=a>" + repeated("x ", 900'000) + "</label>" + repeated("<input id=a>", 900'000), too_many},
      {"<label>" + repeated("<input>", 300'000) + repeated("x", 900'000), too_many},
      {repeated("<h1><div>", 4'000) + repeated("<br>", 1'500'000), too_many},
      {"<script>" + repeated("https://"), "(none)"},
      {"<script>'" + repeated("https://a.b/"), "(none)"},
      {repeated("<div>"), too_deep},
      {"<div title='" + repeated("x"), "(none)"},
      {"<p>" + repeated("<!--"), "(none)"},
      {repeated("<"), "(none)"},
      {repeated("{{"), "(none)"},
      {repeated("&amp;"), "(none)"},
      {"<p style='" + repeated("url("), "(none)"},
      {"<p style='" + repeated("color:red;"), "(none)"},
      {"<svg>" + repeated("<td>", 400'000), too_deep},
      {repeated("<li><dd>"), too_deep},
      {"<svg><foreignObject>" + repeated("<x/>", 400'000), too_deep},
      {std::string("a\0b<p \0 a='\0'>\0</p>", 19), "(none)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text.substr(0, 40));
    const auto start = std::chrono::steady_clock::now();
    CHECK(problem_of(row.text) == row.problem);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
  }
}

TEST_CASE("Everything that shows a picture, a film or a sound is found, by each of its addresses") {
  const DocumentPtr facts = facts_of(
      "<body background='paper.png'><style>h1 { background: url(head.png) }</style><h1>Grüße</h1>\n"
      "<p>Two words</p><figure><picture><source srcset='a.webp 1x, b.webp 2x'><img src=a.png data-src=late.png "
      "alt='Peas'></picture><figcaption>Made with <b>AI</b></figcaption></figure>\n"
      "<video src=film.mp4 poster=film.jpg aria-label='A film'><source src=film.webm></video><audio><source src=a.ogg>"
      "</audio><object data=c.svg></object><embed src=d.svg><input type=image src=go.png alt=Go>"
      "<svg><image href='e.png'/></svg><div style=\"background:url('f.png')\"></div>"
      "<img src='data:image/png;base64,AA=='><img><template><img src=no.png></template>"
      "<p style='display:none'><img src=hidden.png></p><p>The end</p>");
  std::string urls;
  for (std::size_t i = 0; i < count(*facts, "embeds"); ++i)
    urls += concat(fact(*facts, concat("embeds[", i, "].url")), ' ');
  CHECK(urls ==
        "paper.png head.png a.webp b.webp a.png late.png film.mp4 film.jpg film.webm a.ogg c.svg d.svg go.png e.png "
        "f.png "
        "hidden.png ");
  const Expected rows[] = {
      {"visible_text", "Grüße\n\nTwo words\n\nMade with AI\n\nThe end", ""},
      {"embeds[0].at", "0", "1:7"},
      {"embeds[1].tag", "style", ""},
      {"embeds[1].at", "(none)", ""},
      {"embeds[2].tag", "source", "2:42"},
      {"embeds[2].alt", "Peas", ""},
      {"embeds[2].caption", "Made with AI", ""},
      // "Grüße", a blank line, "Two words": characters, not bytes.
      {"embeds[2].at", "16", ""},
      {"embeds[6].alt", "A film", ""},
      {"embeds[6].caption", "(none)", ""},
      {"embeds[6].at", "30", ""},
      {"embeds[8].alt", "(none)", ""},
      {"embeds[15].hidden", "true", ""},
      {"embeds[14].hidden", "false", ""},
  };
  check(*facts, rows);
}
