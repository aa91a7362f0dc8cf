#include "report/html_plot.h"

#include "base/strings.h"
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

// "12,000"
std::string grouped(double number) {
  std::string digits = std::to_string(std::llround(number));
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

// Wilson's score interval at 95%, as the statistics of rules use it.
std::pair<double, double> wilson(double selected, double total) {
  constexpr double z = 1.959963984540054;
  const double rate = selected / total;
  const double denominator = 1 + z * z / total;
  const double centre = (rate + z * z / (2 * total)) / denominator;
  const double half = z * std::sqrt(rate * (1 - rate) / total + z * z / (4 * total * total)) / denominator;
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

std::optional<double> number(const std::vector<Figure>& figures, std::string_view name) {
  const auto figure = std::ranges::find(figures, name, &Figure::name);
  if (figure == figures.end()) return std::nullopt;
  double value = 0;
  const std::string& text = figure->value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string text_of(const std::vector<Figure>& figures, std::string_view name) {
  const auto figure = std::ranges::find(figures, name, &Figure::name);
  return figure == figures.end() ? "" : figure->value;
}

// Counts that make a rate: people of whom some were selected.
bool is_rate(std::optional<double> selected, std::optional<double> total) {
  return selected && total && *total >= 1 && *selected >= 0 && *selected <= *total;
}

void add_group(RateComparison& comparison, GroupRate group) {
  const auto known = std::ranges::find(comparison.groups, group.group, &GroupRate::group);
  if (known == comparison.groups.end()) comparison.groups.push_back(std::move(group));
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
    // A gap of two units between the parts keeps them apart without colour.
    bars += concat("<rect class=\"", part.style, "\" x=\"", coordinate(at), "\" width=\"",
                   coordinate(std::max(1.0, width - 4)), "\" height=\"20\"/>");
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
  std::vector<RateComparison> comparisons;
  for (const Figure& figure : reason.figures) {
    // The first group's figures bear their names alone, those of others " of GROUP".
    if (figure.name != "group" && !figure.name.starts_with("group of ")) continue;
    const std::string suffix = figure.name.substr(5);
    const auto value = [&](std::string_view name) { return number(reason.figures, concat(name, suffix)); };
    const auto selected = value("selected");
    const auto total = value("total");
    if (!is_rate(selected, total)) continue;
    const std::string attribute = text_of(reason.figures, concat("attribute", suffix));
    const std::string reference = text_of(reason.figures, concat("reference", suffix));
    auto comparison = std::ranges::find_if(comparisons, [&](const RateComparison& known) {
      return known.groups.front().attribute == attribute && known.groups[known.reference].group == reference;
    });
    if (comparison == comparisons.end()) {
      const auto reference_selected = value("reference_selected");
      const auto reference_total = value("reference_total");
      if (reference.empty() || !is_rate(reference_selected, reference_total)) continue;
      comparisons.push_back(
          {{{reference, attribute, *reference_selected, *reference_total}}, 0, value("screening_line")});
      comparison = comparisons.end() - 1;
    }
    add_group(*comparison, {figure.value, attribute, *selected, *total});
  }
  return comparisons;
}

std::string rates_plot(const RateComparison& comparison) {
  constexpr double left = 150, right = 470, row = 30, top = 12;
  const GroupRate& reference = comparison.groups[comparison.reference];
  const double reference_rate = reference.selected / reference.total;
  double highest = 0;
  for (const GroupRate& group : comparison.groups) {
    highest = std::max(highest, wilson(group.selected, group.total).second);
  }
  const auto x_of = [&](double rate) { return left + (right - left) * rate / highest; };
  const double bottom = top + row * static_cast<double>(comparison.groups.size());

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
  for (const GroupRate& group : comparison.groups) {
    const double rate = group.selected / group.total;
    const auto [low, high] = wilson(group.selected, group.total);
    const bool below = comparison.screening_line && rate < *comparison.screening_line * reference_rate;
    const std::string counts = concat(grouped(group.selected), " of ", grouped(group.total), " (", percent(rate), ")");
    words.push_back(concat(escape_markup(shorten(group.group, 60)), " ", counts));
    drawing +=
        concat("<text font-size=\"13\" x=\"0\" y=\"", coordinate(y + 4), "\">", escape_markup(shorten(group.group, 22)),
               "</text><line class=\"interval\" x1=\"", coordinate(x_of(low)), "\" x2=\"", coordinate(x_of(high)),
               "\" y1=\"", coordinate(y), "\" y2=\"", coordinate(y), "\"/><circle class=\"",
               below ? "failed" : "verified", "\" r=\"5\" cx=\"", coordinate(x_of(rate)), "\" cy=\"", coordinate(y),
               "\"/><text class=\"soft\" font-size=\"12\" x=\"", coordinate(right + 14), "\" y=\"", coordinate(y + 4),
               "\">", counts, "</text>");
    y += row;
  }
  return concat("<figure class=\"plot\"><svg viewBox=\"0 0 640 ", coordinate(bottom + 22),
                "\" role=\"img\" aria-label=\"", join(words, ", "), "\">", drawing,
                "</svg><figcaption class=\"small\">Share selected in each group, with its 95% interval.</figcaption>"
                "</figure>\n");
}

}  // namespace scruple::report
