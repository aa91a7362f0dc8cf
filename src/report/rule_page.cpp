#include "report/rule_page.h"

#include "base/strings.h"
#include "policy/parameter_value.h"
#include "report/terminal_text.h"
#include "report/text_reporter.h"

#include <algorithm>
#include <optional>
#include <sstream>

namespace scruple::report {

namespace {

using Kind = PageBlock::Kind;

std::string describe(const policy::Reference& reference) {
  std::string text = concat(reference.from_memory ? "see also" : to_string(reference.kind), ": ", reference.citation);
  if (reference.jurisdiction != "INT") text += concat(" (", reference.jurisdiction, ")");
  if (!reference.applies_from.empty()) text += concat(", from ", reference.applies_from);
  if (!reference.asks.empty()) text += concat(". ", reference.asks);
  if (!reference.url.empty()) text += concat(" ", reference.url);
  return text;
}

std::string plain(std::string_view text) { return one_line(text); }

// What the passes of a run rest on: the weakest of them.
std::optional<Assurance> assurance_of(const LintResult& result, std::string_view rule) {
  for (const Unit& unit : result.units) {
    for (std::size_t i = 0; i < std::min(unit.counts.size(), result.rules.size()); ++i) {
      if (result.rules[i].id != rule) continue;
      const auto& counts = unit.counts[i].assurance;
      const auto weakest = std::ranges::find_if(counts, [](std::size_t count) { return count > 0; });
      if (weakest != counts.end()) return static_cast<Assurance>(weakest - counts.begin());
    }
  }
  return std::nullopt;
}

std::string_view meaning_of(Assurance assurance) {
  switch (assurance) {
    case Assurance::verified: return "verified: the content of a file was inspected";
    case Assurance::recorded: return "recorded: read from the file where the data is";
    case Assurance::computed: return "computed: it follows from several facts";
    case Assurance::declared: break;
  }
  return "declared: somebody said so";
}

class RulePage {
 public:
  RulePage(const policy::CompiledPack& pack, const policy::CompiledRule& rule) : pack_(pack), rule_(rule) {
    page_.name = rule.id;
    page_.title = plain(rule.title);
  }

  Page make(const RuleExample& fails, const RuleExample& passes, const std::vector<std::string>& here,
            const ReportStyle& style) {
    add_when(passes);
    if (!here.empty()) {
      auto& blocks = section("In this folder");
      for (const std::string& line : here) blocks.push_back({Kind::item, line, {}});
    }
    if (!rule_.rationale.empty()) section("Why").push_back({Kind::text, plain(rule_.rationale), {}});
    section("What to do").push_back({Kind::text, plain(rule_.remediation), {}});
    add_example("An example that fails", fails, style);
    add_example("An example that passes", passes, style);
    add_conditions();
    add_lists();
    return std::move(page_);
  }

 private:
  std::vector<PageBlock>& section(std::string heading) {
    page_.sections.push_back({std::move(heading), {}});
    return page_.sections.back().blocks;
  }

  void add_when(const RuleExample& passes) {
    auto& blocks = section("When");
    blocks.push_back({Kind::text,
                      concat("Level ", to_string(rule_.level), ", due at the gate ", to_string(rule_.gate),
                             ", severity ", to_string(rule_.severity), ". ",
                             rule_.scope == Scope::organization
                                 ? "A fact of the company: also judged on an organization file alone. "
                                 : "",
                             "Who can mend it: ", to_string(rule_.ask), ". ", waiver()),
                      {}});
    if (passes.result == nullptr) return;
    if (const auto assurance = assurance_of(*passes.result, rule_.id))
      blocks.push_back({Kind::text, concat("A pass is ", meaning_of(*assurance), "."), {}});
  }

  std::string waiver() const {
    if (!rule_.waiver_allowed) return "It cannot be waived.";
    return concat("It may be waived for ", plural(rule_.waiver_max_days, "day"), " at most.");
  }

