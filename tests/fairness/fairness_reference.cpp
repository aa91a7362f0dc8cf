// fairness_reference FILE.jsonl…
//
// Computes what reference cases expect, one JSON object a line, and prints one line for each case that fails and a last
// one with the counts. 0: none failed; 1: one did; 2: wrong usage, or a file that cannot be read or holds no cases.
#include "base/strings.h"
#include "fairness/anonymity.h"
#include "fairness/distributions.h"
#include "fairness/fraction.h"
#include "fairness/groups.h"
#include "fairness/outcomes.h"
#include "fairness/people.h"
#include "fairness/rates.h"
#include "fairness/shares.h"
#include "fairness/significance.h"
#include "fairness/strata.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using nlohmann::json;
using scruple::concat;
using scruple::visible;
using namespace scruple::fairness;

struct MalformedCase : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What a case may be asked for, by name. Computed when it is asked for: Fisher's test of huge groups is not free.
using Figures = std::map<std::string, std::function<json()>, std::less<>>;

template <typename T>
json to_json(const std::optional<T>& value) {
  return value ? json(*value) : json();
}
template <typename T>
json to_json(const std::vector<std::optional<T>>& values) {
  json list = json::array();
  for (const auto& value : values) list.push_back(to_json(value));
  return list;
}

const json& member(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) throw MalformedCase(concat("`", key, "` is missing"));
  return *found;
}

std::string text(const json& value, std::string_view what) {
  if (!value.is_string()) throw MalformedCase(concat("`", what, "` is no text"));
  return value.get<std::string>();
}

std::int64_t whole(const json& value, std::string_view what) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float()) {
    const double number = value.get<double>();
    if (std::fabs(number) < 9e15 && number == std::floor(number)) return static_cast<std::int64_t>(number);
  }
  throw MalformedCase(concat("`", what, "` is no whole number"));
}

double real_number(const json& value, std::string_view what) {
  if (!value.is_number()) throw MalformedCase(concat("`", what, "` is no number"));
  return value.get<double>();
}

// The decimal that was written, not the double that it was read into.
long double decimal(const json& value, std::string_view what) {
  char digits[400];
  const auto end = std::to_chars(digits, digits + sizeof digits - 1, real_number(value, what)).ptr;
  *end = '\0';
  return std::strtold(digits, nullptr);
}

Fraction fraction(const json& value, std::string_view what) {
  const auto read =
      value.is_string() ? parse_fraction(value.get<std::string>()) : to_fraction(real_number(value, what));
  if (!read) throw MalformedCase(concat("`", what, "` is no decimal"));
  return *read;
}

const json& parameters(const json& test, std::initializer_list<std::string_view> known) {
  static const json none = json::object();
  const auto found = test.find("params");
  if (found == test.end() || found->is_null()) return none;
  if (!found->is_object()) throw MalformedCase("`params` is no object");
  for (const auto& [key, value] : found->items()) {
    if (std::ranges::find(known, key) == known.end()) throw MalformedCase(concat("unknown parameter `", key, "`"));
  }
  return *found;
}

// The value of a parameter unless it is left out or null.
const json* parameter(const json& params, const char* key) {
  const auto found = params.find(key);
  return found == params.end() || found->is_null() ? nullptr : &*found;
}

const json& list(const json& value, std::string_view what) {
  if (!value.is_array()) throw MalformedCase(concat("`", what, "` is no list"));
  return value;
}

Group read_group(const json& item) {
  if (!item.is_object()) throw MalformedCase("a group is no object");
  Group group{text(member(item, "name"), "name"), whole(member(item, "selected"), "selected"),
              whole(member(item, "total"), "total"), std::nullopt};
  const bool has_cells = std::ranges::any_of(std::initializer_list<const char*>{"tp", "fp", "fn", "tn"},
                                             [&](const char* key) { return item.contains(key); });
  if (has_cells) {
    group.cells = Cells{whole(member(item, "tp"), "tp"), whole(member(item, "fp"), "fp"),
                        whole(member(item, "fn"), "fn"), whole(member(item, "tn"), "tn")};
  }
  return group;
}

