#include "lint/settings.h"

#include "base/files_beneath.h"
#include "base/glob.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "lint/rule_overrides.h"
#include "policy/language.h"
#include "policy/parameter_value.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace scruple::linting {

namespace {

using config::Config;
using config::Setting;

std::string position(const Setting& setting) {
  const Location location = setting.location();
  return concat(location.file, ":", location.begin.line);
}

Diagnostic problem(const Setting& setting, std::string code, std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  diagnostic.location = setting.location();
  return diagnostic;
}

// What the configs of a chain have said so far, from the furthest up to the nearest; likewise what is locked.
struct Said {
  std::optional<Setting> level, gate, fail_on;
  std::map<std::string, Setting, std::less<>> evidence_roots;
  std::optional<Setting> waivers;  // the list
  std::string waivers_lock;        // where that was forbidden already
  policy::Packs packs;             // that were read, built-in ones left out
  RuleOverrides rules;
};

// One after the other, the configs of a chain and what each extends.
class Layers {
 public:
  using LoadPack = std::function<std::shared_ptr<const policy::CompiledPack>(const Setting&)>;

  Layers(const PolicySet& policies, LoadPack load, Diagnostics& diagnostics)
      : policies_(policies), load_(std::move(load)), diagnostics_(diagnostics) {}

  // `nearest`: the config that counts, so that what is wrong in it is reported.
  void add(const Config& config, bool nearest) {
    nearest_ = nearest;
    said = floor_;
    load_packs(config);
    for (const Config* layer : config::layers_of(config)) {
      apply(*layer);
      for (const Setting& name : layer->locked) lock(name);
    }
  }

  Said said;
  policy::Packs packs;  // all that hold
  std::vector<Judged> attempts;
  std::map<std::string, Setting, std::less<>> locks;  // by the name that is locked

 private:
  void report(const Setting& setting, std::string code, std::string message, std::string hint) {
    if (nearest_) diagnostics_.push_back(problem(setting, std::move(code), std::move(message), std::move(hint)));
  }

  // At a key that means nothing here.
  void report_key(const Setting& setting, std::string code, std::string message, std::string hint) {
    if (!nearest_) return;
    report(setting, std::move(code), std::move(message), std::move(hint));
    diagnostics_.back().location = locate(setting.file->document.source(), setting.key);
  }

  void attempt(const Setting& setting, const Setting& lock, std::string message) {
    if (!nearest_) return;
    Judged judged;
    Finding& finding = judged.finding;
    finding.rule = "config/locked";
    finding.severity = Severity::error;
    finding.title = "What is locked further up is not loosened";
    finding.message = std::move(message);
    finding.remediation = "Take the setting out, or make it stricter. What is locked counts in any case.";
    finding.place = setting.place;
    finding.location = setting.location();
    Reason reason;
    reason.kind = Reason::Kind::remark;
    reason.note = concat("`", lock.value, "` is locked");
    reason.location = lock.location();
    finding.because.push_back(std::move(reason));
    finding.occurrences.emplace_back();
    judged.document_id = setting.file->relative;
    attempts.push_back(std::move(judged));
  }

  const Setting* lock_of(std::string_view name) const {
    const auto found = locks.find(name);
    return found == locks.end() ? nullptr : &found->second;
  }

  void load_packs(const Config& config) {
    packs = policies_.packs();
    for (const auto& pack : floor_.packs) policy::join_pack(packs, pack);
    const std::vector<Setting>* given = nullptr;
    for (const Config* layer : config::layers_of(config)) {
      if (layer->packs) given = &*layer->packs;
    }
    if (given == nullptr) return;
    std::vector<std::string_view> own;
    for (const Setting& setting : *given) {
      const auto pack = load_(setting);
      if (pack == nullptr) continue;
      const std::string_view id = pack->tables().id;
      const bool loaded =
          std::ranges::any_of(floor_.packs, [&](const auto& other) { return other->origin() == pack->origin(); });
      if (loaded) continue;
      if (const auto protecting = protected_.find(id); protecting != protected_.end()) {
        attempt(setting, protecting->second,
                concat("The pack `", id, "` would take the place of one that `", protecting->second.value, "` locks."));
        continue;
      }
      if (std::ranges::find(own, id) != own.end()) {
        report(setting, "pack/id", concat("two packs have the id `", id, "`"), "give each pack an id of its own");
        continue;
      }
      own.push_back(id);
      // A pack of this id that was given with --pack stays.
      if (policy::join_pack(packs, pack)) said.packs.push_back(pack);
    }
  }

