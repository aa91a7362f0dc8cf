#include "policy/message.h"

#include "base/strings.h"
#include "catch.h"

namespace scruple::policy {
namespace {

// Literal text in quotes, expressions with the place where they begin, problems with theirs.
std::string split(std::string_view message) {
  std::vector<MessageProblem> problems;
  std::string out;
  for (const auto& piece : split_message(message, problems)) {
    out += piece.is_expression ? concat("{", piece.text, "}@", piece.begin, " ") : concat("\"", piece.text, "\" ");
  }
  for (const auto& problem : problems) out += concat("!", problem.at, " ");
  return std::string(trim_ascii(out));
}

}  // namespace

TEST_CASE("a message is text and placeholders") {
  struct Row {
    const char* message;
    const char* pieces;
  };
  const Row rows[] = {
      {"", ""},
      {"No copy.", "\"No copy.\""},
      {"{asset.id}", "{asset.id}@1"},
      {"The copy of {asset.id} is {n} long", "\"The copy of \" {asset.id}@13 \" is \" {n}@27 \" long\""},
      {"{a}{b}", "{a}@1 {b}@4"},
      {"{{a}}", "\"{a}\""},
      {"{{{a}}}", "\"{\" {a}@3 \"}\""},
      {"{x['}']}", "{x['}']}@1"},
      {"{x[\"a}b\"]} c", "{x[\"a}b\"]}@1 \" c\""},
      {"{'it\\'s }'}", "{'it\\'s }'}@1"},
      {"{ {'a': 1}.a }", "{ {'a': 1}.a }@1"},
      {"{}", "{}@1"},
      {"a { b", "\"a \" !2"},
      {"a {'b}", "\"a \" !2"},
      {"a } b", "\"a  b\" !2"},
      {"a } b { c", "\"a  b \" !2 !6"},
      {"ä {b}", "\"ä \" {b}@4"},
  };
  for (const Row& row : rows) {
    INFO(row.message);
    CHECK(split(row.message) == row.pieces);
  }
}

}  // namespace scruple::policy
