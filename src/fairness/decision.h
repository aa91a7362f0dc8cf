// From figures to a verdict, in three ways: the line is missed, the line is kept, or nobody can tell.
//
// Few people prove nothing, in either direction: a gap of few people is no failure, and its absence no pass. No verdict
// rests on a ratio alone.
#pragma once

#include "fairness/fraction.h"
#include "fairness/groups.h"
#include "fairness/rates.h"
#include "fairness/significance.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::fairness {

// What is asked of a group against the reference: p / p_ref >= bound, or p_ref - p <= bound. Decided in whole numbers.
struct Line {
  enum class Kind : std::uint8_t { ratio, gap };
  Kind kind = Kind::ratio;
  Fraction bound{4, 5};
};

struct Criteria {
  Line line;
  Floor floor{30, {0, 1}};
  double alpha = 0.05;
  double confidence = 0.95;
  double noticeable = 0.2;               // |h| from which a real difference within the line is worth a warning
  std::optional<std::string> reference;  // the name of a group; else the one with the highest rate
};

enum class Verdict : std::uint8_t {
  reference,   // what the others are compared with
  confirmed,   // within the line, and the interval too
  within,      // within the line; chance could have brought it there
  noted,       // within the line, a real difference but a small one
  noticeable,  // within the line, yet a real difference that is large enough to matter
  missed,      // beyond the line, and more than chance
  chance,      // beyond the line, and chance could do that
  one_person,  // beyond the line, and one person would turn it round
  too_few,     // fewer people than the floor asks for
  undefined,   // nothing to compare with: a single group that is large enough, or nobody selected
};
enum class Outcome : std::uint8_t { pass, fail, undecided };
Outcome outcome(Verdict verdict);        // noticeable is a pass
std::string_view name(Verdict verdict);  // "one_person"

// All that is shown with a verdict. What compares a group with the reference is empty for the reference itself, and for
// groups that are not compared.
struct Finding {
  Group group;
  Verdict verdict = Verdict::undefined;
  bool eligible = false;
  std::optional<double> rate;
  std::optional<Interval> rate_interval;
  std::optional<double> difference;
  std::optional<double> ratio;
  std::optional<Interval> ratio_interval;
  std::optional<Significance> test;
  std::optional<double> adjusted_p;
  std::optional<std::int64_t> shortfall;  // to the line
  std::optional<double> expected_shortfall;
  std::optional<double> cohens_h;
  std::optional<bool> flip_flop;
  std::optional<std::int64_t> people_needed;  // in each group, for a gap at the line to show; at least the floor
};

struct Comparison {
  std::string name;               // of what the groups are groups of: "age"
  std::vector<Finding> findings;  // one a group, in the order given
  std::optional<std::size_t> reference;
};

struct Attribute {
  std::string name;
  Groups groups;
};

// Compares the groups of each attribute with each other. The p-values of all of them are one family (Holm).
std::vector<Comparison> compare(const std::vector<Attribute>& attributes, const Criteria& criteria);

}  // namespace scruple::fairness
