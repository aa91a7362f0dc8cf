#include "lint/merge.h"

#include "bench.h"

namespace scruple::test {
namespace {

struct Campaign {
  std::string path;
  std::string text;
};

LintResult lint_all(const std::string& pack, const std::vector<Campaign>& campaigns) {
  MemoryFileSystem files;
  std::vector<std::string> paths;
  for (const Campaign& campaign : campaigns) {
    const bool organization = campaign.path.find("organization") != std::string::npos;
    files.add(campaign.path, (organization ? organization_head : campaign_head) + campaign.text);
    if (!organization) paths.push_back(campaign.path);
  }
  return lint(options_for(paths), policies_of(pack), files);
}

std::string fingerprint_of(const std::string& rule, const std::string& campaign,
                           const std::string& path = "/campaign.yaml") {
  const LintResult result = lint_all(one_rule(rule), {{path, campaign}});
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].fingerprint.size() == 64);
  return result.findings[0].fingerprint;
}

}  // namespace

TEST_CASE("what several campaigns inherit is one finding with all of them") {
  const std::string campaign = "organization: organization.yaml\n";
  const LintResult result =
      lint_all(one_rule("for: person in manifest.organization.people\nrequire: person.role != 'intern'\n"),
               {{"/organization.yaml", "organization:\n  people:\n    - {id: ada, role: intern}\n    - {id: bob}\n"},
                {"/a.campaign.yaml", campaign + "campaign: {id: a}\n"},
                {"/b.campaign.yaml", campaign + "campaign: {id: b}\n"}});
  CHECK(lines_of(result) ==
        std::vector<std::string>{"fail house/rule at organization:organization.people[ada].role 5:23: It is wrong.",
                                 "fail house/rule at organization:organization.people[bob] 6:7 missing role: "
                                 "`organization.people[bob].role` is not declared"});
  for (const Finding& finding : result.findings) {
    CHECK(finding.location.file == "/organization.yaml");
    REQUIRE(finding.occurrences.size() == 2);
    CHECK(finding.occurrences[0].document == "/a.campaign.yaml");
    CHECK(finding.occurrences[1].document == "/b.campaign.yaml");
  }
}

TEST_CASE("findings at one place are told apart by rule, requirement, outcome and missing name") {
  const LintResult result =
      lint_all(one_rule("message: It is wrong.\nfor: asset in manifest.assets\nrequire:\n"
                        "  - {that: manifest.campaign.name == 'x' || asset.id == 'none', at: manifest.campaign.name}\n"
                        "  - {that: manifest.campaign.name == 'y', at: manifest.campaign.name, message: Not y.}\n"
                        "  - manifest.campaign.owner == 'z'\n  - manifest.campaign.category == 'credit'\n"),
               {{"/campaign.yaml", "campaign: {id: a, name: A}\nassets: [{id: mail}, {id: page}]\n"}});
  CHECK(lines_of(result) ==
        std::vector<std::string>{
            "fail house/rule at campaign.name 3:25: It is wrong.", "fail house/rule at campaign.name 3:25: Not y.",
            "fail house/rule at campaign 3:11 missing category: `campaign.category` is not declared",
            "fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"});
  for (const Finding& finding : result.findings) {
    REQUIRE(finding.occurrences.size() == 2);
    CHECK(finding.occurrences[0].item == "assets[mail]");
    CHECK(finding.occurrences[1].item == "assets[page]");
  }
}

TEST_CASE("findings of organization files come first, then manifests in the order of their paths") {
  const LintResult result =
      lint_all(one_rule("message: No.\nrequire: [manifest.campaign.name == 'x', manifest.organization.name == 'x']\n"),
               {{"/organization.yaml", "organization: {name: Example}\n"},
                {"/b.campaign.yaml", "organization: organization.yaml\ncampaign: {id: b, name: B}\n"},
                {"/a.campaign.yaml", "organization: organization.yaml\ncampaign: {id: a, name: A}\n"}});
  std::vector<std::string> files;
  for (const Finding& finding : result.findings) files.push_back(finding.location.file);
  CHECK(files == std::vector<std::string>{"/organization.yaml", "/a.campaign.yaml", "/b.campaign.yaml"});
}

