#include "report/rules_reporter.h"

#include "base/strings.h"
#include "policy/assurance.h"
#include "policy/compiled_pack.h"
#include "report/panel.h"
#include "report/terminal_text.h"

#include "scruple/finding.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const policy::Parameter& parameter) {
  using Type = policy::Parameter::Type;
  switch (parameter.type) {
    case Type::boolean: return parameter.number != 0;
    case Type::integer: return static_cast<std::int64_t>(parameter.number);
    case Type::number: return parameter.number;
    case Type::string: return std::string(parameter.text);
    case Type::list_of_strings: break;
  }
  Json texts = Json::array();
  for (const std::string_view text : parameter.texts) texts.push_back(std::string(text));
  return texts;
}

std::string_view origin_of(const linting::Settings& settings, std::string_view name) {
  const auto value = std::ranges::find(settings.effective, name, &linting::EffectiveValue::name);
  return value == settings.effective.end() ? std::string_view("default") : std::string_view(value->origin);
}

}  // namespace

std::vector<const ConfigInfo::Override*> changes_of(const linting::Settings& settings, std::string_view rule) {
  std::vector<const ConfigInfo::Override*> changes;
  if (!settings.config) return changes;
  for (const ConfigInfo::Override& change : settings.config->overrides) {
    if (change.rule == rule) changes.push_back(&change);
  }
  return changes;
}

void write_rules_text(const linting::Settings& settings, const ReportStyle& style, std::ostream& out) {
  const char* bold = style.color ? "\x1b[1m" : "";
  const char* plain = style.color ? "\x1b[0m" : "";
  std::size_t judged = 0;
  for (const auto& pack : settings.packs) {
    const auto& tables = pack->tables();
    out << bold << tables.id << plain << "  " << visible(tables.title) << " (" << visible(tables.version) << ", "
        << visible(pack->origin()) << ")\n";
    for (const auto& rule : tables.rules) {
      out << "  " << visible(rule.id) << "\n    " << visible(rule.title) << "\n    " << pad(to_string(rule.severity), 8)
          << pad(to_string(rule.level), 10) << "due at " << pad(to_string(rule.gate), 12) << "ask "
          << pad(to_string(rule.ask), 11) << "scope " << to_string(rule.scope) << "\n    a pass is "
          << to_string(policy::best_assurance(*pack, rule)) << " at best\n";
      for (const ConfigInfo::Override* change : changes_of(settings, rule.id))
        out << "    here " << visible(change->text) << " (" << visible(file_position(change->location)) << ")\n";
    }
    out << '\n';
  }
  for (const linting::RuleChoice& choice : settings.rules)
    judged += !choice.off && choice.rule->level <= settings.level;
  out << plural(settings.rules.size(), "rule") << " in " << plural(settings.packs.size(), "pack") << "; " << judged
      << " of them are judged here, at the level `" << to_string(settings.level) << "` ("
      << visible(origin_of(settings, "level")) << ").\n";
}

void write_rules_json(const linting::Settings& settings, std::ostream& out) {
  Json rules = Json::array();
  for (const linting::RuleChoice& choice : settings.rules) {
    const policy::CompiledRule& rule = *choice.rule;
    const policy::CompiledPack& pack = *choice.pack;
    Json references = Json::array();
    for (const auto& use : rule.references) references.push_back(std::string(use.id));
    Json parameters = Json::array();
    for (std::size_t i = 0; i < rule.parameters.size(); ++i) {
      const policy::Parameter& parameter = rule.parameters[i];
      parameters.push_back({{"name", std::string(parameter.name)},
                            {"default", json_of(choice.own_rule->parameters[i])},
                            {"value", json_of(parameter)},
                            {"description", std::string(parameter.description)}});
    }
    Json changes = Json::array();
    for (const ConfigInfo::Override* change : changes_of(settings, rule.id)) {
      changes.push_back({{"text", change->text}, {"from", file_position(change->location)}});
    }
    rules.push_back({{"id", std::string(rule.id)},
                     {"pack", std::string(pack.tables().id)},
                     {"title", std::string(rule.title)},
                     {"severity", std::string(to_string(rule.severity))},
                     {"level", std::string(to_string(rule.level))},
                     {"gate", std::string(to_string(rule.gate))},
                     {"scope", std::string(to_string(rule.scope))},
                     {"ask", std::string(to_string(rule.ask))},
                     {"assurance", std::string(to_string(policy::best_assurance(pack, rule)))},
                     {"judged", !choice.off && rule.level <= settings.level},
                     {"changes", std::move(changes)},
                     {"remediation", std::string(rule.remediation)},
                     {"rationale", std::string(rule.rationale)},
                     {"references", std::move(references)},
                     {"parameters", std::move(parameters)}});
  }
  out << Json{{"rules", std::move(rules)}}.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace scruple::report
