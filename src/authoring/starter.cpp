#include "authoring/starter.h"

#include "authoring/commented_yaml.h"
#include "base/file_system.h"
#include "base/strings.h"

#include <algorithm>
#include <array>
#include <set>

namespace scruple::authoring {

namespace {

// What a channel carries, as a rule.
struct Carried {
  std::string_view channel;
  std::string_view kind;
  std::string_view id;
};
constexpr std::array<Carried, 9> carried = {{{"email", "email", "mail"},
                                             {"sms", "sms", "sms"},
                                             {"push", "push", "push"},
                                             {"social", "social_post", "social-post"},
                                             {"ads", "ad", "ad"},
                                             {"web", "landing_page", "page"},
                                             {"chat", "chatbot", "bot"},
                                             {"voice", "voice_bot", "voice-bot"},
                                             {"post", "letter", "letter"}}};

constexpr std::string_view writing = "writing-ai", choosing = "choosing-ai", talking = "talking-ai";

bool is_bot(std::string_view kind) { return kind == "chatbot" || kind == "voice_bot"; }

std::string_view channel_of(std::string_view kind) {
  const auto row = std::ranges::find(carried, kind, &Carried::kind);
  return row == carried.end() ? std::string_view{} : row->channel;
}

// `words`, or an open field if there are none.
Entry known(std::string key, const std::vector<std::string>& words) {
  return words.empty() ? open(std::move(key)) : choice(std::move(key), words);
}

Entry known(std::string key, const std::string& value) {
  return value.empty() ? open(std::move(key)) : text(std::move(key), value);
}

void add_once(std::vector<std::string>& words, std::string_view word) {
  if (!word.empty() && std::ranges::find(words, word) == words.end()) words.emplace_back(word);
}

class Outline {
 public:
  explicit Outline(const StarterInput& input)
      : input_(input),
        answers_(input.answers),
        ai_known_(answers_.ai.has_value()),
        ai_(answers_.ai.value_or(AiUse{true, true, true})) {
    channels_ = answers_.channels;
    languages_ = answers_.languages;
    for (const GuessedAsset& asset : input.guessed.assets) {
      if (answers_.channels.empty()) add_once(channels_, channel_of(asset.kind));
      if (answers_.languages.empty()) add_once(languages_, asset.language);
    }
    if (!answers_.owner.empty()) owner_ = id_from(answers_.owner.substr(0, answers_.owner.find(' ')), "owner");
    collect_assets();
  }

  Entry campaign() {
    std::vector<Entry> sections;
    sections.push_back(text("scruple", "1"));
    sections.push_back(text("kind", "campaign"));
    sections.push_back(text("organization", input_.organization_path));
    sections.push_back(
        map("campaign", {text("id", id_from(answers_.name, "campaign")), known("name", answers_.name), owner(),
                         text("status", "idea"), open("launch_date"), known("channels", channels_),
                         known("markets", answers_.markets), known("languages", languages_), open("automated")}));
    if (sends_messages()) sections.back().entries.push_back(open("purposes"));
    sections.push_back(used_systems());
    if (Entry defaults = asset_defaults(); !defaults.entries.empty()) sections.push_back(std::move(defaults));
    sections.push_back(assets());
    sections.push_back(map("audience", {open("exclusions", "Write [] if nobody is left out.",
                                             {open("segment"), open("reason"), open("proposed_by"),
                                              text("approved_by", "ada"), open("approved_on")})}));
    if (sends_messages()) {
      for (const char* key : {"list_path", "suppression_path"}) sections.back().entries.push_back(open(key));
    }
    sections.push_back(campaign_data());
    if (const std::string& page = input_.guessed.preference_page; !page.empty())
      sections.push_back(
          map("rights", {map("customer", {text("preference_page_path", page, "Guessed from its name.")})}));
    sections.push_back(oversight());
    return map("", std::move(sections));
  }