TEST_CASE("within a manifest: what is wrong before what is missing, then severity, gate, cause, place") {
  const std::string pack = pack_head +
                           "rules:\n"
                           "  - {id: a-missing, title: T, message: M., require: manifest.campaign.owner == 'x'}\n"
                           "  - {id: b-info, title: T, message: M., severity: info, require: \"'a' == 'b'\"}\n"
                           "  - {id: c-late, title: T, message: M., gate: technical, require: \"'a' == 'b'\"}\n"
                           "  - {id: d-early, title: T, message: M., require: manifest.campaign.name == 'x'}\n"
                           "  - {id: e-early, title: T, message: M., require: manifest.campaign.id == 'x'}\n"
                           "  - {id: f-warning-missing, title: T, message: M., severity: warning, "
                           "require: manifest.campaign.category == 'credit'}\n";
  const LintResult result = lint_all(pack, {{"/campaign.yaml", "campaign: {id: a, name: A, colour: red}\n"}});
  std::vector<std::string> rules;
  for (const Finding& finding : result.findings) rules.push_back(finding.rule);
  CHECK(rules == std::vector<std::string>{"manifest/unknown-field", "house/e-early", "house/d-early", "house/c-late",
                                          "house/b-info", "house/a-missing", "house/f-warning-missing"});
}

TEST_CASE("findings that follow from one thing have one cause") {
  const std::string pack =
      pack_head +
      "rules:\n"
      "  - {id: a, title: T, message: M., for: asset in manifest.assets, require: dyn(asset.path) != null}\n"
      "  - {id: b, title: T, message: M., for: asset in manifest.assets, "
      "when: 'size(file(asset.path).text) > 0', require: 'true'}\n"
      "  - {id: c, title: T, message: M., require: manifest.campaign.daily_budget > 3.0}\n"
      "  - {id: d, title: T, message: M., require: manifest.campaign.id == 'x'}\n"
      "  - {id: e, title: T, message: M., require: 'manifest.data.laws != []'}\n"
      "  - {id: f, title: T, message: M., require: dyn(manifest.data.consent.ledger_path) != null}\n";
  const LintResult result =
      lint_all(pack, {{"/campaign.yaml",
                       "campaign: {id: a, daily_budget: lots}\nassets: [{id: m}, {id: p}, {id: q, path: no.txt}]\n"}});
  const auto cause_of = [&](std::string_view rule, std::string_view place) -> std::string {
    for (const Finding& finding : result.findings) {
      if (finding.rule == rule && finding.place == place)
        return finding.cause ? result.causes[*finding.cause].id : "none";
    }
    return "no such finding";
  };
  // One cause for several items of a list, and for several rules.
  CHECK(cause_of("house/a", "assets[m]") == "absent:/campaign.yaml:assets[].path");
  CHECK(cause_of("house/a", "assets[p]") == "absent:/campaign.yaml:assets[].path");
  CHECK(cause_of("house/b", "assets[p]") == "absent:/campaign.yaml:assets[].path");
  CHECK(cause_of("house/b", "assets[q].path") == "absent:/campaign.yaml:assets[q].path");
  // The finding of the schema heads what follows from it.
  CHECK(cause_of("manifest/wrong-type", "campaign.daily_budget") == "schema:/campaign.yaml:campaign.daily_budget");
  CHECK(cause_of("house/c", "campaign.daily_budget") == "schema:/campaign.yaml:campaign.daily_budget");
  CHECK(cause_of("house/d", "campaign.id") == "none");
  // A section that is wholly absent is one cause.
  CHECK(cause_of("house/e", "") == "absent:/campaign.yaml:data");
  CHECK(cause_of("house/f", "") == "absent:/campaign.yaml:data");
}