void check(const Groups& groups) {
  if (const auto problem = find_problem(groups))
    throw MalformedCase(concat("group `", groups[problem->group].name, "`: ", problem->what));
}

Figures group_figures(const json& test) {
  const json& params = parameters(test, {"confidence", "min_group_n", "min_group_share", "threshold", "reference"});
  Groups groups;
  for (const json& item : list(member(test, "groups"), "groups")) groups.push_back(read_group(item));
  check(groups);

  Floor floor;
  if (const json* value = parameter(params, "min_group_n")) floor.people = whole(*value, "min_group_n");
  if (const json* value = parameter(params, "min_group_share")) floor.share = fraction(*value, "min_group_share");
  Fraction line{4, 5};
  if (const json* value = parameter(params, "threshold")) line = fraction(*value, "threshold");
  double confidence = 0.95;
  if (const json* value = parameter(params, "confidence")) confidence = real_number(*value, "confidence");
  if (!(confidence > 0 && confidence < 1)) throw MalformedCase("`confidence` is not between 0 and 1");
  std::optional<std::string> named;
  if (const json* value = parameter(params, "reference")) named = text(*value, "reference");
  if (named && std::ranges::find(groups, *named, &Group::name) == groups.end())
    throw MalformedCase("`reference` is no group");

  const double z = normal_quantile(confidence);
  const std::vector<bool> takes_part = eligible(groups, floor);
  const auto reference = find_reference(groups, takes_part, named);

  // One entry a group.
  const auto each = [groups](auto figure) {
    return [groups, figure] {
      json values = json::array();
      for (const Group& group : groups) values.push_back(figure(group));
      return values;
    };
  };
  // One entry a group, empty for groups that are not compared; `own` for the reference.
  const auto against = [groups, takes_part, reference](auto figure, const json& own = {}) {
    return [groups, takes_part, reference, figure, own] {
      json values = json::array();
      for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!reference || !takes_part[i]) {
          values.push_back(nullptr);
        } else if (i == *reference) {
          values.push_back(own);
        } else {
          values.push_back(figure(groups[i], groups[*reference]));
        }
      }
      return values;
    };
  };
  const auto low = [](const std::optional<Interval>& interval) { return interval ? json(interval->low) : json(); };
  const auto high = [](const std::optional<Interval>& interval) { return interval ? json(interval->high) : json(); };
  const auto screen = [line](const Group& group, const Group& other) {
    const auto reached = reaches_line(group, other, line);
    return reached ? json(*reached ? "pass" : "fail") : json();
  };
  const auto p_value = [](const Group& group, const Group& other) { return json(significance(group, other).p); };
  const bool reference_selects = reference && groups[*reference].selected > 0;

  Figures figures;
  figures["selection_rate"] = each([](const Group& group) { return to_json(selection_rate(group)); });
  figures["wilson_low"] = each([=](const Group& group) { return low(wilson(group, z)); });
  figures["wilson_high"] = each([=](const Group& group) { return high(wilson(group, z)); });
  figures["eligible"] = [takes_part] { return json(takes_part); };
  figures["reference"] = [=] { return reference ? json(groups[*reference].name) : json(); };
  figures["rate_difference"] = against([](const Group& a, const Group& b) { return json(rate_difference(a, b)); }, 0.0);
  figures["impact_ratio"] = against([](const Group& a, const Group& b) { return to_json(impact_ratio(a, b)); },
                                    reference_selects ? json(1.0) : json());
  figures["four_fifths"] = against(screen, reference_selects ? json("pass") : json());
  figures["katz_low"] = against([=](const Group& a, const Group& b) { return low(katz(a, b, z)); });
  figures["katz_high"] = against([=](const Group& a, const Group& b) { return high(katz(a, b, z)); });
  figures["z"] = against([](const Group& a, const Group& b) { return to_json(pooled_z(a, b)); });
  figures["z_p"] = against([](const Group& a, const Group& b) {
    const auto value = pooled_z(a, b);
    return value ? json(normal_p(*value)) : json();
  });
  figures["two_sd"] = against([](const Group& a, const Group& b) {
    const auto value = pooled_z(a, b);
    return value ? json(std::fabs(*value) > 2) : json();
  });
  figures["fisher_p"] = against([](const Group& a, const Group& b) { return json(fisher_p(a, b)); });
  figures["min_expected"] = against([](const Group& a, const Group& b) { return json(smallest_expected(a, b)); });
  figures["p_method"] =
      against([](const Group& a, const Group& b) { return json(std::string(name(significance(a, b).method))); });
  figures["p_value"] = against(p_value);
  figures["holm_p"] = [values = against(p_value)] {
    PValues p;
    for (const json& value : values()) p.push_back(value.is_null() ? std::nullopt : std::optional(value.get<double>()));
    return to_json(holm(p));
  };
  figures["flip_flop"] = against([](const Group& a, const Group& b) { return json(flip_flop(a, b)); });
  figures["shortfall_four_fifths"] =
      against([=](const Group& a, const Group& b) { return json(shortfall(a, b, line)); });
  figures["shortfall_parity"] = against([](const Group& a, const Group& b) {
    return json(shortfall(a, b, Fraction{1, 1}));
  });
  figures["expected_shortfall"] =
      against([](const Group& a, const Group& b) { return json(expected_shortfall(a, b)); });
  figures["cohens_h"] = against([](const Group& a, const Group& b) { return json(cohens_h(a, b)); });
  figures["demographic_parity_difference"] = [=] { return to_json(demographic_parity_difference(groups, takes_part)); };
  figures["demographic_parity_ratio"] = [=] { return to_json(demographic_parity_ratio(groups, takes_part)); };
  const auto chi = [groups, takes_part](auto field) {
    return [groups, takes_part, field] {
      const auto test_of_all = chi_square(groups, takes_part);
      return test_of_all ? json((*test_of_all).*field) : json();
    };
  };
  figures["chi2"] = chi(&ChiSquare::statistic);
  figures["chi2_df"] = chi(&ChiSquare::degrees_of_freedom);
  figures["chi2_p"] = chi(&ChiSquare::p);

  const auto outcome = [each](auto field) {
    return each([field](const Group& group) { return to_json(outcome_rates(group).*field); });
  };
  figures["tpr"] = outcome(&OutcomeRates::true_positive);
  figures["fpr"] = outcome(&OutcomeRates::false_positive);
  figures["fnr"] = outcome(&OutcomeRates::false_negative);
  figures["ppv"] = outcome(&OutcomeRates::positive_value);
  figures["npv"] = outcome(&OutcomeRates::negative_value);
  figures["accuracy"] = outcome(&OutcomeRates::accuracy);
  const auto gap = [groups, takes_part](auto field) {
    return [groups, takes_part, field] { return to_json(outcome_gaps(groups, takes_part).*field); };
  };
  figures["equal_opportunity_difference"] = gap(&OutcomeGaps::equal_opportunity);
  figures["false_positive_rate_difference"] = gap(&OutcomeGaps::false_positive_rate);
  figures["equalized_odds_difference"] = gap(&OutcomeGaps::equalized_odds);
  figures["equalized_odds_ratio"] = gap(&OutcomeGaps::equalized_odds_ratio);
  figures["predictive_parity_difference"] = gap(&OutcomeGaps::predictive_parity);
  figures["average_odds_difference"] =
      against([](const Group& a, const Group& b) { return to_json(average_odds_difference(a, b)); });
  const auto entropy = [groups](auto field) {
    return [groups, field] {
      const auto found = benefit_entropy(groups);
      return found ? json((*found).*field) : json();
    };
  };
  figures["generalized_entropy_2"] = entropy(&Entropy::generalized_2);
  figures["theil"] = entropy(&Entropy::theil);
  figures["between_group_gei_2"] = entropy(&Entropy::between_groups_generalized_2);
  figures["between_group_theil"] = entropy(&Entropy::between_groups_theil);
  return figures;
}

