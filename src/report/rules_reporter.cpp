#include "report/rules_reporter.h"

#include "base/strings.h"
#include "policy/assurance.h"
#include "policy/compiled_pack.h"
#include "report/terminal_text.h"

#include "scruple/finding.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

Json default_of(const policy::Parameter& parameter) {
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

}  // namespace

void write_rules_text(const PolicySet& policies, const ReportStyle& style, std::ostream& out) {
  const char* bold = style.color ? "\x1b[1m" : "";
  const char* plain = style.color ? "\x1b[0m" : "";
  std::size_t count = 0;
  for (const auto& pack : policies.packs()) {
    const auto& tables = pack->tables();
    out << bold << tables.id << plain << "  " << visible(tables.title) << " (" << visible(tables.version) << ", "
        << visible(pack->origin()) << ")\n";
    for (const auto& rule : tables.rules) {
      out << "  " << visible(rule.id) << "\n    " << visible(rule.title) << "\n    " << pad(to_string(rule.severity), 8)
          << pad(to_string(rule.level), 10) << "due at " << pad(to_string(rule.gate), 12) << "ask "
          << pad(to_string(rule.ask), 11) << "scope " << to_string(rule.scope) << "\n    a pass is "
          << to_string(policy::best_assurance(*pack, rule)) << " at best\n";
      ++count;
    }
    out << '\n';
  }
  out << plural(count, "rule") << " in " << plural(policies.packs().size(), "pack") << ".\n";
}

void write_rules_json(const PolicySet& policies, std::ostream& out) {
  Json rules = Json::array();
  for (const auto& pack : policies.packs()) {
    for (const auto& rule : pack->tables().rules) {
      Json references = Json::array();
      for (const auto& use : rule.references) references.push_back(std::string(use.id));
      Json parameters = Json::array();
      for (const auto& parameter : rule.parameters) {
        parameters.push_back({{"name", std::string(parameter.name)},
                              {"default", default_of(parameter)},
                              {"description", std::string(parameter.description)}});
      }
      rules.push_back({{"id", std::string(rule.id)},
                       {"pack", std::string(pack->tables().id)},
                       {"title", std::string(rule.title)},
                       {"severity", std::string(to_string(rule.severity))},
                       {"level", std::string(to_string(rule.level))},
                       {"gate", std::string(to_string(rule.gate))},
                       {"scope", std::string(to_string(rule.scope))},
                       {"ask", std::string(to_string(rule.ask))},
                       {"assurance", std::string(to_string(policy::best_assurance(*pack, rule)))},
                       {"remediation", std::string(rule.remediation)},
                       {"rationale", std::string(rule.rationale)},
                       {"references", std::move(references)},
                       {"parameters", std::move(parameters)}});
    }
  }
  out << Json{{"rules", std::move(rules)}}.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace scruple::report
