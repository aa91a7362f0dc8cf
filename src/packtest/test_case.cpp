#include "packtest/test_case.h"

#include "base/base64.h"
#include "base/strings.h"
#include "lint/observed_lint.h"
#include "packtest/yaml_writer.h"
#include "policy/parameter_value.h"

#include <algorithm>
#include <array>
#include <utility>

namespace scruple::packtest {

namespace {

// Where a case's files stand in memory.
constexpr std::string_view folder = "/campaign";
constexpr std::string_view campaign_file = "/campaign/campaign.json";
constexpr std::string_view default_day = "2026-03-01";
constexpr std::array<std::string_view, 4> expectations = {"pass", "fail", "skip", "undecided"};
constexpr std::string_view one_expectation = "a case has exactly one of `pass`, `fail`, `skip` and `undecided`";

// Findings about a manifest that keeps to its schema all the same: what they speak of is what some cases try.
bool about_meaning(std::string_view rule) {
  constexpr std::string_view rules[] = {"manifest/status-behind", "manifest/unknown-id", "manifest/ai-system-as-person",
                                        "manifest/date-order", "manifest/looser-than-organization"};
  return std::ranges::find(rules, rule) != std::end(rules);
}

std::string describe(const Finding& finding) {
  return concat(to_string(finding.outcome), " at `", finding.place, "`", finding.missing.empty() ? "" : ", missing ",
                finding.missing, ": ", finding.message);
}

// A finding with the values that decided it.
void add_description(const Finding& finding, std::vector<std::string>& lines) {
  lines.push_back(describe(finding));
  for (const Reason& reason : finding.because) {
    std::string line = "  because ";
    line += reason.expression.empty() ? reason.note : concat(reason.expression, " is ", reason.value);
    if (!reason.place.empty() && reason.place != reason.expression) line += concat(" (", reason.place, ")");
    lines.push_back(std::move(line));
  }
}

std::vector<std::string> describe_all(const std::vector<const Finding*>& findings) {
  std::vector<std::string> lines;
  for (const Finding* finding : findings) add_description(*finding, lines);
  return lines;
}

std::string describe_counts(const RuleCounts& counts) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < outcome_count; ++i) {
    if (counts.outcomes[i] != 0) parts.push_back(concat(counts.outcomes[i], " ", to_string(static_cast<Outcome>(i))));
  }
  return parts.empty() ? "the rule was not judged" : concat("outcomes: ", join(parts, ", "));
}

}  // namespace

TestCase::TestCase(const policy::PolicyPack& written, const policy::WrittenRule& rule, NodeId node)
    : written_(written), rule_(rule), document_(*rule.document), node_(node) {
  for (const std::string_view expectation : expectations) {
    const NodeId title = find(node_, expectation);
    if (title == no_node) continue;
    if (!expectation_.empty()) {
      unusable_ = Mismatch{std::string(one_expectation), {}};
      return;
    }
    expectation_ = expectation;
    title_ = document_.node(title).text;
  }
  if (expectation_.empty()) {
    unusable_ = Mismatch{std::string(one_expectation), {}};
  } else {
    prepare();
  }
}

std::string TestCase::name() const { return expectation_.empty() ? std::string() : concat(expectation_, ": ", title_); }

Location TestCase::location() const { return locate(document_.source(), document_.node(node_).span); }

NodeId TestCase::find(NodeId map, std::string_view key) const {
  const Member* member = document_.find(map, key);
  return member == nullptr ? no_node : member->value;
}

std::string TestCase::text(std::string_view key, std::string_view fallback) const {
  const NodeId value = find(node_, key);
  return std::string(value == no_node ? fallback : document_.node(value).text);
}

// Applies `set`, `remove` and `add` of a mapping to a manifest.
bool TestCase::edit(Json& manifest, NodeId changes) {
  const auto apply = [&](std::string_view key, auto change) {
    const NodeId edits = find(changes, key);
    if (edits == no_node) return true;
    for (const Member& member : document_.members(edits)) {
      if (const auto problem = change(member)) {
        unusable_ = Mismatch{concat("`", key, "`: ", *problem), {}};
        return false;
      }
    }
    return true;
  };
  return apply(
             "set",
             [&](const Member& member) { return set_place(manifest, member.key, to_json(document_, member.value)); }) &&
         apply("remove",
               [&](const Member& member) { return remove_place(manifest, document_.node(member.value).text); }) &&
         apply("add", [&](const Member& member) {
           return add_to_place(manifest, member.key, to_json(document_, member.value));
         });
}

