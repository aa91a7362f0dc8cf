#include "scruple/finding.h"

#include "catch.h"

namespace scruple {

TEST_CASE("names of enumerations are read as they are written") {
  for (const char* name : {"error", "warning", "info"}) CHECK(to_string(severity_from(name).value()) == name);
  for (const char* name : {"essential", "standard", "complete"}) CHECK(to_string(level_from(name).value()) == name);
  for (const char* name : {"assess", "technical", "stakeholder", "approve", "live"})
    CHECK(to_string(gate_from(name).value()) == name);
  for (const char* name : {"campaign", "organization"}) CHECK(to_string(scope_from(name).value()) == name);
  for (const char* name : {"marketing", "legal", "privacy", "data", "it", "service", "leadership"})
    CHECK(to_string(ask_from(name).value()) == name);
  CHECK(!severity_from("Error"));
  CHECK(!level_from(""));
  CHECK(!gate_from("gate"));
}

}  // namespace scruple
