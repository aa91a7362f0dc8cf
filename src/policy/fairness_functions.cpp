#include "policy/fairness_functions.h"

#include "base/strings.h"
#include "base/suggest.h"
#include "cel/display.h"
#include "cel/evaluation.h"
#include "cel/number_text.h"
#include "fairness/anonymity.h"
#include "fairness/association.h"
#include "fairness/outcomes.h"
#include "fairness/representation.h"
#include "fairness/shares.h"
#include "fairness/strata.h"
#include "policy/fairness_rows.h"
#include "policy/fairness_words.h"
#include "policy/marks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace scruple::policy {

namespace {

using cel::ErrorKind;
using cel::Evaluation;
using cel::Kind;
using cel::Type;
using cel::Value;
using Arguments = std::span<const Value>;
using Tag = Type::Tag;

// A map under construction. A figure that is undefined stands in it as the error that reading it gives.
class RecordWriter {
 public:
  explicit RecordWriter(Evaluation& evaluation) : evaluation_(evaluation) {}

  void add(std::string_view name, const Value& value) {
    entries_.push_back(Value::string(name));
    entries_.push_back(value);
  }
  void add_text(std::string_view name, std::string_view text) { add(name, evaluation_.string(text)); }
  void add_count(std::string_view name, std::int64_t count) { add(name, Value::integer(count)); }
  void add_boolean(std::string_view name, bool boolean) { add(name, Value::boolean(boolean)); }
  void add(std::string_view name, const std::optional<double>& figure) {
    add(name, figure ? Value::real(*figure) : undefined(name));
  }
  void add(std::string_view name, const std::optional<std::int64_t>& figure) {
    add(name, figure ? Value::integer(*figure) : undefined(name));
  }
  void add(std::string_view name, const std::optional<bool>& figure) {
    add(name, figure ? Value::boolean(*figure) : undefined(name));
  }
  void add_end(std::string_view name, const fairness::Interval* interval, double fairness::Interval::*end) {
    add(name, interval == nullptr ? undefined(name) : Value::real(interval->*end));
  }
  void add_list(std::string_view name, const std::vector<Value>& elements) { add(name, evaluation_.list(elements)); }
  // Names are texts of the program.
  Value take() { return evaluation_.map(entries_); }

 private:
  Value undefined(std::string_view name) {
    return evaluation_.error(ErrorKind::undecidable, concat("`", name, "` is undefined here"));
  }

  Evaluation& evaluation_;
  std::vector<Value> entries_;
};

// The options of a call, by name.
class Options {
 public:
  Options(const Value& map, Evaluation& evaluation) : map_(map), evaluation_(evaluation) {}

  // Unset, or an error about a name that is none of these.
  Value check(std::span<const std::string_view> known) const {
    const cel::Container& container = map_.as_container();
    const std::size_t size = container.size(map_.handle(), evaluation_);
    for (std::size_t i = 0; i < size; ++i) {
      const Value key = container.key_at(map_.handle(), i, evaluation_);
      const std::string_view name = key.is(Kind::string) ? key.as_text() : std::string_view();
      if (std::ranges::find(known, name) == known.end())
        return evaluation_.error(ErrorKind::evaluation, concat("there is no option `", name, "`"),
                                 did_you_mean(name, known));
    }
    return {};
  }

  // Each leaves its target alone if the option is not given; an error if it is of another kind.
  Value read(std::string_view name, std::string& text) const {
    return read_as(name, "a text", [&](const Value& value) {
      if (value.is(Kind::string)) text = value.as_text();
      return value.is(Kind::string);
    });
  }
  Value read(std::string_view name, std::optional<std::string>& text) const {
    std::string found;
    const Value problem = read(name, found);
    if (problem.is_unset() && !found.empty()) text = found;
    return problem;
  }
  Value read(std::string_view name, std::int64_t& count) const {
    return read_as(name, "a whole number that is not negative", [&](const Value& value) {
      const bool fits = value.is(Kind::integer) && value.as_integer() >= 0;
      if (fits) count = value.as_integer();
      return fits;
    });
  }
  // Between 0 and 1, both excluded.
  Value read(std::string_view name, double& chance) const {
    return read_as(name, "a number between 0 and 1", [&](const Value& value) {
      const bool fits = value.is(Kind::real) && value.as_real() > 0 && value.as_real() < 1;
      if (fits) chance = value.as_real();
      return fits;
    });
  }
  Value read(std::string_view name, fairness::Fraction& fraction) const {
    return read_as(name, "a number of few decimals that is not negative", [&](const Value& value) {
      std::optional<fairness::Fraction> found;
      if (value.is(Kind::real)) found = fairness::to_fraction(value.as_real());
      if (value.is(Kind::integer) && value.as_integer() >= 0)
        found = fairness::to_fraction(static_cast<double>(value.as_integer()));
      if (found) fraction = *found;
      return found.has_value();
    });
  }
  Value read(std::string_view name, bool& boolean) const {
    return read_as(name, "true or false", [&](const Value& value) {
      if (value.is(Kind::boolean)) boolean = value.as_boolean();
      return value.is(Kind::boolean);
    });
  }
  Value read(std::string_view name, std::vector<std::string>& texts) const {
    return read_as(name, "a list of texts", [&](const Value& value) {
      if (!value.is(Kind::list)) return false;
      const cel::Container& list = value.as_container();
      for (std::size_t i = 0; i < list.size(value.handle(), evaluation_); ++i) {
        const Value text = list.at(value.handle(), i, evaluation_);
        if (!text.is(Kind::string)) return false;
        texts.emplace_back(text.as_text());
      }
      return true;
    });
  }
  bool has(std::string_view name) const { return !find(name).is_unset(); }
  Value find(std::string_view name) const { return map_.as_container().find(map_.handle(), name, evaluation_); }

