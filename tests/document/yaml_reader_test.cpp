#include "dump.h"

#include "catch.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {
namespace {

struct Row {
  std::string_view input;
  std::string_view output;
};

TEST_CASE("YAML is read into the values that its core schema gives it") {
  const Row rows[] = {
      // scalars resolve by the core schema
      {"[~, null, Null, NULL, nUll, \"\"]\n", "[null, null, null, null, 'nUll', '']"},
      {"[true, True, TRUE, tRue, yes, no, on, off, y, n, false, False, FALSE]\n",
       "[true, true, true, 'tRue', 'yes', 'no', 'on', 'off', 'y', 'n', false, false, false]"},
      {"[0, 12, -12, +12, 007, 0o17, 0xFF, 0xff, -0, 0b1, 1_000, 0o8, 0xG, \"12\", '12']\n",
       "[0, 12, -12, 12, 7, 15, 255, 255, 0, '0b1', '1_000', '0o8', '0xG', '12', '12']"},
      {"[1.5, .5, 5., -1.5e3, 1e3, +1E-3, .inf, -.inf, +.INF, .nan, .NaN, 1.5.2, 1e, e1, ., .e3, 1e-400]\n",
       "[1.5, 0.5, 5.0, -1500.0, 1000.0, 0.001, inf, -inf, inf, nan, nan, '1.5.2', '1e', 'e1', '.', '.e3', 0.0]"},
      {"[9223372036854775807, -9223372036854775808, 0x7FFFFFFFFFFFFFFF]\n",
       "[9223372036854775807, -9223372036854775808, 9223372036854775807]"},
      {"[2026-03-01, 12:30, 1:2, v1.0, 10%, a-b, -a]\n", "['2026-03-01', '12:30', '1:2', 'v1.0', '10%', 'a-b', '-a']"},
      // tags of the core schema
      {"a: !!str 1\nb: !!int \"2\"\nc: !!float 3\nd: !!bool true\ne: !!null ''\nf: !!null\ng: !!str\nh: ! 4\ni: !!map "
       "{}\nj: !!seq [1]\n",
       "{a: '1', b: 2, c: 3.0, d: true, e: null, f: null, g: '', h: '4', i: {}, j: [1]}"},
      {"!<tag:yaml.org,2002:str> 5\n", "'5'"},
      {"!!map\na: !!seq\n- !!str b\n", "{a: ['b']}"},
      {"!!map {a: !!str , !!str : b}\n", "{a: '', : 'b'}"},
      // plain text over several lines
      {"a: one\n  two\n\n  three\nb: c\n", "{a: 'one two\\nthree', b: 'c'}"},
      {"one\ntwo\n  three\n", "'one two three'"},
      {"- a b\n  c\n- d\n", "['a b c', 'd']"},
      {"[a\n  b, c]\n", "['a b', 'c']"},
      {"a: b#c d:e ?f -g, [h] {i} \"j\"\n", "{a: 'b#c d:e ?f -g, [h] {i} \"j\"'}"},
      {"a: http://x.y/z?q=1#top\nb: ::c\nc: ?d\nd: -e\ne: a ? b\n",
       "{a: 'http://x.y/z?q=1#top', b: '::c', c: '?d', d: '-e', e: 'a ? b'}"},
      {"[a:b, -1, :c]\n", "['a:b', -1, ':c']"},
      // quoted text
      {"a: 'it''s'\nb: \"say \\\"hi\\\"\"\nc: ''\nd: \"\"\n", "{a: 'it's', b: 'say \"hi\"', c: '', d: ''}"},
      {"\"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\\"\\/\\\\\\N\\_\\L\\P\\x41\\u00e9\\U0001F600\\ \"\n",
       "'\\x00\\x07\\x08\\t\\n\\x0b\\x0c\\r\\x1b\"/\\\\u0085\302\240\\u2028\\u2029Aé😀 '"},
      {"\"a\n b\n\n c \\\n d\\\n\n e\"\n", "'a b\\nc d\\ne'"},
      {"'a\n b\n\n\n c '\n", "'a b\\n\\nc '"},
      {"\"a\\\n  \\ b\"\n", "'a b'"},
      {"a: \"x # y: z\"\nb: 'x # y: z'\n", "{a: 'x # y: z', b: 'x # y: z'}"},
      {"{\"a\":b, 'c':d, \"e\" : f, \"g\":\"h\"}\n", "{a: 'b', c: 'd', e: 'f', g: 'h'}"},
      // literal and folded text
      {"|\n a\n  b\n\n c\n", "'a\\n b\\n\\nc\\n'"},
      {"a: |\n  x\n   y\n\n  z\nb: 1\n", "{a: 'x\\n y\\n\\nz\\n', b: 1}"},
      {"a: |-\n  x\nb: |+\n  y\n\nc: |\n  z\n\n", "{a: 'x', b: 'y\\n\\n', c: 'z\\n'}"},
      {"a: |2\n   x\n  y\n", "{a: ' x\\ny\\n'}"},
      {"a: |1-\n  x\n", "{a: ' x'}"},
      {">\n a\n b\n\n c\n  d\n  e\n\n f\n\n\n g\n", "'a b\\nc\\n d\\n e\\n\\nf\\n\\ng\\n'"},
      {"a: >-\n  x\n\n  y\nb: >+\n  z\n\n", "{a: 'x\\ny', b: 'z\\n\\n'}"},
      {"a: >\n\n  x\n  y\n", "{a: '\\nx y\\n'}"},
      {"- |\n a\n- >\n b\n", "['a\\n', 'b\\n']"},
      {"a: |\nb: >\nc: |-\n", "{a: '', b: '', c: ''}"},
      {"a: | # why\n  x\n", "{a: 'x\\n'}"},
      {"a: |\n  # no comment\n  x # neither\n", "{a: '# no comment\\nx # neither\\n'}"},
      {"--- |\n a\n", "'a\\n'"},
      // lists and maps
      {"a: b\nc:\n  d: e\n  f:\n    g: h\n", "{a: 'b', c: {d: 'e', f: {g: 'h'}}}"},
      {"- a\n- - b\n  - c\n-\n  - d\n", "['a', ['b', 'c'], ['d']]"},
      {"a:\n- b\n- c:\n  - d\ne: f\n", "{a: ['b', {c: ['d']}], e: 'f'}"},
      {"- a: b\n  c: d\n-   e: f\n    g: h\n", "[{a: 'b', c: 'd'}, {e: 'f', g: 'h'}]"},
      {"a:\n\n  b:\n\n    c\n", "{a: {b: 'c'}}"},
      {"[]\n", "[]"},
      {"{}\n", "{}"},
      {"[[], {}, [a, [b]], {c: [d]}]\n", "[[], {}, ['a', ['b']], {c: ['d']}]"},
      {"{a: b, c: , d, \"e\": }\n", "{a: 'b', c: null, d: null, e: null}"},
      {"[a: b, \"c\": d, e: , ? f : g]\n", "[{a: 'b'}, {c: 'd'}, {e: null}, {f: 'g'}]"},
      {"[a, b, ]\n", "['a', 'b']"},
      {"{a: b, }\n", "{a: 'b'}"},
      {"a: [\n  b, # one\n  c\n]\nd: {\n  e: f\n}\n", "{a: ['b', 'c'], d: {e: 'f'}}"},
      {"? a\n: b\n? c\n? |\n  d\n: e\n", "{a: 'b', c: null, d\\n: 'e'}"},
      {"? a\n: - b\n  - c\n? d\n: e: f\n", "{a: ['b', 'c'], d: {e: 'f'}}"},
      {"a:\nb:\n- \n-\n1: a\ntrue: b\nnull: c\n~: d\n1.5: e\n",
       "{a: null, b: [null, null], 1: 'a', true: 'b', null: 'c', ~: 'd', 1.5: 'e'}"},
      {"\"\": a\n", "{: 'a'}"},
      // anchors, aliases, merge keys
      {"a: &x 1\nb: *x\n", "{a: 1, b: 1}"},
      {"a: &x [1, 2]\nb: [*x, *x]\n", "{a: [1, 2], b: [[1, 2], [1, 2]]}"},
      {"- &a a\n- &b b\n- *a\n- &a c\n- *a\n- *b\n", "['a', 'b', 'a', 'c', 'c', 'b']"},
      {"&k key: *k\n", "{key: 'key'}"},
      {"a: &x\n  b: 1\nc: *x\n", "{a: {b: 1}, c: {b: 1}}"},
      {"a: &x\n- b\nc: *x\n", "{a: ['b'], c: ['b']}"},
      {"&a x: y\nz: {*a : b}\n", "{x: 'y', z: {x: 'b'}}"},
      {"a: &x !!str 1\nb: !!str &y 2\nc: [*x, *y]\n", "{a: '1', b: '2', c: ['1', '2']}"},
      {"a: &x\nb: *x\n", "{a: null, b: null}"},
      {"base: &b {x: 1, y: 2}\nit: {<<: *b, y: 3, z: 4}\n", "{base: {x: 1, y: 2}, it: {y: 3, z: 4, <x>: 1}}"},
      {"base: &b {x: 1}\nit: {x: 2, <<: *b}\n", "{base: {x: 1}, it: {x: 2}}"},
      {"a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], z: 3}\n",
       "{a: {x: 1, y: 1}, b: {y: 2, z: 2}, c: {z: 3, <x>: 1, <y>: 1}}"},
      {"a: {<<: {x: 1, <<: {x: 2, y: 3}}}\n", "{a: {<x>: 1, <y>: 3}}"},
      {"a: {\"<<\": 1}\n", "{a: {<<: 1}}"},
      {"a: &a {x: {y: 1}}\nb: {<<: *a}\n", "{a: {x: {y: 1}}, b: {<x>: {y: 1}}}"},
      // documents
      {"a\n---\nb\n", "'a' | 'b'"},
      {"---\n---\na\n...\n---\n", "null | 'a' | null"},
      {"--- a\n...\n%YAML 1.2\n--- b\n", "'a' | 'b'"},
      {"%YAML 1.1\n---\na\n", "'a'"},
      {"%FOO bar\n--- a\n", "'a'"},
      {"# only a comment\n", "null"},
      {"\n", "null"},
      {"a\n...\nb: c\n", "'a' | {b: 'c'}"},
      {"--- # c\na: b\n... # d\n", "{a: 'b'}"},
      {"--- 'a'\n--- [b]\n--- {c: d}\n--- |\n e\n", "'a' | ['b'] | {c: 'd'} | 'e\\n'"},
      {"\n\na\n", "'a'"},
      // byte order mark, line ends, tabs
      {"\357\273\277a: b\r\nc: |\r\n  d\r\n  e\r\nf: \"g\r\n  h\"\r\n", "{a: 'b', c: 'd\\ne\\n', f: 'g h'}"},
      {"a:\tb\nc:\t\t\"d\"\t# e\n", "{a: 'b', c: 'd'}"},
      {"-\tf\n-\t\"g\"\n", "['f', 'g']"},
      {"a: b\n\t\nc: |\n  d\n\t\n  e\n", "{a: 'b', c: 'd\\n\\ne\\n'}"},
      {"[\ta,\n\tb\n\t]\n", "['a', 'b']"},
      {"a: \"b\n\t\t\n  c\"\n", "{a: 'b\\nc'}"},
      {"a: b\tc\n", "{a: 'b\\tc'}"},
      // of the kinds in the public suite
      {"- foo:\t bar\n- - baz\n  -\tbaz\n", "[{foo: 'bar'}, ['baz', 'baz']]"},
      {"a: \"double\n  quotes\" # lala\nb: plain\n value\nc  : #lala\n  d\n",
       "{a: 'double quotes', b: 'plain value', c: 'd'}"},
      {"{foo : !!str , !!str : bar}\n", "{foo: '', : 'bar'}"},
      {"\"implicit block key\" : [\n  \"implicit flow key\" : value,\n ]\n",
       "{implicit block key: [{implicit flow key: 'value'}]}"},
      {"- &a\n- a\n- &b : c\n- d: &e\n", "[null, 'a', {: 'c'}, {d: null}]"},
      {"{ \n  \"a\" : 1,\n  'b': 2, \n  c:\t3\n}\n", "{a: 1, b: 2, c: 3}"},
      {"plain:\n  This unquoted scalar\n  spans many lines.\n\nquoted: \"So does this\n  quoted scalar.\\n\"\n",
       "{plain: 'This unquoted scalar spans many lines.', quoted: 'So does this quoted scalar.\\n'}"},
      {"a!\"#$%&'()*+,-./09:;<=>?AZ[\\]^_az{|}~: safe\n", "{a!\"#$%&'()*+,-./09:;<=>?AZ[\\]^_az{|}~: 'safe'}"},
      {"american:\n  - Boston\n-1: x\n", "{american: ['Boston'], -1: 'x'}"},
      {"key:    # Comment\n        # lines\n  value\n\n", "{key: 'value'}"},
      {"a: >\n b\n\n c\n\n\n# comment\n", "{a: 'b\\nc\\n'}"},
      {"strip: |-\n  # text\n  \n # Clip\n  # comments:\n\nclip: |\n  # text\n \n # Keep\n  # comments:\n\nkeep: |+\n  "
       "# text\n\n # Trail\n  # comments.\n",
       "{strip: '# text', clip: '# text\\n', keep: '# text\\n\\n'}"},
      {"- |\n one\n- >-\n two # no comment\n", "['one\\n', 'two # no comment']"},
      {"? |\n  block key\n: - one # Explicit compact\n  - two # block value\n", "{block key\\n: ['one', 'two']}"},
      {"--- !!str\na\n", "'a'"},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    CHECK(read_yaml_as_text(row.input) == row.output);
  }
}

std::vector<Document> read(std::string text, Diagnostics& diagnostics, const DocumentLimits& limits = {}) {
  return read_yaml(std::make_shared<Source>("test.yaml", std::move(text)), limits, diagnostics);
}

std::string spans_of(std::string_view text) {
  Diagnostics diagnostics;
  const auto documents = read(std::string(text), diagnostics);
  REQUIRE(diagnostics.empty());
  REQUIRE(documents.size() == 1);
  return dump_spans(documents.front());
}

TEST_CASE("Every key and value of YAML has its exact span") {
  const Row rows[] = {
      {"a: b\n", "<a: b>\na => <b>\n"},
      {"'a' : \"b\" # c\n", "<'a' : \"b\">\n'a' => <\"b\">\n"},
      {"a: one\n  two  # c\n", "<a: one\\n  two>\na => <one\\n  two>\n"},
      {"a:\n- b\n-  c : d\n", "<a:\\n- b\\n-  c : d>\na => <- b\\n-  c : d>\n- => <b>\n- => <c : d>\nc => <d>\n"},
      {"[a, {b: c }] # d\n", "<[a, {b: c }]>\n => <a>\n => <{b: c }>\nb => <c>\n"},
      {"[a: b , c]\n", "<[a: b , c]>\n => <a: b>\na => <b>\n => <c>\n"},
      {"a: |\n  x\n\n  y\n\n# c\nb: >-  # d\n  z\n",
       "<a: |\\n  x\\n\\n  y\\n\\n# c\\nb: >-  # d\\n  z>\na => <|\\n  x\\n\\n  y>\nb => <>-  # d\\n  z>\n"},
      {"a:   \nb:\n\n", "<a:   \\nb:>\na => <>\nb => <>\n"},
      {"a: &x !!str\nb: !!str c\n", "<a: &x !!str\\nb: !!str c>\na => <>\nb => <c>\n"},
      {"a: &x b\nc: *x\n", "<a: &x b\\nc: *x>\na => <b>\nc => <b>\n"},
      {"a: &x {b: c}\nd: {<<: *x}\n",
       "<a: &x {b: c}\\nd: {<<: *x}>\na => <{b: c}>\nb => <c>\nd => <{<<: *x}>\nb => <c>\n"},
      {"? a\n: b\n", "<? a\\n: b>\na => <b>\n"},
      {"\xEF\xBB\xBF\xC3\xA9: \xE2\x82\xAC\r\nb: 'c'\r\n", "<é: €\\r\\nb: 'c'>\né => <€>\nb => <'c'>\n"},
      {"--- # c\n  a\n...\n", "<a>\n"},
      {"", "<>\n"},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    CHECK(spans_of(row.input) == row.output);
  }
}

TEST_CASE("Nodes know how they were written") {
  Diagnostics diagnostics;
  const auto documents = read("a: 3\nb: '3'\nc: \"3\"\nd: |\n  3\ne: >\n  3\nf: [3]\ng:\n- {}\n", diagnostics);
  REQUIRE(documents.size() == 1);
  const Document& document = documents.front();
  const auto value = [&](std::string_view key) -> const Node& {
    return document.node(document.find(document.root(), key)->value);
  };
  CHECK(value("a").style == ScalarStyle::plain);
  CHECK(value("a").integer == 3);
  CHECK(value("a").text == "3");
  CHECK(value("b").style == ScalarStyle::single_quoted);
  CHECK(value("b").kind == NodeKind::string);
  CHECK(value("c").style == ScalarStyle::double_quoted);
  CHECK(value("d").style == ScalarStyle::literal);
  CHECK(value("e").style == ScalarStyle::folded);
  CHECK(value("f").flow);
  CHECK_FALSE(value("g").flow);
  CHECK(document.node(document.members(document.find(document.root(), "g")->value)[0].value).flow);
  CHECK_FALSE(document.node(document.root()).flow);
}

TEST_CASE("Text that equals the source is a view into it") {
  Diagnostics diagnostics;
  const auto documents = read("plain: 'quoted'\nlong: \"no escapes\"\n", diagnostics);
  REQUIRE(documents.size() == 1);
  const Document& document = documents.front();
  const std::string_view text = document.source().text();
  for (const Member& member : document.members(document.root())) {
    const std::string_view value = document.node(member.value).text;
    CHECK(value.data() >= text.data());
    CHECK(value.data() + value.size() <= text.data() + text.size());
    CHECK(text.substr(member.key_span.begin, member.key.size()) == member.key);
  }
}

TEST_CASE("Documents of a stream know their place in it") {
  Diagnostics diagnostics;
  const std::string text = "# head\n---\na\n# tail\n---\nb\n...\n# next\nc\n";
  const auto documents = read(text, diagnostics);
  REQUIRE(documents.size() == 3);
  const std::string_view expected[] = {"# head\n---\na\n# tail\n", "---\nb\n...\n# next\n", "c\n"};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(documents[i].index() == i);
    const Span span = documents[i].span();
    CHECK(text.substr(span.begin, span.end - span.begin) == expected[i]);
  }
}

