// SARIF 2.1.0, as GitHub's code scanning and other viewers take it. What they require beyond the standard, or refuse
// although it allows it, is told where it matters.
#include "base/ascii.h"
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/json_reporter.h"
#include "report/markdown.h"
#include "report/own_findings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_description = 1000;  // code points; GitHub takes 1024 characters
constexpr std::size_t most_related = 8;
// Validators want an address of the tool; scruple has a name, but no page.
constexpr std::string_view information_uri = "urn:scruple:linter";

std::string_view level_of(Severity severity) { return severity == Severity::info ? "note" : to_string(severity); }

// GitHub's word for how bad a problem is that is no security alert.
std::string_view problem_severity(Severity severity) {
  return severity == Severity::info ? "recommendation" : to_string(severity);
}

// A relative URI: all but unreserved characters and `/` percent-encoded.
std::string uri_of(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const bool letter_or_digit = is_letter_or_digit(c);
    if (letter_or_digit || std::string_view("-._~/").find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += digits[byte >> 4];
    uri += digits[byte & 0x0F];
  }
  return uri;
}

Json text_json(std::string_view text) { return {{"text", shorten(plain(text), longest_description)}}; }

// What is known of a rule that has a finding, or could have one.
struct RuleText {
  std::string id;
  Severity severity = Severity::error;
  std::string title;
  std::string remediation;
  std::string rationale;
  std::string pack;
};

class Sarif {
 public:
  explicit Sarif(const LintResult& result) : result_(result) {}