  template <typename Value>
  void apply_floor(std::string_view name, const std::optional<Setting>& setting, std::optional<Setting>& now,
                   std::optional<Value> (*read)(std::string_view), Value fallback) {
    if (!setting) return;
    const Setting* lock = lock_of(name);
    const Value value = read(setting->value).value_or(fallback);
    const Value floor = now ? read(now->value).value_or(fallback) : fallback;
    // Of each, what comes later is stricter.
    if (lock != nullptr && value < floor) {
      return attempt(
          *setting, *lock,
          concat("`", name, ": ", setting->value, "` is looser than `", to_string(floor), "`, which is locked."));
    }
    now = setting;
  }

  void apply(const Config& layer) {
    apply_floor<Level>("level", layer.level, said.level, level_from, Level::essential);
    // Without a gate each campaign's own counts, and only the last is at least as strict as that.
    apply_floor<Gate>("gate", layer.gate, said.gate, gate_from, Gate::live);
    apply_floor<Severity>("fail-on", layer.fail_on, said.fail_on, severity_from, Severity::error);
    if (const Setting* lock = lock_of("exclude"); lock != nullptr && layer.exclude) {
      for (const Setting& pattern : *layer.exclude)
        attempt(pattern, *lock, concat("`", pattern.value, "` leaves out what `exclude` further up does not."));
    }
    for (const auto& root : layer.evidence_roots) {
      const auto known = said.evidence_roots.find(root.name);
      const Setting* lock = lock_of("evidence-roots");
      if (lock != nullptr && known != said.evidence_roots.end() && known->second.file != root.folder.file) {
        attempt(root.folder, *lock, concat("The evidence root `", root.name, "` is locked further up."));
        continue;
      }
      said.evidence_roots[root.name] = root.folder;
    }
    if (layer.waivers != no_node) {
      said.waivers = Setting{"waivers", layer.file.get(), layer.waivers, "waivers", {}};
      const Setting* lock = lock_of("waivers");
      said.waivers_lock = lock == nullptr ? std::string() : position(*lock);
    }
    for (const config::RuleSetting& rule : layer.rules) apply(rule);
  }

  const policy::CompiledRule* find_rule(std::string_view id) const {
    for (const auto& pack : packs) {
      for (const auto& rule : pack->tables().rules) {
        if (rule.id == id || std::ranges::find(rule.aliases, id) != rule.aliases.end()) return &rule;
      }
    }
    return nullptr;
  }

  static bool names(std::string_view pattern, const policy::CompiledRule& rule) {
    return glob_match(pattern, rule.id) || pattern == rule.id.substr(0, rule.id.find('/')) ||
           std::ranges::any_of(rule.aliases, [&](std::string_view alias) { return glob_match(pattern, alias); });
  }

  const Setting* lock_of(const policy::CompiledRule& rule) const {
    for (const auto& [name, lock] : locks) {
      if (names(name, rule)) return &lock;
    }
    return nullptr;
  }

  void apply(const config::RuleSetting& setting) {
    const policy::CompiledRule* rule = find_rule(setting.id.value);
    if (rule == nullptr) {
      std::vector<std::string_view> ids;
      for (const auto& pack : packs) {
        for (const auto& known : pack->tables().rules) ids.push_back(known.id);
      }
      std::string hint = did_you_mean(setting.id.value, ids);
      // A rule is often named by the end of its id alone.
      const auto whole =
          std::ranges::find_if(ids, [&](std::string_view id) { return id.ends_with(concat("/", setting.id.value)); });
      if (whole != ids.end()) hint = concat("write its full id: `", *whole, "`");
      if (hint.empty()) hint = "`scruple rules` lists them; each is named by its full id";
      return report_key(setting.id, "config/rule", concat("no rule is called `", setting.id.value, "`"),
                        std::move(hint));
    }
    RuleOverride& now = said.rules[std::string(rule->id)];
    const Setting* lock = lock_of(*rule);
    if (setting.severity) {
      const auto floor = now.severity ? severity_rank(now.severity->value) : static_cast<int>(rule->severity);
      if (lock != nullptr && severity_rank(setting.severity->value) > floor) {
        attempt(*setting.severity, *lock,
                concat("`", rule->id, "` as `", setting.severity->value, "` is looser than `", severity_name(floor),
                       "`, which is locked."));
      } else {
        now.severity = setting.severity;
      }
    }
    for (const Setting& parameter : setting.parameters) apply(*rule, parameter, lock, now);
  }

