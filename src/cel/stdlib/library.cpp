#include "cel/stdlib/library.h"

#include "cel/cel.h"

#include <array>

namespace scruple::cel {
namespace {

struct Name {
  std::string_view name;
  Style style = Style::global;
};

// What derives a new value from several.
constexpr std::array computing = {
    Name{"_+_"},
    Name{"_-_"},
    Name{"_*_"},
    Name{"_/_"},
    Name{"_%_"},
    Name{"-_"},
    Name{"timestamp"},
    Name{"duration"},
    Name{"getFullYear", Style::receiver},
    Name{"getMonth", Style::receiver},
    Name{"getDate", Style::receiver},
    Name{"getDayOfMonth", Style::receiver},
    Name{"getDayOfWeek", Style::receiver},
    Name{"getDayOfYear", Style::receiver},
    Name{"getHours", Style::receiver},
    Name{"getMinutes", Style::receiver},
    Name{"getSeconds", Style::receiver},
    Name{"getMilliseconds", Style::receiver},
};

// The same, and a yes, a no or a count says nothing of what was looked at.
constexpr std::array computing_tests = {
    Name{"_<_"},
    Name{"_<=_"},
    Name{"_>_"},
    Name{"_>=_"},
    Name{"size"},
    Name{"size", Style::receiver},
    Name{"sets.contains"},
    Name{"sets.equivalent"},
    Name{"sets.intersects"},
};

constexpr std::array tests = {
    Name{"_==_"},
    Name{"_!=_"},
    Name{"@in"},
    Name{"!_"},
    Name{"matches"},
    Name{"matches", Style::receiver},
    Name{"contains", Style::receiver},
    Name{"startsWith", Style::receiver},
    Name{"endsWith", Style::receiver},
    Name{"hasValue", Style::receiver},
    Name{"type"},
    Name{"math.isNaN"},
    Name{"math.isInf"},
    Name{"math.isFinite"},
};

}  // namespace

void register_standard_library(FunctionRegistry& registry, StandardMarks marks) {
  register_arithmetic(registry);
  register_comparisons(registry);
  register_strings(registry);
  register_conversions(registry);
  register_time(registry);
  register_collections(registry);
  register_string_extension(registry);
  register_format(registry);
  register_math(registry);
  register_encoders(registry);
  register_optionals(registry);
  register_list_extension(registry);
  register_sets(registry);
  register_regex(registry);

  for (const FunctionRegistry::Group& group : registry.groups()) {
    if (group.name.starts_with("math.")) registry.set_marks(group.name, group.style, marks.computed, 0);
  }
  for (const Name& row : computing) registry.set_marks(row.name, row.style, marks.computed, 0);
  for (const Name& row : computing_tests) registry.set_marks(row.name, row.style, marks.computed, marks.sensitive);
  for (const Name& row : tests) registry.set_marks(row.name, row.style, 0, marks.sensitive);
  registry.test_clears = marks.sensitive;
}

}  // namespace scruple::cel
