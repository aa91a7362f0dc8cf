// Holds docs/cel.md to the language: each example of its tables comes to the value beside it, and each operator,
// function and macro that there is stands on the page.
#include "catch.h"
#include "cel/macro.h"
#include "policy/language.h"
#include "transcript.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace scruple;
using Json = nlohmann::ordered_json;

const fs::path page = fs::path(SCRUPLE_SOURCE_DIR) / "docs" / "cel.md";

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// The cells of a table's row; `\|` is a bar.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      found.push_back(trimmed(std::exchange(cell, {})));
    } else {
      cell += line[i];
    }
  }
  return found;
}

// What stands between the marks of a code span.
std::string code(const std::string& cell) {
  const std::size_t marks = cell.find_first_not_of('`');
  if (marks == 0 || marks == std::string::npos || cell.size() < 2 * marks) return {};
  return trimmed(cell.substr(marks, cell.size() - 2 * marks));
}

struct Row {
  std::size_t line = 0;
  std::string expression;
  std::string value;
};

std::vector<Row> rows(const std::string& markdown) {
  std::vector<Row> found;
  bool in_table = false;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < markdown.size();) {
    const std::size_t end = markdown.find('\n', begin);
    const std::string line = markdown.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (!line.starts_with("|")) {
      in_table = false;
    } else if (line.ends_with("| example | value |")) {
      in_table = true;
    } else if (in_table && !line.starts_with("| ---")) {
      const auto parts = cells(line);
      REQUIRE(parts.size() == 3);
      found.push_back({number, code(parts[1]), code(parts[2])});
    }
  }
  return found;
}

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

TEST_CASE("the examples of the language page come to the values beside them") {
  const auto examples = rows(test::read_file(page));
  for (const Row& row : examples) {
    INFO(page.string() << ":" << row.line << ": " << row.expression);
    REQUIRE_FALSE(row.expression.empty());
    const std::string output = test::run_command(
        "scruple eval --today 2026-03-01 " + shell_quoted(row.expression) + " examples/clean-launch/campaign.yaml",
        SCRUPLE_SOURCE_DIR);
    if (output.ends_with("[exit code 1]\n")) {
      CHECK(row.value == "error");
      continue;
    }
    INFO(output);
    const Json actual = Json::parse(output, nullptr, false);
    REQUIRE_FALSE(actual.is_discarded());
    CHECK(actual == Json::parse(row.value, nullptr, false));
  }
  CHECK(examples.size() > 150);
}

TEST_CASE("every function and macro stands on the language page") {
  const std::string markdown = test::read_file(page);
  const auto stands = [&](std::string_view form) { return markdown.find(form) != std::string::npos; };
  const cel::FunctionRegistry functions = policy::make_functions();
  for (const auto& group : functions.groups()) {
    std::string form(group.name);
    if (form.starts_with("_") || form == "!_" || form == "-_") {
      std::erase(form, '_');
      form = "`" + std::string(form == "!" || form == "-" ? form + "a`" : "a " + form + " b`");
    } else if (form == "@in") {
      form = "`a in b`";
    } else {
      form = (group.style == cel::Style::receiver ? "." : "`") + form + "(";
    }
    INFO(form);
    // An operator may be followed by words.
    if (form.ends_with("`")) form.pop_back();
    CHECK(stands(form));
  }
  for (const auto& macro : cel::macros()) {
    INFO(macro.name);
    CHECK(stands("." + std::string(macro.name) + "("));
  }
}