  void apply(const policy::CompiledRule& rule, const Setting& setting, const Setting* lock, RuleOverride& now) {
    const auto declared = std::ranges::find(rule.parameters, setting.value, &policy::Parameter::name);
    if (declared == rule.parameters.end()) {
      std::vector<std::string_view> names;
      for (const auto& parameter : rule.parameters) names.push_back(parameter.name);
      return report_key(setting, "config/parameter", concat("`", rule.id, "` has no parameter `", setting.value, "`"),
                        names.empty() ? std::string("it has none") : did_you_mean(setting.value, names));
    }
    policy::Parameter value = *declared;
    policy::TableStorage storage;
    const auto fit = policy::set_value(value, setting.file->document, setting.node, storage);
    if (fit != policy::ParameterFit::fits) {
      return report(
          setting, "config/parameter",
          concat("of the parameter `", setting.value, "` ", policy::expected_value(*declared), " is expected"),
          concat("the pack's own value is `", policy::value_text(*declared), "`"));
    }
    policy::Parameter floor = *declared;
    if (const auto known = now.parameters.find(setting.value); known != now.parameters.end())
      policy::set_value(floor, known->second.file->document, known->second.node, storage);
    if (lock == nullptr) lock = lock_of(concat(rule.id, ".params.", setting.value));
    if (lock != nullptr && !is_as_strict(value, floor)) {
      return attempt(
          setting, *lock,
          concat("`", setting.value, "` of `", rule.id, "` is `", policy::value_text(floor), "`, and that is locked."));
    }
    now.parameters.insert_or_assign(setting.value, setting);
  }

  // From here on down: what is said so far cannot be loosened.
  void lock(const Setting& name) {
    constexpr std::string_view settings[] = {"level",   "gate",    "fail-on", "packs",
                                             "include", "exclude", "waivers", "evidence-roots"};
    const std::string_view text = name.value;
    bool known = std::ranges::find(settings, text) != std::end(settings);
    if (text == "level") floor_.level = said.level;
    if (text == "gate") floor_.gate = said.gate;
    if (text == "fail-on") floor_.fail_on = said.fail_on;
    if (text == "evidence-roots") floor_.evidence_roots = said.evidence_roots;
    for (const auto& pack : packs) {
      bool holds_locked = text == "packs";
      for (const policy::CompiledRule& rule : pack->tables().rules) {
        const std::string id(rule.id);
        if (!known && names(text, rule)) {
          holds_locked = true;
          if (const auto override = said.rules.find(id); override != said.rules.end())
            floor_.rules[id] = override->second;
        }
        for (const auto& parameter : rule.parameters) {
          if (text != concat(id, ".params.", parameter.name)) continue;
          holds_locked = true;
          const auto override = said.rules.find(id);
          if (override == said.rules.end()) continue;
          const auto value = override->second.parameters.find(std::string(parameter.name));
          if (value != override->second.parameters.end())
            floor_.rules[id].parameters.insert_or_assign(value->first, value->second);
        }
      }
      if (holds_locked) protect(pack, name);
      matched_ = matched_ || holds_locked;
    }
    known = known || std::exchange(matched_, false);
    locks.try_emplace(name.value, name);
    if (known) return;
    std::vector<std::string> patterns;
    for (const auto& pack : packs) patterns.push_back(concat(pack->tables().id, "/*"));
    std::vector<std::string_view> names(std::begin(settings), std::end(settings));
    names.insert(names.end(), patterns.begin(), patterns.end());
    for (const auto& pack : packs) {
      for (const auto& rule : pack->tables().rules) names.push_back(rule.id);
    }
    std::string hint = did_you_mean(text, names);
    if (hint.empty()) hint = "a setting, a rule, a pattern such as `privacy/*`, or `RULE.params.NAME`";
    report(name, "config/locked-name", concat("there is nothing called `", text, "` to lock"), std::move(hint));
  }

