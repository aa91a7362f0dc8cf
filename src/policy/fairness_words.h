// What a comparison of groups says to people: a phrase with all that it takes to doubt it, and the figures by name.
#pragma once

#include "cel/evaluation.h"
#include "fairness/decision.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::policy {

// "1,200"
std::string grouped(std::int64_t number);
// "30.0%", "0.033%"
std::string percent(double share);
// "0.60", "0.786": three decimals at most; more only if they are needed to see on which side of `line` it is.
std::string ratio_text(double ratio, double line);
// "0.0235", "< 0.0001"
std::string p_text(double p);

// A group that a comparison speaks of. Groups of few people in a file that is not public are not named.
struct Subject {
  const fairness::Comparison* comparison = nullptr;
  const fairness::Finding* finding = nullptr;
  bool sensitive = false;
  std::optional<bool> reversal{};  // the two change places within strata
};
inline constexpr std::int64_t enough_to_name = 5;
bool is_named(const Subject& subject);

// "gender: women 300 of 1,000 (30.0%), men 500 of 1,000 (50.0%); ratio 0.60 (0.54 to 0.67), 100 short of the screening
// line of 0.8; z test, p < 0.0001, adjusted < 0.0001"
std::string describe(const Subject& subject, const fairness::Line& line);

// Why nobody can tell, and what would let them; for verdicts whose outcome is undecided.
struct Doubt {
  std::string reason;
  std::string remedy;  // may be empty
};
Doubt doubt(const Subject& subject, const fairness::Criteria& criteria);

// The figures of the first under their names; those of the others with the name of their group.
using Figures = std::vector<cel::Explanation::Figure>;
Figures figures_of(const std::vector<Subject>& subjects, const fairness::Line& line);

}  // namespace scruple::policy
