// TAP 13, for `prove` and its like: a test is a finding, or a rule that holds for a manifest.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/json_reporter.h"
#include "report/terminal_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace scruple::report {

namespace {

std::string description(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '#') out += '\\';
    out += c;
  }
  return out;
}

// A JSON string is a YAML string.
void write_field(std::string_view name, const std::string& value, std::ostream& out) {
  if (!value.empty()) out << "  " << name << ": " << printable(nlohmann::ordered_json(value), -1) << '\n';
}

void write_entry(const Entry& entry, std::size_t number, std::ostream& out) {
  const Finding& finding = *entry.finding;
  const std::string position = concat(entry.path, ":", entry.begin.line, ":", entry.begin.column);
  const std::string text = description(concat(visible(finding.rule), " at ", position, ": ", entry.message));
  if (finding.suppression) {
    out << "ok " << number << " - " << text << " # SKIP " << description(told(*finding.suppression)) << '\n';
    return;
  }
  out << "not ok " << number << " - " << text << (finding.gating ? "" : " # TODO below --fail-on") << "\n  ---\n";
  write_field("message", entry.message, out);
  write_field("severity", std::string(to_string(finding.severity)), out);
  write_field("outcome", std::string(to_string(finding.outcome)), out);
  write_field("at", position, out);
  write_field("fix", entry.remedy, out);
  write_field("ask", std::string(to_string(finding.ask)), out);
  out << "  ...\n";
}

struct Pass {
  const Unit* unit = nullptr;
  const RuleInfo* rule = nullptr;
};

std::vector<Pass> passes_of(const LintResult& result) {
  std::vector<Pass> passes;
  for (const Unit& unit : result.units) {
    for (std::size_t rule = 0; rule < std::min(unit.counts.size(), result.rules.size()); ++rule) {
      if (holds(unit.counts[rule])) passes.push_back({&unit, &result.rules[rule]});
    }
  }
  return passes;
}

}  // namespace

void write_tap(const LintResult& result, std::ostream& out) {
  const std::vector<Entry> entries = entries_of(result);
  const std::vector<Pass> passes = passes_of(result);
  out << "TAP version 13\n1.." << entries.size() + passes.size();
  out << (entries.empty() && passes.empty() ? " # SKIP nothing was checked\n" : "\n");
  // What was not judged must not pass for good.
  if (!result.problems.empty()) {
    out << "Bail out! " << without_runner_commands(plain(result.problems.front().message)) << '\n';
    return;
  }
  std::size_t number = 0;
  for (const Entry& entry : entries) write_entry(entry, ++number, out);
  for (const Pass& pass : passes) {
    out << "ok " << ++number << " - "
        << description(concat(visible(pass.rule->id), " in ", repository_path(result, pass.unit->file))) << '\n';
    for (const Remark& remark : pass.unit->remarks) {
      if (remark.rule == pass.rule->id) out << "# " << without_runner_commands(plain(remark.message)) << '\n';
    }
  }
}

}  // namespace scruple::report