  // A pack with something locked in it stays, and no other takes its place.
  void protect(const std::shared_ptr<const policy::CompiledPack>& pack, const Setting& lock) {
    protected_.try_emplace(std::string(pack->tables().id), lock);
    const bool was_read = std::ranges::find(said.packs, pack) != said.packs.end();
    if (was_read && std::ranges::find(floor_.packs, pack) == floor_.packs.end()) floor_.packs.push_back(pack);
  }

  const PolicySet& policies_;
  LoadPack load_;
  Diagnostics& diagnostics_;
  Said floor_;
  std::map<std::string, Setting, std::less<>> protected_;  // by the id of a pack
  bool nearest_ = false;
  bool matched_ = false;
};

// Puts values with where they come from in one list, for people.
class Listing {
 public:
  explicit Listing(const Layers& layers) : layers_(layers) {}

  void add(std::string name, std::string value, std::string origin) {
    if (const auto lock = layers_.locks.find(name); lock != layers_.locks.end())
      origin += concat(", locked in ", position(lock->second));
    values.push_back({std::move(name), std::move(value), std::move(origin)});
  }

  void add(std::string name, const std::string& flag, const char* option, const std::optional<Setting>& said,
           std::string_view fallback) {
    if (!flag.empty()) {
      values.push_back({std::move(name), flag, option});
    } else if (said) {
      add(std::move(name), said->value, position(*said));
    } else {
      add(std::move(name), std::string(fallback), "default");
    }
  }

  std::vector<EffectiveValue> values;

 private:
  const Layers& layers_;
};

}  // namespace

SettingsResolver::SettingsResolver(const LintOptions& options, const PolicySet& policies, const FileSystem& files,
                                   Diagnostics& diagnostics)
    : options_(options), policies_(policies), files_(files), diagnostics_(diagnostics) {}

std::shared_ptr<const policy::CompiledPack> SettingsResolver::pack_at(const Setting& setting, const std::string& root) {
  const config::ConfigFile& file = *setting.file;
  const std::string path = path::normalize(path::join(file.folder, setting.value));
  const auto [known, is_new] = packs_.try_emplace(path);
  if (!is_new) return known->second;
  const std::string working_folder = files_.canonical(".");
  const std::string shown = path::is_within(path, working_folder) ? path::relative_to(path, working_folder) : path;
  // What was found in a repository opens nothing outside of it.
  const FilesBeneath beneath(files_, root);
  const FileSystem& files = file.root.empty() ? files_ : beneath;
  const FileStatus status = files.info(shown).status;
  if (status != FileStatus::ok && status != FileStatus::is_folder) {
    diagnostics_.push_back(problem(setting, "config/pack", concat("the pack `", setting.value, "` ", to_string(status)),
                                   concat("the path is relative to ", file.shown)));
    return nullptr;
  }
  known->second = policy::load_pack(shown, policies_.packs(), policies_.language(), files, diagnostics_);
  return known->second;
}

std::string SettingsResolver::evidence_root(const Setting& setting, const std::string& root) {
  const config::ConfigFile& file = *setting.file;
  const std::string folder = files_.canonical(path::normalize(path::join(file.folder, setting.value)));
  if (folder.empty() || files_.info(folder).status != FileStatus::is_folder) {
    diagnostics_.push_back(problem(setting, "config/evidence-root", concat("`", setting.value, "` is no folder"),
                                   concat("the path is relative to ", file.shown)));
    return {};
  }
  if (!file.root.empty() && !path::is_within(folder, root)) {
    diagnostics_.push_back(
        problem(setting, "config/evidence-root", concat("`", setting.value, "` lies outside of the checked folder"),
                "only `--evidence-root`, or a config that is given with `--config`, may name such a folder"));
    return {};
  }
  return folder;
}

