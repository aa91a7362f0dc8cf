// Hostile input: whatever it is, the readers answer soon, and what they return lies within the source.
#include "base/strings.h"
#include "catch.h"
#include "document/scalar_span.h"
#include "document/text_check.h"
#include "document/yaml_outline.h"
#include "document/yaml_reader.h"
#include "dump.h"

#include <ctime>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace scruple {
namespace {

void check_spans(const Document& document) {
  const std::size_t size = document.source().text().size();
  const auto inside = [&](Span span) { return span.begin <= span.end && span.end <= size; };
  bool good = inside(document.span());
  for (NodeId id = 0; id < document.node_count(); ++id) {
    const Node& node = document.node(id);
    good = good && inside(node.span);
    for (const Member& member : document.members(id))
      good = good && inside(member.key_span) && member.value < document.node_count();
    if (node.kind != NodeKind::string) continue;
    for (const std::size_t offset : {std::size_t{0}, node.text.size() / 2, node.text.size()}) {
      const std::uint32_t at = source_offset(document.source().text(), node, offset);
      good = good && at >= node.span.begin && at <= node.span.end;
    }
  }
  for (const Comment& comment : document.comments()) good = good && inside(comment.span);
  CHECK(good);
}

void check_diagnostics(const Diagnostics& diagnostics, std::size_t size) {
  for (const Diagnostic& diagnostic : diagnostics) {
    CHECK(diagnostic.location.span.begin <= diagnostic.location.span.end);
    CHECK(diagnostic.location.span.end <= size);
    CHECK_FALSE(diagnostic.message.empty());
    CHECK(find_invalid_utf8(diagnostic.message) == std::string::npos);
  }
}

void read_all(const std::string& text) {
  Diagnostics diagnostics;
  for (const Document& document : read_yaml(std::make_shared<Source>("a.yaml", text), {}, diagnostics))
    check_spans(document);
  CHECK(diagnostics.size() <= 1);
  check_diagnostics(diagnostics, text.size());
  diagnostics.clear();
  if (const auto document = read_json(std::make_shared<Source>("a.json", text), {}, diagnostics)) {
    check_spans(*document);
    CHECK(diagnostics.empty());
  } else {
    CHECK(diagnostics.size() == 1);
  }
  check_diagnostics(diagnostics, text.size());
}

const std::vector<std::string> seeds = {
    "campaign:\n  id: spring # c\n  name: \"Spr\\u00efng \\\n    launch\"\n  text: |\n    a\n     b\n\n  fold: >-\n    "
    "c\n    d\n",
    "a: &x [1, 2.5, {b: c, 'd': \"e\"}, f: g]\nh: *x\ni: &y {<<: {j: k}}\nl:\n  <<: [*y, {m: n}]\n",
    "%YAML 1.2\n---\n- !!str 1\n- ? a\n  : - b\n    - c\n...\n# end\n---\nplain\n  text\n\n  more\n",
    "{\"a\": [1, -2.5e3, true, null, \"x\\n\\ud83d\\ude00\"], \"b\": {\"c\": {}}}\n",
    "a: 'it''s'\r\nb:\r\n  - c\r\n  -\r\n    - d\r\ne: [\r\n  f,\r\n]\r\n",
};

std::string mutate(std::string text, std::mt19937& random) {
  static constexpr std::string_view pieces[] = {"-",    "- ",     "?",     ": ",       ":",     ",",           "[",
                                                "]",    "{",      "}",     "#",        " #",    "&a ",         "*a",
                                                "!",    "!!str ", "|",     ">",        "|2-\n", "'",           "\"",
                                                "%",    "@",      "`",     " ",        "  ",    "\t",          "\n",
                                                "\n  ", "\r\n",   "---\n", "...\n",    "<<: ",  "\\",          "\\u",
                                                "~",    "1e9",    "\xC3",  "\xC3\xA9", "\x01",  "\xEF\xBB\xBF"};
  const auto below = [&](std::size_t bound) { return random() % bound; };
  for (std::size_t i = 0, count = 1 + below(6); i < count; ++i) {
    const std::size_t at = below(text.size() + 1);
    switch (below(4)) {
      case 0: text.erase(at, 1 + below(4)); break;
      case 1: text.resize(at); break;
      case 2: text.insert(at, text.substr(below(text.size() + 1), below(12))); break;
      default: text.insert(at, pieces[below(std::size(pieces))]);
    }
  }
  return text;
}

TEST_CASE("Mutations of valid documents are read or refused, never worse") {
  std::mt19937 random(20260301);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = mutate(seeds[static_cast<std::size_t>(i) % seeds.size()], random);
    INFO(text);
    read_all(text);
  }
}

// Values, spans and comments of all documents of a stream, or that there are none.
std::string everything(const std::vector<Document>& documents, const Diagnostics& diagnostics) {
  if (!diagnostics.empty()) return "refused";
  std::string out;
  for (const Document& document : documents) {
    out += concat(dump(document), "\n", dump_spans(document), document.span().begin, " ", document.span().end, "\n");
    for (const Comment& comment : document.comments()) out += concat(comment.span.begin, " ", comment.node, "\n");
  }
  return out;
}

