#include "report/html_plot.h"

#include "base/strings.h"
#include "fairness/distributions.h"
#include "fairness/rates.h"
#include "policy/fairness_words.h"
#include "report/markup.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace scruple::report {

namespace {

// A part of a bar, strongest first.
struct Part {
  std::string_view style;
  std::string_view words;
  std::size_t count = 0;
};

template <typename Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

std::vector<Part> parts_of(const PackSummary& pack) {
  const auto passed = [&](Assurance assurance) { return pack.assurance[index(assurance)]; };
  const auto came = [&](Outcome outcome) { return pack.rules[index(outcome)]; };
  return {{"verified", "verified in files", passed(Assurance::verified)},
          {"recorded", "recorded", passed(Assurance::recorded)},
          {"computed", "computed", passed(Assurance::computed)},
          {"declared", "declared", passed(Assurance::declared)},
          {"waived", "waived", came(Outcome::waived)},
          {"undecided", "cannot tell", came(Outcome::undecided)},
          {"failed", "failed", came(Outcome::fail)}};
}

// Tenths of a unit of the drawing are fine enough.
std::string coordinate(double value) {
  const auto tenths = static_cast<long long>(std::llround(value * 10));
  return concat(tenths / 10, ".", std::abs(tenths % 10));
}

// "30.0%"
std::string percent(double share) { return coordinate(share * 100) + "%"; }

fairness::Interval interval_of(const fairness::Group& group) {
  constexpr double confidence = 0.95;
  return fairness::wilson(group, fairness::normal_quantile(confidence)).value_or(fairness::Interval{});
}

double rate_of(const fairness::Group& group) { return fairness::selection_rate(group).value_or(0); }

template <typename Number>
std::optional<Number> number(const std::vector<Figure>& figures, std::string_view name) {
  const auto figure = std::ranges::find(figures, name, &Figure::name);
  if (figure == figures.end()) return std::nullopt;
  Number value = 0;
  const std::string& text = figure->value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string text_of(const std::vector<Figure>& figures, std::string_view name) {
  const auto figure = std::ranges::find(figures, name, &Figure::name);
  return figure == figures.end() ? "" : figure->value;
}

// A group with counts that make a rate: people, of whom some were selected.
std::optional<fairness::Group> group_of(const std::vector<Figure>& figures, std::string_view name,
                                        std::string_view selected_name, std::string_view total_name) {
  const auto selected = number<std::int64_t>(figures, selected_name);
  const auto total = number<std::int64_t>(figures, total_name);
  if (name.empty() || !selected || !total || *total < 1 || *selected < 0 || *selected > *total) return std::nullopt;
  return fairness::Group{std::string(name), *selected, *total, {}};
}

}  // namespace

std::string outcome_bar(const PackSummary& pack) {
  const std::vector<Part> parts = parts_of(pack);
  std::size_t all = 0;
  for (const Part& part : parts) all += part.count;
  if (all == 0) return {};
  std::vector<std::string> words;
  std::string bars;
  double at = 0;
  for (const Part& part : parts) {
    if (part.count == 0) continue;
    words.push_back(concat(part.count, " ", part.words));
    const double width = 1000.0 * static_cast<double>(part.count) / static_cast<double>(all);
    // A gap keeps neighbours apart without colour.
    const double gap = at + width < 999 ? 4 : 0;
    bars += concat("<rect class=\"", part.style, "\" x=\"", coordinate(at), "\" width=\"",
                   coordinate(std::max(1.0, width - gap)), "\" height=\"20\"/>");
    at += width;
  }
  return concat("<svg class=\"bar\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"",
                join(words, ", "), "\">", bars, "</svg>\n<p class=\"small\">", join(words, " · "), "</p>\n");
}

std::string outcome_key() {
  std::string key = "<ul class=\"key\" aria-label=\"Key\">";
  for (const Part& part : parts_of({})) {
    key += concat("<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"", part.style,
                  "\" width=\"10\" height=\"10\"/></svg>", part.words, "</li>");
  }
  return key + "</ul>\n";
}

std::vector<RateComparison> rate_comparisons(const Reason& reason) {
  const std::vector<Figure>& figures = reason.figures;
  std::vector<RateComparison> comparisons;
  for (const Figure& figure : figures) {
    // The first group's figures bear their names alone, those of others " of GROUP".
    if (figure.name != "group" && !figure.name.starts_with("group of ")) continue;
    const std::string suffix = figure.name.substr(5);
    const auto group = group_of(figures, figure.value, "selected" + suffix, "total" + suffix);
    const auto reference = group_of(figures, text_of(figures, "reference" + suffix), "reference_selected" + suffix,
                                    "reference_total" + suffix);
    if (!group || !reference) continue;
    const std::string attribute = text_of(figures, "attribute" + suffix);
    auto known = std::ranges::find_if(comparisons, [&](const RateComparison& comparison) {
      return comparison.attribute == attribute && comparison.groups.front().name == reference->name;
    });
    if (known == comparisons.end()) {
      const auto line = number<double>(figures, "screening_line" + suffix);
      comparisons.push_back({attribute, {*reference}, line && *line > 0 && *line <= 1 ? line : std::nullopt});
      known = comparisons.end() - 1;
    }
    known->groups.push_back(*group);
  }
  return comparisons;
}

std::string rates_plot(const RateComparison& comparison) {
  constexpr double left = 150, right = 470, row = 30, top = 12;
  const double reference_rate = rate_of(comparison.groups.front());
  double highest = 0;
  for (const fairness::Group& group : comparison.groups) highest = std::max(highest, interval_of(group).high);
  const auto x_of = [&](double rate) { return left + (right - left) * rate / highest; };
  const double bottom = top + row * static_cast<double>(comparison.groups.size());

  const std::string heading =
      concat(comparison.attribute.empty() ? "" : concat(escape_markup(shorten(comparison.attribute, 60)), ": "),
             "share selected in each group, with its 95% interval");
  std::string drawing;
  std::vector<std::string> words;
  if (comparison.screening_line) {
    const double rate = *comparison.screening_line * reference_rate;
    const std::string x = coordinate(x_of(std::min(rate, highest)));
    drawing += concat("<line class=\"screening\" x1=\"", x, "\" x2=\"", x, "\" y1=\"", coordinate(top - 6), "\" y2=\"",
                      coordinate(bottom + 2), "\"/><text class=\"soft\" font-size=\"11\" text-anchor=\"middle\" x=\"",
                      x, "\" y=\"", coordinate(bottom + 15), "\">screening line ", percent(rate), "</text>");
    words.push_back(concat("screening line at ", percent(rate)));
  }
  double y = top + row / 2;
  for (const fairness::Group& group : comparison.groups) {
    const double rate = rate_of(group);
    const auto [low, high] = interval_of(group);
    const bool below = comparison.screening_line && rate < *comparison.screening_line * reference_rate;
    const std::string counts =
        concat(policy::grouped(group.selected), " of ", policy::grouped(group.total), " (", percent(rate), ")");
    words.push_back(concat(escape_markup(shorten(group.name, 60)), " ", counts));
    drawing +=
        concat("<text font-size=\"13\" x=\"0\" y=\"", coordinate(y + 4), "\">", escape_markup(shorten(group.name, 22)),
               "</text><line class=\"interval\" x1=\"", coordinate(x_of(low)), "\" x2=\"", coordinate(x_of(high)),
               "\" y1=\"", coordinate(y), "\" y2=\"", coordinate(y), "\"/><circle class=\"",
               below ? "failed" : "verified", "\" r=\"5\" cx=\"", coordinate(x_of(rate)), "\" cy=\"", coordinate(y),
               "\"/><text class=\"soft\" font-size=\"12\" x=\"", coordinate(right + 14), "\" y=\"", coordinate(y + 4),
               "\">", counts, "</text>");
    y += row;
  }
  return concat("<figure class=\"plot\"><svg viewBox=\"0 0 640 ", coordinate(bottom + 22),
                "\" role=\"img\" aria-label=\"", join(words, ", "), "\">", drawing,
                "</svg><figcaption class=\"small\">", heading,
                "</figcaption>"
                "</figure>\n");
}

}  // namespace scruple::report
