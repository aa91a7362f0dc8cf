#include "dump.h"

#include "catch.h"

#include <memory>
#include <string>
#include <string_view>

namespace scruple {
namespace {

struct Row {
  std::string_view input;
  std::string_view output;
};

TEST_CASE("All kinds of JSON are read") {
  const Row rows[] = {
      // y: arrays, objects, literals
      {"[[]   ]", "[[]]"},
      {"[]", "[]"},
      {"[\"\"]", "['']"},
      {"[\"a\"]", "['a']"},
      {"[false]", "[false]"},
      {"[null, 1, \"1\", {}]", "[null, 1, '1', {}]"},
      {"[null]", "[null]"},
      {"[1\n]", "[1]"},
      {" [1]", "[1]"},
      {"[1,null,null,null,2]", "[1, null, null, null, 2]"},
      {"[2] ", "[2]"},
      {"{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{asd: 'sdf', dfg: 'fgh'}"},
      {"{\"asd\":\"sdf\"}", "{asd: 'sdf'}"},
      {"{}", "{}"},
      {"{\"\":0}", "{: 0}"},
      {"{\"foo\\u0000bar\": 42}", "{foo\\x00bar: 42}"},
      {"{ \"min\": -1.0e+28, \"max\": 1.0e+28 }", "{min: -1e+28, max: 1e+28}"},
      {"{\"x\":[{\"id\": \"xxxx\"}], \"id\": \"xxxx\"}", "{x: [{id: 'xxxx'}], id: 'xxxx'}"},
      {"{\"a\":[]}", "{a: []}"},
      {"{\"title\":\"\\u041f\\u043e\\u043b\" }", "{title: 'Пол'}"},
      {"{\n\"a\": \"b\"\n}", "{a: 'b'}"},
      {"false", "false"},
      {"42", "42"},
      {"-0.1", "-0.1"},
      {"null", "null"},
      {"\"asd\"", "'asd'"},
      {"true", "true"},
      {"\"\"", "''"},
      {"[\"a\"]\n", "['a']"},
      {"\t[true]\t", "[true]"},
      // y: numbers
      {"[123e65]", "[1.23e+67]"},
      {"[0e+1]", "[0.0]"},
      {"[0e1]", "[0.0]"},
      {"[ 4]", "[4]"},
      {"[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]", "[-1e-78]"},
      {"[20e1]", "[200.0]"},
      {"[-0]", "[0]"},
      {"[-123]", "[-123]"},
      {"[-1]", "[-1]"},
      {"[1E22]", "[1e+22]"},
      {"[1E-2]", "[0.01]"},
      {"[1E+2]", "[100.0]"},
      {"[123e45]", "[1.23e+47]"},
      {"[123.456e78]", "[1.23456e+80]"},
      {"[1e-2]", "[0.01]"},
      {"[1e+2]", "[100.0]"},
      {"[123]", "[123]"},
      {"[123.456789]", "[123.457]"},
      {"[9223372036854775807, -9223372036854775808]", "[9223372036854775807, -9223372036854775808]"},
      {"[1e-999, -1e-999]", "[0.0, -0.0]"},
      // y: strings
      {"[\"\\u0060\\u012a\\u12AB\"]", "['`Īካ']"},
      {"[\"\\uD801\\udc37\"]", "['𐐷']"},
      {"[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "['😹💍']"},
      {"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "['\"\\/\\x08\\x0c\\n\\r\\t']"},
      {"[\"\\\\u0000\"]", "['\\u0000']"},
      {"[\"\\\"\"]", "['\"']"},
      {"[\"a/*b*/c/*d//e\"]", "['a/*b*/c/*d//e']"},
      {"[\"\\\\a\"]", "['\\a']"},
      {"[\"\\u0012\"]", "['\\x12']"},
      {"[\"\\uFFFF\"]", "['\357\277\277']"},
      {"[\"asd\"]", "['asd']"},
      {"[ \"asd\"]", "['asd']"},
      {"[\"\\uDBFF\\uDFFF\"]", "['\364\217\277\277']"},
      {"[\"new\\u00A0line\"]", "['new\302\240line']"},
      {"[\"\\u0000\"]", "['\\x00']"},
      {"[\"\\u002c\"]", "[',']"},
      {"[\"π\", \"€\", \"😀\"]", "['π', '€', '😀']"},
      {"[\"asd \"]", "['asd ']"},
      {"\" \"", "' '"},
      {"[\"\\uD834\\uDd1e\"]", "['𝄞']"},
      {"[\"\\u0821\"]", "['ࠡ']"},
      {"[\"\\u0123\"]", "['ģ']"},
      {"[\"\\u2028\\u2029\"]", "['\\u2028\\u2029']"},
      {"[\"\\u0061\\u30af\\u30EA\\u30b9\"]", "['aクリス']"},
      {"[\"new\\u000Aline\"]", "['new\\nline']"},
      {"[\"\\uDBFF\\uDFFE\"]", "['\364\217\277\276']"},
      {"[\"\\u200B\"]", "['\\u200b']"},
      {"[\"\\u2064\"]", "['\\u2064']"},
      {"[\"\\uFDD0\"]", "['\357\267\220']"},
      {"[\"\\uFFFE\"]", "['\357\277\276']"},
      {"[\"\\u0022\"]", "['\"']"},
      {"[\"aA\"]", "['aA']"},
      {"\357\273\277{}", "{}"},
      {"{\"a\": 1, \"b\": {\"c\": 2}, \"d\": [1, 2]}\n", "{a: 1, b: {c: 2}, d: [1, 2]}"},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    CHECK(read_json_as_text(row.input) == row.output);
  }
}

TEST_CASE("Every key and value of JSON has its exact span") {
  const Row rows[] = {
      {R"({"a": 1, "b" : [ -2.5 ,true],"c":{"d":null}})",
       "<{\"a\": 1, \"b\" : [ -2.5 ,true],\"c\":{\"d\":null}}>\n\"a\" => <1>\n\"b\" => <[ -2.5 ,true]>\n"
       " => <-2.5>\n => <true>\n\"c\" => <{\"d\":null}>\n\"d\" => <null>\n"},
      {"\xEF\xBB\xBF [\"a\\n\\u00e9\"\r\n, 1e3\r\n]\r\n",
       "<[\"a\\n\\u00e9\"\\r\\n, 1e3\\r\\n]>\n => <\"a\\n\\u00e9\">\n => <1e3>\n"},
      {"12", "<12>\n"},
      {" -0.5e-2 ", "<-0.5e-2>\n"},
      {"[[],{},\"\"]", "<[[],{},\"\"]>\n => <[]>\n => <{}>\n => <\"\">\n"},
      {"{\"\":\"\"}", "<{\"\":\"\"}>\n\"\" => <\"\">\n"},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    Diagnostics diagnostics;
    const auto document = read_json(std::make_shared<Source>("test.json", std::string(row.input)), {}, diagnostics);
    REQUIRE(document.has_value());
    CHECK(dump_spans(*document) == row.output);
  }
}

TEST_CASE("JSON text is decoded, and a view into the source where nothing had to be") {
  Diagnostics diagnostics;
  const auto document = read_json(std::make_shared<Source>("a.json", R"(["plain", "es\"caped"])"), {}, diagnostics);
  REQUIRE(document.has_value());
  const auto items = document->members(document->root());
  const std::string_view source = document->source().text();
  CHECK(document->node(items[0].value).text.data() == source.data() + 2);
  CHECK(document->node(items[1].value).text == "es\"caped");
  CHECK(document->node(items[1].value).style == ScalarStyle::double_quoted);
  CHECK(document->node(document->root()).flow);
  CHECK(document->span() == Span{0, static_cast<std::uint32_t>(source.size())});
}

TEST_CASE("`<<` and `&` mean nothing in JSON") {
  CHECK(read_json_as_text(R"({"<<": {"a": 1}, "b": "*x"})") == "{<<: {a: 1}, b: '*x'}");
}

TEST_CASE("JSON is held to the same limits") {
  DocumentLimits limits;
  limits.depth = 2;
  CHECK(read_json_as_text("[[1]]", limits) == "[[1]]");
  CHECK(read_json_as_text("[[[1]]]", limits) == "1:3 Lists and maps are nested more than 2 deep here.");
  limits = {};
  limits.nodes = 2;
  CHECK(read_json_as_text("[1, 2]", limits) == "1:5 This file holds more than 2 values.");
  CHECK(read_json_as_text(std::string(1'000'000, '[')) == "1:101 Lists and maps are nested more than 100 deep here.");
}

}  // namespace
}  // namespace scruple
