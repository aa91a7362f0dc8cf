// regex.replace, regex.extract, regex.extractAll.
#include "base/strings.h"
#include "cel/stdlib/library.h"
#include "cel/stdlib/pattern.h"
#include "cel/stdlib/text_search.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace scruple::cel {
namespace {

constexpr std::size_t most_groups = 10;

// Walks the matches that do not overlap, from the left.
class Matches {
 public:
  Matches(const Pattern& pattern, std::string_view text, std::span<std::string_view> groups, Evaluation& evaluation)
      : pattern_(pattern), text_(text), groups_(groups), evaluation_(evaluation) {
    evaluation.charge(pattern->search_steps(text.size()));
  }

  bool next() {
    if (from_ > text_.size()) return false;
    // A search may look ahead to the end of the text, and find a match near its beginning after all. The text that is
    // passed on the way is charged once, by the constructor.
    constexpr std::uint64_t looks_ahead = 16;
    const std::size_t rest = text_.size() - from_;
    const std::optional<std::size_t> bound = pattern_->look_ahead();
    const std::uint64_t ahead =
        bound ? pattern_->search_steps(std::min(*bound, rest)) : pattern_->search_steps(rest) / looks_ahead;
    if (!evaluation_.charge(1 + ahead)) return false;
    if (!pattern_->find(text_, from_, groups_)) return false;
    begin_ = static_cast<std::size_t>(groups_[0].data() - text_.data());
    const std::size_t end = begin_ + groups_[0].size();
    // After an empty match the search goes on behind the next character.
    from_ = groups_[0].empty() ? end + (end < text_.size() ? code_point_length(text_, end) : 1) : end;
    return true;
  }

  std::size_t begin() const { return begin_; }
  std::size_t size() const { return groups_[0].size(); }

 private:
  const Pattern& pattern_;
  std::string_view text_;
  std::span<std::string_view> groups_;
  Evaluation& evaluation_;
  std::size_t from_ = 0;
  std::size_t begin_ = 0;
};

// What the replacement text `to` is wrong about; empty if it is right.
std::string check_replacement(std::string_view to, std::size_t group_count) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (to[i] != '\\') continue;
    if (++i == to.size()) return "a replacement cannot end with a `\\`";
    if (to[i] == '\\') continue;
    if (to[i] < '0' || to[i] > '9') return "in a replacement, `\\` stands before a digit or another `\\`";
    const auto group = static_cast<std::size_t>(to[i] - '0');
    if (group > group_count) return concat("the pattern has no group ", group);
  }
  return {};
}

std::size_t replacement_size(std::string_view to, std::span<const std::string_view> groups) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    size += to[i] != '\\' || to[++i] == '\\' ? 1 : groups[static_cast<std::size_t>(to[i] - '0')].size();
  }
  return size;
}

void append_replacement(std::string& out, std::string_view to, std::span<const std::string_view> groups) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (to[i] != '\\') {
      out += to[i];
    } else if (to[++i] == '\\') {
      out += '\\';
    } else {
      out += groups[static_cast<std::size_t>(to[i] - '0')];
    }
  }
}

Value replace_matches(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  const std::string_view to = a[2].as_text();
  std::int64_t left =
      a.size() == 4 && a[3].as_integer() >= 0 ? a[3].as_integer() : std::numeric_limits<std::int64_t>::max();
  const Pattern pattern(a[1].as_text(), evaluation);
  if (pattern.error().is_error()) return pattern.error();
  const std::string problem = check_replacement(to, pattern->group_count());
  if (!problem.empty()) return failure(evaluation, problem);

  std::array<std::string_view, most_groups> groups;
  Matches matches(pattern, text, std::span(groups).first(std::min(most_groups, pattern->group_count() + 1)),
                  evaluation);
  std::string out;
  std::size_t copied = 0;
  for (; left > 0 && matches.next(); --left) {
    if (const Value none = evaluation.no_room_for_text(out.size() + text.size() + replacement_size(to, groups));
        none.is_error())
      return none;
    out += text.substr(copied, matches.begin() - copied);
    append_replacement(out, to, groups);
    copied = matches.begin() + matches.size();
  }
  out += text.substr(copied);
  return evaluation.string(out);
}

// The group of a match if the pattern has one, else the whole of it.
std::string_view extracted(const Pattern& pattern, std::span<const std::string_view> groups) {
  return groups[pattern->group_count()];
}

Value too_many_groups(Evaluation& evaluation) {
  return failure(evaluation, "a pattern for extraction has one group at most", "write the others as (?:…)");
}

Value extract(Evaluation& evaluation, Arguments a) {
  const Pattern pattern(a[1].as_text(), evaluation);
  if (pattern.error().is_error()) return pattern.error();
  if (pattern->group_count() > 1) return too_many_groups(evaluation);
  if (!evaluation.charge(pattern->search_steps(a[0].as_text().size()))) return over_budget(evaluation);
  std::array<std::string_view, 2> groups;
  if (!pattern->find(a[0].as_text(), 0, std::span(groups).first(pattern->group_count() + 1))) {
    return Value::optional(nullptr);
  }
  const std::string_view found = extracted(pattern, groups);
  if (pattern->group_count() == 1 && found.empty()) return Value::optional(nullptr);
  return evaluation.optional(Value::string(found));
}

Value extract_all(Evaluation& evaluation, Arguments a) {
  const Pattern pattern(a[1].as_text(), evaluation);
  if (pattern.error().is_error()) return pattern.error();
  if (pattern->group_count() > 1) return too_many_groups(evaluation);
  std::array<std::string_view, 2> groups;
  Matches matches(pattern, a[0].as_text(), std::span(groups).first(pattern->group_count() + 1), evaluation);
  std::vector<Value> found;
  while (matches.next()) {
    const std::string_view text = extracted(pattern, groups);
    if (pattern->group_count() == 0 || !text.empty()) found.push_back(Value::string(text));
  }
  return evaluation.list(found);
}

}  // namespace

void register_regex(FunctionRegistry& registry) {
  using namespace types;
  const auto add = [&](std::string_view name, std::vector<Type> parameters, Type result, Function call) {
    FunctionRow row;
    row.name = name;
    row.parameters = std::move(parameters);
    row.result = std::move(result);
    row.call = call;
    row.pattern = 1;
    registry.add(std::move(row));
  };
  add("regex.replace", {string(), string(), string()}, string(), replace_matches);
  add("regex.replace", {string(), string(), string(), integer()}, string(), replace_matches);
  add("regex.extract", {string(), string()}, optional(string()), extract);
  add("regex.extractAll", {string(), string()}, list(string()), extract_all);
}

}  // namespace scruple::cel