void TestCase::add_files(const Document& document, NodeId files) {
  if (files == no_node) return;
  for (const Member& member : document.members(files)) {
    const Member* base64 = document.find(member.value, "base64");
    std::string bytes(document.node(base64 == nullptr ? member.value : base64->value).text);
    if (base64 != nullptr) {
      auto decoded = base64_decode(bytes);
      if (!decoded) {
        unusable_ = Mismatch{concat("`files`: `", member.key, "` is no base64"), {}};
        return;
      }
      bytes = *std::move(decoded);
    }
    files_.add(path::normalize(path::join(folder, member.key)), std::move(bytes));
  }
}

// Writes the case's manifests and files into memory.
void TestCase::prepare() {
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
  if (!edit(campaign, node_)) return;
  if (const NodeId changes = find(node_, "organization"); changes != no_node && !edit(organization, changes)) return;
  add_files(document_, find(node_, "files"));
  if (campaign.is_null()) {
    unusable_ = Mismatch{"there is no manifest to judge", {"give the pack a `base`, or the case a `manifest`"}};
    return;
  }
  if (campaign.contains("organization") && campaign["organization"].is_string() && !organization.is_null()) {
    organization_file_ = path::normalize(path::join(folder, campaign["organization"].get<std::string>()));
    files_.add(organization_file_, organization.dump());
    organization_ = std::move(organization);
  }
  files_.add(std::string(campaign_file), campaign.dump());
  campaign_ = std::move(campaign);
}

LintResult TestCase::lint_file(std::string_view file, const FileSystem& files,
                               const std::shared_ptr<const policy::CompiledPack>& pack,
                               const policy::Language& language, cel::Observer* observer) const {
  const std::string id = concat(pack->tables().id, "/", rule_.id.value);
  const auto rule = std::ranges::find(pack->tables().rules, id, &policy::CompiledRule::id);
  LintOptions options;
  options.paths = {std::string(file)};
  options.root = folder;
  options.select = {id};
  options.level = Level::complete;
  options.gate = gate_from(text("gate", to_string(rule->gate)));
  options.today = text("today", written_.today ? written_.today.value : default_day);
  options.jobs = 1;
  options.isolated = true;
  // The language outlives the run: the set only borrows it.
  const PolicySet policies(std::shared_ptr<const policy::Language>(std::shared_ptr<void>(), &language), {pack});
  return linting::lint_observed(options, policies, files, observer);
}

std::optional<LintResult> TestCase::judge(const std::shared_ptr<const policy::CompiledPack>& given,
                                          const policy::Language& language) const {
  std::string problem;
  const auto pack = unusable_ ? nullptr : with_parameters(given, problem);
  if (pack == nullptr) return std::nullopt;
  const std::string file = path::join(folder, "campaign.yaml");
  MemoryFileSystem files = files_;
  files.add(file, to_yaml(campaign_));
  if (!organization_file_.empty()) files.add(organization_file_, to_yaml(organization_));
  LintResult result = lint_file(file, files, pack, language, nullptr);
  // Readers see files as they would in the campaign's folder.
  const auto shorten_path = [](std::string& path) {
    const std::string prefix = concat(folder, "/");
    if (path.starts_with(prefix)) path.erase(0, prefix.size());
  };
  for (Finding& finding : result.findings) {
    shorten_path(finding.location.file);
    for (Reason& reason : finding.because) {
      if (reason.location) shorten_path(reason.location->file);
    }
    for (Occurrence& occurrence : finding.occurrences) shorten_path(occurrence.document);
  }
  for (Cause& cause : result.causes) shorten_path(cause.location.file);
  for (Unit& unit : result.units) {
    shorten_path(unit.file);
    for (Remark& remark : unit.remarks) shorten_path(remark.location.file);
  }
  return result;
}

// The pack with the case's parameters in place of the defaults; null if one does not fit.
std::shared_ptr<const policy::CompiledPack> TestCase::with_parameters(
    const std::shared_ptr<const policy::CompiledPack>& pack, std::string& problem) const {
  const NodeId params = find(node_, "params");
  if (params == no_node) return pack;
  policy::PackTables tables = pack->tables();
  policy::TableStorage storage;
  std::vector<policy::CompiledRule> rules(tables.rules.begin(), tables.rules.end());
  const std::string id = concat(tables.id, "/", rule_.id.value);
  for (policy::CompiledRule& rule : rules) {
    if (rule.id != id) continue;
    std::vector<policy::Parameter> parameters(rule.parameters.begin(), rule.parameters.end());
    for (const Member& member : document_.members(params)) {
      const auto parameter = std::ranges::find(parameters, member.key, &policy::Parameter::name);
      if (parameter == parameters.end()) {
        problem = concat("`params`: the rule has no parameter `", member.key, "`");
        return nullptr;
      }
      if (policy::set_value(*parameter, document_, member.value, storage) != policy::ParameterFit::fits) {
        problem = concat("`params`: of `", member.key, "` ", policy::expected_value(*parameter), " is expected");
        return nullptr;
      }
    }
    rule.parameters = storage.keep(std::move(parameters));
  }
  tables.rules = storage.keep(std::move(rules));
  return std::make_shared<const policy::CompiledPack>(*pack, tables, std::move(storage));
}