TEST_CASE("Documents before a problem are kept") {
  Diagnostics diagnostics;
  const auto documents = read("a: 1\n---\nb: [\n---\nc: 3\n", diagnostics);
  REQUIRE(documents.size() == 1);
  CHECK(dump(documents.front()) == "{a: 1}");
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].severity == Severity::error);
  CHECK(diagnostics[0].code == "manifest/syntax");
  CHECK(diagnostics[0].location.file == "test.yaml");
  CHECK(diagnostics[0].location.begin == Position{3, 4});
}

TEST_CASE("A stream without any document is one that is null") {
  for (const char* text : {"", "\n\n", "# only\n", "\xEF\xBB\xBF", "...\n", "---\n"}) {
    INFO(text);
    CHECK(read_yaml_as_text(text) == "null");
  }
}

TEST_CASE("Columns count characters, with a byte order mark and Windows line ends too") {
  CHECK(read_yaml_as_text("\xEF\xBB\xBF\xC3\xA9: @x\r\n").starts_with("1:4 "));
  CHECK(read_yaml_as_text("\xEF\xBB\xBF"
                          "a: b\r\n\xC3\xA9\xC3\xA9: *x\r\n")
            .starts_with("2:5 "));
  CHECK(read_yaml_as_text("\xEF\xBB\xBF"
                          "a: 'b'\r\nc: 'd' e\r\n")
            .starts_with("2:8 "));
}