 private:
  template <typename Take>
  Value read_as(std::string_view name, std::string_view kind, const Take& take) const {
    const Value value = find(name);
    if (value.is_unset() || take(value)) return {};
    return value.is_error() ? value : evaluation_.error(ErrorKind::evaluation, concat("`", name, "` is ", kind));
  }

  const Value& map_;
  Evaluation& evaluation_;
};

// The first that is an error; unset if none is.
Value first_error(std::initializer_list<Value> values) {
  for (const Value& value : values) {
    if (value.is_error()) return value;
  }
  return {};
}

constexpr std::uint64_t steps_a_row = 8;

// Hands `take` each row; it gives an error, or unset. `name` is a row's, for people. `marks` gets those of the cells
// that were read.
template <typename Take>
Value for_each_row(const Value& rows, std::string_view name, std::uint64_t steps, cel::Marks& marks,
                   Evaluation& evaluation, const Take& take) {
  const cel::Container& list = rows.as_container();
  for (std::size_t i = 0; i < list.size(rows.handle(), evaluation); ++i) {
    if (!evaluation.charge(steps)) return evaluation.over_budget();
    const Value value = list.at(rows.handle(), i, evaluation);
    if (value.is_error()) return value;
    if (!value.is(Kind::map)) return evaluation.error(ErrorKind::evaluation, concat(name, " is no map"));
    CountRow row(value, i, evaluation);
    if (const Value problem = take(row); problem.is_error()) return problem;
    marks = static_cast<cel::Marks>(marks | row.marks());
  }
  return {};
}

// Groups that are meant to get less: of an attribute, or of any if it is empty, by name.
using Expected = std::vector<std::pair<std::string, std::string>>;

bool is_expected(const Expected& expected, const std::string& attribute, const std::string& group) {
  return std::ranges::any_of(expected, [&](const auto& entry) {
    return (entry.first.empty() || entry.first == attribute) && entry.second == group;
  });
}

Value read_expected(const Value& list, Expected& expected, Evaluation& evaluation) {
  const auto wrong = [&] {
    return evaluation.error(ErrorKind::evaluation, "`expected` is a list of maps with `attribute` and `groups`");
  };
  if (!list.is(Kind::list)) return wrong();
  const cel::Container& items = list.as_container();
  for (std::size_t i = 0; i < items.size(list.handle(), evaluation); ++i) {
    const Value item = items.at(list.handle(), i, evaluation);
    if (!item.is(Kind::map)) return item.is_error() ? item : wrong();
    const Value attribute = item.as_container().find(item.handle(), "attribute", evaluation);
    const Value groups = item.as_container().find(item.handle(), "groups", evaluation);
    // An entry that is not filled in expects nothing; the rule that asks for its fields says so.
    if (!groups.is(Kind::list)) continue;
    for (std::size_t j = 0; j < groups.as_container().size(groups.handle(), evaluation); ++j) {
      const Value group = groups.as_container().at(groups.handle(), j, evaluation);
      if (group.is(Kind::string)) {
        expected.emplace_back(attribute.is(Kind::string) ? attribute.as_text() : std::string_view(), group.as_text());
      }
    }
  }
  return {};
}

Value to_record(const Subject& subject, const fairness::Criteria& criteria, bool meant, Evaluation& evaluation) {
  const fairness::Finding& finding = *subject.finding;
  const cel::Marks hidden = is_named(subject) ? 0 : mark_sensitive;
  RecordWriter record(evaluation);
  record.add_text("attribute", subject.comparison->name);
  record.add("group", evaluation.string(finding.group.name).with_marks(hidden));
  record.add_text("verdict", meant ? "expected" : fairness::name(finding.verdict));
  record.add_boolean("eligible", finding.eligible);
  record.add("selected", Value::integer(finding.group.selected).with_marks(hidden));
  record.add("total", Value::integer(finding.group.total).with_marks(hidden));
  const bool named = is_named(subject);
  const fairness::Interval* rates = named && finding.rate_interval ? &*finding.rate_interval : nullptr;
  record.add("selection_rate", named ? finding.rate : std::nullopt);
  record.add_end("wilson_low", rates, &fairness::Interval::low);
  record.add_end("wilson_high", rates, &fairness::Interval::high);
  const bool compared = finding.test.has_value();
  if (subject.comparison->reference) {
    const fairness::Group& reference = subject.comparison->findings[*subject.comparison->reference].group;
    record.add_text("reference", reference.name);
    record.add_count("reference_selected", reference.selected);
    record.add_count("reference_total", reference.total);
  }
  record.add("rate_difference", finding.difference);
  record.add("impact_ratio", finding.ratio);
  const fairness::Interval* ratios = finding.ratio_interval ? &*finding.ratio_interval : nullptr;
  record.add_end("katz_low", ratios, &fairness::Interval::low);
  record.add_end("katz_high", ratios, &fairness::Interval::high);
  if (compared) record.add_text("p_method", fairness::name(finding.test->method));
  record.add("p_value", compared ? std::optional(finding.test->p) : std::nullopt);
  record.add("holm_p", finding.adjusted_p);
  record.add("shortfall", finding.shortfall);
  record.add("expected_shortfall", finding.expected_shortfall);
  record.add("cohens_h", finding.cohens_h);
  record.add("flip_flop", finding.flip_flop);
  record.add("people_needed", finding.people_needed);
  record.add("simpson_reversal", subject.reversal);
  if (compared) record.add_text("summary", describe(subject, criteria.line));
  return record.take();
}

std::string and_more(std::size_t count) { return count == 0 ? std::string() : concat("; and ", count, " more"); }

Value figure_list(const Figures& figures, Evaluation& evaluation) {
  std::vector<Value> list;
  for (const auto& figure : figures) {
    RecordWriter record(evaluation);
    record.add_text("name", figure.name);
    record.add_text("value", figure.value);
    record.add_text("unit", figure.unit);
    list.push_back(record.take());
  }
  return evaluation.list(list);
}

constexpr std::size_t most_shown = 5;  // groups in the argument of a finding

Value compare_with(Evaluation& evaluation, const Value& rows, const Value* given) {
  static constexpr std::string_view known[] = {
      "min_ratio", "max_gap",  "min_group_n", "min_group_share", "alpha",   "confidence", "reference", "attribute",
      "group",     "selected", "total",       "stratum",         "harmful", "sum",        "unknown",   "expected"};
  fairness::Criteria criteria;
  CountColumns columns;
  Expected expected;
  if (given != nullptr) {
    const Options options(*given, evaluation);
    if (const Value problem = options.check(known); problem.is_error()) return problem;
    if (options.has("max_gap")) {
      if (options.has("min_ratio"))
        return evaluation.error(ErrorKind::evaluation, "the line is either `min_ratio` or `max_gap`");
      criteria.line.kind = fairness::Line::Kind::gap;
    }
    const Value problem = first_error(
        {options.read("min_ratio", criteria.line.bound), options.read("max_gap", criteria.line.bound),
         options.read("min_group_n", criteria.floor.people), options.read("min_group_share", criteria.floor.share),
         options.read("alpha", criteria.alpha), options.read("confidence", criteria.confidence),
         options.read("reference", criteria.reference), options.read("attribute", columns.attribute),
         options.read("group", columns.group), options.read("selected", columns.selected),
         options.read("total", columns.total), options.read("stratum", columns.stratum),
         options.read("harmful", columns.harmful), options.read("sum", columns.sum),
         options.read("unknown", columns.unknown),
         options.has("expected") ? read_expected(options.find("expected"), expected, evaluation) : Value()});
    if (problem.is_error()) return problem;
    for (std::string& name : columns.unknown) name = to_lower_ascii(name);
  }
  Counts counts;
  if (const Value problem = read_counts(rows, columns, counts, evaluation); problem.is_error()) return problem;

  const bool sensitive = (counts.marks & mark_sensitive) != 0;
  const auto comparisons = fairness::compare(counts.attributes, criteria);
  std::vector<Subject> failing;
  std::vector<Subject> undecided;
  std::vector<Subject> closest;  // to the line, of those that keep it
  std::vector<Value> groups;
  std::vector<Value> noticeable;
  std::size_t judged = 0;
  for (const fairness::Comparison& comparison : comparisons) {
    for (const fairness::Finding& finding : comparison.findings) {
      Subject subject{&comparison, &finding, sensitive};
      if (finding.test) {
        subject.reversal = reversal(counts, comparison.name, finding.group.name,
                                    comparison.findings[*comparison.reference].group.name);
      }
      const bool meant = is_expected(expected, comparison.name, finding.group.name);
      groups.push_back(to_record(subject, criteria, meant, evaluation));
      if (meant) continue;
      ++judged;
      if (finding.verdict == fairness::Verdict::noticeable) noticeable.push_back(groups.back());
      switch (fairness::outcome(finding.verdict)) {
        case fairness::Outcome::fail: failing.push_back(subject); break;
        case fairness::Outcome::undecided: undecided.push_back(subject); break;
        case fairness::Outcome::pass:
          if (finding.test) closest.push_back(subject);
          break;
      }
    }
  }
  const auto worst_first = [](const Subject& a, const Subject& b) {
    return a.finding->difference.value_or(0) < b.finding->difference.value_or(0);
  };
  std::ranges::stable_sort(failing, worst_first);
  std::ranges::stable_sort(closest, worst_first);
  // What a comparison came to says more than that there was none, and a group that is too small more than the one that
  // is left.
  const auto rank = [](const Subject& subject) {
    return subject.finding->test ? 0 : subject.finding->verdict == fairness::Verdict::too_few ? 1 : 2;
  };
  std::ranges::stable_sort(undecided, {}, rank);

  std::string_view outcome = "pass";
  std::string summary;
  std::string remedy;
  std::vector<Subject> shown;
  if (!failing.empty()) {
    outcome = "fail";
    summary = concat(describe(failing.front(), criteria.line), and_more(failing.size() - 1));
    shown = failing;
  } else if (!undecided.empty() || judged == 0) {
    outcome = "undecided";
    Doubt why{"there are no groups to compare", {}};
    if (!undecided.empty()) why = doubt(undecided.front(), criteria);
    summary = undecided.empty() ? why.reason : concat(why.reason, and_more(undecided.size() - 1));
    remedy = why.remedy;
    shown = undecided;
  } else {
    summary = closest.empty() ? "no group is behind"
                              : concat("the farthest behind: ", describe(closest.front(), criteria.line));
    shown = closest;
  }
  if (shown.size() > most_shown) shown.resize(most_shown);

  const auto records_of = [&](const std::vector<Subject>& subjects) {
    std::vector<Value> records;
    for (const Subject& subject : subjects) records.push_back(to_record(subject, criteria, false, evaluation));
    return records;
  };
  RecordWriter record(evaluation);
  record.add_text("outcome", outcome);
  record.add_text("summary", summary);
  record.add_text("remedy", remedy);
  record.add_count("people", counts.people);
  record.add_count("unknown", counts.unknown);
  record.add("unknown_share", counts.people == 0 ? std::nullopt
                                                 : std::optional(static_cast<double>(counts.unknown) /
                                                                 static_cast<double>(counts.people)));
  record.add_list("groups", groups);
  record.add_list("failing", records_of(failing));
  record.add_list("undecided", records_of(undecided));
  record.add_list("noticeable", noticeable);
  record.add("figures", figure_list(figures_of(shown, criteria.line), evaluation));
  return record.take().with_marks(static_cast<cel::Marks>(counts.marks & ~mark_sensitive));
}

Value compare(Evaluation& evaluation, Arguments arguments) { return compare_with(evaluation, arguments[0], nullptr); }

Value compare_by(Evaluation& evaluation, Arguments arguments) {
  return compare_with(evaluation, arguments[0], &arguments[1]);
}

// The shares of a reference, by attribute and group.
using References = std::map<std::pair<std::string, std::string>, fairness::Fraction>;

Value read_references(const Value& rows, const std::string& column, References& references,
                      std::vector<std::pair<std::string, std::string>>& order, cel::Marks& marks,
                      Evaluation& evaluation) {
  return for_each_row(rows, "a row of the reference", steps_a_row, marks, evaluation, [&](CountRow& row) -> Value {
    const Value attribute = row.has("attribute") ? row.text("attribute") : Value::string("");
    const Value group = row.text("group");
    const Value share = row.number(column);
    if (const Value problem = first_error({attribute, group, share}); problem.is_error()) return problem;
    const auto fraction = fairness::to_fraction(share.as_real());
    if (!fraction) return row.error(concat("`", column, "` is negative, or has too many decimals"));
    std::pair key(std::string(attribute.as_text()), std::string(group.as_text()));
    if (!references.emplace(key, *fraction).second) return row.error("the group is listed twice");
    order.push_back(std::move(key));
    return {};
  });
}

std::string describe(std::string_view attribute, const fairness::RepresentationFinding& finding, std::int64_t people) {
  std::string text = attribute.empty() ? std::string() : concat(attribute, ": ");
  text += concat('`', finding.group.name, "` is ", grouped(finding.group.observed), " of ", grouped(people));
  if (finding.observed_share) text += concat(" (", percent(*finding.observed_share), ")");
  text += concat(", the reference ", percent(finding.reference_share));
  if (finding.ratio) text += concat("; ratio ", ratio_text(*finding.ratio, 0.8));
  if (finding.missing > 0) text += concat(", ", grouped(finding.missing), " short");
  if (finding.p_value)
    text +=
        concat("; p ", p_text(*finding.p_value), ", adjusted ", p_text(finding.adjusted_p.value_or(*finding.p_value)));
  return text;
}

Value represent(Evaluation& evaluation, Arguments arguments) {
  static constexpr std::string_view known[] = {"min_ratio",  "max_ratio", "min_reference_share", "alpha",
                                               "min_people", "observed",  "reference",           "expected"};
  fairness::RepresentationCriteria criteria;
  CountColumns columns;
  columns.total = "people";
  std::string reference_column = "share";
  fairness::Fraction most;
  Expected expected;
  const Options options(arguments[2], evaluation);
  const Value wrong =
      first_error({options.check(known), options.read("min_ratio", criteria.least), options.read("max_ratio", most),
                   options.read("min_reference_share", criteria.least_share), options.read("alpha", criteria.alpha),
                   options.read("min_people", criteria.people), options.read("observed", columns.total),
                   options.read("reference", reference_column),
                   options.has("expected") ? read_expected(options.find("expected"), expected, evaluation) : Value()});
  if (wrong.is_error()) return wrong;
  if (options.has("max_ratio")) criteria.most = most;
  columns.selected = columns.total;
  Counts counts;
  if (const Value problem = read_counts(arguments[0], columns, counts, evaluation); problem.is_error()) return problem;
  References references;
  std::vector<std::pair<std::string, std::string>> order;
  cel::Marks marks = static_cast<cel::Marks>(counts.marks | arguments[1].marks());
  const Value problem = read_references(arguments[1], reference_column, references, order, marks, evaluation);
  if (problem.is_error()) return problem;

  // Groups of the reference, each with what was observed of it; attributes that only one side has are not compared.
  std::vector<Value> groups;
  std::vector<std::string> failing;
  std::vector<std::string> undecided;
  Figures figures;
  bool compared = false;
  for (const fairness::Attribute& attribute : counts.attributes) {
    std::vector<fairness::Represented> represented;
    for (const auto& key : order) {
      if (key.first != attribute.name) continue;
      const auto found = std::ranges::find(attribute.groups, key.second, &fairness::Group::name);
      represented.push_back({key.second, references[key], found == attribute.groups.end() ? 0 : found->total});
    }
    if (represented.empty()) continue;
    for (const fairness::Group& group : attribute.groups) {
      if (!references.contains({attribute.name, group.name})) represented.push_back({group.name, {0, 1}, group.total});
    }
    const auto result = fairness::represent(represented, criteria);
    if (!result)
      return evaluation.error(ErrorKind::evaluation, concat("the shares of ", attribute.name, " cannot be compared"));
    compared = true;
    for (const fairness::RepresentationFinding& finding : result->findings) {
      // Of a file that is not public, few people of whom the reference knows nothing are not told.
      const bool sensitive = (counts.marks & mark_sensitive) != 0;
      if (sensitive && finding.reference_share == 0 && finding.group.observed < enough_to_name) continue;
      using fairness::Presence;
      const bool meant = is_expected(expected, attribute.name, finding.group.name);
      const std::string text = describe(attribute.name, finding, result->observed);
      RecordWriter record(evaluation);
      record.add_text("attribute", attribute.name);
      record.add_text("group", finding.group.name);
      record.add_text("verdict", meant ? "expected" : fairness::name(finding.presence));
      record.add_count("observed", finding.group.observed);
      record.add_count("total", result->observed);
      record.add("reference_share", std::optional(finding.reference_share));
      record.add("observed_share", finding.observed_share);
      record.add("representation_ratio", finding.ratio);
      record.add("p_value", finding.p_value);
      record.add("holm_p", finding.adjusted_p);
      record.add_count("missing", finding.missing);
      record.add_text("summary", text);
      groups.push_back(record.take());
      if (meant) continue;
      const bool fails = finding.presence == Presence::under || finding.presence == Presence::over;
      const bool open = finding.presence == Presence::chance || finding.presence == Presence::too_few;
      if (fails) failing.push_back(text);
      if (open)
        undecided.push_back(
            concat(finding.presence == Presence::chance ? "chance could do that: " : "too few people: ", text));
      if ((fails || open) && figures.size() < 8 * most_shown) {
        const std::string suffix = figures.empty() ? "" : concat(" of ", finding.group.name);
        const auto add = [&](std::string_view name, std::string value, std::string_view unit = {}) {
          figures.push_back({concat(name, suffix), std::move(value), std::string(unit)});
        };
        add("group", finding.group.name);
        add("observed", std::to_string(finding.group.observed), "people");
        add("total", std::to_string(result->observed), "people");
        add("reference_share", cel::to_display(Value::real(finding.reference_share), evaluation, 40));
        if (finding.ratio) add("representation_ratio", cel::to_display(Value::real(*finding.ratio), evaluation, 40));
        if (finding.p_value) add("p_value", cel::to_display(Value::real(*finding.p_value), evaluation, 40));
        if (finding.adjusted_p) add("holm_p", cel::to_display(Value::real(*finding.adjusted_p), evaluation, 40));
        add("missing", std::to_string(finding.missing), "people");
      }
    }
  }
  RecordWriter record(evaluation);
  if (!failing.empty()) {
    record.add_text("outcome", "fail");
    record.add_text("summary", concat(failing.front(), and_more(failing.size() - 1)));
  } else if (!undecided.empty() || !compared) {
    record.add_text("outcome", "undecided");
    record.add_text("summary", compared ? concat(undecided.front(), and_more(undecided.size() - 1))
                                        : "the two tables have no attribute in common");
  } else {
    record.add_text("outcome", "pass");
    record.add_text("summary", "each group has about the share that it has in the reference");
  }
  record.add_text("remedy", "");
  record.add_list("groups", groups);
  record.add("figures", figure_list(figures, evaluation));
  return record.take().with_marks(static_cast<cel::Marks>(marks & ~mark_sensitive));
}

// Whether a comparison keeps its line. Nobody can tell: an error that says why, and what would let them.
Value keeps_line(Evaluation& evaluation, Arguments arguments) {
  const Value& comparison = arguments[0];
  const auto field = [&](std::string_view name) {
    return comparison.as_container().find(comparison.handle(), name, evaluation);
  };
  const auto text = [&](std::string_view name) {
    const Value value = field(name);
    return value.is(Kind::string) ? value.as_text() : std::string_view();
  };
  if (cel::Explanation* explanation = evaluation.explanation) {
    explanation->phrase = text("summary");
    if (const Value figures = field("figures"); figures.is(Kind::list)) {
      const cel::Container& list = figures.as_container();
      for (std::size_t i = 0; i < list.size(figures.handle(), evaluation); ++i) {
        const Value figure = list.at(figures.handle(), i, evaluation);
        if (!figure.is(Kind::map)) continue;
        const auto part = [&](std::string_view name) {
          const Value value = figure.as_container().find(figure.handle(), name, evaluation);
          return std::string(value.is(Kind::string) ? value.as_text() : std::string_view());
        };
        explanation->figures.push_back({part("name"), part("value"), part("unit")});
      }
    }
  }
  const std::string_view outcome = text("outcome");
  if (outcome == "undecided") return evaluation.error(ErrorKind::undecidable, text("summary"), text("remedy"));
  if (outcome != "pass" && outcome != "fail")
    return evaluation.error(ErrorKind::evaluation, "this is no comparison", "write `fairness.compare(rows)`");
  return Value::boolean(outcome == "pass");
}

// Two groups over strata: rows with group, stratum, selected and total.
Value strata(Evaluation& evaluation, Arguments arguments) {
  std::vector<fairness::Stratum> strata;
  const Value& rows = arguments[0];
  const std::string_view names[] = {arguments[1].as_text(), arguments[2].as_text()};
  cel::Marks marks = rows.marks();
  const auto take = [&](CountRow& row) -> Value {
    const Value group = row.text("group");
    const Value stratum = row.text("stratum");
    const Value selected = row.count("selected");
    const Value total = row.count("total");
    if (const Value problem = first_error({group, stratum, selected, total}); problem.is_error()) return problem;
    const fairness::Group counted{std::string(group.as_text()), selected.as_integer(), total.as_integer(), {}};
    if (const auto problem = fairness::find_problem({counted})) return row.error(problem->what);
    if (counted.name != names[0] && counted.name != names[1]) return {};
    auto found = std::ranges::find(strata, stratum.as_text(), &fairness::Stratum::name);
    if (found == strata.end()) found = strata.insert(found, {std::string(stratum.as_text()), {}, {}});
    fairness::Group& side = counted.name == names[0] ? found->a : found->b;
    if (!side.name.empty()) return row.error("the group is listed twice in its stratum");
    side = counted;
    return {};
  };
  const Value wrong = for_each_row(rows, "a row of the counts", steps_a_row, marks, evaluation, take);
  if (wrong.is_error()) return wrong;
  const fairness::Stratified result = fairness::stratify(strata);
  RecordWriter record(evaluation);
  record.add_count("strata", static_cast<std::int64_t>(strata.size()));
  record.add("aggregate_difference", result.aggregate_difference);
  record.add("aggregate_ratio", result.aggregate_ratio);
  record.add("mh_odds_ratio", result.odds_ratio);
  record.add("mh_risk_difference", result.risk_difference);
  record.add("cmh_chi2", result.test ? std::optional(result.test->chi_square) : std::nullopt);
  record.add("cmh_p", result.test ? std::optional(result.test->p) : std::nullopt);
  record.add("simpson_reversal", result.reversal);
  return record.take().with_marks(static_cast<cel::Marks>(marks & ~mark_sensitive));
}

// Shares of groups: rows with group, reference and observed.
Value shares(Evaluation& evaluation, Arguments arguments) {
  static constexpr std::string_view known[] = {"reference_counts", "psi_floor"};
  fairness::ShareOptions settings;
  const Options options(arguments[1], evaluation);
  const Value wrong = first_error({options.check(known), options.read("reference_counts", settings.reference_is_sample),
                                   options.read("psi_floor", settings.empty_bin_share)});
  if (wrong.is_error()) return wrong;
  fairness::Shares counted;
  const Value& rows = arguments[0];
  cel::Marks marks = rows.marks();
  const auto take = [&](CountRow& row) -> Value {
    const Value group = row.text("group");
    const Value reference = row.number("reference");
    const Value observed = row.count("observed");
    if (const Value problem = first_error({group, reference, observed}); problem.is_error()) return problem;
    if (!(reference.as_real() >= 0 && reference.as_real() <= 1e12) || observed.as_integer() < 0 ||
        observed.as_integer() > 1'000'000'000'000)
      return row.error("a share is negative, or too large");
    counted.push_back({std::string(group.as_text()), reference.as_real(), observed.as_integer()});
    return {};
  };
  const Value problem = for_each_row(rows, "a row of the shares", steps_a_row, marks, evaluation, take);
  if (problem.is_error()) return problem;
  const fairness::ShareFigures result = fairness::compare_shares(counted, settings);
  RecordWriter record(evaluation);
  record.add("total_variation", result.total_variation);
  record.add("infinity_norm", result.infinity_norm);
  record.add("min_representation_ratio", result.min_representation_ratio);
  record.add("js_divergence_bits", result.js_divergence_bits);
  record.add("gof_p", result.fit ? result.fit->p : std::nullopt);
  record.add("psi", result.stability ? std::optional(result.stability->index) : std::nullopt);
  record.add("psi_floored", result.stability ? std::optional(result.stability->floored) : std::nullopt);
  record.add("psi_p", result.stability ? result.stability->p : std::nullopt);
  return record.take().with_marks(static_cast<cel::Marks>(marks & ~mark_sensitive));
}

// The texts of some columns of a table, row by row. Unset, or an error.
Value read_columns(const Value& rows, const std::vector<std::string>& columns,
                   std::vector<std::vector<std::string>>& cells, cel::Marks& marks, Evaluation& evaluation) {
  marks = rows.marks();
  return for_each_row(rows, "a row", 1, marks, evaluation, [&](CountRow& row) -> Value {
    cells.emplace_back();
    for (const std::string& column : columns) {
      const Value text = row.text(column);
      if (text.is_error()) return text;
      cells.back().emplace_back(text.as_text());
    }
    return {};
  });
}

Value anonymity(Evaluation& evaluation, Arguments arguments) {
  std::vector<std::string> columns;
  const cel::Container& known = arguments[1].as_container();
  for (std::size_t i = 0; i < known.size(arguments[1].handle(), evaluation); ++i) {
    const Value column = known.at(arguments[1].handle(), i, evaluation);
    if (!column.is(Kind::string))
      return column.is_error() ? column : evaluation.error(ErrorKind::evaluation, "columns are texts");
    columns.emplace_back(column.as_text());
  }
  columns.emplace_back(arguments[2].as_text());
  std::vector<std::vector<std::string>> cells;
  cel::Marks marks = 0;
  if (const Value problem = read_columns(arguments[0], columns, cells, marks, evaluation); problem.is_error())
    return problem;
  std::vector<fairness::Record> records;
  for (auto& row : cells) {
    std::string sensitive = std::move(row.back());
    row.pop_back();
    records.push_back({std::move(row), std::move(sensitive)});
  }
  const fairness::Anonymity result = fairness::anonymity(records, std::max<std::int64_t>(1, arguments[3].as_integer()));
  RecordWriter record(evaluation);
  record.add_count("records", result.records);
  record.add_count("classes", result.classes);
  record.add("k", result.k);
  record.add("l_distinct", result.l_distinct);
  record.add("l_entropy", result.l_entropy);
  record.add("t_closeness", result.t_closeness);
  record.add("unique_share", result.unique_share);
  record.add("share_below_k", result.share_below_k);
  record.add("max_risk", result.max_risk);
  record.add("average_risk", result.average_risk);
  return record.take().with_marks(static_cast<cel::Marks>(marks & ~mark_sensitive));
}

// Numbers of many values are cut at their quartiles.
constexpr std::size_t most_plain_values = 10;

std::vector<std::string> column_of(const std::vector<std::vector<std::string>>& cells, std::size_t index) {
  std::vector<std::string> texts;
  std::vector<double> numbers;
  for (const auto& row : cells) {
    texts.push_back(row[index]);
    if (const auto number = cel::parse_real(row[index])) numbers.push_back(*number);
  }
  std::vector<std::string> values = texts;
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  const bool cut = numbers.size() == texts.size() && values.size() > most_plain_values;
  return cut ? fairness::quartiles(numbers) : texts;
}

Value association(Evaluation& evaluation, Arguments arguments) {
  std::vector<std::vector<std::string>> cells;
  cel::Marks marks = 0;
  const std::vector<std::string> columns = {std::string(arguments[1].as_text()), std::string(arguments[2].as_text())};
  if (const Value problem = read_columns(arguments[0], columns, cells, marks, evaluation); problem.is_error())
    return problem;
  if (static_cast<std::int64_t>(cells.size()) < arguments[3].as_integer()) {
    return evaluation.error(ErrorKind::undecidable,
                            concat("whether `", columns[0], "` tells of `", columns[1], "` cannot be told from ",
                                   plural(cells.size(), "row")),
                            concat("it takes at least ", arguments[3].as_integer()));
  }
  const auto v = fairness::cramers_v(column_of(cells, 0), column_of(cells, 1));
  if (!v) {
    return evaluation.error(ErrorKind::undecidable,
                            concat("whether `", columns[0], "` tells of `", columns[1],
                                   "` cannot be told: one of them has a single value, or as many as there are rows"));
  }
  if (cel::Explanation* explanation = evaluation.explanation) {
    explanation->phrase = concat("Cramér's V of `", columns[0], "` and `", columns[1], "` is ", ratio_text(*v, 0),
                                 " in ", plural(cells.size(), "row"));
    explanation->figures = {{"cramers_v", cel::to_display(Value::real(*v), evaluation, 40), {}},
                            {"rows", std::to_string(cells.size()), "rows"}};
  }
  return Value::real(*v).with_marks(static_cast<cel::Marks>(marks & ~mark_sensitive));
}

constexpr char comparison_record[] = "fairness_comparison";
constexpr char group_record[] = "fairness_group";
constexpr char figure_record[] = "fairness_figure";
constexpr char representation_record[] = "fairness_representation";
constexpr char share_group_record[] = "fairness_represented_group";
constexpr char strata_record[] = "fairness_strata";
constexpr char shares_record[] = "fairness_shares";
constexpr char anonymity_record[] = "fairness_anonymity";

}  // namespace

