#include "fairness/groups.h"

#include "fairness/integer.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace scruple::fairness {

std::optional<Cells> cells_from(std::int64_t selected, std::int64_t total, std::int64_t actual_positives,
                                std::int64_t true_positives) {
  const Cells cells{true_positives, selected - true_positives, actual_positives - true_positives,
                    total - actual_positives - (selected - true_positives)};
  if (cells.true_positives < 0 || cells.false_positives < 0 || cells.false_negatives < 0 || cells.true_negatives < 0)
    return std::nullopt;
  return cells;
}

std::optional<Problem> find_problem(const Groups& groups) {
  std::unordered_set<std::string_view> names;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const Group& group = groups[i];
    if (group.total < 0 || group.selected < 0) return Problem{i, "a number of people is negative"};
    if (group.total > most_people) return Problem{i, "more people than there can be"};
    if (group.selected > group.total) return Problem{i, "more are selected than there are"};
    if (!names.insert(group.name).second) return Problem{i, "the group is listed twice"};
    if (!group.cells) continue;
    const Cells& c = *group.cells;
    const auto in_range = [&](std::int64_t cell) { return cell >= 0 && cell <= group.total; };
    if (!in_range(c.true_positives) || !in_range(c.false_positives) || !in_range(c.false_negatives) ||
        !in_range(c.true_negatives) || c.true_positives + c.false_positives != group.selected ||
        c.false_negatives + c.true_negatives != group.total - group.selected) {
      return Problem{i, "right and wrong predictions do not add up to the people"};
    }
  }
  return std::nullopt;
}

std::vector<bool> eligible(const Groups& groups, const Floor& floor) {
  Integer everybody = 0;
  for (const Group& group : groups) everybody += group.total;
  std::vector<bool> takes_part;
  takes_part.reserve(groups.size());
  for (const Group& group : groups) {
    takes_part.push_back(group.total > 0 && group.total >= floor.people &&
                         product(group.total, floor.share.denominator) >= everybody * floor.share.numerator);
  }
  return takes_part;
}

std::optional<std::size_t> find_reference(const Groups& groups, const std::vector<bool>& eligible,
                                          const std::optional<std::string>& named) {
  if (std::ranges::count(eligible, true) < 2) return std::nullopt;
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!eligible[i]) continue;
    if (named) {
      if (groups[i].name == *named) return i;
      continue;
    }
    if (!best) {
      best = i;
      continue;
    }
    const Integer mine = product(groups[i].selected, groups[*best].total);
    const Integer theirs = product(groups[*best].selected, groups[i].total);
    if (mine > theirs || (mine == theirs && groups[i].total > groups[*best].total)) best = i;
  }
  return best;
}

}  // namespace scruple::fairness
