#include "lint/dangling_ids.h"

#include "base/lookalike.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "lint/manifest_loader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace scruple::linting {

namespace {

using schema::Format;
using Item = policy::Context::ItemsById::Item;

// More entries than any manifest that people write.
constexpr std::size_t most_entries = 200'000;
// Nobody mends more at a time.
constexpr std::size_t most_unknown = 500;
// A hint compares an id with all that are declared: so many comparisons take less than a second.
constexpr std::size_t most_compared = 1'000'000;

// Where the things of a format are declared.
struct Declaration {
  Format format;
  std::string_view what;     // "person"
  std::string_view section;  // as policy::Context::items_by_id takes it
  std::string_view list;
};

constexpr Declaration declarations[] = {
    {Format::person, "person", "organization", "people"},
    {Format::ai_system, "AI system", "", "ai_systems"},
    {Format::asset, "asset", "", "assets"},
    {Format::dataset, "dataset", "data", "datasets"},
    {Format::segment, "segment", "audience", "segments"},
    {Format::purpose, "purpose", "data", "purposes"},
    {Format::use, "use", "organization.guardrails", "uses"},
};

const Declaration& declaration_of(Format format) {
  return *std::ranges::find(declarations, format, &Declaration::format);
}

class Search {
 public:
  Search(const policy::Context& context, cel::Evaluation& evaluation, std::vector<Judged>& findings)
      : context_(context), evaluation_(evaluation), findings_(findings) {}

  void run(const std::optional<std::vector<schema::IdUse>>& ids) {
    const policy::Context::ItemsById& systems = items(Format::ai_system);
    const policy::Context::ItemsById& people = items(Format::person);
    for (const Item& person : people.items) {
      if (!people.declared || systems.find(person.id) == nullptr) continue;
      add("ai-system-as-person",
          concat("`", person.id, "` is the id of a person and of an AI system: nobody can tell who signed"),
          "give one of them another id", field(person, "id").origin());
    }
    // What stands in no document stands in no view of them.
    if (ids && std::ranges::all_of(*ids, [this](const schema::IdUse& use) { return is_known(use); })) return;
    for (const policy::View::IdUse& use : context_.view().id_uses(most_entries)) {
      if (is_known(use)) continue;
      // A waiver by somebody who is no person of the company is the finding `waiver/incomplete`.
      if (context_.view().place(use.entry).starts_with("waivers[")) continue;
      const cel::Origin origin = context_.view().origin(use.entry);
      if (++unknown_ > most_unknown)
        return add("too-many", concat("more than ", most_unknown, " ids name nothing; the rest is not listed"), "",
                   origin);
      if (use.of == Format::person && items(Format::ai_system).find(use.id) != nullptr) {
        add("ai-system-as-person", concat("`", use.id, "` is an AI system; a person is expected"),
            "name the person who answers for it", origin);
      } else {
        add("unknown-id", concat("there is no ", declaration_of(use.of).what, " `", use.id, "`"), hint_for(use),
            origin);
      }
    }
  }

 private:
  const policy::Context::ItemsById& items(Format format) const {
    const Declaration& declaration = declaration_of(format);
    return context_.items_by_id(declaration.section, declaration.list, evaluation_);
  }

  cel::Value field(const Item& item, std::string_view name) const {
    const cel::Value map = context_.item(item, evaluation_);
    return map.is(cel::Kind::map) ? map.as_container().find(map.handle(), name, evaluation_) : cel::Value();
  }

  // Nothing is unknown where nothing is declared: that is for the rules to say.
  bool is_known(const schema::IdUse& use) {
    if (use.bare) {
      const std::optional<Register>& known = registered(use.of);
      return !known || known->ids.contains(use.id);
    }
    const policy::Context::ItemsById& known = items(use.of);
    return !known.declared || known.find(use.id) != nullptr;
  }

  // The items of the organization's register alone.
  struct Register {
    std::vector<Item> items;
    std::set<std::string_view> ids;
  };
  // Nothing if the organization has none of the kind.
  const std::optional<Register>& registered(Format format) {
    const auto [entry, is_new] = registered_.try_emplace(format);
    if (!is_new) return entry->second;
    const Declaration& declaration = declaration_of(format);
    const cel::Value list = context_.view().registered(declaration.section, declaration.list);
    if (!list.is(cel::Kind::list)) return entry->second;
    Register& known = entry->second.emplace();
    const std::size_t size = list.as_container().size(list.handle(), evaluation_);
    for (std::size_t i = 0; i < size; ++i) {
      const std::string_view id = context_.view().item_id(list.handle(), i);
      if (id.empty()) continue;
      known.items.push_back({id, list.handle(), i});
      known.ids.insert(id);
    }
    return entry->second;
  }

  std::string hint_for(const policy::View::IdUse& use) {
    const Declaration& declaration = declaration_of(use.of);
    const std::string declare =
        concat("declare it under `", declaration.section, declaration.section.empty() ? "" : ".", declaration.list,
               "`, or correct the id");
    const std::vector<Item>& all = use.bare ? registered(use.of)->items : items(use.of).items;
    compared_ += all.size();
    if (compared_ > most_compared) return declare;
    std::vector<std::string_view> ids;  // each once
    std::set<std::string_view> seen;
    const std::string wanted = to_lower_ascii(use.id);
    for (const Item& item : all) {
      const cel::Value name = field(item, "name");
      if (name.is(cel::Kind::string) && to_lower_ascii(name.as_text()) == wanted)
        return concat("write the id: `", item.id, "`");
      if (seen.insert(item.id).second) ids.push_back(item.id);
    }
    const std::string clean = use.id.size() > 100 ? std::string(use.id) : without_lookalikes(use.id);
    const std::string hint = did_you_mean(clean, ids);
    return hint.empty() ? declare : hint;
  }

  void add(std::string_view code, std::string message, std::string hint, cel::Origin origin) {
    const auto where = context_.where(origin);
    Judged judged = manifest_finding(code, std::move(message), std::move(hint), where.location);
    judged.finding.place = where.place;
    judged.in_organization = !where.in_campaign;
    findings_.push_back(std::move(judged));
  }

  const policy::Context& context_;
  cel::Evaluation& evaluation_;
  std::vector<Judged>& findings_;
  std::map<Format, std::optional<Register>> registered_;
  std::size_t unknown_ = 0;
  std::size_t compared_ = 0;
};

}  // namespace

void find_dangling_ids(const policy::Context& context, const std::optional<std::vector<schema::IdUse>>& ids,
                       cel::Evaluation& evaluation, std::vector<Judged>& findings) {
  Search(context, evaluation, findings).run(ids);
}

}  // namespace scruple::linting
