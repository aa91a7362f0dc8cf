#include "policy/fairness_rows.h"

#include "base/strings.h"
#include "cel/number_text.h"
#include "fairness/groups.h"
#include "fairness/integer.h"
#include "fairness/strata.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace scruple::policy {

namespace {

using cel::ErrorKind;
using cel::Evaluation;
using cel::Kind;
using cel::Value;

std::optional<std::int64_t> parse_whole(std::string_view text) {
  text = trim_ascii(text);
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> to_whole(const Value& value) {
  switch (value.kind()) {
    case Kind::integer: return value.as_integer();
    case Kind::unsigned_integer:
      if (value.as_unsigned() > INT64_MAX) return std::nullopt;
      return static_cast<std::int64_t>(value.as_unsigned());
    case Kind::real:
      if (std::fabs(value.as_real()) > 9e15 || value.as_real() != std::floor(value.as_real())) return std::nullopt;
      return static_cast<std::int64_t>(value.as_real());
    case Kind::string: return parse_whole(value.as_text());
    default: return std::nullopt;
  }
}

// What is said of right and wrong selections has to fit the other counts, and itself.
Value check_outcomes(CountRow& row) {
  if (!row.is_filled("actual_positives") || !row.is_filled("true_positives") || !row.is_filled("selected") ||
      !row.is_filled("total"))
    return {};
  const Value total = row.count("total");
  const Value selected = row.count("selected");
  const Value actual = row.count("actual_positives");
  const Value right = row.count("true_positives");
  for (const Value& count : {total, selected, actual, right}) {
    if (count.is_error()) return count;
  }
  for (const Value& count : {total, selected, actual, right}) {
    if (count.as_integer() < 0 || count.as_integer() > fairness::most_people)
      return row.error("a number of people is negative, or too large");
  }
  const auto cells =
      fairness::cells_from(selected.as_integer(), total.as_integer(), actual.as_integer(), right.as_integer());
  if (!cells) return row.error("`actual_positives` and `true_positives` do not fit `selected` and `total`");
  if (!row.is_filled("correct")) return {};
  const Value correct = row.count("correct");
  if (correct.is_error() || correct.as_integer() == cells->true_positives + cells->true_negatives) return correct;
  return row.error(
      "`correct` contradicts the other counts; by them it is total - selected - actual_positives + 2 × true_positives");
}

}  // namespace

bool CountRow::is_filled(std::string_view column) const {
  const Value value = row_.as_container().find(row_.handle(), column, evaluation_);
  return !value.is_unset() && !value.is_error() && !(value.is(Kind::string) && trim_ascii(value.as_text()).empty());
}

Value CountRow::cell(std::string_view column) {
  const Value value = row_.as_container().find(row_.handle(), column, evaluation_);
  if (value.is_unset()) return error(concat("there is no `", column, "`"));
  marks_ = static_cast<cel::Marks>(marks_ | value.marks());
  return value;
}

bool CountRow::has(std::string_view column) const {
  const Value value = row_.as_container().find(row_.handle(), column, evaluation_);
  return !value.is_unset() && !(value.is_error() && value.as_error().kind == ErrorKind::absence);
}

Value CountRow::text(std::string_view column) {
  const Value value = cell(column);
  if (value.is_error()) return value;
  if (value.is(Kind::string)) return Value::string(trim_ascii(value.as_text()));
  if (const auto number = to_whole(value)) return evaluation_.string(std::to_string(*number));
  return error(concat("`", column, "` is no text"));
}

Value CountRow::count(std::string_view column) {
  const Value value = cell(column);
  if (value.is_error()) return value;
  if (const auto number = to_whole(value)) return Value::integer(*number);
  const bool empty = value.is(Kind::string) && trim_ascii(value.as_text()).empty();
  return error(concat("`", column, empty ? "` is empty" : "` is no whole number"));
}

Value CountRow::number(std::string_view column) {
  const Value value = cell(column);
  if (value.is_error() || value.is(Kind::real)) return value;
  if (const auto number = to_whole(value)) return Value::real(static_cast<double>(*number));
  if (value.is(Kind::string)) {
    if (const auto number = cel::parse_real(trim_ascii(value.as_text()))) return Value::real(*number);
  }
  return error(concat("`", column, "` is no number"));
}

Value CountRow::error(std::string_view what) const {
  // No cell is repeated, so that this can be said of any file.
  return evaluation_.error(ErrorKind::undecidable, concat("row ", index_ + 1, " of the counts: ", what), {},
                           row_.origin());
}

std::optional<bool> reversal(const Counts& counts, const std::string& attribute, const std::string& group,
                             const std::string& reference) {
  const auto ours = counts.strata.find({attribute, group});
  const auto theirs = counts.strata.find({attribute, reference});
  if (ours == counts.strata.end() || theirs == counts.strata.end()) return std::nullopt;
  // A stratum in which one of the two has nobody says nothing of their order there.
  std::vector<fairness::Stratum> strata;
  for (const auto& [name, part] : ours->second) strata.push_back(fairness::Stratum{name, part, fairness::Group{}});
  for (const auto& [name, part] : theirs->second) {
    const auto found = std::ranges::find(strata, name, &fairness::Stratum::name);
    if (found == strata.end()) {
      strata.push_back(fairness::Stratum{name, fairness::Group{}, part});
    } else {
      found->b = part;
    }
  }
  return fairness::stratify(strata).reversal;
}

Value read_counts(const Value& rows, const CountColumns& columns, Counts& counts, Evaluation& evaluation) {
  const cel::Container& list = rows.as_container();
  const std::size_t size = list.size(rows.handle(), evaluation);
  counts.marks = rows.marks();
  std::map<std::string_view, std::size_t> attributes;
  std::map<std::pair<std::size_t, std::string_view>, std::size_t> groups;
  for (std::size_t i = 0; i < size; ++i) {
    if (!evaluation.charge(8)) return evaluation.over_budget();
    const Value value = list.at(rows.handle(), i, evaluation);
    if (value.is_error()) return value;
    if (!value.is(Kind::map)) {
      return evaluation.error(ErrorKind::evaluation, concat("row ", i + 1, " of the counts is no map"),
                              R"(rows are written {"group": "women", "selected": 40, "total": 100})");
    }
    CountRow row(value, i, evaluation);
    const Value attribute = row.has(columns.attribute) ? row.text(columns.attribute) : Value::string("");
    if (attribute.is_error()) return attribute;
    const Value group = row.text(columns.group);
    if (group.is_error()) return group;
    const Value total = row.count(columns.total);
    if (total.is_error()) return total;
    Value selected = row.count(columns.selected);
    if (selected.is_error()) return selected;
    counts.marks = static_cast<cel::Marks>(counts.marks | row.marks() | value.marks());
    const fairness::Group counted{std::string(group.as_text()), selected.as_integer(), total.as_integer(), {}};
    if (const auto problem = fairness::find_problem({counted})) return row.error(problem->what);
    if (const Value wrong = check_outcomes(row); wrong.is_error()) return wrong;
    counts.people += counted.total;
    if (counts.people > fairness::most_people) return row.error("more people than there can be");
    if (counted.name.empty() ||
        std::ranges::find(columns.unknown, to_lower_ascii(counted.name)) != columns.unknown.end()) {
      counts.unknown += counted.total;
      continue;
    }
    const auto [known, is_new] = attributes.emplace(attribute.as_text(), counts.attributes.size());
    if (is_new) counts.attributes.push_back({std::string(attribute.as_text()), {}});
    const std::int64_t favoured = columns.harmful ? counted.total - counted.selected : counted.selected;
    if (!columns.stratum.empty()) {
      const Value stratum = row.text(columns.stratum);
      if (stratum.is_error()) return stratum;
      fairness::Group& part =
          counts.strata[{std::string(attribute.as_text()), counted.name}][std::string(stratum.as_text())];
      part.selected += favoured;
      part.total += counted.total;
    }
    fairness::Groups& of_attribute = counts.attributes[known->second].groups;
    const auto [place, is_first] = groups.emplace(std::pair(known->second, group.as_text()), of_attribute.size());
    if (!is_first && !columns.sum && columns.stratum.empty()) return row.error("the group is listed twice");
    if (!is_first) {
      fairness::Group& sum = of_attribute[place->second];
      sum.selected += favoured;
      sum.total += counted.total;
      continue;
    }
    of_attribute.push_back(counted);
    of_attribute.back().selected = favoured;
  }
  return {};
}

}  // namespace scruple::policy