Figures strata_figures(const json& test) {
  const json& params = parameters(test, {"groups"});
  const json& names = list(member(params, "groups"), "groups");
  if (names.size() != 2) throw MalformedCase("two groups are compared over strata");
  const std::string a = text(names[0], "groups");
  const std::string b = text(names[1], "groups");
  if (a == b) throw MalformedCase("two groups are compared over strata");
  std::vector<Stratum> strata;
  for (const json& item : list(member(test, "groups"), "groups")) {
    const Group group = read_group(item);
    if (group.name != a && group.name != b) continue;
    check({group});
    const std::string stratum = text(member(item, "stratum"), "stratum");
    auto found = std::ranges::find(strata, stratum, &Stratum::name);
    if (found == strata.end()) found = strata.insert(strata.end(), Stratum{stratum, {}, {}});
    Group& side = group.name == a ? found->a : found->b;
    if (!side.name.empty()) throw MalformedCase(concat("group `", group.name, "` comes twice in `", stratum, "`"));
    side = group;
  }
  const Stratified result = stratify(strata);
  Figures figures;
  figures["aggregate_difference"] = [=] { return to_json(result.aggregate_difference); };
  figures["aggregate_ratio"] = [=] { return to_json(result.aggregate_ratio); };
  figures["stratum_difference"] = [=] { return to_json(result.stratum_difference); };
  figures["mh_odds_ratio"] = [=] { return to_json(result.odds_ratio); };
  figures["mh_risk_difference"] = [=] { return to_json(result.risk_difference); };
  figures["cmh_chi2"] = [=] { return result.test ? json(result.test->chi_square) : json(); };
  figures["cmh_p"] = [=] { return result.test ? json(result.test->p) : json(); };
  figures["cmh_chi2_corrected"] = [=] {
    return result.corrected_test ? json(result.corrected_test->chi_square) : json();
  };
  figures["cmh_p_corrected"] = [=] { return result.corrected_test ? json(result.corrected_test->p) : json(); };
  figures["simpson_reversal"] = [=] { return to_json(result.reversal); };
  return figures;
}

