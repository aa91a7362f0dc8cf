#include "document/core_schema.h"

#include "catch.h"

#include <cmath>

namespace scruple {
namespace {

TEST_CASE("Plain scalars resolve by the core schema") {
  struct Row {
    std::string_view text;
    NodeKind kind;
  };
  const Row rows[] = {
      {"", NodeKind::null},
      {"~", NodeKind::null},
      {"null", NodeKind::null},
      {"NULL", NodeKind::null},
      {"nULL", NodeKind::string},
      {"nil", NodeKind::string},
      {"true", NodeKind::boolean},
      {"FALSE", NodeKind::boolean},
      {"tRUE", NodeKind::string},
      {"yes", NodeKind::string},
      {"on", NodeKind::string},
      {"0", NodeKind::integer},
      {"-0", NodeKind::integer},
      {"+7", NodeKind::integer},
      {"0099", NodeKind::integer},
      {"0o17", NodeKind::integer},
      {"0o18", NodeKind::string},
      {"0o", NodeKind::string},
      {"-0o7", NodeKind::string},
      {"0x1F", NodeKind::integer},
      {"0x", NodeKind::string},
      {"+0x1", NodeKind::string},
      {"0X1", NodeKind::string},
      {"0b1", NodeKind::string},
      {"1_000", NodeKind::string},
      {"1,000", NodeKind::string},
      {"1e3", NodeKind::real},
      {"1.", NodeKind::real},
      {".1", NodeKind::real},
      {"-.1e-2", NodeKind::real},
      {".", NodeKind::string},
      {"-", NodeKind::string},
      {"+.", NodeKind::string},
      {"1e", NodeKind::string},
      {"1e+", NodeKind::string},
      {"e1", NodeKind::string},
      {".e1", NodeKind::string},
      {"1.2.3", NodeKind::string},
      {".inf", NodeKind::real},
      {"-.Inf", NodeKind::real},
      {"+.INF", NodeKind::real},
      {"inf", NodeKind::string},
      {".iNF", NodeKind::string},
      {".nan", NodeKind::real},
      {"-.nan", NodeKind::string},
      {"NaN", NodeKind::string},
      {"2026-03-01", NodeKind::string},
      {"12:30", NodeKind::string},
      {"--1", NodeKind::string},
      {"1 2", NodeKind::string},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    Node node;
    CHECK(resolve_plain(row.text, node) == Resolution::done);
    CHECK(node.kind == row.kind);
  }
}

TEST_CASE("Numbers have their values") {
  const auto integer = [](std::string_view text) {
    Node node;
    CHECK(resolve_plain(text, node) == Resolution::done);
    return node.integer;
  };
  CHECK(integer("-12") == -12);
  CHECK(integer("0010") == 10);
  CHECK(integer("0o17") == 15);
  CHECK(integer("0xfF") == 255);
  CHECK(integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());

  const auto real = [](std::string_view text) {
    Node node;
    CHECK(resolve_plain(text, node) == Resolution::done);
    return node.real;
  };
  CHECK(real("+1.5e2") == 150.0);
  CHECK(real("-.5") == -0.5);
  CHECK(real("5.") == 5.0);
  CHECK(real("0.1") == 0.1);
  CHECK(real("-.inf") == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(real(".nan")));
}

TEST_CASE("What does not fit is an overflow, what is too small is zero") {
  Node node;
  CHECK(resolve_plain("9223372036854775808", node) == Resolution::integer_overflow);
  CHECK(resolve_plain("-9223372036854775809", node) == Resolution::integer_overflow);
  CHECK(resolve_plain("0xFFFFFFFFFFFFFFFF", node) == Resolution::integer_overflow);
  CHECK(resolve_plain("1e309", node) == Resolution::real_overflow);
  CHECK(resolve_plain("-1e99999999999999999999", node) == Resolution::real_overflow);
  CHECK(resolve_plain("1000000000000000000000.0e300", node) == Resolution::real_overflow);
  for (const char* tiny : {"1e-400", "-1e-99999999999999999999", "0.0000001e-330", "0e99999", "0.0e999"}) {
    INFO(tiny);
    CHECK(resolve_plain(tiny, node) == Resolution::done);
    CHECK(node.real == 0.0);
  }
}

}  // namespace
}  // namespace scruple