std::optional<Mismatch> TestCase::run(const std::shared_ptr<const policy::CompiledPack>& given,
                                      const policy::Language& language, cel::Observer* observer) const {
  if (unusable_) return unusable_;
  std::string problem;
  const auto pack = with_parameters(given, problem);
  if (pack == nullptr) return Mismatch{std::move(problem), {}};
  const std::string id = concat(pack->tables().id, "/", rule_.id.value);
  const auto rule = std::ranges::find(pack->tables().rules, id, &policy::CompiledRule::id);
  const LintResult result = lint_file(campaign_file, files_, pack, language, observer);

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
    return Mismatch{"the case's manifest breaks the schema (say `invalid: true` if it is meant to)", std::move(broken)};
  }
  const auto index = static_cast<std::size_t>(rule - pack->tables().rules.begin());
  auto mismatch = compare(result.units.empty() ? RuleCounts{} : result.units.front().counts[index], findings);
  if (!mismatch)
    mismatch = compare_remarks(result.units.empty() ? std::vector<Remark>{} : result.units.front().remarks);
  if (mismatch) mismatch->judged = true;
  return mismatch;
}

std::optional<Mismatch> TestCase::compare(const RuleCounts& counts, const std::vector<const Finding*>& findings) const {
  const auto count = [&](Outcome outcome) { return counts.outcomes[static_cast<std::size_t>(outcome)]; };
  if (expectation_ == "pass" || expectation_ == "skip") {
    if (!findings.empty()) {
      return Mismatch{concat("expected no finding, and there ", findings.size() == 1 ? "is one" : "are some"),
                      describe_all(findings)};
    }
    if (expectation_ == "pass" && count(Outcome::pass) == 0) {
      return Mismatch{"the rule never applied: this proves nothing", {"say `skip` if that is what is meant"}};
    }
    if (expectation_ == "skip" && count(Outcome::pass) != 0) {
      return Mismatch{"the rule applied, and passed", {"say `pass` if that is what is meant"}};
    }
    return std::nullopt;
  }
  const Outcome wanted = expectation_ == "fail" ? Outcome::fail : Outcome::undecided;
  if (count(wanted) == 0) {
    return Mismatch{concat("expected `", to_string(wanted), "`, and there is none"),
                    findings.empty() ? std::vector<std::string>{describe_counts(counts)} : describe_all(findings)};
  }
  return compare_findings(findings);
}

// Each of `remarks` is one remark, in their order, and there is no other; a case need not say any.
std::optional<Mismatch> TestCase::compare_remarks(const std::vector<Remark>& remarks) const {
  const NodeId listed = find(node_, "remarks");
  if (listed == no_node) return std::nullopt;
  const auto members = document_.members(listed);
  bool same = members.size() == remarks.size();
  for (std::size_t i = 0; same && i < remarks.size(); ++i)
    same = remarks[i].message.find(document_.node(members[i].value).text) != std::string::npos;
  if (same) return std::nullopt;
  Mismatch mismatch{"the rule says something else under `remarks`", {}};
  for (const Remark& remark : remarks) mismatch.details.push_back(remark.message);
  if (remarks.empty()) mismatch.details.emplace_back("it says nothing");
  return mismatch;
}

// Each of `finds` is one finding, and there is no other.
std::optional<Mismatch> TestCase::compare_findings(const std::vector<const Finding*>& findings) const {
  const NodeId finds = find(node_, "finds");
  if (finds == no_node) return Mismatch{"the case does not say what it `finds`", describe_all(findings)};
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
      return Mismatch{concat("nothing was found at `", field("at"), "`",
                             field("missing").empty() ? "" : concat(" with `missing: ", field("missing"), "`"),
                             field("message").empty() ? "" : concat(" saying \"", field("message"), "\"")),
                      describe_all(findings)};
    }
  }
  std::vector<std::string> unlisted;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!listed[i]) add_description(*findings[i], unlisted);
  }
  if (!unlisted.empty()) return Mismatch{"findings that the case does not list under `finds`", std::move(unlisted)};
  return std::nullopt;
}

}  // namespace scruple::packtest
