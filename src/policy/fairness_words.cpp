#include "policy/fairness_words.h"

#include "base/strings.h"
#include "cel/number_text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace scruple::policy {

namespace {

using fairness::Finding;
using fairness::Line;
using fairness::Verdict;

std::string fixed(double number, int decimals) {
  char text[64];
  const int length = std::snprintf(text, sizeof text, "%.*f", decimals, number);
  return {text, static_cast<std::size_t>(std::clamp<int>(length, 0, sizeof text - 1))};
}

// Without zeros at the end, but with two decimals.
std::string trimmed(std::string text) {
  while (text.size() > 4 && text.back() == '0' && text[text.size() - 3] != '.') text.pop_back();
  return text;
}

const Finding& reference_of(const Subject& subject) {
  return subject.comparison->findings[*subject.comparison->reference];
}

std::string name_of(const Subject& subject) {
  return is_named(subject) ? concat('`', subject.finding->group.name, '`')
                           : concat("a group of fewer than ", enough_to_name, " people");
}

std::string about(const Subject& subject) {
  return subject.comparison->name.empty() ? std::string() : concat(subject.comparison->name, ": ");
}

std::string share_of(const fairness::Group& group) {
  const double rate = static_cast<double>(group.selected) / static_cast<double>(group.total);
  return concat(grouped(group.selected), " of ", grouped(group.total), " (", percent(rate), ")");
}

std::string line_text(const Line& line) {
  const std::string bound = cel::format_real_plainly(line.bound.value());
  return line.kind == Line::Kind::ratio ? concat("the screening line of ", bound)
                                        : concat("the screening line, a gap of ", percent(line.bound.value()));
}

}  // namespace

std::string grouped(std::int64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && digits[at - 1] != '-' && (digits.size() - at) % 3 == 0) out += ',';
    out += digits[at];
  }
  return out;
}

std::string percent(double share) {
  const double hundredfold = 100 * share;
  return concat(fixed(hundredfold, hundredfold != 0 && std::fabs(hundredfold) < 1 ? 3 : 1), '%');
}

std::string ratio_text(double ratio, double line) {
  for (const int decimals : {3, 6, 9}) {
    const std::string text = fixed(ratio, decimals);
    if (ratio == line || text != fixed(line, decimals)) return trimmed(text);
  }
  return cel::format_real_plainly(ratio);
}

std::string p_text(double p) { return p < 0.0001 ? "< 0.0001" : fixed(p, 4); }

bool is_named(const Subject& subject) { return !subject.sensitive || subject.finding->group.total >= enough_to_name; }

std::string describe(const Subject& subject, const Line& line) {
  const Finding& finding = *subject.finding;
  const Finding& reference = reference_of(subject);
  std::string text = concat(about(subject), name_of(subject), ' ', share_of(finding.group), ", `", reference.group.name,
                            "` ", share_of(reference.group));
  if (line.kind == Line::Kind::ratio && finding.ratio) {
    text += concat("; ratio ", ratio_text(*finding.ratio, line.bound.value()));
    if (finding.ratio_interval) {
      text += concat(" (", trimmed(fixed(finding.ratio_interval->low, 3)), " to ",
                     trimmed(fixed(finding.ratio_interval->high, 3)), ")");
    }
  } else if (finding.difference) {
    text += concat("; ", percent(std::fabs(*finding.difference)), *finding.difference < 0 ? " behind" : " ahead");
  }
  if (finding.shortfall) {
    text += *finding.shortfall == 0 ? concat(", within ", line_text(line))
                                    : concat(", ", grouped(*finding.shortfall), " short of ", line_text(line));
  }
  if (finding.test) {
    text += concat("; ", finding.test->method == fairness::Method::z ? "z test" : "Fisher's test", ", p ",
                   p_text(finding.test->p), ", adjusted ", p_text(finding.adjusted_p.value_or(finding.test->p)));
  }
  if (subject.reversal == true) text += "; within the strata the order is the other way round (Simpson's paradox)";
  return text;
}

