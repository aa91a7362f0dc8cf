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

TEST_CASE("What is not JSON is refused in plain words, at its place") {
  const Row rows[] = {
      // n: arrays
      {"[1 true]", "1:4 A comma is missing before this."},
      {"[\"\": 1]", "1:4 This `:` is out of place."},
      {"[\"\"],", "1:5 There is something after the end of the JSON value."},
      {"[,1]", "1:2 A value is missing before this comma."},
      {"[1,,2]", "1:4 A value is missing before this comma."},
      {"[\"x\",,]", "1:6 A value is missing before this comma."},
      {"[\"x\"]]", "1:6 There is something after the end of the JSON value."},
      {"[\"\",]", "1:4 JSON allows no comma before the closing bracket."},
      {"[\"x\"", "1:1 This `[` is never closed; the file ends before that."},
      {"[x", "1:2 This is no JSON value."},
      {"[3[4]]", "1:3 A comma is missing before this."},
      {"[1:2]", "1:3 This `:` is out of place."},
      {"[,]", "1:2 A value is missing before this comma."},
      {"[-]", "1:2 `-` is no number that JSON knows."},
      {"[   , \"\"]", "1:5 A value is missing before this comma."},
      {"[\"a\",\n4\n,1,", "1:1 This `[` is never closed; the file ends before that."},
      {"[1,]", "1:3 JSON allows no comma before the closing bracket."},
      {"[1,,]", "1:4 A value is missing before this comma."},
      {"[*]", "1:2 This is no JSON value."},
      {"[\"\"", "1:1 This `[` is never closed; the file ends before that."},
      {"[1,", "1:1 This `[` is never closed; the file ends before that."},
      {"[1,\n1\n,1", "1:1 This `[` is never closed; the file ends before that."},
      {"[{}", "1:1 This `[` is never closed; the file ends before that."},
      // n: literals
      {"[fals]", "1:2 This is no JSON value."},
      {"[nul]", "1:2 This is no JSON value."},
      {"[tru]", "1:2 This is no JSON value."},
      {"[True]", "1:2 JSON writes this as `true`, in small letters."},
      {"[None]", "1:2 JSON writes an empty value as `null`."},
      {"[undefined]", "1:2 JSON writes an empty value as `null`."},
      {"[NaN]", "1:2 JSON has no such number."},
      {"[Infinity]", "1:2 JSON has no such number."},
      {"[-Infinity]", "1:2 `-Infinity` is no number that JSON knows."},
      {"[abc]", "1:2 This is no JSON value."},
      {"['a']", "1:2 JSON knows only double quotes."},
      // n: numbers
      {"[++1234]", "1:2 `++1234` is no number that JSON knows."},
      {"[+1]", "1:2 `+1` is no number that JSON knows."},
      {"[+Inf]", "1:2 `+Inf` is no number that JSON knows."},
      {"[-01]", "1:2 `-01` is no number that JSON knows."},
      {"[-1.0.]", "1:2 `-1.0.` is no number that JSON knows."},
      {"[-2.]", "1:2 `-2.` is no number that JSON knows."},
      {"[-NaN]", "1:2 `-NaN` is no number that JSON knows."},
      {"[.-1]", "1:2 `.-1` is no number that JSON knows."},
      {"[.2e-3]", "1:2 `.2e-3` is no number that JSON knows."},
      {"[0.1.2]", "1:2 `0.1.2` is no number that JSON knows."},
      {"[0.3e+]", "1:2 `0.3e+` is no number that JSON knows."},
      {"[0.3e]", "1:2 `0.3e` is no number that JSON knows."},
      {"[0.e1]", "1:2 `0.e1` is no number that JSON knows."},
      {"[0e+]", "1:2 `0e+` is no number that JSON knows."},
      {"[0e]", "1:2 `0e` is no number that JSON knows."},
      {"[1.0e+]", "1:2 `1.0e+` is no number that JSON knows."},
      {"[1.0e-]", "1:2 `1.0e-` is no number that JSON knows."},
      {"[1 000.0]", "1:4 A comma is missing before this."},
      {"[1eE2]", "1:2 `1eE2` is no number that JSON knows."},
      {"[2.e+3]", "1:2 `2.e+3` is no number that JSON knows."},
      {"[9.e+]", "1:2 `9.e+` is no number that JSON knows."},
      {"[0x1]", "1:2 `0x1` is no number that JSON knows."},
      {"[0x42]", "1:2 `0x42` is no number that JSON knows."},
      {"[Inf]", "1:2 This is no JSON value."},
      {"[- 1]", "1:2 `-` is no number that JSON knows."},
      {"[-012]", "1:2 `-012` is no number that JSON knows."},
      {"[-.123]", "1:2 `-.123` is no number that JSON knows."},
      {"[-1x]", "1:2 `-1x` is no number that JSON knows."},
      {"[1ea]", "1:2 `1ea` is no number that JSON knows."},
      {"[1.2a-3]", "1:2 `1.2a-3` is no number that JSON knows."},
      {"[1.8011670033376514H-308]", "1:2 `1.8011670033376514H-308` is no number that JSON knows."},
      {"[012]", "1:2 `012` is no number that JSON knows."},
      {"[00.0]", "1:2 `00.0` is no number that JSON knows."},
      {"[9223372036854775808]", "1:2 This number is too large."},
      {"[-9223372036854775809]", "1:2 This number is too large."},
      {"[123123123123123123123]", "1:2 This number is too large."},
      {"[1e999]", "1:2 This number is too large."},
      {"[-1e999]", "1:2 This number is too large."},
      // n: objects
      {"[\"x\", truth]", "1:7 This is no JSON value."},
      {"{[: \"x\"}", "1:2 A key must stand in double quotes in JSON."},
      {"{\"x\", null}", "1:5 A `:` is missing after this key."},
      {"{\"x\"::\"b\"}", "1:6 This `:` is out of place."},
      {"{🇨🇭}", "1:2 A key must stand in double quotes in JSON."},
      {"{\"a\":\"a\" 123}", "1:10 A comma is missing before this."},
      {"{key: 'value'}", "1:2 A key must stand in double quotes in JSON."},
      {"{\"a\" b}", "1:6 A `:` is missing after this key."},
      {"{:\"b\"}", "1:2 The key before this `:` is missing."},
      {"{\"a\":", "1:1 This `{` is never closed; the file ends before that."},
      {"{\"a\"", "1:1 This `{` is never closed; the file ends before that."},
      {"{1:1}", "1:2 A key must stand in double quotes in JSON."},
      {"{9999E9999:1}", "1:2 A key must stand in double quotes in JSON."},
      {"{null:null,null:null}", "1:2 A key must stand in double quotes in JSON."},
      {"{\"id\":0,,,,,}", "1:9 There is a comma too many here."},
      {"{'a':0}", "1:2 A key must stand in double quotes in JSON."},
      {"{\"id\":0,}", "1:8 JSON allows no comma before the closing bracket."},
      {"{\"a\":\"b\"}/**/", "1:10 JSON has no comments."},
      {"{\"a\":\"b\"}//", "1:10 JSON has no comments."},
      {"{\"a\":\"b\"}/", "1:10 There is something after the end of the JSON value."},
      {"{\"a\":\"b\",,\"c\":\"d\"}", "1:10 There is a comma too many here."},
      {"{a: \"b\"}", "1:2 A key must stand in double quotes in JSON."},
      {"{\"a\":\"a", "1:6 This text is not closed with a quote."},
      {"{ \"foo\" : \"bar\", \"a\" }", "1:22 A `:` is missing after this key."},
      {"{\"a\":\"b\"}#", "1:10 JSON has no comments."},
      {"{\"a\" \"b\"}", "1:6 A `:` is missing after this key."},
      {"{\"a\":1, \"b\":2, \"a\":3}", "1:16 The key \"a\" is set twice: first on line 1, column 2, and again here."},
      {"{\"a\":1]", "1:7 This `]` does not close the `{` that is open."},
      {"[1}", "1:3 This `}` does not close the `[` that is open."},
      // n: strings
      {"[\"\\uD800\\\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\uD800\\u\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\uD800\\u1\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\uD800\\u1x\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\uD800abc\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\uDFAA\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\uDd1e\\uD834\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\ud800\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[é]", "1:2 This is no JSON value."},
      {"[\"\\x00\"]", "1:3 JSON knows no `\\x`."},
      {"[\"\\\\\\\"]", "1:2 This text is not closed with a quote."},
      {"[\"\\\t\"]", "1:3 JSON does not know what this backslash stands for."},
      {"[\"\\🌀\"]", "1:3 JSON does not know what this backslash stands for."},
      {"[\"\\\"]", "1:2 This text is not closed with a quote."},
      {"[\"\\u00A\"]", "1:3 `\\u` must be followed by four hexadecimal digits."},
      {"[\"\\uD834\\uDd\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\uD800\\uD800\\x\"]", "1:3 This is one half of a character; its other half is missing."},
      {"[\"\\u12\"]", "1:3 `\\u` must be followed by four hexadecimal digits."},
      {"[\"\\a\"]", "1:3 JSON knows no `\\a`."},
      {"[\"\\uqqqq\"]", "1:3 `\\u` must be followed by four hexadecimal digits."},
      {"[\\u0020\"asd\"]", "1:2 This is no JSON value."},
      {"[\\n]", "1:2 This is no JSON value."},
      {"\"", "1:1 This text is not closed with a quote."},
      {"['single quote']", "1:2 JSON knows only double quotes."},
      {"abc", "1:1 This is no JSON value."},
      {"[\"\\", "1:2 This text is not closed with a quote."},
      {"[\"new\nline\"]", "1:2 This text is not closed with a quote on its line."},
      {"[\"\t\"]", "1:3 A tab may not stand in a JSON text."},
      {"\"\\UA66D\"", "1:2 JSON knows no `\\U`."},
      {"\"\"x", "1:3 There is something after the end of the JSON value."},
      {"\"a\" \"b\"", "1:5 There is something after the end of the JSON value."},
      // n: structure
      {"<.>", "1:1 This is no JSON value."},
      {"[<null>]", "1:2 This is no JSON value."},
      {"[1]x", "1:4 There is something after the end of the JSON value."},
      {"[1]]", "1:4 There is something after the end of the JSON value."},
      {"[\"asd]", "1:2 This text is not closed with a quote."},
      {"aå", "1:1 This is no JSON value."},
      {"[True]", "1:2 JSON writes this as `true`, in small letters."},
      {"1]", "1:2 There is something after the end of the JSON value."},
      {"{\"x\": true,", "1:1 This `{` is never closed; the file ends before that."},
      {"[][]", "1:3 There is something after the end of the JSON value."},
      {"]", "1:1 A value is missing before this `]`."},
      {"{[", "1:2 A key must stand in double quotes in JSON."},
      {"å", "1:1 This is no JSON value."},
      {"", "1:1 This file holds no JSON value."},
      {"[", "1:1 This `[` is never closed; the file ends before that."},
      {"[{\"\":[{\"\":", "1:7 This `{` is never closed; the file ends before that."},
      {"[,", "1:2 A value is missing before this comma."},
      {"[{", "1:2 This `{` is never closed; the file ends before that."},
      {"[\"a", "1:2 This text is not closed with a quote."},
      {"[\"\\a", "1:3 JSON knows no `\\a`."},
      {"{", "1:1 This `{` is never closed; the file ends before that."},
      {"{]", "1:2 This `]` does not close the `{` that is open."},
      {"{,", "1:2 There is a comma too many here."},
      {"{[", "1:2 A key must stand in double quotes in JSON."},
      {"{\"a", "1:2 This text is not closed with a quote."},
      {"{'a'", "1:2 A key must stand in double quotes in JSON."},
      {"[\"\\{[\"\\{[\"\\{[\"\\{", "1:3 JSON knows no `\\{`."},
      {"*", "1:1 This is no JSON value."},
      {"{\"a\":\"b\"}#{}", "1:10 JSON has no comments."},
      {"[\\u000A\"\"]", "1:2 This is no JSON value."},
      {"[1", "1:1 This `[` is never closed; the file ends before that."},
      {"[ false, nul", "1:10 This is no JSON value."},
      {"[ true, fals", "1:9 This is no JSON value."},
      {"[ false, tru", "1:10 This is no JSON value."},
      {"{\"asd\":\"asd\"", "1:1 This `{` is never closed; the file ends before that."},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    CHECK(read_json_as_text(row.input) == row.output);
  }
}

TEST_CASE("Hints say what JSON would read") {
  const Row rows[] = {
      {"{'a': 1}", "Write `\"key\": value`."},
      {"[True]", ""},
      {"[01]", "Delete the zeros in front, or put it in quotes if it is text."},
      {"[+1]", "Delete the `+`."},
      {"[1,]", "Delete the comma."},
      {"[1", "Add the missing `]`."},
      {"{\"a\": {\"b\": 1}", "Add the missing `}`."},
      {"{\"a\": \"C:\\docs\"}", "Write a backslash within text as `\\\\`."},
      {"// c\n{}", "Delete it, or keep the manifest as YAML, which has comments."},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    Diagnostics diagnostics;
    read_json(std::make_shared<Source>("test.json", std::string(row.input)), {}, diagnostics);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].hint == row.output);
    CHECK(diagnostics[0].code == "manifest/syntax");
  }
}

}  // namespace
}  // namespace scruple
