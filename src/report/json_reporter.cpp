#include "report/json_reporter.h"

#include "base/strings.h"
#include "report/formats.h"
#include "report/ledger_json.h"
#include "report/run_summary.h"
#include "report/terminal_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace scruple::report {

namespace {

// Of the document's shape. It changes when a key changes its meaning or goes; new keys may come at any time.
constexpr int report_version = 1;

Json names(const LintResult& result, const std::vector<std::size_t>& rules) {
  Json list = Json::array();
  for (const std::size_t rule : rules) list.push_back(result.rules[rule].id);
  return list;
}

Json settings_json(const LintResult& result) {
  Json json{{"today", result.today}, {"level", to_string(result.level)}, {"fail_on", to_string(result.fail_on)}};
  if (result.gate_override) json["gate"] = to_string(*result.gate_override);
  return json;
}

Json verdict_json(const LintResult& result, const RunSummary& summary) {
  Json json{{"exit_code", result.exit_code()}, {"text", verdict(result, summary)}};
  json["findings"] = Json::object();
  for (std::size_t i = 0; i < severity_count; ++i) {
    json["findings"][to_string(static_cast<Severity>(i))] = summary.findings[i];
  }
  json["gating"] = summary.gating;
  json["undecided"] = summary.undecided;
  json["waived"] = summary.waived;
  json["in_baseline"] = summary.in_baseline;
  json["campaigns"] = summary.campaigns;
  json["organizations"] = summary.organizations;
  return json;
}

Json rule_json(const RuleInfo& rule) {
  return {{"id", rule.id},
          {"pack", rule.pack},
          {"title", rule.title},
          {"severity", to_string(rule.severity)},
          {"level", to_string(rule.level)},
          {"gate", to_string(rule.gate)},
          {"scope", to_string(rule.scope)},
          {"ask", to_string(rule.ask)},
          {"selected", rule.selected}};
}

// Only what was seen: a rule without items, and a count of zero, are left out.
Json counts_json(const LintResult& result, const Unit& unit) {
  Json list = Json::array();
  for (std::size_t rule = 0; rule < std::min(unit.counts.size(), result.rules.size()); ++rule) {
    const RuleCounts& counts = unit.counts[rule];
    Json json{{"rule", result.rules[rule].id}};
    for (std::size_t i = 0; i < outcome_count; ++i) {
      if (counts.outcomes[i] > 0) json[to_string(static_cast<Outcome>(i))] = counts.outcomes[i];
    }
    for (std::size_t i = 0; i < assurance_count; ++i) {
      if (counts.assurance[i] > 0) json[to_string(static_cast<Assurance>(i))] = counts.assurance[i];
    }
    if (json.size() > 1) list.push_back(std::move(json));
  }
  return list;
}

Json remark_json(const Remark& remark) {
  Json json{{"rule", remark.rule}, {"message", remark.message}};
  put_text(json, "place", remark.place);
  put_location(json, remark.location);
  return json;
}

Json unit_json(const LintResult& result, const Unit& unit) {
  Json json{{"file", unit.file}, {"document", unit.document}, {"kind", to_string(unit.kind)}};
  put_text(json, "id", unit.id);
  put_text(json, "title", unit.title);
  put_text(json, "organization", unit.organization);
  json["judged"] = unit.judged;
  if (unit.judged) {
    json["gate"] = to_string(unit.gate);
    put_text(json, "gate_reason", unit.gate_reason);
    json["level"] = to_string(unit.level);
    json["fail_on"] = to_string(unit.fail_on);
    if (unit.config && *unit.config < result.configs.size()) json["config"] = result.configs[*unit.config].file;
    json["rules"] = counts_json(result, unit);
    for (const Remark& remark : unit.remarks) json["remarks"].push_back(remark_json(remark));
  }
  return json;
}

Json cause_json(const Cause& cause) {
  Json json{{"id", cause.id}, {"kind", to_string(cause.kind)}, {"message", cause.message}};
  put_text(json, "hint", cause.hint);
  put_text(json, "place", cause.place);
  put_location(json, cause.location);
  return json;
}

Json reason_json(const Reason& reason) {
  Json json{{"kind", to_string(reason.kind)}};
  put_text(json, "name", reason.name);
  put_text(json, "expression", reason.expression);
  put_text(json, "value", reason.value);
  if (reason.would_pass) {
    json["would_pass"] = {{"relation", to_string(reason.would_pass->relation)},
                          {"values", reason.would_pass->values},
                          {"text", phrase(*reason.would_pass)}};
  }
  put_text(json, "note", reason.note);
  for (const Figure& figure : reason.figures) {
    Json one{{"name", figure.name}, {"value", figure.value}};
    put_text(one, "unit", figure.unit);
    json["figures"].push_back(std::move(one));
  }
  put_text(json, "place", reason.place);
  if (reason.location) put_location(json, *reason.location);
  return json;
}

Json basis_json(const Basis& basis) {
  Json json{{"id", basis.id}, {"kind", to_string(basis.kind)}, {"citation", basis.citation}};
  put_text(json, "jurisdiction", basis.jurisdiction);
  put_text(json, "url", basis.url);
  put_text(json, "applies_from", basis.applies_from);
  if (basis.see_also) json["see_also"] = true;
  return json;
}

Json finding_json(const LintResult& result, const Finding& finding) {
  Json json{{"rule", finding.rule},
            {"requirement", finding.requirement},
            {"outcome", to_string(finding.outcome)},
            {"severity", to_string(finding.severity)},
            {"level", to_string(finding.level)},
            {"gate", to_string(finding.gate)},
            {"ask", to_string(finding.ask)},
            {"gating", finding.gating},
            {"title", finding.title},
            {"message", finding.message}};
  put_text(json, "remediation", finding.remediation);
  put_text(json, "place", finding.place);
  put_text(json, "missing", finding.missing);
  put_location(json, finding.location);
  put_text(json, "marker", finding.marker);
  json["because"] = Json::array();
  for (const Reason& reason : finding.because) json["because"].push_back(reason_json(reason));
  json["basis"] = Json::array();
  for (const Basis& basis : finding.basis) json["basis"].push_back(basis_json(basis));
  if (finding.cause && *finding.cause < result.causes.size()) json["cause"] = result.causes[*finding.cause].id;
  json["fingerprint"] = finding.fingerprint;
  json["occurrences"] = Json::array();
  for (const Occurrence& occurrence : finding.occurrences) {
    Json one{{"document", occurrence.document}};
    put_text(one, "item", occurrence.item);
    json["occurrences"].push_back(std::move(one));
  }
  if (finding.suppression) json["suppression"] = suppression_json(*finding.suppression);
  return json;
}

Json not_checked_json(const LintResult& result, const NotChecked& skipped) {
  Json not_due = Json::object();
  for (std::size_t i = 0; i < gate_count; ++i) {
    if (!skipped.not_due[i].empty()) not_due[to_string(static_cast<Gate>(i))] = names(result, skipped.not_due[i]);
  }
  Json above_level = Json::object();
  for (std::size_t i = 0; i < level_count; ++i) {
    if (skipped.above_level[i].empty()) continue;
    above_level[to_string(static_cast<Level>(i))] = names(result, skipped.above_level[i]);
  }
  Json manifests = Json::array();
  for (const Unit* unit : skipped.manifests) {
    manifests.push_back({{"file", unit->file}, {"document", unit->document}});
  }
  Json paths = Json::array();
  for (const SkippedPath& path : result.skipped) paths.push_back({{"path", path.path}, {"reason", path.reason}});
  return {{"not_due", std::move(not_due)},
          {"above_level", std::move(above_level)},
          {"never_applied", names(result, skipped.never_applied)},
          {"not_judged", names(result, skipped.not_judged)},
          {"unselected", names(result, skipped.unselected)},
          {"manifests", std::move(manifests)},
          {"paths", std::move(paths)},
          {"unused_excludes", result.unused_excludes}};
}

Json problem_json(const Diagnostic& problem) {
  Json json{{"severity", to_string(problem.severity)}};
  put_text(json, "code", problem.code);
  json["message"] = problem.message;
  put_text(json, "hint", problem.hint);
  put_location(json, problem.location);
  return json;
}

}  // namespace

