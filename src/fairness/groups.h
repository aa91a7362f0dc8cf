// What is compared: groups of people, and how many of each were selected.
//
// `selected` means the favourable outcome. For an outcome that harms, such as a flag or an exclusion, count those who
// were spared it: a ratio of harms and a ratio of benefits are different numbers.
#pragma once

#include "fairness/fraction.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scruple::fairness {

// How often a prediction was right, where the truth is known.
struct Cells {
  std::int64_t true_positives = 0;
  std::int64_t false_positives = 0;
  std::int64_t false_negatives = 0;
  std::int64_t true_negatives = 0;
};

struct Group {
  std::string name;
  std::int64_t selected = 0;
  std::int64_t total = 0;
  std::optional<Cells> cells;
};
using Groups = std::vector<Group>;

// The four cells of a group of which is known how many truly qualify and how many of these were selected. Empty if one
// of them would be negative.
std::optional<Cells> cells_from(std::int64_t selected, std::int64_t total, std::int64_t actual_positives,
                                std::int64_t true_positives);

// What makes counts meaningless: more selected than there are, a negative number, more than `most_people`, cells that
// do not add up, a name that comes twice.
struct Problem {
  std::size_t group = 0;
  std::string what;  // "more are selected than there are"
};
std::optional<Problem> find_problem(const Groups& groups);

// A group takes part in comparisons if it has somebody, at least `people`, and at least `share` of everybody: N > 0,
// N >= people, N / sum(N) >= share, exactly.
struct Floor {
  std::int64_t people = 1;
  Fraction share{0, 1};
};
std::vector<bool> eligible(const Groups& groups, const Floor& floor);

// The eligible group with the highest rate; among equals the larger, then the first. A group that is named instead has
// to be eligible. Empty if fewer than two groups are eligible, or the named one is not.
std::optional<std::size_t> find_reference(const Groups& groups, const std::vector<bool>& eligible,
                                          const std::optional<std::string>& named = std::nullopt);

}  // namespace scruple::fairness
