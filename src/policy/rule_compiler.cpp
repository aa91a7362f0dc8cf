#include "policy/rule_compiler.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "base/version.h"
#include "policy/dates.h"
#include "policy/message.h"
#include "policy/parameter_value.h"
#include "policy/regions.h"
#include "policy/rule_lint.h"
#include "policy/silence.h"
#include "policy/types.h"
#include "schema/validator.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace scruple::policy {

namespace {

constexpr std::string_view reserved_ids[] = {"manifest", "waiver", "config", "baseline"};

// "asset in manifest.assets" -> the variable, and where the range begins.
struct GeneratorText {
  std::string_view variable;
  std::string_view range;
  std::size_t range_begin = 0;
};

bool is_name(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

std::optional<GeneratorText> split_generator(std::string_view text) {
  const auto at = text.find(" in ");
  if (at == std::string_view::npos) return std::nullopt;
  GeneratorText generator{trim_ascii(text.substr(0, at)), trim_ascii(text.substr(at + 4)), 0};
  if (!is_name(generator.variable) || generator.range.empty()) return std::nullopt;
  generator.range_begin = static_cast<std::size_t>(generator.range.data() - text.data());
  return generator;
}

// A slug: lower-case words joined by hyphens.
bool is_slug(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

// "0.12" -> {0, 12}
std::vector<unsigned> version_numbers(std::string_view text) {
  std::vector<unsigned> numbers(1);
  for (const char c : text) {
    if (c == '.') {
      numbers.push_back(0);
    } else if (is_digit(c)) {
      numbers.back() = numbers.back() * 10 + static_cast<unsigned>(c - '0');
    }
  }
  return numbers;
}

// `>=1.0`, which is the one form that the schema of packs allows.
bool is_satisfied(std::string_view required) { return version_numbers(version) >= version_numbers(required); }

class PackCompiler {
 public:
  PackCompiler(const PolicyPack& pack, const Language& language,
               std::span<const std::shared_ptr<const CompiledPack>> others, Diagnostics& diagnostics)
      : pack_(pack),
        language_(language),
        types_(make_types(language.manifest)),
        others_(others),
        diagnostics_(diagnostics),
        before_(diagnostics.size()) {}

  std::shared_ptr<const CompiledPack> compile() {
    PackTables tables;
    tables.id = pack_.id.value;
    if (!is_slug(tables.id)) report(pack_.id, "a pack's id is lower-case words joined by hyphens");
    if (is_reserved_pack_id(tables.id))
      report(pack_.id, concat("the id `", tables.id, "` is reserved for scruple's own findings"));
    if (pack_.required && !is_satisfied(pack_.required.value)) {
      report(pack_.required, concat("this pack requires scruple ", pack_.required.value, ", and this is ", version));
    }
    compile_words(tables);
    compile_references(tables);
    check_definitions();
    std::vector<CompiledRule> rules;
    for (const WrittenRule& rule : pack_.rules) rules.push_back(compile_rule(rule));
    check_ids();
    check_unused_definitions();
    if (diagnostics_.size() != before_) return nullptr;

    tables.id = keep(pack_.id);
    tables.version = keep(pack_.version);
    tables.title = keep(pack_.title);
    tables.description = keep(pack_.description);
    tables.sha256 = storage_.keep(pack_.sha256);
    tables.rules = storage_.keep(std::move(rules));
    std::vector<PackFile> files;
    for (const auto& [name, source] : pack_.files)
      files.push_back({storage_.keep(name), storage_.keep(std::string(source->text()))});
    tables.files = storage_.keep(std::move(files));
    std::vector<std::string_view> definitions;
    for (const auto& definition : pack_.definitions) definitions.push_back(keep(definition.is));
    tables.definitions = storage_.keep(std::move(definitions));
    tables.expression_count = expression_count_;
    return std::make_shared<const CompiledPack>(tables, language_.functions, pack_.path, std::move(storage_));
  }

 private:
  std::string_view keep(const Text& text) {
    return text.value.empty() ? std::string_view{} : storage_.keep(std::string(text.value));
  }

  void report(const Text& text, std::string message, std::string hint = {}) {
    report(text, Span{0, static_cast<std::uint32_t>(text.value.size())}, std::move(message), std::move(hint));
  }

  // `part` is bytes of the decoded text; shown where they stand in the file.
  void report(const Text& text, Span part, std::string message, std::string hint = {}) {
    if (!text) {
      diagnostics_.push_back({Severity::error, "pack/rule", std::move(message), std::move(hint), {}});
      diagnostics_.back().location.file = pack_.path;
      return;
    }
    diagnostics_.push_back({Severity::error, "pack/rule", std::move(message), std::move(hint), locate(text, part)});
  }

  void compile_words(PackTables& tables) {
    std::vector<WordList> lists;
    for (const WrittenWords& words : pack_.words) {
      std::vector<WordList::Language> languages;
      for (const Member& member : words.document->members(words.document->root())) {
        if (words.document->node(member.value).kind != NodeKind::list) continue;  // source, reviewed_on, description
        std::vector<std::string_view> phrases;
        for (const Member& phrase : words.document->members(member.value)) {
          phrases.push_back(storage_.keep(std::string(words.document->node(phrase.value).text)));
        }
        languages.push_back({storage_.keep(std::string(member.key)), storage_.keep(std::move(phrases))});
      }
      word_lists_.push_back(words.name);
      lists.push_back({storage_.keep(words.name), storage_.keep(std::move(languages))});
    }
    tables.words = storage_.keep(std::move(lists));
    cel::Record record{std::string(words_object), "word list", {}, {}};
    for (const std::string& name : word_lists_) record.fields.push_back({name, cel::Type::object("word_list")});
    types_.records.add(std::move(record));
  }

  void compile_references(PackTables& tables) {
    std::vector<Reference> references;
    for (const auto& [document, node] : pack_.references) {
      const auto field = [&, document = document, node = node](std::string_view key) -> std::string_view {
        const Member* member = document->find(node, key);
        if (member == nullptr || document->node(member->value).kind == NodeKind::null) return {};
        return storage_.keep(std::string(document->node(member->value).text));
      };
      Reference reference;
      reference.id = field("id");
      reference.citation = field("citation");
      reference.jurisdiction = field("jurisdiction");
      const auto kind = field("kind");
      reference.kind = kind == "law"        ? Basis::Kind::law
                       : kind == "standard" ? Basis::Kind::standard
                                            : Basis::Kind::practice;
      reference.applies_from = field("applies_from");
      if (reference.applies_from == "in-force") reference.applies_from = {};
      if (!reference.applies_from.empty() && !parse_day(reference.applies_from)) {
        report(Text{reference.applies_from, document, document->find(node, "applies_from")->value},
               concat("`", reference.applies_from, "` is no day of the calendar"),
               "write the day from which it applies, as in 2026-08-02, or `in-force`");
      }
      if (reference.jurisdiction != "INT" && !is_market(reference.jurisdiction)) {
        report(Text{reference.jurisdiction, document, document->find(node, "jurisdiction")->value},
               concat("`", reference.jurisdiction, "` is no jurisdiction"),
               "write the ISO 3166 code of a country or of a part of it, EU, or INT for what binds nowhere by itself");
      }
      reference.asks = field("asks");
      reference.url = field("url");
      reference.reviewed_on = field("reviewed_on");
      reference.from_memory = field("status") == "memory";
      if (std::ranges::any_of(references, [&](const Reference& other) { return other.id == reference.id; })) {
        report(Text{reference.id, document, node}, concat("the reference `", reference.id, "` is defined twice"));
      }
      // Only what a rule of this pack cites is carried along.
      const auto cites = [&](const WrittenRule& rule) {
        return std::ranges::any_of(rule.references, [&](const auto& use) { return use.id.value == reference.id; });
      };
      known_references_.push_back(reference.id);
      if (std::ranges::any_of(pack_.rules, cites)) references.push_back(reference);
    }
    for (const auto& other : others_) {
      for (const Reference& reference : other->tables().references) {
        const auto cites = [&](const WrittenRule& rule) {
          return std::ranges::any_of(rule.references, [&](const auto& use) { return use.id.value == reference.id; });
        };
        if (std::ranges::find(known_references_, reference.id) != known_references_.end()) continue;
        known_references_.push_back(reference.id);
        if (std::ranges::any_of(pack_.rules, cites)) references.push_back(reference);
      }
    }
    tables.references = storage_.keep(std::move(references));
  }

  std::vector<cel::Variable> base_variables() const {
    return {{"manifest", types_.campaign, slot_manifest},
            {"words", cel::Type::object(std::string(words_object)), slot_words},
            {"today", cel::Type::of(cel::Type::Tag::timestamp), slot_today},
            {"reference_day", cel::Type::of(cel::Type::Tag::timestamp), slot_reference_day},
            {"params", cel::Type::record(std::string(params_record)), slot_params}};
  }

  cel::Environment base_environment() const {
    cel::Environment environment;
    environment.functions = &language_.functions;
    environment.records = &types_.records;
    environment.variables = base_variables();
    environment.definition_visible_slots = definition_slots;
    std::uint32_t source = 0;
    for (const WrittenDefinition& definition : pack_.definitions) {
      cel::Definition expanded;
      expanded.name = definition.name.value;
      for (const Text& argument : definition.arguments)
        expanded.parameters.push_back({std::string(argument.value), cel::Type::dyn(), 0});
      expanded.body = definition.is.value;
      expanded.source = ++source;
      environment.definitions.push_back(std::move(expanded));
    }
    return environment;
  }

  // Each definition is compiled once on its own, so that a mistake in it is reported once and even if no rule uses it.
  void check_definitions() {
    const cel::Environment environment = base_environment();
    for (std::size_t i = 0; i < pack_.definitions.size(); ++i) {
      const WrittenDefinition& definition = pack_.definitions[i];
      const auto same = [&](const WrittenDefinition& other) { return other.name.value == definition.name.value; };
      if (std::find_if(pack_.definitions.begin(), pack_.definitions.begin() + static_cast<std::ptrdiff_t>(i), same) !=
          pack_.definitions.begin() + static_cast<std::ptrdiff_t>(i)) {
        report(definition.is, concat("there are two definitions of the name `", definition.name.value, "`"),
               "give one of them another name");
      }
      if (!is_name(definition.name.value))
        report(definition.name, concat("`", definition.name.value, "` is no name for a definition"),
               "letters, digits and `_`");
      std::string call = concat(definition.name.value, "(");
      for (std::size_t argument = 0; argument < definition.arguments.size(); ++argument)
        call += argument == 0 ? "dyn(1)" : ", dyn(1)";
      const auto compiled = cel::compile(call + ")", environment);
      for (const auto& issue : compiled.issues) {
        if (issue.source == i + 1) report(definition.is, 0, issue);
      }
      if (!compiled.program) continue;
      for (const std::size_t argument : unused_arguments(*compiled.program, definition.arguments.size())) {
        const Text& name = definition.arguments[argument];
        report(name, concat("`", definition.name.value, "` does not use its argument `", name.value, "`"),
               "remove it here and in its calls");
      }
    }
  }

  // A definition of the pack's own file that no rule uses is a mistake; shared files serve several packs.
  void check_unused_definitions() {
    for (const WrittenDefinition& definition : pack_.definitions) {
      if (definition.is.document != pack_.id.document) continue;
      const auto calls = [&](const Text& text) {
        return text.value.find(concat(definition.name.value, "(")) != std::string_view::npos;
      };
      const auto used =
          std::ranges::any_of(pack_.definitions,
                              [&](const auto& other) { return &other != &definition && calls(other.is); }) ||
          std::ranges::any_of(pack_.rules, [&](const WrittenRule& rule) { return uses(rule, calls); });
      if (!used)
        report(definition.name, concat("no rule uses the definition `", definition.name.value, "`"), "remove it");
    }
  }

  template <typename Predicate>
  static bool uses(const WrittenRule& rule, Predicate calls) {
    return calls(rule.when) || calls(rule.message) || std::ranges::any_of(rule.generators, calls) ||
           std::ranges::any_of(rule.lets, [&](const auto& let) { return calls(let.value); }) ||
           std::ranges::any_of(rule.references, [&](const auto& reference) { return calls(reference.when); }) ||
           std::ranges::any_of(rule.requirements, [&](const auto& r) {
             return calls(r.that) || calls(r.at) || calls(r.message) || calls(r.remark_when) || calls(r.remark);
           });
  }

  // An issue of cel's. What stands in a definition is reported there, however many rules call it.
  void report(const Text& text, std::size_t begin, const cel::Issue& issue) {
    const bool in_definition = issue.source != 0;
    const Text& at = in_definition ? pack_.definitions[issue.source - 1].is : text;
    const auto shift = static_cast<std::uint32_t>(in_definition ? 0 : begin);
    if (in_definition && !reported_.emplace(issue.source, issue.span.begin, issue.message).second) return;
    report(at, {issue.span.begin + shift, issue.span.end + shift}, issue.message, issue.hint);
  }

  // `part` of `text` (a placeholder, the range of a generator), or all of it. `type` is set to its static type.
  Expression expression(const Text& text, std::size_t begin, std::string_view part, Use use,
                        const cel::Environment& environment, cel::Type* type = nullptr) {
    cel::Compiled compiled = cel::compile(part, environment);
    for (const auto& issue : compiled.issues) report(text, begin, issue);
    if (!compiled.program) return {};
    const cel::Type& found = compiled.types[compiled.program->root()];
    if (type != nullptr) *type = found;
    for (const auto& issue : lint_expression(*compiled.program, compiled.types, use, part, environment))
      report(text, begin, issue);
    note_uses(*compiled.program);
    Expression expression;
    expression.text = storage_.keep(std::string(part));
    expression.tables = storage_.keep(std::move(*compiled.program));
    expression.index = expression_count_++;
    analysed_.push_back({use, 0, expression.tables, std::move(compiled.types)});
    analysed_texts_.push_back({text, static_cast<std::uint32_t>(begin)});
    return expression;
  }

  Expression expression(const Text& text, Use use, const cel::Environment& environment, cel::Type* type = nullptr) {
    return text ? expression(text, 0, text.value, use, environment, type) : Expression{};
  }

  // Which names of `let` and which parameters an expression reads.
  void note_uses(const cel::Program& program) {
    const auto slots = program.slots(program.root());
    used_slots_.insert(used_slots_.end(), slots.begin(), slots.end());
    const auto& nodes = program.tables().nodes;
    for (cel::NodeId id = 0; id < nodes.size(); ++id) {
      const auto type = nodes[id].type;
      if (type != cel::NodeType::select && type != cel::NodeType::has && type != cel::NodeType::optional_select)
        continue;
      const cel::Node& operand = program.node(program.children(id).front());
      if (operand.type == cel::NodeType::variable && operand.a == slot_params)
        used_parameters_.emplace_back(program.node_name(id));
    }
  }

  std::span<const MessagePart> message(const Text& text, const cel::Environment& environment) {
    if (!text) return {};
    std::vector<MessageProblem> problems;
    std::vector<MessagePart> parts;
    for (const auto& piece : split_message(text.value, problems)) {
      MessagePart part;
      if (piece.is_expression) {
        part.value = expression(text, piece.begin, piece.text, Use::shown, environment);
      } else {
        part.text = storage_.keep(piece.text);
      }
      parts.push_back(part);
    }
    for (const auto& problem : problems) {
      const auto at = static_cast<std::uint32_t>(problem.at);
      report(text, Span{at, at + 1}, problem.message);
    }
    return storage_.keep(std::move(parts));
  }

  template <typename Enum>
  Enum choice(const Text& text, std::optional<Enum> (*from)(std::string_view), const WrittenRule& rule,
              std::string_view field, Enum fallback) {
    if (!text) {
      report(rule.id, concat("the rule `", rule.id.value, "` has no `", field, "`"),
             "write it in the rule, or under `defaults` in pack.yaml");
      return fallback;
    }
    return from(text.value).value_or(fallback);  // the schema has checked the value
  }

  CompiledRule compile_rule(const WrittenRule& rule) {
    CompiledRule compiled;
    if (!is_slug(rule.id.value))
      report(rule.id, concat("`", rule.id.value, "` is no id for a rule"), "lower-case words joined by hyphens");
    compiled.id = storage_.keep(concat(pack_.id.value, "/", rule.id.value));
    std::vector<std::string_view> aliases;
    for (const Text& alias : rule.aliases) aliases.push_back(storage_.keep(concat(pack_.id.value, "/", alias.value)));
    compiled.aliases = storage_.keep(std::move(aliases));
    compiled.title = keep(rule.title);
    compiled.severity = choice(rule.severity, severity_from, rule, "severity", Severity::error);
    compiled.level = choice(rule.level, level_from, rule, "level", Level::essential);
    compiled.gate = choice(rule.gate, gate_from, rule, "gate", Gate::assess);
    compiled.scope = choice(rule.scope, scope_from, rule, "scope", Scope::campaign);
    compiled.ask = choice(rule.ask, ask_from, rule, "ask", Ask::marketing);
    compiled.remediation = storage_.keep(std::string(trim_ascii(rule.remediation.value)));
    compiled.rationale = storage_.keep(std::string(trim_ascii(rule.rationale.value)));

    const std::size_t before = diagnostics_.size();
    used_parameters_.clear();
    used_slots_.clear();
    analysed_.clear();
    analysed_texts_.clear();
    cel::Environment environment = base_environment();
    if (compiled.scope == Scope::campaign) {
      environment.variables.push_back({"gate", gate_type(), slot_gate});
    } else {
      environment.variables[slot_manifest].type = types_.organization;
    }
    compile_parameters(rule, compiled);
    compile_generators(rule, compiled, environment);
    compile_lets(rule, compiled, environment);
    compiled.when = expression(rule.when, Use::when, environment);
    compile_requirements(rule, compiled, environment);
    compiled.message = message(rule.message, environment);
    compile_citations(rule, compiled, environment);
    // What an expression with a mistake uses is not known.
    if (diagnostics_.size() == before) {
      check_all_used(rule, compiled);
      check_silence(rule);
    }
    if (compiled.when) {
      std::vector<Conjunct> conjuncts;
      const cel::Program program(compiled.when.tables);
      for (const cel::NodeId node : program.conjuncts()) conjuncts.push_back({node, stage_of(program, node, compiled)});
      compiled.conjuncts = storage_.keep(std::move(conjuncts));
    }
    std::vector<SilenceEntry> silence;
    for (const auto& entry : rule.silence) silence.push_back({keep(entry.field), keep(entry.reason)});
    compiled.silence = storage_.keep(std::move(silence));
    compile_waiver(rule, compiled);
    return compiled;
  }

  void compile_generators(const WrittenRule& rule, CompiledRule& compiled, cel::Environment& environment) {
    std::vector<Generator> generators;
    for (const Text& text : rule.generators) {
      const auto parts = split_generator(text.value);
      if (!parts) {
        report(text, "`for` names a variable and a list", "write `for: asset in manifest.assets`");
        continue;
      }
      Generator generator;
      generator.variable = storage_.keep(std::string(parts->variable));
      generator.slot = add_variable(environment, compiled, generator.variable, text);
      // The range sees the variables before its own.
      cel::Environment before = environment;
      before.variables.pop_back();
      cel::Type range;
      generator.range = expression(text, parts->range_begin, parts->range, Use::range, before, &range);
      environment.variables.back().type = element_of(range);
      generators.push_back(generator);
    }
    compiled.generators = storage_.keep(std::move(generators));
  }

  std::uint32_t add_variable(cel::Environment& environment, CompiledRule& compiled, std::string_view name,
                             const Text& at) {
    const auto same = [&](const cel::Variable& variable) { return variable.name == name; };
    if (std::ranges::any_of(environment.variables, same))
      report(at, concat("the name `", name, "` is taken"), "choose another one");
    environment.variables.push_back({std::string(name), cel::Type::dyn(), compiled.slot_count});
    return compiled.slot_count++;
  }

  void compile_lets(const WrittenRule& rule, CompiledRule& compiled, cel::Environment& environment) {
    std::vector<Let> lets;
    for (const auto& written : rule.lets) {
      Let let;
      if (!is_name(written.name.value))
        report(written.value, concat("`", written.name.value, "` is no name"), "letters, digits and `_`");
      let.name = keep(written.name);
      cel::Type type;
      let.value = expression(written.value, Use::value, environment, &type);
      if (let.value) {
        const cel::Program program(let.value.tables);
        compiled.lets = lets;  // so that the stage of earlier ones is known
        let.stage = stage_of(program, program.root(), compiled);
      }
      let.slot = add_variable(environment, compiled, let.name, written.value);
      environment.variables.back().type = type;
      if (let.value) analysed_.back().slot = let.slot;
      lets.push_back(let);
    }
    compiled.lets = storage_.keep(std::move(lets));
  }

  void check_all_used(const WrittenRule& rule, const CompiledRule& compiled) {
    for (std::size_t i = 0; i < compiled.generators.size(); ++i) {
      const Generator& generator = compiled.generators[i];
      if (std::ranges::find(used_slots_, generator.slot) != used_slots_.end()) continue;
      report(rule.generators[i], concat("nothing uses the variable `", generator.variable, "` of `for`"),
             "name it in the conditions, or remove this `for`: it only repeats one finding for each item");
    }
    for (std::size_t i = 0; i < compiled.lets.size(); ++i) {
      const Let& let = compiled.lets[i];
      if (std::ranges::find(used_slots_, let.slot) == used_slots_.end())
        report(rule.lets[i].value, concat("nothing uses the name `", let.name, "`"), "remove it from `let`");
    }
    for (const auto& parameter : rule.parameters) {
      if (std::ranges::find(used_parameters_, parameter.name.value) == used_parameters_.end()) {
        report(parameter.name, concat("nothing uses the parameter `", parameter.name.value, "`"),
               concat("write `params.", parameter.name.value, "` where it counts, or remove it"));
      }
    }
  }

  // An absence that excuses has its entry in `silence`, and each entry an absence that it excuses.
  void check_silence(const WrittenRule& rule) {
    const auto covers = [](std::string_view entry, std::string_view field) {
      return entry == field || (entry.starts_with(field) && entry.substr(field.size()).starts_with("."));
    };
    const Excuses excuses = find_excuses(analysed_, language_.functions);
    std::vector<std::string> excusing = excuses.substituted;
    for (const Excuse& excuse : excuses.found) {
      excusing.push_back(excuse.field);
      const bool said = std::ranges::any_of(
          rule.silence, [&](const WrittenSilence& entry) { return covers(entry.field.value, excuse.field); });
      if (said) continue;
      const auto& [text, begin] = analysed_texts_[excuse.expression];
      const std::string_view effect = excuse.use == Use::require ? "passes" : "does not apply";
      report(text, {excuse.span.begin + begin, excuse.span.end + begin},
             concat("where `", excuse.field, "` is not declared, this rule ", effect, " in silence"),
             concat("say why: `silence: {", excuse.field, ": …}`, with the reason or the rule that asks for it"));
    }
    for (const WrittenSilence& entry : rule.silence) {
      if (!check_silent_field(entry)) continue;
      const bool needed =
          std::ranges::any_of(excusing, [&](const std::string& field) { return covers(entry.field.value, field); });
      const auto last = entry.field.value.substr(entry.field.value.rfind('.') + 1);
      if (!needed && std::ranges::find(excuses.loose_names, last) == excuses.loose_names.end()) {
        report(entry.field, concat("no absence of `", entry.field.value, "` excuses anything in this rule"),
               "remove it from `silence`");
      }
    }
  }

  // Whether `silence` names a field of manifests, as in `assets.claims.text`.
  bool check_silent_field(const WrittenSilence& entry) {
    cel::Type at = types_.campaign;
    std::string_view rest = entry.field.value;
    while (!rest.empty()) {
      const std::string_view step = rest.substr(0, rest.find('.'));
      rest = rest.substr(std::min(rest.size(), step.size() + 1));
      while (at.is(cel::Type::Tag::list)) at = cel::Type(at.arguments()[0]);
      const cel::Record* record = at.is(cel::Type::Tag::record) ? types_.records.find(at.name()) : nullptr;
      if (record == nullptr) return true;
      if (const cel::Type* found = record->find(step)) {
        at = cel::Type(*found);
        continue;
      }
      std::vector<std::string_view> names;
      for (const auto& field : record->fields) names.push_back(field.name);
      report(entry.field, concat("there is no field `", entry.field.value, "`"), did_you_mean(step, names));
      return false;
    }
    return true;
  }

  // The number of loop variables that must be bound before this part can be evaluated.
  static std::uint32_t stage_of(const cel::Program& program, cel::NodeId node, const CompiledRule& rule) {
    std::uint32_t stage = 0;
    for (const std::uint32_t slot : program.slots(node)) {
      for (std::size_t i = 0; i < rule.generators.size(); ++i) {
        if (rule.generators[i].slot == slot) stage = std::max(stage, static_cast<std::uint32_t>(i + 1));
      }
      for (const Let& let : rule.lets) {
        if (let.slot == slot) stage = std::max(stage, let.stage);
      }
    }
    return stage;
  }

  void compile_requirements(const WrittenRule& rule, CompiledRule& compiled, const cel::Environment& environment) {
    std::vector<Requirement> requirements;
    for (const auto& written : rule.requirements) {
      Requirement requirement;
      requirement.that = expression(written.that, Use::require, environment);
      requirement.at = expression(written.at, Use::at, environment);
      requirement.message = message(written.message, environment);
      requirement.remark_when = expression(written.remark_when, Use::reference, environment);
      requirement.remark = message(written.remark, environment);
      if (!written.message && !rule.message)
        report(written.that, "this requirement has no message", "write `message:` here or in the rule");
      requirements.push_back(requirement);
    }
    compiled.requirements = storage_.keep(std::move(requirements));
  }

  void compile_citations(const WrittenRule& rule, CompiledRule& compiled, const cel::Environment& environment) {
    std::vector<ReferenceUse> uses;
    for (const auto& written : rule.references) {
      if (std::ranges::find(known_references_, written.id.value) == known_references_.end()) {
        report(written.id, concat("there is no reference `", written.id.value, "`"),
               did_you_mean(written.id.value, known_references_));
      }
      uses.push_back({keep(written.id), expression(written.when, Use::reference, environment)});
    }
    compiled.references = storage_.keep(std::move(uses));
  }

  void compile_parameters(const WrittenRule& rule, CompiledRule& compiled) {
    using Type = Parameter::Type;
    constexpr std::array<std::pair<std::string_view, Type>, 5> types{{{"boolean", Type::boolean},
                                                                      {"integer", Type::integer},
                                                                      {"number", Type::number},
                                                                      {"string", Type::string},
                                                                      {"list(string)", Type::list_of_strings}}};
    std::vector<Parameter> parameters;
    for (const auto& written : rule.parameters) {
      Parameter parameter;
      parameter.name = keep(written.name);
      parameter.description = keep(written.description);
      const auto type = std::ranges::find(types, written.type.value, &std::pair<std::string_view, Type>::first);
      if (type == types.end()) {
        std::vector<std::string_view> names;
        for (const auto& [name, unused] : types) names.push_back(name);
        report(written.type ? written.type : written.name,
               concat("`", written.type.value, "` is no type of a parameter"), did_you_mean(written.type.value, names));
        continue;
      }
      parameter.type = type->second;
      if (written.stricter)
        parameter.stricter =
            written.stricter.value == "lower" ? Parameter::Stricter::lower : Parameter::Stricter::higher;
      set_default(written, parameter);
      parameters.push_back(parameter);
    }
    cel::Record record{std::string(params_record), "parameter", {}, {}};
    for (const Parameter& parameter : parameters) {
      record.fields.push_back({std::string(parameter.name), parameter_type(parameter.type)});
    }
    // One of a type that there is not was reported.
    for (const auto& written : rule.parameters) {
      if (record.find(written.name.value) == nullptr) record.fields.push_back({std::string(written.name.value), {}});
    }
    types_.records.add(std::move(record));
    compiled.parameters = storage_.keep(std::move(parameters));
  }

  static cel::Type parameter_type(Parameter::Type type) {
    using Tag = cel::Type::Tag;
    switch (type) {
      case Parameter::Type::boolean: return cel::Type::of(Tag::boolean);
      case Parameter::Type::integer: return cel::Type::of(Tag::integer);
      case Parameter::Type::number: return cel::Type::of(Tag::real);
      case Parameter::Type::string: return cel::Type::of(Tag::string);
      case Parameter::Type::list_of_strings: return cel::Type::list(cel::Type::of(Tag::string));
    }
    return {};
  }

  static cel::Type gate_type() {
    auto gates = std::make_shared<std::vector<std::string>>();
    for (const Gate gate : {Gate::assess, Gate::technical, Gate::stakeholder, Gate::approve, Gate::live})
      gates->emplace_back(to_string(gate));
    return cel::Type::one_of(std::move(gates));
  }

  // Of the variable that goes through a range.
  static cel::Type element_of(const cel::Type& range) {
    using Tag = cel::Type::Tag;
    if (range.is(Tag::list) || range.is(Tag::map)) return range.arguments()[0];
    return range.is(Tag::record) ? cel::Type::of(Tag::string) : cel::Type::dyn();
  }

  void set_default(const WrittenParameter& written, Parameter& parameter) {
    if (written.fallback == no_node) {
      report(written.name, concat("the parameter `", written.name.value, "` has no `default`"));
      return;
    }
    const Document& document = *written.document;
    const auto bound = [&](NodeId id) -> std::optional<double> {
      if (id == no_node) return std::nullopt;
      const Node& limit = document.node(id);
      return limit.kind == NodeKind::integer ? static_cast<double>(limit.integer) : limit.real;
    };
    parameter.minimum = bound(written.minimum);
    parameter.maximum = bound(written.maximum);
    const Text at{document.node(written.fallback).text, &document, written.fallback};
    switch (set_value(parameter, document, written.fallback, storage_)) {
      case ParameterFit::fits: break;
      case ParameterFit::wrong_kind:
        report(at, concat("the default of `", written.name.value, "` is not of its type `", written.type.value, "`"));
        break;
      case ParameterFit::out_of_bounds:
        report(at, concat("the default of `", written.name.value, "` is outside of its own bounds"));
        break;
    }
  }

  void compile_waiver(const WrittenRule& rule, CompiledRule& compiled) {
    if (rule.waiver == no_node) return;
    if (const Member* allowed = rule.document->find(rule.waiver, "allowed"))
      compiled.waiver_allowed = rule.document->node(allowed->value).boolean;
    if (const Member* days = rule.document->find(rule.waiver, "max_days")) {
      compiled.waiver_max_days =
          static_cast<std::uint32_t>(std::clamp<std::int64_t>(rule.document->node(days->value).integer, 0, 3650));
    }
  }

  void check_ids() {
    std::vector<std::string_view> seen;
    for (const WrittenRule& rule : pack_.rules) {
      std::vector<Text> ids = rule.aliases;
      ids.push_back(rule.id);
      for (const Text& id : ids) {
        if (std::ranges::find(seen, id.value) != seen.end())
          report(id, concat("the rule id `", id.value, "` is used twice"));
        seen.push_back(id.value);
      }
      for (const auto& entry : rule.silence) check_silence(entry);
    }
  }

  // A reason that looks like a rule's id must be one.
  void check_silence(const WrittenSilence& entry) {
    const auto reason = entry.reason.value;
    if (reason.find('/') == std::string_view::npos || reason.find(' ') != std::string_view::npos) return;
    const auto slash = reason.find('/');
    const auto pack = reason.substr(0, slash);
    std::vector<std::string_view> ids;
    if (pack == pack_.id.value) {
      for (const auto& rule : pack_.rules) ids.push_back(rule.id.value);
    } else {
      const auto other = std::ranges::find_if(others_, [&](const auto& one) { return one->tables().id == pack; });
      if (other == others_.end()) return;  // a pack that is not loaded here
      for (const auto& rule : (*other)->tables().rules) ids.push_back(rule.id.substr(slash + 1));
    }
    if (std::ranges::find(ids, reason.substr(slash + 1)) == ids.end()) {
      report(entry.reason, concat("there is no rule `", reason, "`"), did_you_mean(reason.substr(slash + 1), ids));
    }
  }

  const PolicyPack& pack_;
  const Language& language_;
  Types types_;
  std::span<const std::shared_ptr<const CompiledPack>> others_;
  Diagnostics& diagnostics_;
  std::size_t before_;
  TableStorage storage_;
  std::vector<std::string> word_lists_;
  std::vector<std::string_view> known_references_;
  std::vector<std::string> used_parameters_;                    // by the rule at hand
  std::vector<std::uint32_t> used_slots_;                       // likewise
  std::vector<RuleExpression> analysed_;                        // of the rule at hand
  std::vector<std::pair<Text, std::uint32_t>> analysed_texts_;  // where each begins
  std::uint32_t expression_count_ = 0;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> reported_;  // in definitions: source, place, message
};

}  // namespace

bool is_reserved_pack_id(std::string_view id) { return std::ranges::find(reserved_ids, id) != std::end(reserved_ids); }

std::shared_ptr<const CompiledPack> compile_pack(const PolicyPack& pack, const Language& language,
                                                 std::span<const std::shared_ptr<const CompiledPack>> others,
                                                 Diagnostics& diagnostics) {
  return PackCompiler(pack, language, others, diagnostics).compile();
}

}  // namespace scruple::policy