  Json log() {
    collect_rules();
    collect_references();
    Json results = Json::array();
    for (const Entry& entry : entries_of(result_)) results.push_back(result_json(entry));

    // Members in the order in which a reader wants them.
    Json run{{"tool", {{"driver", driver_json()}}}};
    run["automationDetails"] = {{"id", "scruple/"}};
    run["columnKind"] = "unicodeCodePoints";
    run["originalUriBaseIds"] = {{"%SRCROOT%", {{"description", {{"text", "The top of the repository."}}}}}};
    run["invocations"] = Json::array({invocation_json()});
    run["artifacts"] = artifacts_;
    run["results"] = std::move(results);
    if (!taxonomies_.empty()) run["taxonomies"] = taxonomies_;
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({std::move(run)})}};
  }

 private:
  // The rules that were judged, and scruple's own that found something.
  void collect_rules() {
    for (const RuleInfo& rule : result_.rules) {
      if (!rule.selected || rule.level > result_.level) continue;
      add_rule({rule.id, rule.severity, rule.title, rule.remediation, rule.rationale, rule.pack});
    }
    for (const Finding& finding : result_.findings) {
      if (rule_index_.contains(finding.rule)) continue;
      RuleText text{finding.rule,
                    finding.severity,
                    finding.title,
                    finding.remediation,
                    "",
                    finding.rule.substr(0, finding.rule.find('/'))};
      const auto own = std::ranges::find(own_findings(), finding.rule, &OwnFinding::id);
      if (own != own_findings().end()) {
        text.title = own->title;
        text.remediation = own->remedy;
        text.rationale = own->meaning;
      }
      add_rule(std::move(text));
    }
  }

  void add_rule(RuleText rule) {
    rule_index_.emplace(rule.id, rules_.size());
    rules_.push_back(std::move(rule));
  }

  // Laws, standards and practices become taxonomies: only those that apply to a finding of this run.
  void collect_references() {
    constexpr std::pair<Basis::Kind, std::pair<const char*, const char*>> kinds[] = {
        {Basis::Kind::law, {"Laws", "Laws on which findings rest."}},
        {Basis::Kind::standard, {"Standards", "Standards and guidelines on which findings rest."}},
        {Basis::Kind::practice, {"Practices", "Texts on good practice on which findings rest."}}};
    for (const auto& [kind, words] : kinds) {
      Json taxa = Json::array();
      for (const Finding& finding : result_.findings) {
        for (const Basis& basis : finding.basis) {
          if (basis.kind != kind || basis.see_also) continue;
          const auto [known, is_new] = taxon_.try_emplace({kind, basis.id}, Taxon{taxonomies_.size(), taxa.size()});
          if (is_new) taxa.push_back(taxon_json(basis));
          const auto rule = rule_index_.find(finding.rule);
          if (rule != rule_index_.end()) relations_[rule->second].emplace(kind, basis.id);
        }
      }
      if (taxa.empty()) continue;
      taxonomies_.push_back({{"name", words.first},
                             {"version", result_.version},
                             {"organization", "scruple"},
                             {"shortDescription", {{"text", words.second}}},
                             {"taxa", std::move(taxa)}});
    }
  }

  static Json taxon_json(const Basis& basis) {
    Json json{{"id", plain(basis.id)}, {"shortDescription", text_json(basis.citation)}};
    if (basis.url.starts_with("https://")) json["helpUri"] = plain(basis.url);
    return json;
  }

  Json driver_json() const {
    Json driver{{"name", "scruple"},
                {"version", result_.version},
                {"semanticVersion", result_.version},
                {"informationUri", information_uri}};
    Json supported = Json::array();
    for (std::size_t i = 0; i < taxonomies_.size(); ++i) {
      supported.push_back({{"name", taxonomies_[i]["name"]}, {"index", i}});
    }
    if (!supported.empty()) driver["supportedTaxonomies"] = std::move(supported);
    driver["rules"] = Json::array();
    for (std::size_t i = 0; i < rules_.size(); ++i) driver["rules"].push_back(rule_json(i));
    return driver;
  }

  Json rule_json(std::size_t index) const {
    const RuleText& rule = rules_[index];
    const std::string title = plain(rule.title.empty() ? rule.id : rule.title);
    const std::string why = plain(rule.rationale);
    const std::string fix = plain(rule.remediation);
    std::string text = title + ".";
    std::string markdown = concat("**", escape_markdown(title), "**");
    for (const auto& [heading, words] : {std::pair{"Why", &why}, std::pair{"What to do", &fix}}) {
      if (words->empty()) continue;
      text += concat("\n\n", heading, ": ", *words);
      markdown += concat("\n\n### ", heading, "\n\n", escape_markdown(*words));
    }
    Json json{{"id", plain(rule.id)},
              {"shortDescription", text_json(title)},
              {"fullDescription", text_json(why.empty() ? title : why)},
              {"help", {{"text", text}, {"markdown", markdown}}},
              {"defaultConfiguration", {{"level", level_of(rule.severity)}}},
              {"properties",
               {{"tags", Json::array({"ethics", plain(rule.pack)})},
                {"precision", "high"},
                {"problem.severity", problem_severity(rule.severity)}}}};
    const auto relations = relations_.find(index);
    if (relations == relations_.end()) return json;
    for (const auto& key : relations->second) {
      const Taxon taxon = taxon_.at(key);
      json["relationships"].push_back(
          {{"target",
            {{"id", plain(key.second)},
             {"index", taxon.index},
             {"toolComponent", {{"name", taxonomies_[taxon.taxonomy]["name"]}, {"index", taxon.taxonomy}}}}},
           {"kinds", Json::array({"relevant"})}});
    }
    return json;
  }

  Json invocation_json() const {
    Json json{{"executionSuccessful", result_.exit_code() != 2}, {"exitCode", result_.exit_code()}};
    for (const Diagnostic& problem : result_.problems) {
      json["toolExecutionNotifications"].push_back(
          {{"level", level_of(problem.severity)}, {"message", text_json(problem.message)}});
    }
    for (const Unit& unit : result_.units) {
      for (const Remark& remark : unit.remarks) {
        json["toolExecutionNotifications"].push_back(
            {{"level", "note"}, {"message", text_json(concat(remark.rule, ": ", remark.message))}});
      }
    }
    return json;
  }

  Json artifact_location(const std::string& path) {
    const auto [known, is_new] = artifact_index_.try_emplace(path, artifacts_.size());
    const std::string uri = uri_of(path);
    if (is_new) {
      artifacts_.push_back(
          {{"location", {{"uri", uri}, {"uriBaseId", "%SRCROOT%"}}}, {"roles", Json::array({"analysisTarget"})}});
    }
    return {{"uri", uri}, {"uriBaseId", "%SRCROOT%"}, {"index", known->second}};
  }

  Json physical_location(const std::string& path, const Position& begin, const Position& end) {
    return {
        {"artifactLocation", artifact_location(path)},
        {"region",
         {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}}}};
  }

  Json result_json(const Entry& entry) {
    const Finding& finding = *entry.finding;
    Json json{{"ruleId", plain(finding.rule)},
              {"ruleIndex", rule_index_.at(finding.rule)},
              {"level", level_of(finding.severity)},
              {"message", {{"text", entry.message}}},
              {"locations",
               Json::array({Json{{"physicalLocation", physical_location(entry.path, entry.begin, entry.end)}}})}};
    if (Json related = related_json(finding); !related.empty()) json["relatedLocations"] = std::move(related);
    json["partialFingerprints"] = {{"scruple/v1", entry.fingerprint}};
    // Without a status: absent means accepted, and there are readers that refuse a log which has it.
    if (finding.suppression) {
      const bool in_source = finding.suppression->kind == Suppression::Kind::in_source;
      json["suppressions"] = Json::array(
          {Json{{"kind", in_source ? "inSource" : "external"}, {"justification", told(*finding.suppression)}}});
    }
    json["properties"] = properties_json(result_, entry);
    return json;
  }

  Json related_json(const Finding& finding) {
    Json related = Json::array();
    for (const Reason& reason : finding.because) {
      if (!reason.location || reason.location->file.empty() || related.size() == most_related) continue;
      const Location& location = *reason.location;
      std::string text = plain(reason.words.empty() ? reason.expression : reason.words);
      if (!reason.value.empty()) text += concat(text.empty() ? "" : " is ", plain(reason.value));
      if (text.empty()) text = plain(reason.note);
      related.push_back({{"id", related.size()},
                         {"physicalLocation",
                          physical_location(repository_path(result_, location.file), location.begin, location.end)},
                         {"message", text_json(text)}});
    }
    return related;
  }

  static Json properties_json(const LintResult& result, const Entry& entry) {
    const Finding& finding = *entry.finding;
    Json json{{"outcome", to_string(finding.outcome)},
              {"reviewStep", to_string(finding.gate)},
              {"ask", to_string(finding.ask)}};
    if (!finding.place.empty()) json["place"] = plain(finding.place);
    if (!finding.missing.empty()) json["missing"] = plain(finding.missing);
    if (!entry.remedy.empty()) json["remediation"] = entry.remedy;
    if (finding.cause && *finding.cause < result.causes.size()) json["cause"] = plain(result.causes[*finding.cause].id);
    return json;
  }

  struct Taxon {
    std::size_t taxonomy = 0;
    std::size_t index = 0;
  };

  const LintResult& result_;
  std::vector<RuleText> rules_;
  std::map<std::string, std::size_t> rule_index_;
  std::map<std::pair<Basis::Kind, std::string>, Taxon> taxon_;
  std::map<std::size_t, std::set<std::pair<Basis::Kind, std::string>>> relations_;
  std::map<std::string, std::size_t> artifact_index_;
  Json taxonomies_ = Json::array();
  Json artifacts_ = Json::array();
};

}  // namespace

void write_sarif(const LintResult& result, std::ostream& out) { out << printable(Sarif(result).log(), 2) << '\n'; }

}  // namespace scruple::report