  void add_example(std::string heading, const RuleExample& example, const ReportStyle& style) {
    if (example.result == nullptr) return;
    auto& blocks = section(std::move(heading));
    std::string name = plain(example.name);
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
    blocks.push_back({Kind::text,
                      concat(name, ". ",
                             example.changes.empty() ? "The clean campaign of the pack's tests, as it is."
                                                     : "Of the clean campaign of the pack's tests this is changed:"),
                      {}});
    if (!example.changes.empty()) blocks.push_back({Kind::code, example.changes, "yaml"});
    ReportStyle inner = style;
    inner.color = false;
    inner.all = true;
    inner.width = style.width > 4 ? style.width - 4 : style.width;
    std::ostringstream output;
    print_findings(*example.result, inner, output);
    std::string text = output.str();
    while (text.ends_with("\n\n")) text.pop_back();
    if (text.empty()) return;
    blocks.push_back({Kind::text, "`scruple check` then says:", {}});
    blocks.push_back({Kind::code, std::move(text), "text"});
  }

  void add_conditions() {
    auto& blocks = section("How it is decided");
    std::string code;
    const auto add = [&](std::string_view label, const policy::Expression& expression) {
      if (expression) code += concat(label, ": ", plain(expression.text), "\n");
    };
    for (const auto& generator : rule_.generators)
      code += concat("for: ", generator.variable, " in ", plain(generator.range.text), "\n");
    add("when", rule_.when);
    for (const auto& let : rule_.lets) add(concat("let ", let.name), let.value);
    for (const auto& requirement : rule_.requirements) add("require", requirement.that);
    std::string wrapped;
    for (std::string_view rest = code; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      for (const auto& line : wrap(rest.substr(0, end), 96, 2)) wrapped += line + "\n";
      rest.remove_prefix(end + 1);
    }
    blocks.push_back({Kind::code, std::move(wrapped), "text"});
  }

  void add_lists() {
    if (!rule_.parameters.empty()) {
      auto& blocks = section("Parameters");
      for (const auto& parameter : rule_.parameters) {
        blocks.push_back({Kind::item,
                          concat("`", parameter.name, "` = `", policy::value_text(parameter), "`",
                                 parameter.description.empty() ? "" : concat(": ", plain(parameter.description))),
                          {}});
      }
    }
    if (!rule_.silence.empty()) {
      auto& blocks = section("Where silence excuses");
      for (const auto& entry : rule_.silence)
        blocks.push_back({Kind::item, concat("`", entry.field, "`: ", plain(entry.reason)), {}});
    }
    if (!rule_.references.empty()) {
      auto& blocks = section("Basis");
      for (const auto& use : rule_.references) {
        const policy::Reference* reference = pack_.reference(use.id);
        if (reference != nullptr) blocks.push_back({Kind::item, plain(describe(*reference)), {}});
      }
    }
  }

  const policy::CompiledPack& pack_;
  const policy::CompiledRule& rule_;
  Page page_;
};

}  // namespace

Page make_rule_page(const policy::CompiledPack& pack, const policy::CompiledRule& rule, const RuleExample& fails,
                    const RuleExample& passes, const std::vector<std::string>& here, const ReportStyle& style) {
  return RulePage(pack, rule).make(fails, passes, here, style);
}

void write_rule_index(const PolicySet& policies, std::ostream& out) {
  out << "# The rules\n\nGenerated from the packs. `scruple explain RULE` shows the same pages.\n";
  for (const auto& pack : policies.packs()) {
    const auto& tables = pack->tables();
    out << "\n## " << markdown_text(tables.title.empty() ? tables.id : tables.title)
        << "\n\n| rule | what has to be true | severity | level | gate | ask |\n| --- | --- | --- | --- | --- | --- "
           "|\n";
    for (const auto& rule : tables.rules) {
      const std::string_view name = rule.id.substr(rule.id.find('/') + 1);
      out << "| [" << name << "](" << rule.id << ".md) | " << markdown_text(rule.title) << " | "
          << to_string(rule.severity) << " | " << to_string(rule.level) << " | " << to_string(rule.gate) << " | "
          << to_string(rule.ask) << " |\n";
    }
  }
}

}  // namespace scruple::report
