#include "evidence/document_facts.h"

#include "catch.h"
#include "facts.h"

#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

DocumentPtr read(std::string text, std::string name) {
  const auto source = source_of(std::move(text), std::move(name));
  const auto facts = document_facts({source, source, {}}, document_format(source->name(), source->text()), {});
  if (!facts) FAIL(facts.problem().message);
  return *facts;
}

std::string placeholders(std::string_view text) {
  std::string out;
  for (const Span place : find_placeholders(text, 100)) {
    if (!out.empty()) out += "; ";
    out += text.substr(place.begin, place.end - place.begin);
  }
  return out;
}

}  // namespace

TEST_CASE("Sections of a Markdown file") {
  const auto plan = read(
      "---\ntitle: data\n---\nBefore all.\n\n# Emergency plan\n\nCall **Dana**, see [the list](list.md).\n\n"
      "## 1. Stop\n\n- Stop the sending\n- Stop the *system*\n\n### Then\nWait.\n\n"
      "Tell people\n-----------\nWithin a day. <!-- not this -->Write to <post@fern.example>.\n\n"
      "| who | when |\n|---|---|\n| Dana | now |\n\n```\n# no heading\n```\n",
      "plan.md");
  CHECK(fact(*plan, "format") == "markdown");
  CHECK(fact(*plan, "title") == "Emergency plan");
  CHECK(fact(*plan, "headings") ==
        "[{level: 1, text: Emergency plan}, {level: 2, text: 1. Stop}, {level: 3, text: Then}, {level: 2, text: Tell "
        "people}]");
  CHECK(place(*plan, "headings[3]") == "18:1");
  CHECK(fact(*plan, "sections[0]") == "{level: 0, heading: , text: Before all., words: 2}");
  CHECK(fact(*plan, "sections[2].text") == "Stop the sending\n\nStop the system\n\nThen\n\nWait.");
  CHECK(fact(*plan, "sections[4].text") ==
        "Within a day. Write to post@fern.example.\n\n| who | when |\n\n| Dana | now |\n\n# no heading");
  CHECK(fact(*plan, "blocks[2].text") == "Call Dana, see the list.");
  CHECK(place(*plan, "blocks[2]") == "8:1");
  CHECK(fact(*plan, "links") ==
        "[{text: the list, href: list.md}, {text: post@fern.example, href: mailto:post@fern.example}]");
}

TEST_CASE("Sections of a page") {
  const auto notice = read(
      "<!doctype html><html lang=\"de\"><head><title>Hinweise</title></head><body><h1>Datenschutz</h1><p>Vorab.</p>\n"
      "<h2>1. Welche <em>Daten</em></h2><p>Adresse.</p><ul><li>Name</li></ul>\n<h2 hidden>Nie</h2>"
      "<h2>Rechte</h2><p>Schreiben Sie <a href=\"mailto:p@fern.example\">uns</a>.</p></body></html>",
      "notice.html");
  CHECK(fact(*notice, "format") == "html");
  CHECK(fact(*notice, "language") == "de");
  CHECK(fact(*notice, "title") == "Datenschutz");
  CHECK(fact(*notice, "sections[1]") == "{level: 2, heading: 1. Welche Daten, text: Adresse.\n\nName, words: 2}");
  CHECK(place(*notice, "sections[1]") == "2:5");
  CHECK(count(*notice, "headings") == 3);
  CHECK(fact(*notice, "links[0].href") == "mailto:p@fern.example");
}

TEST_CASE("Headings of plain text") {
  const auto text = read(
      "PRIVACY NOTICE\n\nWe keep your address.\nAnd your orders.\n\n1 What we keep\n\nMuch.\n\n2.1 For whom\n\nYou.\n\n"
      "What then?\n\nOver\n====\nSee https://fern.example/more, please.\n\n2026 was a good year\n\nArt. 5 Rights\n\nx",
      "notice.txt");
  CHECK(fact(*text, "format") == "text");
  CHECK(
      fact(*text, "headings") ==
      "[{level: 1, text: PRIVACY NOTICE}, {level: 1, text: 1 What we keep}, {level: 2, text: 2.1 For whom}, {level: 1, "
      "text: Over}, {level: 1, text: Art. 5 Rights}]");
  CHECK(fact(*text, "blocks[1].text") == "We keep your address. And your orders.");
  CHECK(fact(*text, "links[0].href") == "https://fern.example/more");
  CHECK(fact(*text, "sentences") == "13");
}

TEST_CASE("What was left to be filled in is found") {
  struct Row {
    std::string text;
    std::string found;
  };
  const Row rows[] = {
      {"Contact: TBD", "TBD"},
      {"TODO: write this", "TODO"},
      {"TODO EL MUNDO, todo incluido", ""},
      {"Lorem ipsum dolor", "Lorem ipsum"},
      {"Call <insert name> or <your phone number>", "<insert name>; <your phone number>"},
      {"Dear [Name], from [Company Name] on [insert date]", "[Name]; [Company Name]; [insert date]"},
      {"[Firma einfügen] grüßt", "[Firma einfügen]"},
      {"Signed ________", "________"},
      {"snake__case ____x", "____"},
      {"XXX and XXXXX, XXXL", "XXX; XXXXX"},
      {"[see below], a [link](url), [x] done, [laughs]", ""},
      {"a < b and c > d, <b>bold</b>, x<y>", ""},
      {"{insert offer}", "{insert offer}"},
      {"STBD, TBDs", ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(placeholders(row.text) == row.found);
  }
}

TEST_CASE("A document has bounds") {
  HtmlLimits limits;
  limits.bytes = 100;
  const auto source = source_of(std::string(101, 'x'), "a.md");
  const auto facts = document_facts({source, source, {}}, DocumentFormat::markdown, limits);
  REQUIRE_FALSE(facts);
  CHECK(facts.problem().message.find("longer than a document") != std::string::npos);
}
