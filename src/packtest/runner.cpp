#include "packtest/runner.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "packtest/manifest_editor.h"
#include "policy/language.h"
#include "policy/rule_compiler.h"

#include "scruple/linter.h"

#include <algorithm>
#include <array>

namespace scruple::packtest {

namespace {

// Where a case's files stand in memory.
constexpr std::string_view folder = "/campaign";
constexpr std::string_view campaign_file = "/campaign/campaign.json";
constexpr std::string_view default_day = "2026-03-01";
constexpr std::array<std::string_view, 4> expectations = {"pass", "fail", "skip", "undecided"};

// Findings about a manifest that keeps to its schema all the same: what they speak of is what some cases try.
bool about_meaning(std::string_view rule) {
  constexpr std::string_view rules[] = {"manifest/status-behind", "manifest/unknown-id", "manifest/ai-system-as-person",
                                        "manifest/date-order", "manifest/looser-than-organization"};
  return std::ranges::find(rules, rule) != std::end(rules);
}

// One case of one rule.
class CaseRun {
 public:
  CaseRun(const policy::PolicyPack& written, const std::shared_ptr<const policy::CompiledPack>& pack,
          const policy::Language& language, const policy::WrittenRule& rule, NodeId node, TestReport& report)
      : written_(written),
        pack_(pack),
        language_(language),
        rule_(rule),
        document_(*rule.document),
        node_(node),
        report_(report) {}

  // What the case expects: one of `expectations`, empty if it says none.
  std::string_view run() {
    for (const std::string_view expectation : expectations) {
      if (const Member* member = document_.find(node_, expectation)) {
        if (!expectation_.empty()) {
          fail("a case has exactly one of `pass`, `fail`, `skip` and `undecided`");
          return {};
        }
        expectation_ = expectation;
        name_ = concat(expectation, ": ", document_.node(member->value).text);
      }
    }
    if (expectation_.empty()) {
      fail("a case has exactly one of `pass`, `fail`, `skip` and `undecided`");
      return {};
    }
    if (prepare()) judge();
    return expectation_;
  }

 private:
  void fail(std::string reason, std::vector<std::string> details = {}) {
    report_.failures.push_back({concat(pack_->tables().id, "/", rule_.id.value), name_, std::move(reason),
                                std::move(details), locate(document_.source(), document_.node(node_).span)});
    ++report_.failed;
  }

  NodeId find(NodeId map, std::string_view key) const {
    const Member* member = document_.find(map, key);
    return member == nullptr ? no_node : member->value;
  }

  std::string text(std::string_view key, std::string_view fallback) const {
    const NodeId value = find(node_, key);
    return std::string(value == no_node ? fallback : document_.node(value).text);
  }

  // Applies `set`, `remove` and `add` of a mapping to a manifest.
  bool edit(Json& manifest, NodeId changes) {
    const auto apply = [&](std::string_view key, auto change) {
      const NodeId edits = find(changes, key);
      if (edits == no_node) return true;
      for (const Member& member : document_.members(edits)) {
        if (const auto problem = change(member)) {
          fail(concat("`", key, "`: ", *problem));
          return false;
        }
      }
      return true;
    };
    return apply("set",
                 [&](const Member& member) {
                   return set_place(manifest, member.key, to_json(document_, member.value));
                 }) &&
           apply("remove",
                 [&](const Member& member) { return remove_place(manifest, document_.node(member.value).text); }) &&
           apply("add", [&](const Member& member) {
             return add_to_place(manifest, member.key, to_json(document_, member.value));
           });
  }

  void add_files(const Document& document, NodeId files) {
    if (files == no_node) return;
    for (const Member& member : document.members(files)) {
      files_.add(path::normalize(path::join(folder, member.key)), std::string(document.node(member.value).text));
    }
  }

  // Writes the case's manifests and files into memory.
  bool prepare() {
    Json campaign;
    Json organization;
    if (written_.base_document != nullptr) {
      const Document& base = *written_.base_document;
      const auto part = [&](std::string_view key) {
        const Member* member = base.find(written_.base, key);
        return member == nullptr ? no_node : member->value;
      };
      if (const NodeId node = part("campaign"); node != no_node) campaign = to_json(base, node);
      if (const NodeId node = part("organization"); node != no_node) organization = to_json(base, node);
      add_files(base, part("files"));
    }
    if (const NodeId manifest = find(node_, "manifest"); manifest != no_node) campaign = to_json(document_, manifest);
    if (!edit(campaign, node_)) return false;
    if (const NodeId changes = find(node_, "organization"); changes != no_node && !edit(organization, changes))
      return false;
    add_files(document_, find(node_, "files"));
    if (campaign.is_null()) {
      fail("there is no manifest to judge", {"give the pack a `base`, or the case a `manifest`"});
      return false;
    }
    if (campaign.contains("organization") && campaign["organization"].is_string() && !organization.is_null()) {
      files_.add(path::normalize(path::join(folder, campaign["organization"].get<std::string>())), organization.dump());
    }
    files_.add(std::string(campaign_file), campaign.dump());
    return true;
  }