Figures distribution_figures(const json& test) {
  const json& params = parameters(test, {"reference_counts", "psi_floor"});
  ShareOptions options;
  if (const json* value = parameter(params, "reference_counts")) {
    if (!value->is_boolean()) throw MalformedCase("`reference_counts` is neither true nor false");
    options.reference_is_sample = value->get<bool>();
  }
  if (const json* value = parameter(params, "psi_floor")) options.empty_bin_share = real_number(*value, "psi_floor");
  Shares shares;
  for (const json& item : list(member(test, "groups"), "groups")) {
    if (!item.is_object()) throw MalformedCase("a group is no object");
    Share share{text(member(item, "name"), "name"), decimal(member(item, "reference"), "reference"),
                whole(member(item, "observed"), "observed")};
    if (share.reference < 0 || share.observed < 0) throw MalformedCase("a share is negative");
    shares.push_back(std::move(share));
  }
  const ShareFigures result = compare_shares(shares, options);
  Figures figures;
  figures["total_variation"] = [=] { return to_json(result.total_variation); };
  figures["infinity_norm"] = [=] { return to_json(result.infinity_norm); };
  figures["representation_ratio"] = [=] { return to_json(result.representation_ratio); };
  figures["min_representation_ratio"] = [=] { return to_json(result.min_representation_ratio); };
  figures["share_z"] = [=] { return to_json(result.share_z); };
  figures["share_p"] = [=] { return to_json(result.share_p); };
  figures["js_divergence_bits"] = [=] { return to_json(result.js_divergence_bits); };
  figures["gof_chi2"] = [=] { return result.fit ? json(result.fit->chi_square) : json(); };
  figures["gof_df"] = [=] { return result.fit ? json(result.fit->degrees_of_freedom) : json(); };
  figures["gof_p"] = [=] { return result.fit ? to_json(result.fit->p) : json(); };
  figures["psi"] = [=] { return result.stability ? json(result.stability->index) : json(); };
  figures["psi_floored"] = [=] { return result.stability ? json(result.stability->floored) : json(); };
  figures["psi_p"] = [=] { return result.stability ? to_json(result.stability->p) : json(); };
  return figures;
}

