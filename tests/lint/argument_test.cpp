#include "lint/argument.h"

#include "bench.h"

#include <string>
#include <vector>

namespace scruple::test {
namespace {

// "step copy = file(asset.path).text is "Hello" at assets[mail].path"
std::string line_of(const Reason& reason) {
  std::string line(to_string(reason.kind));
  if (!reason.name.empty()) line += concat(" ", reason.name, " =");
  if (!reason.expression.empty()) line += concat(" ", reason.expression);
  if (!reason.value.empty()) line += concat(" is ", reason.value);
  if (reason.would_pass) line += concat("; ", phrase(*reason.would_pass));
  if (!reason.note.empty()) line += concat(" (", reason.note, ")");
  if (!reason.place.empty()) line += concat(" at ", reason.place);
  return line;
}

std::vector<std::string> argument_of(const std::string& pack, const std::string& campaign,
                                     std::vector<std::pair<std::string, std::string>> files = {}) {
  const LintResult result = Bench{pack, campaign, std::move(files)}.lint();
  CHECK(result.problems.empty());
  REQUIRE(result.findings.size() == 1);
  std::vector<std::string> lines;
  for (const Reason& reason : result.findings.front().because) lines.push_back(line_of(reason));
  return lines;
}

using Lines = std::vector<std::string>;

const std::string spring = "campaign: {id: spring, owner: ada}\n";
const std::string mail =
    "campaign: {id: spring}\n"
    "assets:\n"
    "  - {id: mail, kind: email, path: mail.html, ai_role: generated, language: en}\n";

}  // namespace

TEST_CASE("argument: the conjunct that failed, and what was no longer evaluated") {
  CHECK(argument_of(one_rule("for: asset in manifest.assets\n"
                             "when: asset.kind == 'email'\n"
                             "require: asset.ai_role != 'none' && asset.language == 'de' && asset.id == 'page'\n"),
                    mail) == Lines{
                                 "value asset.language is \"en\"; \"de\" at assets[mail].language",
                                 "applies asset.kind is \"email\" at assets[mail].kind",
                                 "requirement asset.language == 'de' is false",
                                 "not_evaluated asset.id == 'page'",
                             });
}

TEST_CASE("argument: names of the rule are steps, with the values that they have") {
  CHECK(argument_of(one_rule("for: asset in manifest.assets\n"
                             "let:\n  copy: file(asset.path).text\n  length: size(copy)\n"
                             "require: length > 10\n"),
                    mail, {{"mail.html", "Hi\n  there"}}) ==
        Lines{
            "value length = size(copy) is 10; at least 11",
            "step copy = file(asset.path).text is \"Hi there\" at assets[mail].path",
            "value asset.path is mail.html at assets[mail].path",
            "requirement length > 10 is false",
        });
}

TEST_CASE("argument: what reads like code is said in words too") {
  const auto words_of = [](const std::string& rule) {
    const LintResult result = Bench{one_rule(rule), mail}.lint();
    REQUIRE(result.findings.size() == 1);
    const Reason& first = result.findings.front().because.front();
    return concat(first.expression, " = ", first.words);
  };
  const std::string each = "for: asset in manifest.assets\n";
  CHECK(words_of("require: size(manifest.assets) == 2\n") == "size(manifest.assets) = number of manifest.assets");
  CHECK(words_of(each + "require: size(asset.?claims.orValue([])) == 2\nsilence: {assets.claims: none}\n") ==
        "size(asset.?claims.orValue([])) = number of asset.claims");
  CHECK(words_of(each + "require: size(asset.id) == 2\n") == "size(asset.id) = length of asset.id");
  CHECK(words_of(each + "require: asset.id == 'x'\n") == "asset.id = ");
}

TEST_CASE("argument: a definition is a step, its parameters are its arguments") {
  CHECK(argument_of(pack_head +
                        "define:\n  short_name: {arguments: [thing], is: 'thing.id.substring(0, 2)', description: d}\n"
                        "rules:\n  - id: rule\n    title: t\n    message: m\n"
                        "    for: asset in manifest.assets\n"
                        "    require: short_name(asset) == 'pa'\n",
                    mail) == Lines{
                                 "value short_name(asset) is \"ma\"; \"pa\"",
                                 "value asset.id is \"mail\" at assets[mail].id",
                                 "requirement short_name(asset) == 'pa' is false",
                             });
}

TEST_CASE("argument: the element at which `all` failed") {
  CHECK(argument_of(one_rule("require: 'manifest.campaign.markets.all(market, size(market) == 2)'\n"),
                    "campaign: {id: spring, markets: [DE, US-CA, FR]}\n") ==
        Lines{
            "element manifest.campaign.markets is \"US-CA\" (the first that fails) at campaign.markets[1]",
            "value size(market) is 5; 2",
            "value market is \"US-CA\" at campaign.markets[1]",
            "requirement manifest.campaign.markets.all(market, size(market) == 2) is false",
        });
}

TEST_CASE("argument: what is not declared is named") {
  CHECK(argument_of(one_rule("for: asset in manifest.assets\nrequire: has(asset.author) || has(asset.reviewed_by)\n"),
                    mail) == Lines{
                                 "absence asset.author is not declared",
                                 "absence asset.reviewed_by is not declared",
                                 "requirement has(asset.author) || has(asset.reviewed_by) is false",
                             });
}

TEST_CASE("argument: long texts and lists of items are cut to what tells them apart") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "word ";
  const Lines lines = argument_of(one_rule("for: asset in manifest.assets\nlet:\n  copy: file(asset.path).text\n"
                                           "require: copy == 'x'\n"),
                                  mail, {{"mail.html", text}});
  REQUIRE_FALSE(lines.empty());
  CHECK(lines.front().find("word word word") != std::string::npos);
  CHECK(lines.front().find("(200 words)") != std::string::npos);
  CHECK(lines.front().size() < 200);
  CHECK(argument_of(one_rule("let:\n  hits: 'manifest.assets.filter(asset, asset.kind == \"email\")'\n"
                             "require: size(hits) == 0\n"),
                    mail) == Lines{
                                 "value size(hits) is 1; 0",
                                 "step hits = manifest.assets.filter(asset, asset.kind == \"email\") is [assets[mail]]",
                                 "requirement size(hits) == 0 is false",
                             });
}

TEST_CASE("argument: a function's phrase, with its figures") {
  const LintResult result = Bench{
      one_rule("for: asset in manifest.assets\n"
               "require: text.has_any(file(asset.path).text, ['made with AI', 'by AI'])\n"),
      mail,
      {{"mail.html", "Hello"}}}.lint();
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].marker == "none of 2 phrases");
  const Reason& first = result.findings[0].because.front();
  CHECK(first.note == "none of 2 phrases");
  REQUIRE(first.figures.size() == 1);
  CHECK(first.figures[0].value == "2");
}

TEST_CASE("argument: what was read from a file that is not public is not shown") {
  const LintResult result =
      Bench{one_rule("let:\n  rows: file(manifest.oversight.decision_log_path).text.split('\\n')\n"
                     "require: rows.all(row, row == 'a' && size(row) > 3)\n"),
            "campaign: {id: spring}\noversight: {decision_log_path: log.csv}\n",
            {{"log.csv", "jane@doe.example\na\n"}}}
          .lint();
  REQUIRE(result.findings.size() == 1);
  for (const Reason& reason : result.findings[0].because) {
    INFO(line_of(reason));
    CHECK(line_of(reason).find("jane") == std::string::npos);
  }
}

}  // namespace scruple::test