Doubt doubt(const Subject& subject, const fairness::Criteria& criteria) {
  const Finding& finding = *subject.finding;
  const auto takes = [&](std::string_view lead) {
    if (!finding.people_needed) return std::string();
    return concat(lead, "about ", grouped(*finding.people_needed), " in each group would tell");
  };
  switch (finding.verdict) {
    case Verdict::too_few: {
      const std::string size = is_named(subject)
                                   ? concat(name_of(subject), " has a total of ", grouped(finding.group.total))
                                   : name_of(subject);
      const std::int64_t least = std::max<std::int64_t>(criteria.floor.people, 1);
      if (finding.group.total >= least) return {concat(about(subject), size, ", too small a share of all"), {}};
      return {concat(about(subject), size, ", and a comparison takes at least ", grouped(least)),
              takes("count more people: ")};
    }
    case Verdict::chance:
      return {concat("chance could do that: ", describe(subject, criteria.line)), takes("count more people: ")};
    case Verdict::one_person:
      return {concat("one person would turn it round: ", describe(subject, criteria.line)),
              takes("count more people: ")};
    default: break;
  }
  if (!subject.comparison->reference) {
    if (criteria.reference) return {concat(about(subject), "the group to compare with is not there, or too small"), {}};
    return {concat(about(subject), "only ", name_of(subject), " is large enough to be compared"), {}};
  }
  return {concat(about(subject), "nobody was selected, and that shows nothing"), {}};
}

Figures figures_of(const std::vector<Subject>& subjects, const Line& line) {
  Figures figures;
  for (const Subject& subject : subjects) {
    const Finding& finding = *subject.finding;
    if (!is_named(subject)) continue;
    const std::string suffix = &subject == &subjects.front() ? "" : concat(" of ", finding.group.name);
    const auto add = [&](std::string_view name, std::string value, std::string_view unit = {}) {
      figures.push_back({concat(name, suffix), std::move(value), std::string(unit)});
    };
    const auto add_real = [&](std::string_view name, const std::optional<double>& value) {
      if (value) add(name, cel::format_real(*value));
    };
    if (!subject.comparison->name.empty()) add("attribute", subject.comparison->name);
    add("group", finding.group.name);
    add("selected", std::to_string(finding.group.selected), "people");
    add("total", std::to_string(finding.group.total), "people");
    add_real("selection_rate", finding.rate);
    if (subject.comparison->reference && reference_of(subject).group.name != finding.group.name) {
      const Finding& reference = reference_of(subject);
      add("reference", reference.group.name);
      add("reference_selected", std::to_string(reference.group.selected), "people");
      add("reference_total", std::to_string(reference.group.total), "people");
      add_real("reference_rate", reference.rate);
      if (line.kind == Line::Kind::ratio) add_real("screening_line", line.bound.value());
    }
    add_real("rate_difference", finding.difference);
    add_real("impact_ratio", finding.ratio);
    if (finding.ratio_interval) {
      add_real("katz_low", finding.ratio_interval->low);
      add_real("katz_high", finding.ratio_interval->high);
    }
    if (finding.test) {
      add("p_method", std::string(fairness::name(finding.test->method)));
      add_real("p_value", finding.test->p);
      add_real("holm_p", finding.adjusted_p);
    }
    if (finding.shortfall) add("shortfall", std::to_string(*finding.shortfall), "people");
    add_real("cohens_h", finding.cohens_h);
    if (subject.reversal) add("simpson_reversal", *subject.reversal ? "true" : "false");
    if (finding.flip_flop) add("flip_flop", *finding.flip_flop ? "true" : "false");
    if (finding.people_needed) add("people_needed", std::to_string(*finding.people_needed), "people in each group");
  }
  return figures;
}

}  // namespace scruple::policy
