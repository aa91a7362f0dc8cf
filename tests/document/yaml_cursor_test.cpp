#include "document/yaml_cursor.h"

#include "catch.h"

namespace scruple {
namespace {

template <typename Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const SyntaxError& error) {
    return error.message;
  }
  return "no error";
}

TEST_CASE("A gap is white space and comments") {
  YamlCursor cursor("  # one\n\n \t # two\r\n  x", 0);
  cursor.skip_gap();
  CHECK(cursor.peek() == 'x');
  CHECK(cursor.column() == 2);
  CHECK(cursor.on_fresh_line());
  CHECK_FALSE(cursor.after_tab());
  const auto comments = cursor.take_comments();
  REQUIRE(comments.size() == 2);
  CHECK(comments[0] == Span{2, 7});
  CHECK(comments[1] == Span{12, 17});
  CHECK(cursor.take_comments().empty());
}

TEST_CASE("A comment needs a blank before it") {
  YamlCursor cursor("a#b", 0);
  cursor.take(1);
  CHECK(error_of([&] { cursor.skip_gap(); }) == "A comment needs a blank before its `#`.");
}

TEST_CASE("The cursor knows tokens, tabs and lines") {
  YamlCursor cursor("-\ta\n\tb", 0);
  CHECK(cursor.at_indicator('-'));
  CHECK(cursor.take(1) == Span{0, 1});
  cursor.skip_gap();
  CHECK(cursor.after_tab());
  CHECK_FALSE(cursor.on_fresh_line());
  cursor.take(1);
  CHECK(cursor.token_end() == 3);
  cursor.skip_gap();
  CHECK(cursor.on_fresh_line());
  CHECK(error_of([&] { cursor.check_block_indent(-1); }) ==
        "This line starts with a tab. YAML allows only blanks here.");
  CHECK(cursor.indented_in_flow(-1));
  CHECK_FALSE(cursor.indented_in_flow(0));
}

TEST_CASE("Properties of a value are read in any order, each once") {
  YamlCursor cursor("!!str &a b", 0);
  const NodeProperties both = cursor.read_properties(-1);
  CHECK(both.tag == "!!str");
  CHECK(both.tag_span == Span{0, 5});
  CHECK(both.anchor == "a");
  CHECK(both.end == 8);
  CHECK(cursor.peek() == 'b');

  YamlCursor none("b", 0);
  CHECK(none.read_properties(-1).empty());
  YamlCursor verbatim("!<tag:x,y> z", 0);
  CHECK(error_of([&] { verbatim.read_properties(-1); }) == "no error");
  YamlCursor twice("&a &b", 0);
  CHECK(error_of([&] { twice.read_properties(-1); }) == "A value can have only one `&name`.");
  YamlCursor stuck("&a[b]", 0);
  CHECK(error_of([&] { stuck.read_properties(-1); }) == "A blank is missing before this `[`.");
  YamlCursor nameless("& a", 0);
  CHECK(error_of([&] { nameless.read_properties(-1); }) == "A name is missing after this `&`.");
}

TEST_CASE("What stands too far left on a new line belongs to something else") {
  YamlCursor cursor("&a\n!!str b", 0);
  const NodeProperties properties = cursor.read_properties(0);
  CHECK(properties.anchor == "a");
  CHECK(properties.tag.empty());
  CHECK(cursor.peek() == '!');
}

TEST_CASE("Document markers stand at the begin of a line") {
  CHECK(YamlCursor("---", 0).at_document_marker());
  CHECK(YamlCursor("... # c", 0).at_document_marker());
  CHECK_FALSE(YamlCursor("---a", 0).at_document_marker());
  CHECK_FALSE(YamlCursor("--", 0).at_document_marker());
  YamlCursor later(" ---", 0);
  later.skip_gap();
  CHECK_FALSE(later.at_document_marker());
}

TEST_CASE("Only a comment may follow a marker") {
  YamlCursor good("--- # c\n", 0);
  good.take(3);
  CHECK(error_of([&] { good.finish_line("`---`"); }) == "no error");
  YamlCursor bad("--- c", 0);
  bad.take(3);
  CHECK(error_of([&] { bad.finish_line("`---`"); }) == "Nothing but a comment may follow `---` on its line.");
}

}  // namespace
}  // namespace scruple