Figures p_value_figures(const json& test) {
  const json& params = parameters(test, {"p", "alpha"});
  double alpha = 0.05;
  if (const json* value = parameter(params, "alpha")) alpha = real_number(*value, "alpha");
  PValues p;
  for (const json& value : list(member(params, "p"), "p")) {
    p.push_back(value.is_null() ? std::nullopt : std::optional(real_number(value, "p")));
    if (p.back() && !(*p.back() >= 0 && *p.back() <= 1)) throw MalformedCase("`p` is not between 0 and 1");
  }
  const PValues adjusted = holm(p);
  Figures figures;
  figures["holm_p"] = [=] { return to_json(adjusted); };
  figures["rejected"] = [=] {
    json rejected = json::array();
    for (const auto& value : adjusted) rejected.push_back(value ? json(*value <= alpha) : json());
    return rejected;
  };
  return figures;
}

Figures microdata_figures(const json& test) {
  const json& params = parameters(test, {"columns", "rows", "quasi", "sensitive", "k_floor"});
  const json& columns = list(member(params, "columns"), "columns");
  const auto column = [&](const json& wanted) {
    const auto found = std::ranges::find(columns, wanted);
    if (found == columns.end()) throw MalformedCase(concat("no column ", wanted.dump()));
    return static_cast<std::size_t>(found - columns.begin());
  };
  const auto cell = [](const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); };
  std::vector<std::size_t> known;
  for (const json& wanted : list(member(params, "quasi"), "quasi")) known.push_back(column(wanted));
  const json* wanted = parameter(params, "sensitive");
  const std::size_t sensitive = wanted == nullptr ? columns.size() : column(*wanted);
  const bool tells = sensitive < columns.size();
  std::int64_t k_floor = 5;
  if (const json* value = parameter(params, "k_floor")) k_floor = whole(*value, "k_floor");
  std::vector<Record> records;
  for (const json& row : list(member(params, "rows"), "rows")) {
    if (!row.is_array() || row.size() != columns.size()) throw MalformedCase("a row has not a cell for each column");
    Record record;
    for (const std::size_t i : known) record.known.push_back(cell(row[i]));
    if (tells) record.sensitive = cell(row[sensitive]);
    records.push_back(std::move(record));
  }
  const Anonymity result = anonymity(records, k_floor);
  Figures figures;
  figures["records"] = [=] { return json(result.records); };
  figures["classes"] = [=] { return json(result.classes); };
  figures["k"] = [=] { return to_json(result.k); };
  figures["l_distinct"] = [=] { return tells ? to_json(result.l_distinct) : json(); };
  figures["l_entropy"] = [=] { return tells ? to_json(result.l_entropy) : json(); };
  figures["t_closeness"] = [=] { return tells ? to_json(result.t_closeness) : json(); };
  figures["unique_share"] = [=] { return to_json(result.unique_share); };
  figures["share_below_k"] = [=] { return to_json(result.share_below_k); };
  figures["max_risk"] = [=] { return to_json(result.max_risk); };
  figures["average_risk"] = [=] { return to_json(result.average_risk); };
  return figures;
}

Figures figures_of(const json& test) {
  const std::string kind = text(member(test, "kind"), "kind");
  if (kind == "groups") return group_figures(test);
  if (kind == "strata") return strata_figures(test);
  if (kind == "distribution") return distribution_figures(test);
  if (kind == "p_values") return p_value_figures(test);
  if (kind == "microdata") return microdata_figures(test);
  throw MalformedCase(concat("unknown kind `", kind, "`"));
}

