#include "policy/regions.h"

#include "catch.h"

namespace scruple::policy {

TEST_CASE("a market lies in its country and region") {
  struct Row {
    const char* market;
    const char* region;
    bool in;
  };
  const Row rows[] = {
      {"DE", "DE", true},        {"DE", "EU", true},    {"DE", "EEA", true},   {"EU", "EU", true},
      {"EU", "EEA", true},       {"EU", "DE", false},   {"US-CA", "US", true}, {"US", "US-CA", false},
      {"US-CA", "US-NY", false}, {"DE-BY", "EU", true}, {"NO", "EU", false},   {"NO", "EEA", true},
      {"CH", "EEA", false},      {"GB", "EU", false},   {"EEA", "EU", false},  {"EEA", "EEA", true},
      {"SK", "EU", true},        {"AT", "EU", true},    {"", "EU", false},
  };
  for (const Row& row : rows) {
    INFO(row.market << " in " << row.region);
    CHECK(is_in_region(row.market, row.region) == row.in);
  }
}

TEST_CASE("a text that binds in a jurisdiction concerns a market") {
  struct Row {
    const char* jurisdiction;
    const char* market;
    bool concerns;
  };
  const Row rows[] = {
      {"INT", "DE", true},       {"EU", "DE", true},    {"EU", "NO", true},    {"EU", "CH", false},
      {"EU", "EU", true},        {"DE", "DE", true},    {"DE", "EU", true},    {"DE", "FR", false},
      {"DE", "DE-BY", true},     {"US", "US-CA", true}, {"US-CA", "US", true}, {"US-CA", "US-CA", true},
      {"US-CA", "US-NY", false}, {"EU", "EEA", true},   {"EU", "US", false},
  };
  for (const Row& row : rows) {
    INFO(row.jurisdiction << " for " << row.market);
    CHECK(concerns_market(row.jurisdiction, row.market) == row.concerns);
  }
}

TEST_CASE("codes of markets") {
  for (const char* code : {"DE", "US", "US-CA", "FR-75", "EU", "EEA", "GB-ENG"}) {
    INFO(code);
    CHECK(is_market(code));
  }
  for (const char* code : {"", "D", "de", "DEU", "US-", "US_CA", "US-CALI", "US-ca", "Germany"}) {
    INFO(code);
    CHECK(!is_market(code));
  }
}

}  // namespace scruple::policy