void add_fairness_functions(cel::FunctionRegistry& registry) {
  const Type string = Type::of(Tag::string);
  const Type rows = Type::list(Type::dyn());
  const Type options = Type::map(string, Type::dyn());
  const auto add = [&](std::string_view name, std::vector<Type> parameters, Type result, cel::Function call) {
    // A statistic tells nothing of one person; what is left of rows in a result is marked by itself.
    registry.add(
        {name, cel::Style::global, std::move(parameters), std::move(result), call, mark_computed, mark_sensitive});
  };
  add("fairness.compare", {rows}, Type::record(comparison_record), compare);
  add("fairness.compare", {rows, options}, Type::record(comparison_record), compare_by);
  add("fairness.represent", {rows, rows, options}, Type::record(representation_record), represent);
  add("fairness.keeps_line", {Type::record(comparison_record)}, Type::of(Tag::boolean), keeps_line);
  add("fairness.keeps_line", {Type::record(representation_record)}, Type::of(Tag::boolean), keeps_line);
  add("fairness.strata", {rows, string, string}, Type::record(strata_record), strata);
  add("fairness.shares", {rows, options}, Type::record(shares_record), shares);
  add("fairness.anonymity", {rows, Type::list(string), string, Type::of(Tag::integer)}, Type::record(anonymity_record),
      anonymity);
  add("fairness.association", {rows, string, string, Type::of(Tag::integer)}, Type::of(Tag::real), association);
}