TEST_CASE("a missing file is another cause than a missing path") {
  const std::string pack = one_rule("for: asset in manifest.assets\nrequire: size(file(asset.path).text) > 0\n");
  const LintResult result = lint_all(
      pack, {{"/campaign.yaml",
              "campaign: {id: a}\nassets: [{id: m}, {id: p}, {id: q, path: no.txt}, {id: r, path: not.txt}]\n"}});
  std::vector<std::string> causes;
  for (const Cause& cause : result.causes) causes.push_back(concat(cause.id, " ", cause.message));
  CHECK(causes ==
        std::vector<std::string>{"absent:/campaign.yaml:assets[].path `assets[].path` is not declared in 2 places",
                                 "absent:/campaign.yaml:assets[q].path `no.txt` does not exist.",
                                 "absent:/campaign.yaml:assets[r].path `not.txt` does not exist."});
}

TEST_CASE("a fingerprint is of rule, document, place and missing name") {
  const std::string rule = "require: manifest.campaign.name == 'x'\n";
  const std::string base = fingerprint_of(rule, "campaign: {id: a, name: A}\n");
  // Not of lines, values, messages, files.
  CHECK(fingerprint_of(rule, "# moved\n\nx-more: 1\ncampaign:\n  name: B\n  id: a\n") == base);
  CHECK(fingerprint_of(rule, "campaign: {id: a, name: A}\n", "/elsewhere.campaign.yaml") == base);
  CHECK(fingerprint_of("message: Other words.\nseverity: warning\nrequire: manifest.campaign.name == 'y'\n",
                       "campaign: {id: a, name: A}\n") == base);
  // But of the campaign, the place, and what is missing.
  CHECK(fingerprint_of(rule, "campaign: {id: b, name: A}\n") != base);
  CHECK(fingerprint_of(rule, "campaign: {id: a}\n") != base);
  CHECK(fingerprint_of("require: manifest.campaign.id == 'x'\n", "campaign: {id: a, name: A}\n") != base);
}

TEST_CASE("the second of two equal fingerprints in a document differs") {
  const LintResult result =
      lint_all(one_rule("message: M.\nrequire: [manifest.campaign.name == 'x', manifest.campaign.name == 'y']\n"),
               {{"/campaign.yaml", "campaign: {id: a, name: A}\n"}});
  REQUIRE(result.findings.size() == 2);
  CHECK(result.findings[0].fingerprint != result.findings[1].fingerprint);
}

TEST_CASE("a place in evidence counts for the fingerprint by the field that names the file") {
  const auto print = [](const std::string& notes) {
    Bench bench{one_rule("for: item in file(manifest.assets[0].review_notes_path).json\nrequire: item != 1\n"),
                "campaign: {id: a}\nassets: [{id: mail, review_notes_path: notes.json}]\n",
                {{"notes.json", notes}}};
    const LintResult result = bench.lint();
    REQUIRE(result.findings.size() == 1);
    return result.findings[0];
  };
  const Finding first = print("[1, 2]");
  const Finding third = print("[2, 3, 1]");
  CHECK(first.place == "assets[mail].review_notes_path![0]");
  CHECK(third.place == "assets[mail].review_notes_path![2]");
  CHECK(first.fingerprint == third.fingerprint);
}

TEST_CASE("an organization file's fingerprints rest on its path, not on the campaign") {
  const auto print = [](const std::string& folder, const std::string& id) {
    const LintResult result =
        lint_all(one_rule("require: manifest.organization.name == 'x'\n"),
                 {{"/" + folder + "/organization.yaml", "organization: {name: A}\n"},
                  {"/campaign.yaml", "organization: " + folder + "/organization.yaml\ncampaign: {id: " + id + "}\n"}});
    REQUIRE(result.findings.size() == 1);
    return result.findings[0].fingerprint;
  };
  CHECK(print("a", "spring") == print("a", "autumn"));
  CHECK(print("a", "spring") != print("b", "spring"));
}

}  // namespace scruple::test
