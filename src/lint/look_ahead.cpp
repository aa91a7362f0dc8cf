#include "lint/look_ahead.h"

#include "policy/dates.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace scruple::linting {

namespace {

using Fingerprints = std::set<std::string>;

class Outlook {
 public:
  Outlook(const LintResult& result, const std::function<LintResult(const std::string& day)>& lint_on)
      : result_(result), lint_on_(lint_on), today_(policy::parse_day(result.today).value_or(cel::Timestamp{})) {}

  std::string day(unsigned after) const {
    cel::Timestamp day = today_;
    day.seconds += std::int64_t{after} * policy::seconds_a_day;
    return policy::format_day(day);
  }

  // Findings that are wrong after so many days and were not after `from`: their first days are found by halves.
  void between(unsigned from, unsigned until) {
    if (from == until || !news(from, until)) return;
    if (until - from == 1) {
      for (const auto& [fingerprint, finding] : open_after(until)) {
        if (!open_after(from).contains(fingerprint) && seen_.insert(fingerprint).second)
          upcoming.push_back({day(until), finding});
      }
      return;
    }
    const unsigned middle = from + (until - from) / 2;
    between(from, middle);
    between(middle, until);
  }

  std::vector<Upcoming> upcoming;

 private:
  using Open = std::map<std::string, Finding>;  // by fingerprint

  bool news(unsigned from, unsigned until) {
    const Open& before = open_after(from);
    return std::ranges::any_of(open_after(until), [&](const auto& entry) { return !before.contains(entry.first); });
  }

  const Open& open_after(unsigned days) {
    const auto [known, is_new] = open_.try_emplace(days);
    if (!is_new) return known->second;
    if (days == 0) return known->second = open_of(result_);
    return known->second = open_of(lint_on_(day(days)));
  }

  static Open open_of(const LintResult& result) {
    Open open;
    for (const Finding& finding : result.findings) {
      if (finding.suppression) continue;
      // Its cause is one of another run.
      open.emplace(finding.fingerprint, finding).first->second.cause.reset();
    }
    return open;
  }

  const LintResult& result_;
  const std::function<LintResult(const std::string& day)>& lint_on_;
  cel::Timestamp today_;
  std::map<unsigned, Open> open_;
  Fingerprints seen_;
};

}  // namespace

void look_ahead(LintResult& result, unsigned days, const std::function<LintResult(const std::string& day)>& lint_on) {
  Outlook outlook(result, lint_on);
  outlook.between(0, days);
  result.upcoming_until = outlook.day(days);
  std::ranges::sort(outlook.upcoming, [](const Upcoming& a, const Upcoming& b) {
    const auto key = [](const Upcoming& one) {
      return std::tie(one.day, one.finding.severity, one.finding.location.file, one.finding.rule, one.finding.place,
                      one.finding.fingerprint);
    };
    return key(a) < key(b);
  });
  result.upcoming = std::move(outlook.upcoming);
}

}  // namespace scruple::linting
