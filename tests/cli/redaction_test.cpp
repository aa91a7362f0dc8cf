// What stands in a file that can hold personal data never shows: not in a report, not in an error, not in `eval`.
#include "../evidence/images.h"
#include "program.h"

#include "scruple/reporter.h"

namespace scruple::test {
namespace {

// No word of scruple's own, and none that could come about by chance.
const std::string secret = "zaphod7beeblebrox";
const std::string number = "735190264";

// The files stand behind fields that are not public.
Program program_with_secrets() {
  Program program;
  program.files.add("/campaign.yaml", campaign_head +
                                          "campaign: {id: spring, markets: [DE]}\n"
                                          "assets:\n"
                                          "  - {id: text, review_notes_path: notes.txt}\n"
                                          "  - {id: json, review_notes_path: notes.json}\n"
                                          "  - {id: html, review_notes_path: notes.html}\n"
                                          "  - {id: yaml, review_notes_path: notes.yaml}\n"
                                          "  - {id: broken, review_notes_path: broken.json}\n"
                                          "  - {id: torn, review_notes_path: torn.html}\n"
                                          "  - {id: rows, review_notes_path: rows.csv}\n"
                                          "  - {id: photo, review_notes_path: photo.jpg}\n"
                                          "  - {id: screen, review_notes_path: screen.png}\n"
                                          "  - {id: drawing, review_notes_path: drawing.svg}\n"
                                          "  - {id: card, review_notes_path: card.md}\n"
                                          "  - {id: ads, review_notes_path: ads.json}\n"
                                          "  - {id: cut, review_notes_path: cut.png}\n"
                                          "x-map: {a: 1}\n");
  program.files.add("/notes.txt", secret);
  program.files.add("/notes.json", "{\"name\": \"" + secret + "\", \"list\": [\"" + secret +
                                       "\", \"b\"], \"people\": [{\"id\": \"" + secret + "\", \"mail\": \"" + secret +
                                       "@example.org\", \"phone\": " + number + "}], \"by-mail\": {\"" + secret +
                                       "@example.org\": 1}, \"by-name\": {\"" + secret + "\": {\"" + secret +
                                       "\": 1}}, \"born\": \"1999-01-01\", \"nothing\": null}");
  program.files.add("/notes.html",
                    "<title>" + secret + "</title><p id=" + secret + ">" + secret + "</p><a href=\"https://" + secret +
                        ".example.org\">" + secret + "</a><form><input type=checkbox id=" + secret + " name=" + secret +
                        " value=" + secret + "><label>" + secret + "</label></form><img alt=" + secret + ">");
  program.files.add("/rows.csv", "id;mail\n1;" + secret + "@example.org\n2;" + number + "\n");
  program.files.add("/notes.yaml", "name: " + secret + "\nlist: [" + secret + "]\n");
  program.files.add("/broken.json", "{\"name\": \"" + secret + "\", " + secret + "}");
  using namespace evidence::images;
  const std::string told = xmp(concat("xmp:CreatorTool=\"", secret, "\" exif:GPSLatitude=\"", secret, "\""),
                               concat("<dc:creator>", secret, "</dc:creator><dc:description>", secret,
                                      "</dc:description><ext:DigitalSourceType>", secret, "</ext:DigitalSourceType>"));
  program.files.add("/photo.jpg",
                    jpeg(jpeg_exif(Tiff()
                                       .ascii(0x0131, secret)
                                       .ascii(0x013B, secret)
                                       .directory(0x8769, Tiff().ascii(0xA430, secret).ascii(0xA431, number))
                                       .bytes()) +
                         jpeg_xmp(told) + segment(0xFE, secret)));
  program.files.add(
      "/screen.png",
      png(png_text(secret, secret) + png_text("Software", secret) + png_xmp(told) +
          chunk("caBX", jumbf("c2pa", cbor("claim_generator") + cbor(secret) + cbor("digitalsourcetype/" + secret)))));
  program.files.add("/drawing.svg", "<!-- Generator: " + secret + " --><svg><title>" + secret + "</title>" +
                                        told.substr(told.find("<x:")) + "</svg>");
  program.files.add("/card.md",
                    "---\nname: " + secret + "\n" + secret + "@example.org: " + number + "\n---\n" + secret);
  program.files.add("/ads.json", "{\"name\": \"" + secret + "\", \"special_ad_categories\": [\"" + secret +
                                     "\"], \"targeting\": \"{\\\"interests\\\": [{\\\"name\\\": \\\"" + secret +
                                     "\\\"}], \\\"age_min\\\": 735190264}\"}");
  program.files.add("/cut.png", png(png_text(secret, secret)).substr(0, 60));
  program.files.add("/torn.html", std::string("<p>") + secret + "\xFF</p>");
  return program;
}

bool is_secret(const std::string& text) {
  return text.find(secret) != std::string::npos || text.find(number) != std::string::npos ||
         text.find("1999-01-01") != std::string::npos;
}

// What a rule or a person could ask of these files.
const std::string text_file = "file(manifest.assets[0].review_notes_path)";
const std::string json_file = "file(manifest.assets[1].review_notes_path)";
const std::string html_file = "file(manifest.assets[2].review_notes_path)";
const std::string yaml_file = "file(manifest.assets[3].review_notes_path)";
const std::string broken_file = "file(manifest.assets[4].review_notes_path)";
const std::string torn_file = "file(manifest.assets[5].review_notes_path)";
const std::string photo_file = "file(manifest.assets[7].review_notes_path)";
const std::string screen_file = "file(manifest.assets[8].review_notes_path)";
const std::string drawing_file = "file(manifest.assets[9].review_notes_path)";
const std::string card_file = "file(manifest.assets[10].review_notes_path)";
const std::string ads_file = "file(manifest.assets[11].review_notes_path)";
const std::string cut_file = "file(manifest.assets[12].review_notes_path)";
const std::string rows = "file(manifest.assets[6].review_notes_path).text.split('\\n').map(line, line.split(';'))";

std::vector<std::string> expressions() {
  const std::string text = text_file + ".text";
  const std::string json = json_file + ".json";
  return {
      text_file,
      text,
      photo_file + ".image",
      photo_file + ".image.tools",
      photo_file + ".image.tools[0].name",
      photo_file + ".image.credits",
      photo_file + ".image.credits[0].name",
      photo_file + ".image.source_types",
      photo_file + ".image.location",
      photo_file + ".image.owner",
      photo_file + ".image.texts.map(t, t.key + t.text)",
      photo_file + ".text",
      screen_file + ".image",
      screen_file + ".image.texts",
      screen_file + ".image.texts[0].key",
      screen_file + ".image.texts.filter(t, t.key == 'x')",
      screen_file + ".image.tools.map(t, t.name)",
      screen_file + ".image.source_types[0].value",
      screen_file + ".html",
      drawing_file + ".image",
      drawing_file + ".image.tools[0]",
      drawing_file + ".image.texts[0].text",
      drawing_file + ".text",
      card_file + ".front_matter",
      card_file + ".front_matter.name",
      card_file + ".front_matter.map(key, key)",
      card_file + ".json",
      ads_file + ".ads",
      ads_file + ".ads.campaigns[0].name",
      ads_file + ".ads.campaigns[0].special_categories",
      ads_file + ".ads.targeting",
      ads_file + ".ads.targeting[0].value",
      ads_file + ".ads.targeting.map(t, t.value + t.kind)",
      ads_file + ".ads.targeting[1].low",
      ads_file + ".json.targeting",
      "json(" + ads_file + ".json.targeting)",
      "json(" + ads_file + ".json.targeting).interests[0].name",
      "json(" + ads_file + ".json.targeting).interests[0]",
      "json(" + ads_file + ".json.targeting).age_min + 1",
      "json(" + ads_file + ".json.name)",
      "json(" + text + ")",
      cut_file + ".image",
      cut_file + ".image.texts[0].key",
      rows,
      rows + "[1]",
      rows + "[1][1]",
      rows + "[2][1] + 1",
      "int(" + rows + "[2][1])",
      "int(" + rows + "[1][1])",
      rows + ".all(row, size(row) < 2)",
      rows + ".filter(row, row[1] != 'x').map(row, {row[1]: row[0]})",
      rows + ".exists(row, row[1] in ['a', 'b'])",
      "cel.bind(row, " + rows + "[1], row[1] == 'x' && row[0] == 'y')",
      json,
      json_file + ".text",
      html_file + ".html",
      html_file + ".text",
      yaml_file + ".yaml",
      yaml_file + ".yaml.name",
      yaml_file + ".yaml.list",
      broken_file + ".json",
      broken_file + ".json.name",
      torn_file + ".html.visible_text",
      html_file + ".html.visible_text",
      html_file + ".html.title",
      html_file + ".html.links",
      html_file + ".html.links[0]",
      html_file + ".html.links.map(l, l)",
      html_file + ".html.forms",
      html_file + ".html.controls",
      html_file + ".html.controls[0]",
      html_file + ".html.images",
      html_file + ".json",
      text_file + ".json",
      json + ".name",
      json + ".list",
      json + ".list[0]",
      json + ".people",
      json + ".people[0]",
      json + ".people[0].phone",
      json + ".people[0].phone + 1",
      json + ".people.map(p, p.id)",
      json + ".people.map(p, p.mail)",
      json + ".people.filter(p, true)",
      json + ".list.filter(n, n != 'b')[0]",
      json + ".list.sort()[0]",
      json + ".list.reverse()",
      json + ".list + ['x']",
      "[" + text + "]",
      "[[" + text + "]]",
      "{'a': " + text + "}",
      "{" + text + ": 1}",
      "{'a': {" + text + ": [1]}}",
      json + ".born",
      "date(" + json + ".born)",
      "timestamp(" + json + ".born + 'T00:00:00Z')",
      "date(" + json + ".born) + days(1)",
      "date(" + json + ".born).getFullYear()",
      json + "['by-name']",
      json + "['by-name'].map(k, k)",
      json + "['by-name'].all(k, k == 'x')",
      json + "['by-name'].all(k, " + json + "['by-name'][k] == 'x')",
      json + "['by-name'].all(k, " + json + "['by-name'][k][k] == 'x')",
      json + "['by-name'].all(k, v, v.none == 'x')",
      json + "['by-name'].transformMap(k, v, v)",
      json + "['by-name'].transformList(k, v, v)[0]",
      json + "['by-name'][" + text + "]",
      json + "['by-name'].zaphod",
      json + "['by-mail']",
      json + "['by-mail'].map(k, k)",
      json + "['by-mail'].exists(k, k == 'x')",
      json + "[" + text + "]",
      json + ".none",
      json + ".people[7]",
      json + ".people[0].none",
      json + ".nothing.x",
      "manifest['x-map'][" + text + "]",
      "{'a': 1}[" + text + "]",
      "[1][int(" + json + ".people[0].phone)]",
      "manifest.assets[int(" + json + ".people[0].phone)]",
      "int(" + text + ")",
      "uint(" + text + ")",
      "double(" + text + ")",
      "bool(" + text + ")",
      "date(" + text + ")",
      "timestamp(" + text + ")",
      "duration(" + text + ")",
      "bytes(" + text + ")",
      "string(" + text + ")",
      "dyn(" + text + ")",
      "type(" + text + ")",
      "'x' + " + text,
      text + " + 'x'",
      text + ".substring(1)",
      text + ".charAt(0)",
      text + ".split('o')",
      text + ".split('o')[0]",
      text + ".replace('z', 'y')",
      text + ".upperAscii()",
      text + ".trim()",
      "[" + text + "].join('-')",
      text + ".reverse()",
      "'%s'.format([" + text + "])",
      text + ".format(['x'])",
      text + ".format([])",
      "'%d'.format([" + text + "])",
      "strings.quote(" + text + ")",
      text + ".matches('(')",
      "'x'.matches(" + text + " + '(')",
      "regex.extract(" + text + ", 'z.*')",
      "regex.replace(" + text + ", 'z', 'y')",
      "regex.extract('x', " + text + " + '(')",
      "base64.encode(bytes(" + text + "))",
      "base64.decode(" + text + ")",
      text + " + 1",
      text + " < 1",
      "-" + text,
      "!" + text,
      text + ".nothing",
      text + "[0]",
      "size(" + json + ".people[0].phone)",
      "math.greatest(" + json + ".people[0].phone, 1)",
      "math.greatest([" + text + "])",
      json + ".people[0].phone / 0",
      json + ".people[0].phone * 9223372036854775807",
      "true ? " + text + " : ''",
      text + " ? 1 : 2",
      text + " && true",
      "optional.of(" + text + ")",
      "optional.of(" + text + ").value()",
      "optional.none().orValue(" + text + ")",
      json + ".?name",
      json + ".?name.orValue('x')",
      "file(" + text + ").exists",
      "file(" + text + ").text",
      "file(" + text + ").name",
      "file(" + text + ")",
      "file('/' + " + text + ").text",
      "file('../' + " + text + ").text",
      "file(" + json + ".name).text",
      "file('notes.txt').text",
      "file('notes.json').json.name",
      "file('nor-' + 'notes.txt').text",
      "asset(" + text + ")",
      "asset(" + text + ").value()",
      "person(" + text + ")",
      "system(" + text + ").value().id",
      "in_region([" + text + "], 'EU')",
      "in_region(manifest.campaign.markets, " + text + ")",
      "host_of('https://' + " + text + ")",
      "text.words(" + text + ")",
      "text.has_any(" + text + ", ['zap', 'hod'])",
      "text.has_any('x', [" + text + "])",
      "text.has_any('a b zaphod7' + 'beeblebrox c', [" + text + "])",
      "manifest.assets.map(a, " + text + ")",
      "manifest.assets.exists(a, a.id == " + text + ")",
      "[1, 2].map(i, " + json + ".name)",
      json + ".list.map(n, n + 'x')",
      json + ".list.transformMap(i, n, n)",
      json + ".list.transformList(i, n, n)",
      "cel.bind(x, " + text + ", x)",
      "sets.intersects([" + text + "], ['a'])",
      "lists.range(" + json + ".people[0].phone)",
      json + ".list.slice(0, 1)",
      "[" + json + ".list].flatten()",
      json + ".list.distinct()",
      json + ".list.first()",
      json + ".people.sortBy(p, p.id)",
      json + ".list.exists_one(n, n == 'b')",
  };
}

}  // namespace

TEST_CASE("eval shows no value of a file that can hold personal data") {
  Program program = program_with_secrets();
  std::size_t hidden = 0;
  const auto ask = [&](const std::string& expression, std::vector<std::string> arguments) {
    const test::Outcome outcome = program.run(arguments);
    // The expression itself is echoed with an error: it is the caller's.
    INFO(expression << "\n" << outcome.out << outcome.err);
    std::string printed = outcome.out + outcome.err;
    for (auto at = printed.find(expression); at != std::string::npos; at = printed.find(expression)) {
      printed.erase(at, expression.size());
    }
    CHECK(!is_secret(printed));
    hidden += outcome.out.find("not shown") != std::string::npos;
  };
  for (const std::string& expression : expressions()) {
    ask(expression, {"eval", expression, "/campaign.yaml"});
    // A trace shows what the caller put together of literals.
    const bool spelled_out = expression.find("beeblebrox") != std::string::npos;
    if (!spelled_out) ask(expression, {"eval", "--trace", expression, "/campaign.yaml"});
  }
  CHECK(hidden > 100);
}

TEST_CASE("no report shows a value of a file that can hold personal data") {
  std::size_t judged = 0;
  for (const std::string& expression : expressions()) {
    INFO(expression);
    std::string quoted;
    for (const char c : expression) quoted.append(c == '\'' ? 2 : 1, c);
    Program program = program_with_secrets();
    program.files.add("/house.yaml", one_rule(concat("let: {value: '", quoted,
                                                     "'}\nmessage: 'It is {value}, or {[value]}.'\nrequire:\n"
                                                     "  - {that: 'value == dyn(\"never\")', at: value}\n",
                                                     "  - 'size([value, value]) < 2 && value != dyn(1)'\n")));
    for (const std::string_view format : report_formats()) {
      const test::Outcome outcome =
          program.run(check({"/campaign.yaml", "--format", std::string(format), "--log-level", "debug"}));
      INFO(outcome.out << outcome.err);
      CHECK(!is_secret(outcome.out));
      CHECK(!is_secret(outcome.err));
      judged += outcome.out.find("house/rule") != std::string::npos;
    }
  }
  CHECK(judged > 200);
}

TEST_CASE("eval shows no key of a file that can hold personal data where its values stand") {
  Program program = program_with_secrets();
  for (const char* option : {"--origins", "--trace"}) {
    for (const std::string& expression : {json_file + ".json", json_file + ".json['by-name']"}) {
      const test::Outcome outcome = program.run({"eval", option, expression, "/campaign.yaml"});
      INFO(outcome.out << outcome.err);
      CHECK(outcome.code == 0);
      CHECK(!is_secret(outcome.out));
    }
  }
  // What the caller named may be told.
  CHECK(program.run({"eval", json_file + ".json.people[0].phone", "/campaign.yaml"}).out.find("people[0].phone") !=
        std::string::npos);
}

TEST_CASE("items of a file that can hold personal data are named by their number") {
  const std::pair<const char*, const char*> ranges[] = {
      {"person in file(manifest.assets[1].review_notes_path).json.people", "person.phone == 1"},
      {"name in file(manifest.assets[1].review_notes_path).json.list", "name == 'c'"},
      {"key in file(manifest.assets[1].review_notes_path).json['by-mail']", "key == 'c'"},
      {"key in file(manifest.assets[1].review_notes_path).json['by-name']", "key == 'c'"},
      {"control in file(manifest.assets[2].review_notes_path).html.controls", "control.type == 'c'"},
      {"link in file(manifest.assets[2].review_notes_path).html.links", "link == {}"},
  };
  for (const auto& [range, require] : ranges) {
    INFO(range);
    Program program = program_with_secrets();
    program.files.add("/house.yaml", one_rule(concat("for: \"", range, "\"\nrequire: \"", require, "\"\n")));
    for (const char* format : {"text", "json"}) {
      const test::Outcome outcome = program.run(check({"/campaign.yaml", "--format", format}));
      INFO(outcome.out << outcome.err);
      CHECK(outcome.code == 1);
      CHECK(!is_secret(outcome.out));
    }
  }
}

TEST_CASE("values of a public file are shown") {
  Program program;
  program.files.add("/campaign.yaml",
                    campaign_head + "campaign: {id: spring}\nassets: [{id: mail, path: mail.html}]\n");
  program.files.add("/mail.html", "<title>Hello there</title>");
  CHECK(program.run({"eval", "file(manifest.assets[0].path).html.title", "/campaign.yaml"}).out == "\"Hello there\"\n");
}

}  // namespace scruple::test
