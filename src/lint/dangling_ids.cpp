#include "lint/dangling_ids.h"

#include "base/lookalike.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "lint/manifest_loader.h"

#include <algorithm>
#include <map>
#include <optional>

namespace scruple::linting {

namespace {

using schema::Format;

// More entries than any manifest that people write.
constexpr std::size_t most_entries = 200'000;

// Where the things of a format are declared.
struct Declaration {
  Format format;
  std::string_view what;     // "person"
  std::string_view section;  // as policy::View::registered takes it
  std::string_view list;
  std::string_view place;
};

constexpr Declaration declarations[] = {
    {Format::person, "person", "organization", "people", "organization.people"},
    {Format::ai_system, "AI system", "", "ai_systems", "ai_systems"},
    {Format::asset, "asset", "", "assets", "assets"},
    {Format::dataset, "dataset", "data", "datasets", "data.datasets"},
    {Format::segment, "segment", "audience", "segments", "audience.segments"},
    {Format::purpose, "purpose", "data", "purposes", "data.purposes"},
    {Format::use, "use", "organization.guardrails", "uses", "organization.guardrails.uses"},
};

struct Declared {
  std::string id;
  std::string name;        // of people, as they are called
  cel::Origin origin = 0;  // of the id
};

void add_items(const cel::Value& list, cel::Evaluation& evaluation, std::vector<Declared>& declared) {
  const std::size_t size = list.as_container().size(list.handle(), evaluation);
  for (std::size_t i = 0; i < size; ++i) {
    const cel::Value item = list.as_container().at(list.handle(), i, evaluation);
    if (!item.is(cel::Kind::map)) continue;
    const cel::Value id = item.as_container().find(item.handle(), "id", evaluation);
    const cel::Value name = item.as_container().find(item.handle(), "name", evaluation);
    if (!id.is(cel::Kind::string)) continue;
    declared.push_back({std::string(id.as_text()),
                        name.is(cel::Kind::string) ? std::string(name.as_text()) : std::string{}, id.origin()});
  }
}

// What stands in the campaign's view of a list; nothing if the list is not declared.
std::optional<std::vector<Declared>> in_view(const Declaration& declaration, const policy::Context& context,
                                             cel::Evaluation& evaluation) {
  cel::Value value = context.view().root();
  std::string_view place = declaration.place;
  while (!place.empty() && value.is(cel::Kind::map)) {
    const auto dot = std::min(place.find('.'), place.size());
    value = value.as_container().find(value.handle(), place.substr(0, dot), evaluation);
    place.remove_prefix(std::min(dot + 1, place.size()));
  }
  if (!value.is(cel::Kind::list)) return std::nullopt;
  std::vector<Declared> declared;
  add_items(value, evaluation, declared);
  return declared;
}

std::optional<std::vector<Declared>> in_register(const Declaration& declaration, const policy::Context& context,
                                                 cel::Evaluation& evaluation) {
  const cel::Value registered = context.view().registered(declaration.section, declaration.list);
  if (!registered.is(cel::Kind::list)) return std::nullopt;
  std::vector<Declared> declared;
  add_items(registered, evaluation, declared);
  return declared;
}

std::string hint_for(const policy::View::IdUse& use, const Declaration& declaration,
                     const std::vector<Declared>& declared) {
  const auto named = std::ranges::find_if(
      declared, [&](const Declared& d) { return to_lower_ascii(d.name) == to_lower_ascii(use.id); });
  if (named != declared.end()) return concat("write the id: `", named->id, "`");
  std::vector<std::string_view> ids;
  for (const Declared& d : declared) ids.push_back(d.id);
  const std::string clean = use.id.size() > 100 ? std::string(use.id) : without_lookalikes(use.id);
  const std::string hint = did_you_mean(clean, ids);
  return hint.empty() ? concat("declare it under `", declaration.place, "`, or correct the id") : hint;
}

}  // namespace

void find_dangling_ids(const policy::Context& context, cel::Evaluation& evaluation, std::vector<Judged>& findings) {
  std::map<Format, std::optional<std::vector<Declared>>> all;
  std::map<Format, std::optional<std::vector<Declared>>> registered;
  for (const Declaration& declaration : declarations) {
    auto& known = all[declaration.format] = in_view(declaration, context, evaluation);
    const auto& more = registered[declaration.format] = in_register(declaration, context, evaluation);
    if (!known || !more) continue;
    // A list that the campaign does not write is the register's own.
    for (const Declared& one : *more) {
      if (std::ranges::find(*known, one.id, &Declared::id) == known->end()) known->push_back(one);
    }
  }
  const auto named_in = [&](Format format, std::string_view id) {
    const auto holds = [&](const std::optional<std::vector<Declared>>& declared) {
      return declared && std::ranges::find(*declared, id, &Declared::id) != declared->end();
    };
    return holds(all[format]) || holds(registered[format]);
  };
  const auto add = [&](std::string_view code, std::string message, std::string hint, cel::Origin origin) {
    const auto where = context.where(origin);
    Judged judged = manifest_finding(code, std::move(message), std::move(hint), where.location);
    judged.finding.place = where.place;
    judged.in_organization = !where.in_campaign;
    findings.push_back(std::move(judged));
  };
  if (const auto& people = all[Format::person]) {
    for (const Declared& person : *people) {
      if (!named_in(Format::ai_system, person.id)) continue;
      add("ai-system-as-person",
          concat("`", person.id, "` is the id of a person and of an AI system: nobody can tell who signed"),
          "give one of them another id", person.origin);
    }
  }
  for (const auto& use : context.view().id_uses(most_entries)) {
    const auto declaration = std::ranges::find(declarations, use.of, &Declaration::format);
    if (declaration == std::end(declarations)) continue;
    const auto& declared = use.bare ? registered[use.of] : all[use.of];
    if (!declared || std::ranges::find(*declared, use.id, &Declared::id) != declared->end()) continue;
    // A waiver by somebody who is no person of the company is the finding `waiver/incomplete`.
    if (context.view().place(use.entry).starts_with("waivers[")) continue;
    const cel::Origin origin = context.view().origin(use.entry);
    if (use.of == Format::person && named_in(Format::ai_system, use.id)) {
      add("ai-system-as-person", concat("`", use.id, "` is an AI system; a person is expected"),
          "name the person who answers for it", origin);
    } else {
      add("unknown-id", concat("there is no ", declaration->what, " `", use.id, "`"),
          hint_for(use, *declaration, *declared), origin);
    }
  }
}

}  // namespace scruple::linting
