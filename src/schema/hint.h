// What to write instead: the second half of a violation, for people who do not know YAML.
#pragma once

#include "schema/schema.h"

#include <string>
#include <string_view>

namespace scruple::schema {

// How the value in question stands in its document.
struct Spot {
  std::string_view key;  // empty for an item of a list
  bool json = false;     // JSON asks for quotes where YAML does not
};

// "`launch_date: 2026-03-01`", and "write `launch_date: 2026-03-01`"; `value` as it is to be written, see written().
std::string assignment(const Spot& spot, std::string_view value);
std::string write_hint(const Spot& spot, std::string_view value);

// A text as it is written in YAML or JSON, in quotes where they are needed.
std::string written(std::string_view text, bool json);

// A number as it is written: "0.3", "1000000".
std::string number_text(double value);

// For a value whose kind `type` does not take; empty if nothing sensible can be said.
std::string kind_hint(const Spot& spot, const Document& document, NodeId node, const Schema& schema, TypeId type);

// For a number that is out of its range.
std::string range_hint(const Spot& spot, const Type& type, double value);

}  // namespace scruple::schema
