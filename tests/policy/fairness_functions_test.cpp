#include "policy/fairness_functions.h"

#include "base/strings.h"
#include "bench.h"
#include "cel/cel.h"
#include "cel/display.h"

#include "catch.h"

namespace scruple::policy {
namespace {

using test::language;

cel::Compiled compile(const std::string& expression) {
  cel::Environment environment;
  environment.functions = &language()->functions;
  auto compiled = cel::compile(expression, environment);
  for (const auto& issue : compiled.issues) FAIL(expression << ": " << issue.message);
  return compiled;
}

std::string evaluate(const std::string& expression) {
  const auto compiled = compile(expression);
  cel::Evaluation evaluation;
  const cel::Value value = cel::evaluate(*compiled.program, {{}, nullptr, nullptr, &language()->functions}, evaluation);
  if (!value.is_error()) return cel::to_display(value, evaluation, 400);
  const cel::Error& error = value.as_error();
  return concat(error.kind == cel::ErrorKind::undecidable ? "undecidable: " : "error: ", error.message,
                error.hint.empty() ? "" : concat(" / ", error.hint));
}

struct Row {
  std::string expression;
  std::string result;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(evaluate(row.expression) == row.result);
  }
}

// Rows with the counts of two groups.
std::string two(int women, int all_women, int men, int all_men) {
  return concat("[{'group': 'women', 'selected': ", women, ", 'total': ", all_women,
                "}, {'group': 'men', 'selected': ", men, ", 'total': ", all_men, "}]");
}

TEST_CASE("fairness functions: three outcomes, and the way to the verdict") {
  check({
      {concat("fairness.keeps_line(fairness.compare(", two(450, 1000, 500, 1000), "))"), "true"},
      {concat("fairness.keeps_line(fairness.compare(", two(399, 1000, 500, 1000), "))"), "false"},
      {concat("fairness.keeps_line(fairness.compare(", two(400, 1000, 500, 1000), "))"), "true"},
      {concat("fairness.keeps_line(fairness.compare(", two(20, 50, 27, 50), "))"),
       "undecidable: chance could do that: `women` 20 of 50 (40.0%), `men` 27 of 50 (54.0%); ratio 0.741 (0.484 to "
       "1.133), "
       "2 short of the screening line of 0.8; z test, p 0.1608, adjusted 0.1608 / count more people: about 336 in each "
       "group "
       "would tell"},
      {concat("fairness.keeps_line(fairness.compare(", two(3, 100, 4, 100), "))"),
       "undecidable: one person would turn it round: `women` 3 of 100 (3.0%), `men` 4 of 100 (4.0%); ratio 0.75 (0.172 "
       "to "
       "3.265), 1 short of the screening line of 0.8; Fisher's test, p 1.0000, adjusted 1.0000 / count more people: "
       "about "
       "8,511 in each group would tell"},
      {concat("fairness.keeps_line(fairness.compare(", two(5, 29, 500, 1000), "))"),
       "undecidable: `women` has a total of 29, and a comparison takes at least 30; and 1 more"},
      {concat("fairness.keeps_line(fairness.compare(", two(0, 100, 0, 100), "))"),
       "undecidable: nobody was selected, and that shows nothing"},
      {"fairness.keeps_line(fairness.compare([]))", "undecidable: there are no groups to compare"},
      {concat("fairness.compare(", two(399, 1000, 500, 1000), ").summary"),
       "\"`women` 399 of 1,000 (39.9%), `men` 500 of 1,000 (50.0%); ratio 0.798 (0.723 to 0.88), 1 short of the "
       "screening "
       "line of 0.8; z test, p < 0.0001, adjusted < 0.0001\""},
      // A ratio of 0.7999 is not shown as the line that it misses.
      {concat("fairness.compare(", two(399999, 1000000, 500000, 1000000), ").summary.contains('ratio 0.799998')"),
       "true"},
  });
}

TEST_CASE("fairness functions: figures by their names") {
  const std::string failing = concat("fairness.compare(", two(300, 1000, 500, 1000), ").failing[0]");
  check({
      {failing + ".group", "\"women\""},
      {failing + ".reference", "\"men\""},
      {failing + ".impact_ratio", "0.6"},
      {failing + ".shortfall", "100"},
      {failing + ".p_method", "\"z\""},
      {failing + ".flip_flop", "false"},
      {failing + ".people_needed", "388"},
      {failing + ".verdict", "\"missed\""},
      {concat("fairness.compare(", two(300, 1000, 500, 1000), ").figures.map(f, f.name)"),
       "[\"group\", \"selected\", \"total\", \"selection_rate\", \"reference\", \"reference_selected\", "
       "\"reference_total\", "
       "\"reference_rate\", \"screening_line\", \"rate_difference\", \"impact_ratio\", \"katz_low\", \"katz_high\", "
       "\"p_method\", "
       "\"p_value\", "
       "\"holm_p\", \"shortfall\", \"cohens_h\", \"flip_flop\", \"people_needed\"]"},
      // What is undefined is not 0.
      {concat("fairness.compare(", two(0, 100, 0, 100), ").groups[0].impact_ratio"),
       "undecidable: `impact_ratio` is undefined here"},
      {"fairness.shares([{'group': 'a', 'reference': 1, 'observed': 0}], {}).psi",
       "undecidable: `psi` is undefined here"},
      {"fairness.anonymity([], ['age'], 'segment', 5).k", "undecidable: `k` is undefined here"},
  });
}

TEST_CASE("fairness functions: cells are numbers or texts, and what is wrong has its row") {
  check({
      {"fairness.compare([{'group': 'a', 'selected': ' 40 ', 'total': '100'}, {'group': 'b', 'selected': 50u, 'total': "
       "100.0}]).outcome",
       "\"pass\""},
      {"fairness.compare([{'group': 'a', 'selected': 40}])", "undecidable: row 1 of the counts: there is no `total`"},
      {"fairness.compare([{'group': 'a', 'selected': '', 'total': 9}])",
       "undecidable: row 1 of the counts: `selected` is empty"},
      {"fairness.compare([{'group': 'a', 'selected': '4.5', 'total': 9}])",
       "undecidable: row 1 of the counts: `selected` is no whole number"},
      {"fairness.compare([{'group': 'a', 'selected': '1,200', 'total': 9}])",
       "undecidable: row 1 of the counts: `selected` is no whole number"},
      {"fairness.compare([{'group': 'a', 'selected': 1, 'total': 9}, {'group': 'b', 'selected': 10, 'total': 9}])",
       "undecidable: row 2 of the counts: more are selected than there are"},
      {"fairness.compare([{'group': 'a', 'selected': -1, 'total': 9}])",
       "undecidable: row 1 of the counts: a number of people is negative"},
      {"fairness.compare([{'group': 'a', 'selected': 0.0/0.0, 'total': 9}])",
       "undecidable: row 1 of the counts: `selected` is no whole number"},
      {"fairness.compare([{'group': 'a', 'selected': 1, 'total': 9}, {'group': 'a', 'selected': 1, 'total': 9}])",
       "undecidable: row 2 of the counts: the group is listed twice"},
      {"fairness.compare([{'group': 'a', 'selected': 1, 'total': 1000000000001}])",
       "undecidable: row 1 of the counts: more people than there can be"},
      {"fairness.compare([{'group': 'a', 'selected': 9, 'total': 20, 'actual_positives': 10, 'true_positives': 10}])",
       "undecidable: row 1 of the counts: `actual_positives` and `true_positives` do not fit `selected` and `total`"},
      {"fairness.compare([{'group': 'a', 'selected': 9, 'total': 20, 'actual_positives': 10, 'true_positives': 8, "
       "'correct': 18}])",
       "undecidable: row 1 of the counts: `correct` contradicts the other counts; by them it is total - selected - "
       "actual_positives + 2 × true_positives"},
      {"fairness.compare([{'group': 'a', 'selected': 9, 'total': 20, 'actual_positives': 10, 'true_positives': 8, "
       "'correct': ''}]).outcome",
       "\"undecided\""},
      {"fairness.compare([1])",
       "error: row 1 of the counts is no map / rows are written {\"group\": \"women\", \"selected\": 40, \"total\": "
       "100}"},
  });
}

TEST_CASE("fairness functions: options") {
  const std::string rows = two(300, 1000, 500, 1000);
  const auto with = [&](const std::string& options, const std::string& field = ".outcome") {
    return concat("fairness.compare(", rows, ", ", options, ")", field);
  };
  check({
      {with("{'min_ratio': 0.6}"), "\"pass\""},
      {with("{'min_ratio': 0.61}"), "\"fail\""},
      {with("{'max_gap': 0.2}"), "\"pass\""},
      {with("{'max_gap': 0.199}"), "\"fail\""},
      {with("{'max_gap': 0.2, 'min_ratio': 0.6}"), "error: the line is either `min_ratio` or `max_gap`"},
      {with("{'reference': 'women'}"), "\"pass\""},
      {with("{'reference': 'children'}"), "\"undecided\""},
      {with("{'harmful': true}", ".failing[0].group"), "\"men\""},
      {with("{'unknown': ['Women']}"), "\"undecided\""},
      {with("{'unknown': ['Women']}", ".unknown_share"), "0.5"},
      {with("{'expected': [{'attribute': '', 'groups': ['women']}]}"), "\"pass\""},
      {with("{'expected': [{'attribute': 'age', 'groups': ['women']}]}"), "\"fail\""},
      {with("{'expected': [{'groups': ['women']}]}", ".groups[0].verdict"), "\"expected\""},
      {with("{'min_group_n': 1001}"), "\"undecided\""},
      {with("{'min_group_share': 0.5}"), "\"fail\""},
      {with("{'min_group_share': 0.51}"), "\"undecided\""},
      {with("{'total': 'selected'}"), "\"pass\""},
      {with("{'min_ratos': 0.6}"), "error: there is no option `min_ratos` / did you mean `min_ratio`?"},
      {with("{'alpha': 1.5}"), "error: `alpha` is a number between 0 and 1"},
      {with("{'min_group_n': -1}"), "error: `min_group_n` is a whole number that is not negative"},
      {with("{'unknown': 'x'}"), "error: `unknown` is a list of texts"},
      {with("{'expected': 1}"), "error: `expected` is a list of maps with `attribute` and `groups`"},
      {"fairness.compare([{'group': 'a', 'selected': 20, 'total': 50}, {'group': 'a', 'selected': 30, 'total': 50}], "
       "{'sum': true}).groups[0].selected",
       "50"},
      {"fairness.compare([{'group': 'a', 'selected': 20, 'total': 50}, {'group': 'a', 'selected': 30, 'total': 60}], "
       "{'sum': true, 'harmful': true}).groups[0].selected",
       "60"},
  });
}

TEST_CASE("fairness functions: all attributes of a table are one family") {
  const std::string young =
      "{'attribute': 'age', 'group': 'young', 'selected': 39, 'total': 100}, "
      "{'attribute': 'age', 'group': 'old', 'selected': 500, 'total': 1000}";
  const std::string others =
      "{'attribute': 'gender', 'group': 'women', 'selected': 500, 'total': 1000}, "
      "{'attribute': 'gender', 'group': 'men', 'selected': 500, 'total': 1000}";
  check({
      {concat("fairness.compare([", young, "]).outcome"), "\"fail\""},
      {concat("fairness.compare([", young, ", ", others, "]).outcome"), "\"undecided\""},
      {concat("fairness.compare([", others, "]).summary"),
       "\"the farthest behind: gender: `men` 500 of 1,000 (50.0%), `women` 500 of 1,000 (50.0%); ratio 1.00 (0.916 to "
       "1.092), "
       "within the screening line of 0.8; z test, p 1.0000, adjusted 1.0000\""},
  });
}

TEST_CASE("fairness functions: representation") {
  const std::string reference = "[{'group': 'a', 'share': '0.5'}, {'group': 'b', 'share': 0.5}]";
  const auto represent = [&](const std::string& rows, const std::string& options = "{}",
                             const std::string& field = ".outcome") {
    return concat("fairness.represent(", rows, ", ", reference, ", ", options, ")", field);
  };
  check({
      {represent("[{'group': 'a', 'people': 600}, {'group': 'b', 'people': 400}]"), "\"pass\""},
      {represent("[{'group': 'a', 'people': 601}, {'group': 'b', 'people': 399}]"), "\"fail\""},
      {represent("[{'group': 'a', 'people': 1000}]", "{}", ".groups[1].missing"), "400"},
      {represent("[{'group': 'a', 'people': 1000}]", "{'expected': [{'groups': ['b']}]}"), "\"pass\""},
      {represent("[{'group': 'a', 'people': 19}, {'group': 'b', 'people': 12}]", "{}", ".summary"),
       "\"chance could do that: `b` is 12 of 31 (38.7%), the reference 50.0%; ratio 0.774, 1 short; p 0.2087, adjusted "
       "0.4173\""},
      {represent("[{'attribute': 'age', 'group': 'a', 'people': 600}]", "{}", ".summary"),
       "\"the two tables have no attribute in common\""},
      {represent("[{'group': 'a', 'people': 1200}, {'group': 'b', 'people': 700}]", "{'max_ratio': 1.25}"), "\"fail\""},
      {"fairness.represent([{'group': 'a', 'people': 5}], [{'group': 'a', 'share': 'half'}], {})",
       "undecidable: row 1 of the counts: `share` is no number"},
      {"fairness.represent([{'group': 'a', 'people': 5}], [{'group': 'a', 'share': -1}], {})",
       "undecidable: row 1 of the counts: `share` is negative, or has too many decimals"},
  });
}

TEST_CASE("fairness functions: a gap that turns round within strata says so") {
  const std::string rows =
      "[{'group': 'a', 'channel': 'x', 'selected': 800, 'total': 1000}, {'group': 'b', 'channel': 'x', 'selected': 90, "
      "'total': 100}, {'group': 'a', 'channel': 'y', 'selected': 20, 'total': 200}, {'group': 'b', 'channel': 'y', "
      "'selected': 200, 'total': 1000}]";
  check({
      {concat("fairness.compare(", rows, ", {'stratum': 'channel'}).failing[0].simpson_reversal"), "true"},
      {concat("fairness.compare(", rows, ", {'stratum': 'channel'}).failing[0].selected"), "290"},
      {concat("fairness.compare(", rows,
              ", {'stratum': 'channel'}).summary.endsWith('the other way round (Simpson\\'s paradox)')"),
       "true"},
      {concat("fairness.compare(", rows, ", {'sum': true}).failing[0].simpson_reversal"),
       "undecidable: `simpson_reversal` is undefined here"},
      {concat("fairness.compare(", rows, ", {'stratum': 'chanel'})"),
       "undecidable: row 1 of the counts: there is no `chanel`"},
  });
}

TEST_CASE("fairness functions: strata, shares, small cells, association") {
  check({
      {"fairness.strata([{'group': 'a', 'stratum': 'x', 'selected': 1, 'total': 4}, {'group': 'b', 'stratum': 'x', "
       "'selected': 10, "
       "'total': 30}, {'group': 'a', 'stratum': 'y', 'selected': 20, 'total': 30}, {'group': 'b', 'stratum': 'y', "
       "'selected': 3, "
       "'total': 4}], 'a', 'b').simpson_reversal",
       "true"},
      {"fairness.strata([{'group': 'a', 'stratum': 'x', 'selected': 5, 'total': 4}], 'a', 'b')",
       "undecidable: row 1 of the counts: more are selected than there are"},
      {"fairness.shares([{'group': 'a', 'reference': 0.5, 'observed': 40}, {'group': 'b', 'reference': 0.5, "
       "'observed': 60}], {}).total_variation",
       "0.1"},
      {"fairness.anonymity([{'age': '1', 's': 'x'}, {'age': '1', 's': 'x'}, {'age': '2', 's': 'y'}], ['age'], 's', "
       "5).k",
       "1"},
      {"fairness.association([{'a': '1', 'b': 'x'}, {'a': '1', 'b': 'x'}, {'a': '2', 'b': 'y'}, {'a': '2', 'b': 'y'}], "
       "'a', 'b', 4)",
       "1.0"},
      {"fairness.association([{'a': '1', 'b': 'x'}, {'a': '1', 'b': 'y'}], 'a', 'b', 2)",
       "undecidable: whether `a` tells of `b` cannot be told: one of them has a single value, or as many as there are "
       "rows"},
      {"fairness.association([{'a': '1', 'b': 'x'}, {'a': '2', 'b': 'y'}], 'a', 'b', 3)",
       "undecidable: whether `a` tells of `b` cannot be told from 2 rows / it takes at least 3"},
  });
}

}  // namespace
}  // namespace scruple::policy
