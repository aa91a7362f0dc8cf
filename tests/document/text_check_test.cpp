#include "document/text_check.h"

#include "catch.h"
#include "dump.h"

#include <string>

namespace scruple {
namespace {

using namespace std::string_literals;

struct Row {
  std::string input;
  std::string_view output;
};

TEST_CASE("Bytes that are no text are refused before they are parsed") {
  const Row rows[] = {
      {"\xFF\xFE"
       "a\0"s,
       "1:1 This file is saved as UTF-16."},
      {"\xFE\xFF\0a"s, "1:1 This file is saved as UTF-16."},
      {"a\0:\0"s, "1:1 This file is saved as UTF-16."},
      {"\0a\0:"s, "1:1 This file is saved as UTF-16."},
      {"a: b\n\0"s, "2:1 Here stands a NUL byte. This seems to be no text file."},
      {"a: \xE9t\xE9\n", "1:4 This file is not valid UTF-8: byte 0xE9 is no character here."},
      {"a: \xC3\xA9\n# \x80\n", "2:3 This file is not valid UTF-8: byte 0x80 is no character here."},
      {"a: \xED\xA0\x80\n", "1:4 This file is not valid UTF-8: byte 0xED is no character here."},
      {"a: \xC0\x80\n", "1:4 This file is not valid UTF-8: byte 0xC0 is no character here."},
      {"a: \xF4\x90\x80\x80\n", "1:4 This file is not valid UTF-8: byte 0xF4 is no character here."},
      {"a: \xC3", "1:4 This file is not valid UTF-8: byte 0xC3 is no character here."},
  };
  for (const Row& row : rows) {
    INFO(row.output);
    CHECK(read_yaml_as_text(row.input) == row.output);
    CHECK(read_json_as_text(row.input) == row.output);
  }
}

TEST_CASE("Characters that YAML forbids are refused") {
  const Row rows[] = {
      {"a: \x01\n", "1:4 Here stands an invisible control character (U+0001), which YAML forbids."},
      {"a: \x04\n", "1:4 Here stands an invisible control character (U+0004), which YAML forbids."},
      {"# \x1B[0m\n", "1:3 Here stands an invisible control character (U+001B), which YAML forbids."},
      {"a: \x7F\n", "1:4 Here stands an invisible control character (U+007F), which YAML forbids."},
      {"a: \xC2\x9B\n", "1:4 Here stands an invisible control character (U+009B), which YAML forbids."},
      {"a: \xEF\xBF\xBE\n", "1:4 Here stands an invisible control character (U+FFFE), which YAML forbids."},
      {"a: b\rc: d\r", "1:5 Here stands a line break of old Mac systems (a carriage return on its own)."},
      {"a: b\r", "1:5 Here stands a line break of old Mac systems (a carriage return on its own)."},
      {"a: \xC2\x85 \xC2\xA0 \xEF\xBF\xBD\n", "{a: '\\u0085 \xC2\xA0 \xEF\xBF\xBD'}"},
      {"a: b\r\n\tc\r\n"s.substr(0, 6), "{a: 'b'}"},
  };
  for (const Row& row : rows) {
    INFO(row.output);
    CHECK(read_yaml_as_text(row.input) == row.output);
  }
}

TEST_CASE("More tokens than values are allowed are refused by their bytes alone") {
  DocumentLimits limits;
  limits.nodes = 100;
  CHECK(read_yaml_as_text(std::string(101, '['), limits) == "1:1 This file holds more than 100 values.");
  std::string words;
  for (int i = 0; i < 301; ++i) words += "a ";
  CHECK(read_yaml_as_text(words, limits) == "1:1 This file holds more than 100 values.");
  words.resize(600);
  CHECK(read_yaml_as_text(words, limits).starts_with("'a a a"));
}

TEST_CASE("A byte order mark is three bytes long") {
  CHECK(byte_order_mark("\xEF\xBB\xBF"
                        "a") == 3);
  CHECK(byte_order_mark("\xEF\xBB") == 0);
  CHECK(byte_order_mark("") == 0);
}

}  // namespace
}  // namespace scruple
