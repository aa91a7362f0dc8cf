#include "policy/fact_record.h"

#include "base/strings.h"
#include "catch.h"
#include "cel/display.h"
#include "policy/marks.h"

#include <array>
#include <memory>
#include <string>

namespace scruple::policy {
namespace {

using cel::Value;

// A value there and back, as CEL writes it.
std::string round_trip(const Value& value, cel::Evaluation& evaluation) {
  const auto json = fact_to_json(value, mark_sensitive, evaluation);
  if (!json) return "not written";
  const Value read = fact_from_json(*json, mark_recorded, evaluation);
  return read.is_unset() ? "not read" : cel::to_display(read, evaluation);
}

std::string problem_of(std::string text) {
  Diagnostics problems;
  const auto record = FactRecord::read(std::make_shared<const Source>("facts.json", std::move(text)), problems);
  if (record) return "no problem";
  return problems.empty() ? "no reason" : problems.front().message;
}

}  // namespace

TEST_CASE("values are written down and read back") {
  cel::Evaluation evaluation;
  const std::array<Value, 2> pair = {Value::integer(3), evaluation.string("a \"b\"\n\xC3\xA9")};
  const std::array<Value, 4> entries = {Value::string("n"), Value::integer(3), Value::string("x"), Value::real(0.1)};
  const std::array<Value, 1> groups = {evaluation.map(entries)};
  CHECK(round_trip(Value::integer(-5), evaluation) == "-5");
  CHECK(round_trip(Value::unsigned_integer(UINT64_MAX), evaluation) == "18446744073709551615u");
  CHECK(round_trip(Value::real(1e-7), evaluation) == cel::to_display(Value::real(1e-7), evaluation));
  CHECK(round_trip(Value::boolean(true), evaluation) == "true");
  CHECK(round_trip(Value::null(), evaluation) == "null");
  CHECK(round_trip(Value::timestamp({86'400, 500}), evaluation) ==
        cel::to_display(Value::timestamp({86'400, 500}), evaluation));
  CHECK(round_trip(Value::duration(-3), evaluation) == cel::to_display(Value::duration(-3), evaluation));
  CHECK(round_trip(Value::optional(nullptr), evaluation) == cel::to_display(Value::optional(nullptr), evaluation));
  CHECK(round_trip(evaluation.optional(Value::integer(1)), evaluation) ==
        cel::to_display(evaluation.optional(Value::integer(1)), evaluation));
  CHECK(round_trip(evaluation.list(pair), evaluation) == cel::to_display(evaluation.list(pair), evaluation));
  CHECK(round_trip(evaluation.list(groups), evaluation) == R"([{"n": 3, "x": 0.1}])");
  const Value read = fact_from_json("[\"i\", 4]", mark_recorded, evaluation);
  CHECK(read.marks() == mark_recorded);
}

TEST_CASE("what must not be shown is not written down") {
  cel::Evaluation evaluation;
  const Value secret = Value::string("anna").with_marks(mark_sensitive);
  const std::array<Value, 1> list = {secret};
  CHECK(round_trip(secret, evaluation) == "not written");
  CHECK(round_trip(evaluation.list(list), evaluation) == "not written");
  CHECK(round_trip(evaluation.optional(secret), evaluation) == "not written");
  // Of the row that decided an `all` only its number.
  const std::array<Value, 2> cells = {Value::string("name"), secret};
  const std::array<Value, 2> deciding = {evaluation.map(cells).with_marks(mark_sensitive), Value::integer(7)};
  CHECK(round_trip(evaluation.list(deciding), evaluation) == "[{}, 7]");
}

TEST_CASE("what is no value is not read") {
  cel::Evaluation evaluation;
  for (const char* text : {"", "4", "[]", "[\"i\"]", "[\"i\", \"4\"]", "[\"x\", 1]", "[\"l\", 3]", "[\"m\", [\"n\"]]",
                           "[\"t\", 1]", "[\"t\", 1, -1]", "[\"d\", \"x\"]", "[\"u\", \"x\"]", "{\"a\": 1}"}) {
    CAPTURE(text);
    CHECK(fact_from_json(text, 0, evaluation).is_unset());
  }
}

TEST_CASE("a record is written and read") {
  FactRecord record;
  CHECK(record.is_taking());
  record.add({"spring", "evidence/a.csv", "count 12"}, {"2026-03-01", "ab", "[\"i\", 3]"});
  record.add({"spring", "crm:b \"x\".csv", "exists"}, {"2026-03-01", "cd", "[\"b\", true]"});
  CHECK(record.size() == 2);
  CHECK(record.files() == 2);
  Diagnostics problems;
  const auto read = FactRecord::read(std::make_shared<const Source>("facts.json", record.write()), problems);
  REQUIRE(read);
  CHECK_FALSE(read->is_taking());
  CHECK(read->write() == record.write());
  const auto* fact = read->find({"spring", "evidence/a.csv", "count 12"});
  REQUIRE(fact != nullptr);
  CHECK(fact->day == "2026-03-01");
  CHECK(fact->value == "[\"i\", 3]");
  CHECK(read->find({"autumn", "evidence/a.csv", "count 12"}) == nullptr);
  CHECK(read->knows("spring", "crm:b \"x\".csv"));
  CHECK_FALSE(read->knows("autumn", "evidence/a.csv"));
  CHECK(read->knows({}, "evidence/a.csv"));

  CHECK(problem_of("[]") == "this is no record of facts");
  CHECK(problem_of("{\"scruple_record\": 2, \"facts\": []}") ==
        "this record was written by another version of scruple");
  CHECK(problem_of("{\"scruple_record\": 1, \"facts\": [{\"campaign\": \"a\"}]}") ==
        "a fact of this record is not as scruple writes it");
  CHECK(problem_of("{\"scruple_record\": 1, \"facts\": []}") == "no problem");
  CHECK(problem_of("{") != "no problem");
}

TEST_CASE("a question is named by its digest, not by what it holds") {
  const std::string name = fact_name("where(secret)|count(\"anna\")");
  CHECK(name.starts_with("count "));
  CHECK(name.size() == 6 + 64);
  CHECK(fact_name("a|anna(").starts_with("fact "));
  CHECK(name != fact_name("where(secret)|count(\"bert\")"));
}

}  // namespace scruple::policy
