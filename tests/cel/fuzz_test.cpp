// Random texts, always the same ones: nothing may crash, and nothing may run long.
#include "cel/dump.h"
#include "harness.h"

#include "catch.h"

#include <random>

namespace scruple::cel {
namespace {

constexpr std::string_view words[] = {"a",
                                      "b",
                                      "x",
                                      "list",
                                      "1",
                                      "0",
                                      "-",
                                      "2u",
                                      "1.5",
                                      "'é'",
                                      "b'\\xff'",
                                      "true",
                                      "null",
                                      "(",
                                      ")",
                                      "(",
                                      ")",
                                      "[",
                                      "]",
                                      "{",
                                      "}",
                                      ".",
                                      ",",
                                      ":",
                                      "?",
                                      "&&",
                                      "||",
                                      "!",
                                      "==",
                                      "<",
                                      "in",
                                      "+",
                                      "*",
                                      "%",
                                      "/",
                                      ".?",
                                      "[?",
                                      ".all(x, ",
                                      ".map(x, ",
                                      ".exists(x, ",
                                      ".filter(y, ",
                                      ".transformMap(i, v, ",
                                      "cel.bind(x, ",
                                      "has(a.",
                                      "size(",
                                      ".size()",
                                      ".sort()",
                                      ".flatten()",
                                      ".format(",
                                      "optional.of(",
                                      ".orValue(",
                                      "math.greatest(",
                                      "regex.extractAll('ab', ",
                                      "9223372036854775807",
                                      "timestamp(",
                                      ".getDate()",
                                      "duration('1s')",
                                      ".a",
                                      ".`b`",
                                      "'%s'",
                                      "def(",
                                      "//\n",
                                      "`"};

std::string random_text(std::mt19937& random) {
  std::string text;
  const std::size_t length = random() % 24 + 1;
  for (std::size_t i = 0; i < length; ++i) {
    text += words[random() % std::size(words)];
    if (random() % 4 == 0) text += ' ';
  }
  return text;
}

// The text with what was opened closed again, so that more of them are read to the end.
std::string closed(const std::string& text) {
  std::string closing;
  for (const char c : text) {
    if (c == '(') closing.insert(closing.begin(), ')');
    if (c == '[') closing.insert(closing.begin(), ']');
    if (c == '{') closing.insert(closing.begin(), '}');
    if (!closing.empty() && c == closing.front()) closing.erase(0, 1);
  }
  return text + closing;
}

TEST_CASE("fuzz: random texts are compiled and evaluated") {
  Harness harness;
  Document document;
  const Value inner = document.map({{"a", Value::integer(1)}, {"b", Value::string("x")}});
  harness.declare("a", document.map({{"a", inner}, {"b", document.list({inner, Value::null()})}}));
  harness.declare("b", Value::real(0.5));
  harness.declare("list", document.list({Value::integer(3), Value::string("a"), inner}));
  harness.define("def", {"x"}, "[x, x]");
  harness.evaluation.step_limit = 10'000;

  std::mt19937 random(20'240'229);
  std::size_t evaluated = 0;
  for (int i = 0; i < 40'000; ++i) {
    const std::string text = i % 2 == 0 ? random_text(random) : closed(random_text(random));
    INFO(text);
    harness.environment.names_checked = i % 3 == 0;
    const Compiled compiled = compile(text, harness.environment);
    for (const Issue& issue : compiled.issues) {
      REQUIRE_FALSE(issue.message.empty());
      REQUIRE(issue.span.begin <= issue.span.end);
      REQUIRE((issue.source != 0 || issue.span.end <= text.size()));
    }
    REQUIRE(compiled.program.has_value() == compiled.issues.empty());
    if (!compiled.program) continue;
    ++evaluated;
    harness.evaluation.reset();
    const Program& program = *compiled.program;
    const std::string plain = harness.show(evaluate(program, harness.frame(), harness.evaluation));
    Trace trace;
    harness.evaluation.reset();
    const Value traced = evaluate_traced(program, program.root(), harness.frame(), harness.evaluation, trace);
    REQUIRE(harness.show(traced) == plain);
    REQUIRE_FALSE(dump(trace, program, harness.evaluation).empty());
  }
  CHECK(evaluated > 1'000);
}

TEST_CASE("fuzz: random bytes are an issue or a program") {
  Harness harness;
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const std::size_t length = random() % 16;
    for (std::size_t j = 0; j < length; ++j) text += static_cast<char>(random() % (i % 2 == 0 ? 128 : 256));
    INFO(text);
    const Compiled compiled = compile(text, harness.environment);
    REQUIRE(compiled.program.has_value() == compiled.issues.empty());
  }
}

}  // namespace
}  // namespace scruple::cel
