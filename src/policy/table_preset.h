// How the columns and values of a tool's export go in manifests, so that nobody has to write a mapping for it. The data
// are in rules/presets, one file a preset, with their source and the day of their review.
#pragma once

#include <span>
#include <string_view>

namespace scruple::policy {

struct TablePreset {
  struct Column {
    std::string_view here;  // the name that rules use
    std::string_view there;
  };
  struct Value {
    std::string_view column;  // as rules name it
    std::string_view there;
    std::string_view here;
  };
  std::string_view id;  // "mailchimp-audience"
  std::span<const Column> columns;
  std::span<const Value> values;
};

}  // namespace scruple::policy