TEST_CASE("Where the outline goes before yaml-cpp, both read the same") {
  const std::vector<std::string> simple = {
      "# c\na: b # d\nc:\n  - e: f\n    g: [h, 1, -2]\n  -\n  - {i: j, \"k\": 'l'}\nm: |\n  n: o\n\n  p\nq: >-\n  r\n  "
      "s\nt: \"u\n  v\"\nw: x\n  y z\n",
      "a:\n- b\n- - c\n  - d: e\n    f:\n    - g\n    h: 'i'\n-\nj: ~\nk:\n",
      "---\ncampaign:\n  id: spring\n  dates: [2026-03-01, 2026-04-01]\n  text: it's 5 o'clock: #1\n\n  # note\n"
      "assets:\n  - id: mail\n    path: a b.html\n\n  - id: page\n    says: [\n      a,\n      \"b, c\"\n    ]\n",
      "a: b\r\nc:\r\n  - d\r\n  - e: |-\r\n      f\r\n    g: h\r\n",
      // What yaml-cpp refuses though it is YAML.
      "[a?b, c]\n",
      "\xEF\xBB\xBF\xEF\xBB\xBF a\n",
  };
  std::mt19937 random(20260302);
  int outlined = 0;
  for (int i = 0; i < 40'000; ++i) {
    const auto& from = i % 2 == 0 ? simple : seeds;
    const std::string text = mutate(from[static_cast<std::size_t>(i / 2) % from.size()], random);
    const auto source = std::make_shared<Source>("a.yaml", text);
    Diagnostics by_outline;
    Diagnostics by_events;
    DocumentBuilder builder(source, {}, by_events);
    Diagnostics problems;
    DocumentBuilder guard(source, {}, problems);
    if (!check_text(guard, ControlCharacters::reject) || !outline_yaml(text, byte_order_mark(text))) continue;
    ++outlined;
    INFO(text);
    CHECK(everything(read_yaml(source, {}, by_outline), by_outline) ==
          everything(read_yaml_by_events(builder), by_events));
  }
  CHECK(outlined > 5'000);
}

std::string repeat(std::string_view text, std::size_t size) {
  std::string out;
  while (out.size() < size) out += text;
  return out;
}

// yaml-cpp itself never ends on some of these: it does not take the token that it stumbles over.
TEST_CASE("Input made to be slow is answered in linear time") {
  constexpr std::size_t size = 100'000;
  std::vector<std::string> inputs;
  for (const char* piece :
       {"[",        "{",       "[{a: ",    "- ",    "? ",     ": ",     "? a\n",     "a: ",   "a",    "a ",
        "a\n",      "\"",      "'",        "''",    "#",      "#\n",    " ",         "\n",    "\t",   "&a ",
        "*a ",      "!a ",     "&",        "!",     "!<",     "|\n",    "- |\n a\n", "]",     "}",    ",",
        ":",        "a:",      "-",        "---\n", "...\n",  "%a\n",   "%YAML ",    "a\n\n", " \n",  "a #b\n",
        "- &a b\n", "- 'a'\n", "{a: b}, ", "[a], ", "\"a\" ", "a: b\n", "\\",        "\\\n",  "<<: ", "~\n"}) {
    inputs.push_back(repeat(piece, size));
    inputs.push_back("[" + repeat(piece, size));
    inputs.push_back("a: \"" + repeat(piece, size));
    inputs.push_back("a: |\n " + repeat(piece, size));
    inputs.push_back("- " + repeat(piece, size) + "]");
  }
  for (const char* piece : {"| ", "\"a ", "[ ", "!a ", "a: "}) {
    inputs.push_back("[" + std::string(size / 2, ' ') + repeat(piece, size / 2));
  }
  std::string indented;
  for (std::size_t i = 0; indented.size() < size; ++i) indented += std::string(i, ' ') + "-\n";
  inputs.push_back(indented);
  inputs.push_back(repeat("[", size) + repeat("]", size));

  for (const std::string& input : inputs) {
    INFO(input.substr(0, 40));
    const std::clock_t begin = std::clock();
    read_all(input);
    CHECK((std::clock() - begin) / CLOCKS_PER_SEC < 3);
  }
}

TEST_CASE("Aliases cannot blow a small file up") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 40; ++i) bomb += concat("a", i, ": &a", i, " [", repeat(concat("*a", i - 1, ", "), 60), "]\n");
  CHECK(read_yaml_as_text(bomb).find("this file would hold more than 4000000 values") != std::string::npos);

  std::string chain = "a0: &a0 [x]\n";
  for (int i = 1; i < 200; ++i) chain += concat("a", i, ": &a", i, " [*a", i - 1, "]\n");
  CHECK(read_yaml_as_text(chain).find("nested more than 100 deep") != std::string::npos);

  std::string merges = concat("a: &a {", repeat("k: 1, ", 6), "}\n");
  for (int i = 0; i < 1000; ++i) merges.insert(merges.find('{') + 1, concat("k", i, ": 1, "));
  for (int i = 0; i < 5000; ++i) merges += concat("b", i, ": {<<: *a}\n");
  CHECK(read_yaml_as_text(merges).find("this file would hold more than 4000000 values") != std::string::npos);
}

}  // namespace
}  // namespace scruple
