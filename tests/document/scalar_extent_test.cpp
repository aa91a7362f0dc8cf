#include "document/scalar_extent.h"

#include "catch.h"

#include <string_view>

namespace scruple {
namespace {

TEST_CASE("A scalar's extent follows from its context") {
  struct Row {
    std::string_view text;
    ScalarContext context;
    std::string_view extent;
  };
  const Row rows[] = {
      {"abc", {}, "abc"},
      {"a b  # c", {}, "a b"},
      {"a#b c", {}, "a#b c"},
      {"a: b", {}, "a"},
      {"a:b c:", {}, "a:b c"},
      {"a, b]", {}, "a, b]"},
      {"a, b]", {-1, true}, "a"},
      {"a:, b", {-1, true}, "a"},
      {"a\n b\nc", {0, false}, "a\n b"},
      {"a\n b\nc", {}, "a\n b\nc"},
      {"a\n\n \n b\n", {0, false}, "a\n\n \n b"},
      {"a\n# c\n b", {}, "a"},
      {"a\n---\nb", {}, "a"},
      {"a\n...\nb", {}, "a"},
      {"a\n---b", {}, "a\n---b"},
      {"-a", {}, "-a"},
      {"- a", {}, ""},
      {"@a", {}, ""},
      {"'a''b' c", {}, "'a''b'"},
      {"\"a\\\"b\" c", {}, "\"a\\\"b\""},
      {"'a\n b'", {0, false}, "'a\n b'"},
      {"|\n a\n  b\n\nc", {0, false}, "|\n a\n  b"},
      {"|\n a\n\n # b\n", {0, false}, "|\n a\n\n # b"},
      {">2-\n   a\n  b\n c", {0, false}, ">2-\n   a\n  b"},
      {"|\nb", {0, false}, "|"},
      {"|  # c\n a\n", {0, false}, "|  # c\n a"},
      {"|\n a\n   \nb", {0, false}, "|\n a\n   "},
      {"|\r\n a\r\n b\r\n", {0, false}, "|\r\n a\r\n b"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const ScalarExtent extent = find_extent(row.text, 0, 0, row.context);
    CHECK(extent.problem == "");
    CHECK(row.text.substr(extent.span.begin, extent.span.end - extent.span.begin) == row.extent);
  }
}

}  // namespace
}  // namespace scruple