  Entry organization() {
    std::vector<Entry> sections;
    sections.push_back(text("scruple", "1"));
    sections.push_back(text("kind", "organization"));
    sections.push_back(
        map("organization", {known("name", answers_.company), open("size"), open("own_hosts"), people()}));
    sections.push_back(described_systems(wanted_uses(), "Write [] if no AI is at work."));
    std::vector<Entry> data;
    if (ai_.chooses) {
      data.push_back(
          open("datasets", {},
               {text("id", "customers"), text("kind", "crm"), text("personal", "true"), open("retention_days")}));
    } else {
      data.push_back(choice("datasets", {}, "The register: enter here what the company holds about people."));
    }
    if (has_pages_ || sends_messages()) {
      data.push_back(open("purposes", {}, {open("id"), open("legal_basis"), open("markets")}));
    }
    data.push_back(choice("collection_points", {}, "Those that campaigns share; a campaign names its own."));
    if (sends_messages()) data.push_back(map("consent", {open("ledger_path")}));
    data.push_back(map("notice", {open("updated_on"), open("files", {}, {open("path"), open("language")})}));
    data.push_back(open("recipients", "Write [] if nobody outside of the company gets data.",
                        {open("id"), open("name"), open("role"), open("hosts"), text("receives_sold_data", "false")}));
    sections.push_back(map("data", std::move(data)));
    Entry customer = map("customer", {open("request_contact")});
    if (std::ranges::any_of(answers_.markets, [](const auto& market) { return market.starts_with("US"); }))
      customer.entries.push_back(open("sale_opt_out_url"));
    sections.push_back(map("rights", {std::move(customer)}));
    return map("", std::move(sections));
  }

 private:
  struct Asset {
    std::string id, kind, path, language, note;
  };

  void collect_assets() {
    std::set<std::string> ids;
    const auto unique = [&](const std::string& wanted) {
      std::string id = wanted;
      for (int number = 2; !ids.insert(id).second; ++number) id = concat(wanted, "-", number);
      return id;
    };
    for (const GuessedAsset& asset : input_.guessed.assets) {
      std::string_view stem = path::file_name(asset.path);
      if (stem.rfind('.') != std::string_view::npos) stem = stem.substr(0, stem.rfind('.'));
      assets_.push_back({unique(id_from(stem, asset.kind)), asset.kind, asset.path, asset.language,
                         concat("Guessed: ", asset.reason, ".")});
    }
    if (assets_.empty()) invent_assets(unique);
    for (const Asset& asset : assets_) {
      has_pages_ = has_pages_ || asset.kind == "landing_page" || asset.kind == "blog_post";
    }
    for (const GuessedAsset& asset : input_.guessed.assets) has_pages_ = has_pages_ || !asset.form.empty();
  }

  // One for each channel, in the first language: many empty copies would only be in the way.
  template <typename Unique>
  void invent_assets(const Unique& unique) {
    std::vector<std::string> channels = channels_;
    if (ai_known_ && ai_.talks && std::ranges::find(channels, "voice") == channels.end()) add_once(channels, "chat");
    const std::string language = languages_.empty() ? "" : languages_.front();
    const std::vector<std::string> others(languages_.begin() + (languages_.empty() ? 0 : 1), languages_.end());
    for (const std::string& channel : channels) {
      const auto row = std::ranges::find(carried, channel, &Carried::channel);
      if (row == carried.end()) continue;
      const bool first = assets_.empty() && !others.empty();
      assets_.push_back(
          {unique(std::string(row->id)), std::string(row->kind), "", language,
           first ? concat("Copy each of these, with an id of its own, for ", join(others, ", "), ".") : ""});
    }
  }

  Entry owner() const { return known("owner", owner_); }

  Entry people() const {
    if (owner_.empty()) return open("people", {}, {open("id"), open("name"), open("role"), open("department")});
    return list("people",
                {map("", {text("id", owner_), text("name", answers_.owner), open("role"), open("department")})},
                "List everyone whom the manifests name.");
  }

  // What AI does here and no system of the register does.
  AiUse wanted_uses() const {
    if (!ai_known_) return {};
    AiUse wanted = ai_;
    if (!input_.registered) return wanted;
    for (const Register::System& system : input_.registered->systems) {
      wanted.writes = wanted.writes && !system.use.writes;
      wanted.chooses = wanted.chooses && !system.use.chooses;
      wanted.talks = wanted.talks && !system.use.talks;
    }
    return wanted;
  }

