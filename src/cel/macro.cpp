#include "cel/macro.h"

#include <algorithm>
#include <array>

namespace scruple::cel {
namespace {

constexpr std::array<MacroRow, 29> rows = {{
    {"all", 1, 1, Macro::all},
    {"all", 2, 1, Macro::all},
    {"exists", 1, 1, Macro::exists},
    {"exists", 2, 1, Macro::exists},
    {"exists_one", 1, 1, Macro::exists_one},
    {"exists_one", 2, 1, Macro::exists_one},
    {"existsOne", 1, 1, Macro::exists_one},
    {"existsOne", 2, 1, Macro::exists_one},
    {"map", 1, 1, Macro::map},
    {"map", 1, 2, Macro::map_filter},
    {"filter", 1, 1, Macro::filter},
    {"transformList", 2, 1, Macro::transform_list},
    {"transformList", 2, 2, Macro::transform_list},
    {"transformMap", 2, 1, Macro::transform_map},
    {"transformMap", 2, 2, Macro::transform_map},
    {"transformMapEntry", 2, 1, Macro::transform_map_entry},
    {"transformMapEntry", 2, 2, Macro::transform_map_entry},
    {"sortBy", 1, 1, Macro::sort_by},
    {"optMap", 1, 1, Macro::opt_map},
    {"optFlatMap", 1, 1, Macro::opt_flat_map},
    {"where", 1, 1, Macro::where},
    {"count", 1, 1, Macro::count},
    {"sum", 1, 1, Macro::sum},
    {"min", 1, 1, Macro::min},
    {"max", 1, 1, Macro::max},
    {"distinct", 1, 1, Macro::distinct},
    {"keys", 1, 1, Macro::keys},
    {"group_by", 1, 1, Macro::group_by},
    {"group_by", 1, 2, Macro::group_by},
}};

struct Usage {
  std::string_view name;
  std::string_view usage;
};

constexpr std::array<Usage, 22> usages = {{
    {"has", "has(value.field)"},
    {"all", "list.all(x, condition)"},
    {"exists", "list.exists(x, condition)"},
    {"exists_one", "list.exists_one(x, condition)"},
    {"existsOne", "list.existsOne(x, condition)"},
    {"map", "list.map(x, expression)"},
    {"filter", "list.filter(x, condition)"},
    {"transformList", "list.transformList(i, x, expression)"},
    {"transformMap", "map.transformMap(k, v, expression)"},
    {"transformMapEntry", "map.transformMapEntry(k, v, {key: value})"},
    {"sortBy", "list.sortBy(x, key)"},
    {"optMap", "optional.optMap(x, expression)"},
    {"optFlatMap", "optional.optFlatMap(x, expression)"},
    {"bind", "cel.bind(x, value, expression)"},
    {"where", "table.where(r, condition)"},
    {"count", "table.count(r, condition)"},
    {"sum", "table.sum(r, number)"},
    {"min", "table.min(r, value)"},
    {"max", "table.max(r, value)"},
    {"distinct", "table.distinct(r, value)"},
    {"keys", "table.keys(r, value)"},
    {"group_by", "table.group_by(r, {name: value}, {name: number})"},
}};

}  // namespace

const MacroRow* find_macro(std::string_view name, std::size_t arguments) {
  for (const MacroRow& row : rows) {
    if (row.name == name && static_cast<std::size_t>(row.variables + row.expressions) == arguments) return &row;
  }
  return nullptr;
}

std::string_view macro_usage(std::string_view name) {
  const auto known = std::find_if(usages.begin(), usages.end(), [&](const Usage& usage) { return usage.name == name; });
  return known == usages.end() ? std::string_view() : known->usage;
}

std::string_view macro_name(Macro macro) { return std::ranges::find(rows, macro, &MacroRow::macro)->name; }

std::span<const MacroRow> macros() { return rows; }

}  // namespace scruple::cel
