#include "document/scalar_span.h"

#include "catch.h"

#include <memory>
#include <string>

namespace scruple {
namespace {

std::string with_visible_breaks(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = '~';
  }
  return text;
}

// The character of the file that each byte of the decoded text comes from, then, after a blank, the place past its end.
std::string sources_of(const Document& document, const Node& node) {
  const std::string_view file = document.source().text();
  std::string out;
  std::uint32_t last = 0;
  for (std::size_t i = 0; i <= node.text.size(); ++i) {
    const std::uint32_t at = source_offset(file, node, i);
    REQUIRE(at >= node.span.begin);
    REQUIRE(at <= node.span.end);
    REQUIRE(at >= last);
    last = at;
    if (i == node.text.size()) out += ' ';
    out += at < file.size() ? file.substr(at, 1) : "$";
  }
  return with_visible_breaks(std::move(out));
}

struct OffsetRow {
  std::string_view file;
  std::string_view text;  // `~` for line breaks
  std::string_view sources;
};

void check_offsets(const OffsetRow& row, const Document& document) {
  const Member* member = document.find(document.root(), "x");
  REQUIRE(member != nullptr);
  const Node& node = document.node(member->value);
  CHECK(with_visible_breaks(std::string(node.text)) == row.text);
  CHECK(sources_of(document, node) == row.sources);
}

TEST_CASE("Every byte of a YAML scalar's text is found in the file") {
  const OffsetRow rows[] = {
      {"x: plain text\n", "plain text", "plain text ~"},
      {"x: ab\n  c\n\n  d # e\n", "ab c~d", "ab~c~d  "},
      {"x: 'it''s'\n", "it's", "it's '"},
      {"x: 'a \n   b'\n", "a b", "a~b '"},
      {"x: 'a\n\n\n b'\n", "a~~b", "a~~b '"},
      {R"(x: "a\tb\u00e9\x41")", "a\tb\u00e9A", "a\\b\\\\\\ \""},
      {"x: \"a  \\\n   b\"\n", "a  b", "a  b \""},
      {"x: \"a\\\n\n  \\  b\"\n", "a~  b", "a~\\ b \""},
      {"x: |\n  ab\n   c\n\n  d\n", "ab~ c~~d~", "ab~ c~~d~ ~"},
      {"x: |-\n  ab\n  c\ny: z\n", "ab~c", "ab~c ~"},
      {"x: |2\n   a\n  b\n", " a~b~", " a~b~ ~"},
      {"x: |1-\n  a\n", " a", " a ~"},
      {"x: |1+\n\n  \n  a\n\n", "~ ~ a~~", "~ ~ a~~ ~"},
      {"x: >\n  ab\n  c\n\n  d\n   e\n  f\n", "ab c~d~ e~f~", "ab~c~d~ e~f~ ~"},
      {"x: >-\n\n  a\n  b\n", "~a b", "~a~b ~"},
      {"x: >\n  a\n  b", "a b", "a~b $"},
      {"x: |\r\n  a\r\n  b\r\n", "a~b~", "a\rb\r \r"},
      {"x: |\n", "", " ~"},
      {"x: ''\n", "", " '"},
  };
  for (const OffsetRow& row : rows) {
    INFO(row.file);
    Diagnostics diagnostics;
    const auto documents = read_yaml(std::make_shared<Source>("a.yaml", std::string(row.file)), {}, diagnostics);
    REQUIRE(documents.size() == 1);
    check_offsets(row, documents.front());
  }
}

TEST_CASE("Every byte of a JSON string is found in the file") {
  const OffsetRow rows[] = {
      {R"({"x": "plain"})", "plain", "plain \""},
      {R"({"x": "a\nb\/c"})", "a~b/c", "a\\b\\c \""},
      {R"({"x": "\ud83d\ude00!"})", "\U0001F600!", "\\\\\\\\! \""},
      {R"({"x": "it's \u0041"})", "it's A", "it's \\ \""},
  };
  for (const OffsetRow& row : rows) {
    INFO(row.file);
    Diagnostics diagnostics;
    const auto document = read_json(std::make_shared<Source>("a.json", std::string(row.file)), {}, diagnostics);
    REQUIRE(document.has_value());
    check_offsets(row, *document);
  }
}

TEST_CASE("The place in an escape is the begin of the escape, that past the end is the end of the content") {
  Diagnostics diagnostics;
  const auto document = read_json(std::make_shared<Source>("a.json", R"(["a\u00e9b"])"), {}, diagnostics);
  REQUIRE(document.has_value());
  const Node& node = document->node(document->members(document->root())[0].value);
  const std::string_view file = document->source().text();
  CHECK(source_offset(file, node, 0) == 2);
  CHECK(source_offset(file, node, 1) == 3);
  CHECK(source_offset(file, node, 2) == 3);
  CHECK(source_offset(file, node, 3) == 9);
  CHECK(source_offset(file, node, 4) == 10);
  CHECK(source_offset(file, node, 1000) == 10);
}

}  // namespace
}  // namespace scruple