struct Tolerance {
  double relative = 1e-9;
  double absolute = 1e-12;
  double p_relative = 1e-7;
};

Tolerance tolerance_of(const json& test) {
  Tolerance tolerance;
  const auto found = test.find("tol");
  if (found == test.end() || found->is_null()) return tolerance;
  if (!found->is_object()) throw MalformedCase("`tol` is no object");
  for (const auto& [key, value] : found->items()) {
    if (key == "rel") {
      tolerance.relative = real_number(value, key);
    } else if (key == "abs") {
      tolerance.absolute = real_number(value, key);
    } else if (key == "p_rel") {
      tolerance.p_relative = real_number(value, key);
    } else {
      throw MalformedCase(concat("unknown tolerance `", key, "`"));
    }
  }
  return tolerance;
}

// Numbers that were computed with rounding are compared within the tolerance; whole numbers, truth values, texts and
// nulls exactly.
bool same(const json& found, const json& expected, bool is_p, const Tolerance& tolerance) {
  if (expected.is_array()) {
    if (!found.is_array() || found.size() != expected.size()) return false;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (!same(found[i], expected[i], is_p, tolerance)) return false;
    }
    return true;
  }
  if (!found.is_number_float() || !expected.is_number()) return found == expected;
  const double ours = found.get<double>();
  const double theirs = expected.get<double>();
  if (!is_p) return std::fabs(ours - theirs) <= std::max(tolerance.absolute, tolerance.relative * std::fabs(theirs));
  const double nothing = 1e-300;
  if (std::fabs(ours) < nothing && std::fabs(theirs) < nothing) return true;
  return std::fabs(ours - theirs) <= tolerance.p_relative * std::fabs(theirs);
}

// What is wrong with a case; empty if nothing is.
std::string run(const json& test) {
  const Figures figures = figures_of(test);
  const Tolerance tolerance = tolerance_of(test);
  const json& expected = member(test, "expect");
  if (!expected.is_object() || expected.empty()) throw MalformedCase("`expect` holds nothing");
  std::vector<std::string> wrong;
  for (const auto& [key, value] : expected.items()) {
    const auto figure = figures.find(key);
    if (figure == figures.end()) {
      wrong.push_back(concat("unknown figure `", key, "`"));
      continue;
    }
    const json found = figure->second();
    if (!same(found, value, key == "p_value" || key.ends_with("_p"), tolerance))
      wrong.push_back(concat(key, " is ", found.dump(), ", expected ", value.dump()));
  }
  return scruple::join(wrong, "; ");
}

struct Counts {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

void run_line(const std::string& path, std::size_t number, const std::string& line, Counts& counts) {
  std::string name = concat(path, ':', number);
  std::string wrong;
  try {
    const json test = json::parse(line);
    if (!test.is_object()) throw MalformedCase("no object");
    name = text(member(test, "id"), "id");
    wrong = run(test);
  } catch (const std::exception& problem) {
    wrong = problem.what();
    if (wrong.empty()) wrong = "cannot be read";
  }
  if (wrong.empty()) {
    ++counts.passed;
    return;
  }
  ++counts.failed;
  std::cout << "FAIL " << visible(name) << ": " << visible(wrong) << '\n';
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::vector<std::string> paths(argv + 1, argv + argc);
  if (paths.empty() || paths.front().starts_with('-')) {
    std::cerr << "usage: fairness_reference FILE.jsonl...\n";
    return 2;
  }
  Counts counts;
  bool read_all = true;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      std::cerr << path << ": cannot be read\n";
      read_all = false;
      continue;
    }
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      if (!scruple::trim_ascii(line).empty()) run_line(path, number, line, counts);
    }
  }
  std::cout << counts.passed << " passed, " << counts.failed << " failed\n";
  if (!read_all || counts.passed + counts.failed == 0) return 2;
  return counts.failed == 0 ? 0 : 1;
}