  // The ids of the systems of the register that do what AI does here.
  std::vector<std::string> registered_ids() const {
    std::vector<std::string> ids;
    if (!input_.registered || !ai_known_) return ids;
    for (const Register::System& system : input_.registered->systems) {
      if ((ai_.writes && system.use.writes) || (ai_.chooses && system.use.chooses) || (ai_.talks && system.use.talks))
        ids.push_back(system.id);
    }
    return ids;
  }

  // The first system that writes, or talks.
  std::string system_for(bool AiUse::*use, std::string_view otherwise) const {
    if (!ai_known_ || !(ai_.*use)) return {};
    if (input_.registered) {
      for (const Register::System& system : input_.registered->systems) {
        if (system.use.*use) return system.id;
      }
    }
    return std::string(otherwise);
  }

  static Entry stop_switch() { return map("stop_switch", {open("owner"), open("runbook_path"), open("tested_on")}); }

  static Entry described_systems(const AiUse& uses, const std::string& note) {
    std::vector<Entry> systems;
    if (uses.writes) {
      systems.push_back(map("", {text("id", std::string(writing)), open("name"), choice("tasks", {"generate"}),
                                 open("owner"), open("automation"), open("uses_personal_data")}));
    }
    if (uses.chooses) {
      systems.push_back(
          map("", {text("id", std::string(choosing)), open("name"), open("tasks"), open("owner"), open("automation"),
                   open("uses_personal_data"), open("datasets"), open("deployed_on"), stop_switch()}));
    }
    if (uses.talks) {
      systems.push_back(
          map("", {text("id", std::string(talking)), open("name"), choice("tasks", {"chat"}), open("owner"),
                   open("automation"), open("uses_personal_data"), open("deployed_on"), stop_switch()}));
    }
    if (!systems.empty()) return list("ai_systems", std::move(systems));
    return open("ai_systems", note,
                {open("id"), open("name"), open("tasks"), text("owner", "ada"), text("automation", "suggest"),
                 text("uses_personal_data", "false")});
  }

  Entry used_systems() const {
    if (ai_known_ && !ai_.writes && !ai_.chooses && !ai_.talks) return choice("ai_systems", {});
    const AiUse wanted = wanted_uses();
    if (!input_.registered) {
      std::vector<std::string> ids;
      if (wanted.writes) ids.emplace_back(writing);
      if (wanted.chooses) ids.emplace_back(choosing);
      if (wanted.talks) ids.emplace_back(talking);
      if (!ids.empty()) return choice("ai_systems", ids, concat(input_.organization_path, " describes them."));
    }
    const auto ids = registered_ids();
    if (!ids.empty() && !wanted.writes && !wanted.chooses && !wanted.talks) return choice("ai_systems", ids);
    std::string note = "Write [] if no AI is at work.";
    if (input_.registered && !input_.registered->systems.empty() && !ai_known_) {
      note += concat(" In ", input_.organization_path, ":");
      for (const Register::System& system : input_.registered->systems) {
        note += concat(&system == &input_.registered->systems.front() ? " " : ", ", visible(system.id));
      }
    }
    Entry systems = described_systems(wanted, note);
    for (const std::string& id : ids) systems.entries.push_back(map("", {text("id", id)}));
    return systems;
  }

  // To people of whom somebody holds an address.
  bool sends_messages() const {
    return std::ranges::any_of(channels_, [](const std::string& channel) {
      return channel == "email" || channel == "sms" || channel == "push" || channel == "post";
    });
  }

  bool shares_defaults() const { return assets_.size() > 1; }

  // What most assets have in common is said once.
  Entry asset_defaults() const {
    Entry defaults = map("asset_defaults", {});
    if (!shares_defaults()) return defaults;
    add_shared(defaults.entries);
    return defaults;
  }

  void add_shared(std::vector<Entry>& fields) const {
    if (ai_known_ && !ai_.writes && !ai_.talks) fields.push_back(text("ai_role", "none"));
    for (const char* key : {"author", "personalized", "reviewed_by", "reviewed_on"}) fields.push_back(open(key));
  }