  // The pack with the case's parameters in place of the defaults; null if one does not fit.
  std::shared_ptr<const policy::CompiledPack> with_parameters() {
    const NodeId params = find(node_, "params");
    if (params == no_node) return pack_;
    policy::PackTables tables = pack_->tables();
    policy::TableStorage storage;
    std::vector<policy::CompiledRule> rules(tables.rules.begin(), tables.rules.end());
    const std::string id = concat(tables.id, "/", rule_.id.value);
    for (policy::CompiledRule& rule : rules) {
      if (rule.id != id) continue;
      std::vector<policy::Parameter> parameters(rule.parameters.begin(), rule.parameters.end());
      for (const Member& member : document_.members(params)) {
        const auto parameter = std::ranges::find(parameters, member.key, &policy::Parameter::name);
        if (parameter == parameters.end()) {
          fail(concat("`params`: the rule has no parameter `", member.key, "`"));
          return nullptr;
        }
        const Node& value = document_.node(member.value);
        parameter->text = value.text;
        parameter->number = value.kind == NodeKind::boolean   ? (value.boolean ? 1 : 0)
                            : value.kind == NodeKind::integer ? static_cast<double>(value.integer)
                            : value.kind == NodeKind::real    ? value.real
                                                              : 0;
        std::vector<std::string_view> texts;
        for (const Member& item : document_.members(member.value)) texts.push_back(document_.node(item.value).text);
        parameter->texts = storage.keep(std::move(texts));
      }
      rule.parameters = storage.keep(std::move(parameters));
    }
    tables.rules = storage.keep(std::move(rules));
    return std::make_shared<const policy::CompiledPack>(tables, language_.functions, pack_->origin(),
                                                        std::move(storage));
  }

  void judge() {
    const auto pack = with_parameters();
    if (pack == nullptr) return;
    const std::string id = concat(pack->tables().id, "/", rule_.id.value);
    const auto rule = std::ranges::find(pack->tables().rules, id, &policy::CompiledRule::id);
    LintOptions options;
    options.paths = {std::string(campaign_file)};
    options.root = folder;
    options.select = {id};
    options.level = Level::complete;
    options.gate = gate_from(text("gate", to_string(rule->gate)));
    options.today = text("today", written_.today ? written_.today.value : default_day);
    options.jobs = 1;
    // The language outlives the run: the set only borrows it.
    const PolicySet policies(std::shared_ptr<const policy::Language>(std::shared_ptr<void>(), &language_), {pack});
    const LintResult result = lint(options, policies, files_);

    std::vector<const Finding*> findings;
    std::vector<std::string> broken;
    for (const Finding& finding : result.findings) {
      if (finding.rule == id) {
        findings.push_back(&finding);
      } else if (!about_meaning(finding.rule)) {
        broken.push_back(describe(finding));
      }
    }
    const NodeId invalid = find(node_, "invalid");
    if (!broken.empty() && (invalid == no_node || !document_.node(invalid).boolean)) {
      return fail("the case's manifest breaks the schema (say `invalid: true` if it is meant to)", std::move(broken));
    }
    const auto index = static_cast<std::size_t>(rule - pack->tables().rules.begin());
    compare(result.units.empty() ? RuleCounts{} : result.units.front().counts[index], findings);
  }

  static std::string describe(const Finding& finding) {
    return concat(to_string(finding.outcome), " at `", finding.place, "`", finding.missing.empty() ? "" : ", missing ",
                  finding.missing, ": ", finding.message);
  }

  void compare(const RuleCounts& counts, const std::vector<const Finding*>& findings) {
    const auto count = [&](Outcome outcome) { return counts.outcomes[static_cast<std::size_t>(outcome)]; };
    std::vector<std::string> found;
    for (const Finding* finding : findings) found.push_back(describe(*finding));
    if (expectation_ == "pass" || expectation_ == "skip") {
      if (!findings.empty())
        return fail(concat("expected no finding, and there ", findings.size() == 1 ? "is one" : "are some"),
                    std::move(found));
      if (expectation_ == "pass" && count(Outcome::pass) == 0)
        return fail("the rule never applied: this proves nothing", {"say `skip` if that is what is meant"});
      if (expectation_ == "skip" && count(Outcome::pass) != 0)
        return fail("the rule applied, and passed", {"say `pass` if that is what is meant"});
      ++report_.passed;
      return;
    }
    const Outcome wanted = expectation_ == "fail" ? Outcome::fail : Outcome::undecided;
    if (count(wanted) == 0) {
      return fail(concat("expected `", to_string(wanted), "`, and there is none"),
                  found.empty() ? std::vector<std::string>{outcome_counts(counts)} : std::move(found));
    }
    const NodeId finds = find(node_, "finds");
    if (finds == no_node) return fail("the case does not say what it `finds`", std::move(found));
    std::vector<bool> listed(findings.size());
    for (const Member& member : document_.members(finds)) {
      const auto field = [&](std::string_view key) {
        const NodeId value = find(member.value, key);
        return value == no_node ? std::string_view{} : document_.node(value).text;
      };
      bool matched = false;
      for (std::size_t i = 0; i < findings.size() && !matched; ++i) {
        const Finding& finding = *findings[i];
        matched = !listed[i] && finding.place == field("at") && finding.missing == field("missing") &&
                  finding.message.find(field("message")) != std::string::npos;
        if (matched) listed[i] = true;
      }
      if (!matched) {
        return fail(concat("nothing was found at `", field("at"), "`",
                           field("missing").empty() ? "" : concat(" with `missing: ", field("missing"), "`"),
                           field("message").empty() ? "" : concat(" saying \"", field("message"), "\"")),
                    std::move(found));
      }
    }
    std::vector<std::string> unlisted;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      if (!listed[i]) unlisted.push_back(describe(*findings[i]));
    }
    if (!unlisted.empty()) return fail("findings that the case does not list under `finds`", std::move(unlisted));
    ++report_.passed;
  }

