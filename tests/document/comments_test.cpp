#include "document/comments.h"

#include "base/strings.h"
#include "catch.h"

#include <memory>
#include <string>

namespace scruple {
namespace {

// Each comment with the text of its node: `# c -> node`, one a line.
std::string comments_of(std::string_view text) {
  Diagnostics diagnostics;
  const auto documents = read_yaml(std::make_shared<Source>("a.yaml", std::string(text)), {}, diagnostics);
  REQUIRE(diagnostics.empty());
  std::string out;
  for (const Document& document : documents) {
    for (const Comment& comment : document.comments()) {
      const auto covered = [&](Span span) { return visible(text.substr(span.begin, span.end - span.begin)); };
      out += concat(covered(comment.span), " -> ",
                    comment.node == no_node ? "nothing" : covered(document.node(comment.node).span), "\n");
    }
  }
  return out;
}

TEST_CASE("A comment belongs to the node on its line, else to the next one below") {
  struct Row {
    std::string_view input;
    std::string_view output;
  };
  const Row rows[] = {
      {"a: b # c\n", "# c -> b\n"},
      {"# c\na: b\n", "# c -> b\n"},
      {"# c\n\n# d\n\na: b\n", "# c -> b\n# d -> b\n"},
      {"a: b\n# c\n", "# c -> nothing\n"},
      {"# c\n", "# c -> nothing\n"},
      {"# c\nx\n", "# c -> x\n"},
      {"# c\n[x]\n", "# c -> [x]\n"},
      {"a: # c\n  b: d\n", "# c -> b: d\n"},
      {"a:\n  # c\n  b: d\n  e: f\n", "# c -> d\n"},
      {"a:\n  # c\n  - b: d\n    e: f\n", "# c -> b: d\\n    e: f\n"},
      {"- a: b # c\n  d: e # f\n", "# c -> a: b # c\\n  d: e\n# f -> e\n"},
      {"- # c\n  a: b\n", "# c -> a: b\n"},
      {"a: {b: c, d: e} # f\n", "# f -> {b: c, d: e}\n"},
      {"a: [b, # c\n  d # e\n  ] # f\n", "# c -> [b, # c\\n  d # e\\n  ]\n# e -> d\n# f -> [b, # c\\n  d # e\\n  ]\n"},
      {"a: [\n  # c\n  b]\n", "# c -> b\n"},
      {"a: one\n  two # c\nb: d\n", "# c -> one\\n  two\n"},
      {"a: 'one\n  two' # c\nb: d\n", "# c -> 'one\\n  two'\n"},
      {"a: | # c\n  # text\n  x\n# d\nb: e\n", "# c -> | # c\\n  # text\\n  x\n# d -> e\n"},
      {"a: 'b # no' # c\n", "# c -> 'b # no'\n"},
      {"a: b#no # c\n", "# c -> b#no\n"},
      {"--- # c\na: b\n... # d\n", "# c -> b\n# d -> nothing\n"},
      {"a\n# tail\n--- # c\nb\n", "# tail -> nothing\n# c -> b\n"},
      {"a: &x {b: c}\n# d\ne: *x # f\n", "# d -> {b: c}\n# f -> {b: c}\n"},
      {"a: &x {b: c}\ne: {<<: *x} # f\n# g\nh: i\n", "# f -> {<<: *x}\n# g -> i\n"},
      {"a: b\r\n# c\r\nd: e # f\r\n", "# c -> e\n# f -> e\n"},
      {"# é\na: é # ü\n", "# é -> é\n# ü -> é\n"},
      {"#\n#x\n##\na: b\n", "# -> b\n#x -> b\n## -> b\n"},
      {"a:\n  b: c\n  # under a\nd: e\n", "# under a -> e\n"},
      {"? a # c\n: b # d\n", "# c -> b\n# d -> b\n"},
      {"a:\n  # c\n  # d\n", "# c -> nothing\n# d -> nothing\n"},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    CHECK(comments_of(row.input) == row.output);
  }
}

TEST_CASE("A closing bracket is found over many entries") {
  std::string text = "a: [\n";
  for (int i = 0; i < 500; ++i) text += "  x,\n";
  text += "  ] # c\nb: d\n";
  const std::string comments = comments_of(text);
  CHECK(comments.starts_with("# c -> [\\n  x,"));
}

}  // namespace
}  // namespace scruple