void add_fairness_records(cel::Records& records) {
  const Type text = Type::of(Tag::string);
  const Type count = Type::of(Tag::integer);
  const Type number = Type::of(Tag::real);
  const Type yes_or_no = Type::of(Tag::boolean);
  const auto choice = [](std::vector<std::string> values) {
    return Type::one_of(std::make_shared<const std::vector<std::string>>(std::move(values)));
  };
  const auto list_of = [](const char* name) { return Type::list(Type::record(name)); };
  const auto add = [&](const char* name, std::vector<cel::Record::Field> fields) {
    records.add({name, "field", std::move(fields), {}});
  };
  const Type outcome = choice({"pass", "fail", "undecided"});
  add(comparison_record, {{"outcome", outcome},
                          {"summary", text},
                          {"remedy", text},
                          {"people", count},
                          {"unknown", count},
                          {"unknown_share", number},
                          {"groups", list_of(group_record)},
                          {"failing", list_of(group_record)},
                          {"undecided", list_of(group_record)},
                          {"noticeable", list_of(group_record)},
                          {"figures", list_of(figure_record)}});
  add(group_record, {{"attribute", text},
                     {"group", text},
                     {"verdict", choice({"reference", "confirmed", "within", "noted", "noticeable", "missed", "chance",
                                         "one_person", "too_few", "undefined", "expected"})},
                     {"eligible", yes_or_no},
                     {"selected", count},
                     {"total", count},
                     {"selection_rate", number},
                     {"wilson_low", number},
                     {"wilson_high", number},
                     {"reference", text},
                     {"reference_selected", count},
                     {"reference_total", count},
                     {"rate_difference", number},
                     {"impact_ratio", number},
                     {"katz_low", number},
                     {"katz_high", number},
                     {"p_method", choice({"z", "fisher"})},
                     {"p_value", number},
                     {"holm_p", number},
                     {"shortfall", count},
                     {"expected_shortfall", number},
                     {"cohens_h", number},
                     {"flip_flop", yes_or_no},
                     {"people_needed", count},
                     {"simpson_reversal", yes_or_no},
                     {"summary", text}});
  add(figure_record, {{"name", text}, {"value", text}, {"unit", text}});
  add(representation_record, {{"outcome", outcome},
                              {"summary", text},
                              {"remedy", text},
                              {"groups", list_of(share_group_record)},
                              {"figures", list_of(figure_record)}});
  add(share_group_record,
      {{"attribute", text},
       {"group", text},
       {"verdict", choice({"represented", "under", "over", "chance", "too_few", "not_judged", "expected"})},
       {"observed", count},
       {"total", count},
       {"reference_share", number},
       {"observed_share", number},
       {"representation_ratio", number},
       {"p_value", number},
       {"holm_p", number},
       {"missing", count},
       {"summary", text}});
  add(strata_record, {{"strata", count},
                      {"aggregate_difference", number},
                      {"aggregate_ratio", number},
                      {"mh_odds_ratio", number},
                      {"mh_risk_difference", number},
                      {"cmh_chi2", number},
                      {"cmh_p", number},
                      {"simpson_reversal", yes_or_no}});
  add(shares_record, {{"total_variation", number},
                      {"infinity_norm", number},
                      {"min_representation_ratio", number},
                      {"js_divergence_bits", number},
                      {"gof_p", number},
                      {"psi", number},
                      {"psi_floored", yes_or_no},
                      {"psi_p", number}});
  add(anonymity_record, {{"records", count},
                         {"classes", count},
                         {"k", count},
                         {"l_distinct", count},
                         {"l_entropy", number},
                         {"t_closeness", number},
                         {"unique_share", number},
                         {"share_below_k", number},
                         {"max_risk", number},
                         {"average_risk", number}});
}

}  // namespace scruple::policy