  static std::string outcome_counts(const RuleCounts& counts) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < outcome_count; ++i) {
      if (counts.outcomes[i] != 0) parts.push_back(concat(counts.outcomes[i], " ", to_string(static_cast<Outcome>(i))));
    }
    return parts.empty() ? "the rule was not judged" : concat("outcomes: ", join(parts, ", "));
  }

  const policy::PolicyPack& written_;
  std::shared_ptr<const policy::CompiledPack> pack_;
  const policy::Language& language_;
  const policy::WrittenRule& rule_;
  const Document& document_;
  NodeId node_;
  TestReport& report_;
  MemoryFileSystem files_;
  std::string_view expectation_;
  std::string name_;
};

void run_rule(const policy::PolicyPack& written, const std::shared_ptr<const policy::CompiledPack>& pack,
              const policy::Language& language, const policy::WrittenRule& rule, TestReport& report) {
  ++report.rules;
  bool passes = false;
  bool fails = false;
  if (rule.tests != no_node) {
    for (const Member& member : rule.document->members(rule.tests)) {
      const auto expectation = CaseRun(written, pack, language, rule, member.value, report).run();
      passes = passes || expectation == "pass";
      fails = fails || expectation == "fail";
    }
  }
  if (passes && fails) return;
  report.failures.push_back({concat(pack->tables().id, "/", rule.id.value),
                             {},
                             "a rule has at least one `pass` and one `fail` among its tests",
                             {},
                             locate(rule.document->source(), rule.id.document->node(rule.id.node).span)});
  ++report.failed;
}

void run_pack(const std::string& path, const PolicySet& known, const FileSystem& files, TestReport& report) {
  const std::size_t before = report.problems.size();
  const auto written = policy::read_pack(path, known.language().pack, files, report.problems);
  if (!written || report.problems.size() != before) return;
  const auto pack = policy::compile_pack(*written, known.language(), known.packs(), report.problems);
  if (pack == nullptr) return;
  ++report.packs;
  for (const auto& rule : written->rules) run_rule(*written, pack, known.language(), rule, report);
}

}  // namespace

TestReport run_tests(const std::vector<std::string>& paths, const PolicySet& known, const FileSystem& files) {
  TestReport report;
  for (const std::string& path : paths) run_pack(path, known, files, report);
  if (paths.empty()) {
    // Packs that are part of the program carry their files with them.
    for (const auto& pack : known.packs()) {
      MemoryFileSystem memory;
      const std::string root = concat("/rules/", pack->tables().id);
      for (const auto& file : pack->tables().files)
        memory.add(path::normalize(path::join(root, file.path)), std::string(file.text));
      run_pack(root, known, memory, report);
    }
  }
  if (report.problems.empty() && report.passed + report.failed == 0) {
    Diagnostic diagnostic;
    diagnostic.code = "test/none";
    diagnostic.message = "there is not one test case to run";
    diagnostic.hint = "write `tests:` in the rules";
    report.problems.push_back(std::move(diagnostic));
  }
  return report;
}

void print(const TestReport& report, std::ostream& out) {
  for (const Failure& failure : report.failures) {
    out << visible(failure.location.file) << ':' << failure.location.begin.line << ": " << visible(failure.rule);
    if (!failure.name.empty()) out << ", " << visible(failure.name);
    out << "\n    " << visible(failure.reason) << '\n';
    for (const auto& detail : failure.details) out << "      " << visible(detail) << '\n';
  }
  if (report.passed + report.failed == 0) return;
  out << plural(report.rules, "rule") << " in " << plural(report.packs, "pack") << ": " << report.passed << " passed, "
      << report.failed << " failed\n";
}

}  // namespace scruple::packtest
