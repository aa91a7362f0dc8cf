// Does each group have about the share that it has elsewhere: in the market, in the audience that is meant, in the
// data?
#pragma once

#include "fairness/fraction.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::fairness {

struct Represented {
  std::string name;
  Fraction reference;         // a share, a percentage or a number of people: only proportions count
  std::int64_t observed = 0;  // people
};

struct RepresentationCriteria {
  Fraction least{4, 5};          // q / p has to reach it
  std::optional<Fraction> most;  // and not to exceed it
  Fraction least_share{1, 100};  // groups with a smaller share of the reference are not judged
  double alpha = 0.05;
  std::int64_t people = 30;  // fewer in all prove nothing
};

enum class Presence : std::uint8_t {
  represented,  // within the limits
  under,        // fewer than the least, and more than chance
  over,         // more than the most, and more than chance
  chance,       // beyond a limit, and chance could do that
  too_few,      // fewer people than it takes
  not_judged,   // too small a share of the reference
};
std::string_view name(Presence presence);  // "not_judged"

struct RepresentationFinding {
  Represented group;
  Presence presence = Presence::not_judged;
  double reference_share = 0;            // p
  std::optional<double> observed_share;  // q; empty if nobody was observed
  std::optional<double> ratio;           // q / p; empty if p is 0
  std::optional<double> p_value;         // of share_z, the reference taken as known; empty below five expected people
  std::optional<double> adjusted_p;      // Holm, over the groups that are judged
  std::int64_t missing = 0;              // people more of this group, of the same number in all, to the least
};

// One list of groups, each in the order given; the limits are decided in whole numbers. A reference has at most six
// decimals and all of them together at most 10^12 of the last.
struct Representation {
  std::int64_t observed = 0;  // in all
  std::vector<RepresentationFinding> findings;
};
std::optional<Representation> represent(const std::vector<Represented>& groups, const RepresentationCriteria& criteria);

}  // namespace scruple::fairness
