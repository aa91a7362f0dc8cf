#include "report/finding_text.h"

#include "base/strings.h"
#include "report/panel.h"
#include "report/terminal_text.h"

#include <algorithm>
#include <map>

namespace scruple::report {

namespace {

constexpr std::size_t reasons_shown = 6;
constexpr std::size_t longest_meaning = 48;
constexpr std::size_t longest_expression = 160;  // code points; a whole rule is no argument

}  // namespace

std::vector<Group> group_by_cause(const LintResult& result, const FindingList& findings) {
  std::vector<Group> groups;
  std::map<std::size_t, std::size_t> group_of_cause;
  for (const Finding* finding : findings) {
    if (!finding->cause || *finding->cause >= result.causes.size()) {
      groups.push_back({nullptr, {finding}});
      continue;
    }
    const auto [known, is_new] = group_of_cause.emplace(*finding->cause, groups.size());
    if (is_new) groups.push_back({&result.causes[*finding->cause], {}});
    groups[known->second].findings.push_back(finding);
  }
  return groups;
}

bool heads_its_cause(const Finding& finding) { return finding.rule.starts_with("manifest/"); }

std::string message_of(const Finding& finding) {
  if (finding.outcome != Outcome::undecided) return finding.message;
  constexpr std::string_view cannot_tell = "Cannot tell";
  const std::string_view message = trim_ascii(finding.message);
  if (to_lower_ascii(message.substr(0, cannot_tell.size())) != to_lower_ascii(cannot_tell)) {
    return concat(cannot_tell, ": ", message);
  }
  return concat(cannot_tell, message.substr(cannot_tell.size()));
}

std::string seen_from(const std::string& file, const Location& location) {
  const std::string folder = file.substr(0, file.rfind('/') + 1);
  const std::string position = file_position(location);
  const std::string prefix = visible(folder);
  return !prefix.empty() && position.starts_with(prefix) ? position.substr(prefix.size()) : position;
}

std::string argument(const Reason& reason) {
  if (reason.expression.empty()) return visible(reason.note);
  std::string text =
      shorten(visible(one_line(reason.words.empty() ? reason.expression : reason.words)), longest_expression);
  if (!reason.name.empty()) {
    // What a name stands for is said if it can be read at a glance.
    text = display_width(text) <= longest_meaning ? concat(visible(reason.name), " = ", text) : visible(reason.name);
  }
  if (reason.kind == Reason::Kind::element && !reason.figures.empty()) {
    text = concat("element ", visible(reason.figures.front().value), " of ", text);
  }
  if (!reason.value.empty()) text += concat(" is ", visible(reason.value));
  if (!reason.note.empty()) text += concat(" (", visible(reason.note), ")");
  if (reason.would_pass) text += concat("; ", visible(phrase(*reason.would_pass)), " would pass");
  return text;
}

std::vector<const Reason*> telling_part(const Finding& finding) {
  std::vector<const Reason*> telling;
  std::vector<const Reason*> marked;
  for (const Reason& reason : finding.because) {
    if (telling.size() == reasons_shown) break;
    if (reason.kind == Reason::Kind::requirement || reason.kind == Reason::Kind::not_evaluated) continue;
    // A limit that matters stands with the value that does not keep to it.
    if (reason.kind == Reason::Kind::parameter) continue;
    // That a condition of the rule holds is no news; the phrase of a function stands at the marker.
    const bool yes_or_no = reason.value == "true" || reason.value == "false";
    if (yes_or_no && !reason.would_pass && (!reason.location || reason.kind == Reason::Kind::step)) continue;
    const auto says_as_much = [&](const Reason* other) {
      return other->value == reason.value && reason.value.size() > longest_meaning && !reason.location;
    };
    if (std::ranges::any_of(telling, says_as_much)) continue;
    // The marked text is shown already.
    const bool is_marked = reason.location && reason.place == finding.place;
    const bool says_more = reason.would_pass || !reason.note.empty();
    (is_marked && !says_more ? marked : telling).push_back(&reason);
  }
  return telling.empty() ? marked : telling;
}

}  // namespace scruple::report