std::shared_ptr<const Settings> SettingsResolver::resolve(const config::ChainPtr& chain, const std::string& root) {
  const auto [known, is_new] = resolved_.try_emplace({chain, root});
  if (!is_new) return known->second;
  auto settings = std::make_shared<Settings>();
  Layers layers(
      policies_, [&](const Setting& setting) { return pack_at(setting, root); }, diagnostics_);
  layers.packs = policies_.packs();
  for (auto config = chain->rbegin(); config != chain->rend(); ++config)
    layers.add(**config, config + 1 == chain->rend());
  const Said& said = layers.said;

  const auto option = [](const auto& value) { return value ? std::string(to_string(*value)) : std::string(); };
  Listing listing(layers);
  listing.add("level", option(options_.level), "--level", said.level, "essential");
  listing.add("gate", option(options_.gate), "--gate", said.gate, "by each campaign's status and dates");
  listing.add("fail-on", option(options_.fail_on), "--fail-on", said.fail_on, "error");
  settings->level = options_.level ? *options_.level : said.level ? *level_from(said.level->value) : Level::essential;
  settings->fail_on = options_.fail_on ? *options_.fail_on
                      : said.fail_on   ? *severity_from(said.fail_on->value)
                                       : Severity::error;
  settings->gate = options_.gate ? options_.gate : said.gate ? gate_from(said.gate->value) : std::nullopt;
  settings->gate_origin = options_.gate || !said.gate ? "--gate" : concat("`gate` is set in ", position(*said.gate));
  settings->attempts = std::move(layers.attempts);
  if (const auto lock = layers.locks.find("waivers"); lock != layers.locks.end())
    settings->waivers_lock = position(lock->second);

  std::vector<ConfigInfo::Override> overrides;
  for (const auto& pack : layers.packs) {
    OverriddenPack overridden = override_rules(pack, said.rules);
    listing.add(concat("packs[", pack->tables().id, "]"), concat("version ", pack->tables().version), pack->origin());
    const auto rules = overridden.pack->tables().rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      settings->rules.push_back({overridden.pack.get(), &rules[i], overridden.off.contains(rules[i].id), pack.get(),
                                 &pack->tables().rules[i]});
    }
    settings->packs.push_back(std::move(overridden.pack));
    std::ranges::move(overridden.changes, std::back_inserter(overrides));
  }
  for (const ConfigInfo::Override& change : overrides)
    listing.add(concat("rules[\"", change.rule, "\"]"), change.text,
                concat(change.location.file, ":", change.location.begin.line));
  const config::PatternChoice patterns = config::patterns_of(*chain);
  for (const Setting& pattern : patterns.include) listing.add("include", pattern.value, position(pattern));
  for (const Setting& pattern : patterns.exclude) listing.add("exclude", pattern.value, position(pattern));
  for (const auto& [name, folder] : options_.evidence_roots) {
    settings->evidence_roots[name] = files_.canonical(folder);
    listing.add(concat("evidence-roots.", name), folder, "--evidence-root");
  }
  for (const auto& [name, setting] : said.evidence_roots) {
    if (settings->evidence_roots.contains(name)) continue;
    const std::string folder = evidence_root(setting, root);
    if (folder.empty()) continue;
    settings->evidence_roots[name] = folder;
    listing.add(concat("evidence-roots.", name), setting.value, position(setting));
  }
  if (said.waivers) {
    settings->waivers = read_waiver_list(said.waivers->file->document, said.waivers->node, Waiver::Source::config);
    for (WrittenWaiver& written : settings->waivers) {
      written.document_id = said.waivers->file->relative;
      written.lock = said.waivers_lock;
      const Location& at = written.waiver.location;
      listing.add(written.at, concat(written.waiver.rule, " until ", written.waiver.until),
                  concat(at.file, ":", at.begin.line));
    }
  }
  for (const auto& [name, lock] : layers.locks) listing.values.push_back({"locked", name, position(lock)});
  settings->effective = std::move(listing.values);

  if (!chain->empty()) {
    ConfigInfo info;
    const config::ConfigFile& file = *chain->front()->file;
    info.file = file.shown;
    info.sha256 = file.sha256;
    info.given = file.root.empty();
    info.overrides = std::move(overrides);
    for (const config::ConfigPtr& config : *chain) {
      const auto layers_there = config::layers_of(*config);
      const bool locks = std::ranges::any_of(layers_there, [](const Config* layer) { return !layer->locked.empty(); });
      const bool counts = config == chain->front() || locks;
      for (const Config* layer : layers_there) {
        settings->inputs.push_back(layer->file->path);
        if (counts && layer->file->shown != info.file) info.extended.push_back(layer->file->shown);
      }
    }
    settings->config = std::move(info);
  }
  known->second = settings;
  return settings;
}

}  // namespace scruple::linting