  Entry assets() const {
    if (assets_.empty()) {
      return open("assets", {},
                  {text("id", "mail"), text("kind", "email"), open("path"), open("language"),
                   text("ai_role", "assisted"), open("ai_system")});
    }
    const bool no_ai = ai_known_ && !ai_.writes && !ai_.talks;
    std::vector<Entry> items;
    for (const Asset& asset : assets_) {
      Entry item = map("",
                       {text("id", asset.id), text("kind", asset.kind), known("path", asset.path),
                        known("language", asset.language)},
                       asset.note);
      const bool speaks = is_bot(asset.kind) && ai_known_ && ai_.talks;
      if (speaks) {
        item.entries.push_back(text("ai_role", "generated"));
      } else if (!no_ai) {
        item.entries.push_back(open("ai_role"));
      }
      const std::string system = speaks ? system_for(&AiUse::talks, talking) : system_for(&AiUse::writes, writing);
      if (!no_ai) item.entries.push_back(known("ai_system", system));
      if (!shares_defaults()) add_shared(item.entries);
      items.push_back(std::move(item));
    }
    return list("assets", std::move(items));
  }

  Entry campaign_data() const {
    std::vector<Entry> fields;
    if ((ai_known_ && ai_.chooses) || sends_messages()) fields.push_back(open("datasets"));
    std::vector<Entry> points;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < input_.guessed.assets.size(); ++i) {
      const GuessedAsset& asset = input_.guessed.assets[i];
      if (asset.form.empty()) continue;
      points.push_back(map("", {text("id", concat(assets_[i].id, "-form")), text("kind", asset.form),
                                text("path", asset.path), known("language", asset.language), open("purposes")}));
    }
    const std::string none = "Write [] if there are none.";
    fields.push_back(points.empty() ? open("collection_points", none,
                                           {open("id"), open("kind"), open("path"), open("language"), open("purposes")})
                                    : list("collection_points", std::move(points)));
    return map("data", std::move(fields));
  }

  Entry oversight() const {
    std::vector<std::string> ids;
    for (const Asset& asset : assets_) ids.push_back(asset.id);
    if (ids.empty()) ids.emplace_back("mail");
    std::vector<Entry> fields;
    fields.push_back(open("approvals", "`scruple digest --write` adds which bytes were approved.",
                          {choice("assets", ids), text("by", "ada"), open("on"), text("notes_path", "review.md")}));
    if (ai_.chooses || ai_.talks) {
      fields.push_back(open("overseers", {}, {text("person", "ada"), open("ai_systems"), text("can_stop", "true")}));
      fields.push_back(open("decision_log_path", "Asked for once the campaign is live."));
    }
    return map("oversight", std::move(fields));
  }

  const StarterInput& input_;
  const Answers& answers_;
  const bool ai_known_;
  const AiUse ai_;  // all of it, if nobody has said
  std::string owner_;
  std::vector<std::string> channels_, languages_;
  std::vector<Asset> assets_;
  bool has_pages_ = false;
};

std::string head(const std::string& schema_path, std::string_view what) {
  return concat("# yaml-language-server: $schema=", schema_path, "\n#\n", what, "\n\n");
}

constexpr std::string_view about_campaign =
    "# What is true of this campaign. Fill in what is empty, then run `scruple check`: it says what is still\n"
    "# missing for the review step that `status` names. What is left empty counts as not done.";
constexpr std::string_view about_organization =
    "# What is true of the company, whatever the campaign. All campaigns that name this file inherit from it.";

}  // namespace

Starter write_starter(const StarterInput& input, const schema::Schema& schema) {
  Outline outline(input);
  Starter starter;
  starter.campaign = concat(head(input.campaign_schema_path, about_campaign),
                            write_commented(outline.campaign(), schema, schema.definition("campaign_manifest")));
  if (!input.registered) {
    starter.organization =
        concat(head(input.organization_schema_path, about_organization),
               write_commented(outline.organization(), schema, schema.definition("organization_file")));
  }
  return starter;
}

}  // namespace scruple::authoring
