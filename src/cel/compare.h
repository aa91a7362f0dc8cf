// Equality and order of the language.
#pragma once

#include "cel/evaluation.h"
#include "cel/value.h"

#include <compare>
#include <optional>
#include <span>
#include <vector>

namespace scruple::cel {

// Numbers on one line, whatever their kinds; unordered with NaN. An integer meets a double as a double, rounded.
std::partial_ordering compare_numbers(const Value& a, const Value& b);

// `a == b`: true, false, or the error of an element that would have to be compared.
Value equality(const Value& a, const Value& b, Evaluation& evaluation);

// What a map holds under a key; unset if it is not there. A key that carries marks goes in with them, so that a host
// can tell a key that an expression names from one that was read.
Value entry_of(const Value& map, const Value& key, Evaluation& evaluation);

// The order of two values that have one; empty otherwise.
std::optional<std::partial_ordering> compare(const Value& a, const Value& b);

// What `sort` and `sortBy` give: positions in the order of `keys`, which must all be of one kind that has an order.
// Stable; empty if the keys do not agree or the budget does not suffice.
std::optional<std::vector<std::uint32_t>> sorted_positions(std::span<const Value> keys, Evaluation& evaluation);

}  // namespace scruple::cel