Json pack_json(const PackSummary& summary) {
  const PackInfo& pack = *summary.pack;
  Json rules = Json::object();
  for (std::size_t i = 0; i < outcome_count; ++i) rules[to_string(static_cast<Outcome>(i))] = summary.rules[i];
  Json assurance = Json::object();
  for (std::size_t i = 0; i < assurance_count; ++i) {
    assurance[to_string(static_cast<Assurance>(i))] = summary.assurance[i];
  }
  Json json{{"id", pack.id}, {"version", pack.version}};
  put_text(json, "title", pack.title);
  json["origin"] = pack.origin;
  json["sha256"] = pack.sha256;
  json["rules"] = std::move(rules);
  json["assurance"] = std::move(assurance);
  return json;
}

Json report_json(const LintResult& result) {
  const RunSummary summary = summarize(result);
  Json json{{"report", report_version},
            {"tool", {{"name", "scruple"}, {"version", result.version}}},
            {"settings", settings_json(result)},
            {"verdict", verdict_json(result, summary)}};
  json["configs"] = Json::array();
  for (const ConfigInfo& config : result.configs) json["configs"].push_back(config_json(config));
  for (const char* list : {"packs", "rules", "manifests", "causes", "findings"}) json[list] = Json::array();
  for (const PackSummary& pack : summary.packs) json["packs"].push_back(pack_json(pack));
  for (const RuleInfo& rule : result.rules) json["rules"].push_back(rule_json(rule));
  for (const Unit& unit : result.units) json["manifests"].push_back(unit_json(result, unit));
  for (const Cause& cause : result.causes) json["causes"].push_back(cause_json(cause));
  for (const Finding& finding : result.findings) json["findings"].push_back(finding_json(result, finding));
  json["waivers"] = Json::array();
  for (const Waiver& waiver : result.waivers) json["waivers"].push_back(waiver_json(waiver));
  if (result.baseline) json["baseline"] = baseline_json(*result.baseline);
  if (result.since) json["since"] = since_json(*result.since, result.findings);
  if (result.upcoming_until) {
    Json upcoming = Json::array();
    for (const Upcoming& one : result.upcoming)
      upcoming.push_back({{"day", one.day}, {"finding", finding_json(result, one.finding)}});
    json["upcoming"] = {{"until", *result.upcoming_until}, {"findings", std::move(upcoming)}};
  }
  json["not_checked"] = not_checked_json(result, summary.not_checked);
  json["problems"] = Json::array();
  for (const Diagnostic& problem : result.problems) json["problems"].push_back(problem_json(problem));
  return json;
}

std::string inert(std::string_view json) {
  std::string out;
  out.reserve(json.size() + 1);
  for (std::size_t at = 0; at < json.size();) {
    const auto code_point = json.substr(at, code_point_length(json, at));
    const bool may_be_invisible = static_cast<unsigned char>(json[at]) >= 0x7F;
    if (begins_runner_command(json.substr(at))) {
      out += "\\u0023";
    } else if (may_be_invisible && visible(code_point) != code_point) {
      const std::string quoted = Json(code_point).dump(-1, ' ', true);
      out += std::string_view(quoted).substr(1, quoted.size() - 2);
    } else {
      out += code_point;
    }
    at += code_point.size();
  }
  return out;
}

std::string printable(const Json& json, int indent) {
  return inert(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

void write_json(const LintResult& result, std::ostream& out) { out << printable(report_json(result), 2) << '\n'; }

}  // namespace scruple::report