TEST_CASE("Limits are enforced with a position") {
  const auto limited = [](auto change) {
    DocumentLimits limits;
    change(limits);
    return limits;
  };
  CHECK(read_yaml_as_text("a: [[[1]]]\n", limited([](auto& l) { l.depth = 4; })) == "{a: [[[1]]]}");
  CHECK(read_yaml_as_text("a: [[[1]]]\n", limited([](auto& l) { l.depth = 3; })) ==
        "1:6 Lists and maps are nested more than 3 deep here.");
  CHECK(read_yaml_as_text("a: &a [[1]]\nb: [*a]\n", limited([](auto& l) { l.depth = 3; })) ==
        "2:5 With `*a` filled in, lists and maps are nested more than 3 deep here.");
  CHECK(read_yaml_as_text("[1, 2, 3]\n", limited([](auto& l) { l.nodes = 4; })) == "[1, 2, 3]");
  CHECK(read_yaml_as_text("[1, 2, 3]\n", limited([](auto& l) { l.nodes = 3; })) ==
        "1:8 This file holds more than 3 values.");
  CHECK(read_yaml_as_text("a: &a [1, 2]\nb: [*a, *a]\n", limited([](auto& l) { l.expanded = 11; })) ==
        "{a: [1, 2], b: [[1, 2], [1, 2]]}");
  CHECK(read_yaml_as_text("a: &a [1, 2]\nb: [*a, *a, *a]\n", limited([](auto& l) { l.expanded = 11; })) ==
        "2:13 With all references (`*name`, `<<`) filled in, this file would hold more than 11 values.");
  CHECK(read_yaml_as_text("a\n---\nb\n", limited([](auto& l) { l.documents = 2; })) == "'a' | 'b'");
  CHECK(read_yaml_as_text("a\n---\nb\n---\nc\n", limited([](auto& l) { l.documents = 2; })) ==
        "4:1 This file holds more than 2 documents.");
  CHECK(read_yaml_as_text("abc\n", limited([](auto& l) { l.bytes = 3; })) ==
        "1:1 This file has 4 bytes; at most 3 are read.");
}

TEST_CASE("Positions of an alias are those of its anchor, shared and not copied") {
  Diagnostics diagnostics;
  const auto documents = read("a: &x {b: 1}\nc: *x\nd: {<<: *x}\n", diagnostics);
  REQUIRE(documents.size() == 1);
  const Document& document = documents.front();
  const Member* a = document.find(document.root(), "a");
  CHECK(document.find(document.root(), "c")->value == a->value);
  const Member* merged = document.find(document.find(document.root(), "d")->value, "b");
  REQUIRE(merged != nullptr);
  CHECK(merged->merged);
  CHECK(merged->value == document.find(a->value, "b")->value);
  CHECK(merged->key_span == document.find(a->value, "b")->key_span);
  CHECK_FALSE(a->merged);
}

}  // namespace
}  // namespace scruple
