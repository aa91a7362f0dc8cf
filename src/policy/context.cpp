#include "policy/context.h"

#include "base/ascii.h"
#include "base/file_system.h"
#include "base/strings.h"
#include "document/document_builder.h"
#include "evidence/nested_json.h"
#include "evidence/personal_data.h"
#include "evidence/url.h"
#include "policy/dates.h"
#include "policy/marks.h"

#include <algorithm>

namespace scruple::policy {

namespace {

constexpr std::string_view organization_prefix = "organization:";

}  // namespace

// The evidence object: what `file(path)` evaluates to. Its fields are facts, told when they are first asked for.
class Context::EvidenceFiles final : public cel::Container {
 public:
  explicit EvidenceFiles(Context& context) : context_(context) {}

  std::string_view type_name(std::uint32_t) const override { return "evidence"; }
  std::size_t size(std::uint32_t, cel::Evaluation&) const override { return 0; }
  cel::Value at(std::uint32_t, std::size_t, cel::Evaluation&) const override { return {}; }
  cel::Value key_at(std::uint32_t, std::size_t, cel::Evaluation&) const override { return {}; }
  cel::Value find(std::uint32_t, const cel::Value&, cel::Evaluation&) const override { return {}; }

  cel::Value find(std::uint32_t handle, std::string_view field, cel::Evaluation& evaluation) const override {
    OpenFile& open = context_.files_[handle];
    if (open.inline_rows) {
      if (field == "exists") return cel::Value::boolean(true).with_origin(open.path_origin);
      if (field == "table") return context_.table(open);
      if (field == "name") return cel::Value::string("").with_origin(open.path_origin);
      return evaluation.error(cel::ErrorKind::undecidable, "rows are written here, and the rule asks for a file",
                              "write them to a CSV file and name it here", open.path_origin);
    }
    if (field == "table") return context_.table(open);
    const evidence::File& file = *open.file;
    if (field == "name")
      return evaluation.string(open.written)
          .with_origin(open.path_origin)
          .with_marks(open.secret_path ? mark_sensitive : cel::Marks{0});
    if (field == "exists" || field == "size" || field == "sha256") {
      return open.facts
          ->ask(
              field, open.path_origin, [&] { return simple_fact(open, field, evaluation); }, evaluation)
          .with_origin(open.path_origin);
    }
    if (open.facts->is_recorded())
      return open.facts->ask(
          field, open.path_origin, [] { return cel::Value(); }, evaluation);
    const cel::Marks content = static_cast<cel::Marks>(mark_verified | (open.is_public ? 0 : mark_sensitive));
    const auto told = [&](const auto& fact, cel::Marks marks, auto to_value) {
      if (!fact) return context_.problem(fact.problem(), open, evaluation);
      return to_value(*fact).with_origin(open.path_origin).with_marks(marks);
    };
    if (field == "text") {
      return told(file.text(), content, [&](const SourcePtr& text) {
        open.text = text;
        std::string_view content_text = text->text();
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (content_text.starts_with(byte_order_mark)) content_text.remove_prefix(byte_order_mark.size());
        return cel::Value::string(content_text);
      });
    }
    struct Facts {
      std::string_view field;
      evidence::Part part;
      std::string_view name;  // of the facts in a place, after `!`
    };
    constexpr Facts all_facts[] = {{"html", evidence::Part::html, "html"},
                                   {"image", evidence::Part::image, "image"},
                                   {"front_matter", evidence::Part::front_matter, "front_matter"},
                                   {"ads", evidence::Part::ads, "ads"},
                                   {"document", evidence::Part::document, "document"},
                                   {"mail", evidence::Part::mail, "mail"},
                                   {"json", evidence::Part::data, ""},
                                   {"yaml", evidence::Part::data, ""}};
    const auto* known = std::ranges::find(all_facts, field, &Facts::field);
    if (known == std::end(all_facts)) return {};
    std::uint32_t& number = open.views[static_cast<std::size_t>(known->part)];
    if (number == 0) {
      const auto facts = file.facts(known->part);
      if (!facts) return context_.problem(facts.problem(), open, evaluation);
      number = context_.add_evidence_view(*facts, handle, known->name);
    }
    return context_.views_[number]->root();
  }

 private:
  // That a file is there is what its owner declares; what is in it is verified.
  cel::Value simple_fact(OpenFile& open, std::string_view field, cel::Evaluation& evaluation) const {
    const auto told = [&](const auto& fact, cel::Marks marks, auto to_value) {
      return fact ? to_value(*fact).with_marks(marks) : context_.problem(fact.problem(), open, evaluation);
    };
    if (field == "exists") return told(open.file->exists(), 0, [](bool exists) { return cel::Value::boolean(exists); });
    if (field == "size") {
      return told(open.file->size(), 0,
                  [](std::uint64_t size) { return cel::Value::integer(static_cast<std::int64_t>(size)); });
    }
    return told(open.file->sha256(), mark_verified,
                [&](const std::string& digest) { return evaluation.string(digest); });
  }

  Context& context_;
};

Context::Context(const Language& language, const Manifest& manifest, evidence::Store& store, cel::Timestamp today,
                 FactRecord* record, unsigned max_fact_days)
    : language_(language), manifest_(manifest), store_(store), today_(today) {
  fact_use_ = {record, {}, today, max_fact_days};
  views_.push_back(std::make_unique<View>(0, language_.manifest, manifest_.type, *manifest_.document,
                                          manifest_.organization, manifest_.organization_unreadable));
  evidence_.emplace_back();
  evidence_files_ = std::make_unique<EvidenceFiles>(*this);
  tables_ = std::make_unique<Tables>(view());
  const View::EntryId id = view().resolve("campaign.id");
  if (id != View::none) fact_use_.campaign = view().scalar_text(id);
}

Context::~Context() = default;

std::uint32_t Context::add_evidence_view(std::shared_ptr<const Document> facts, std::uint32_t file,
                                         std::string_view name) {
  const auto number = static_cast<std::uint32_t>(views_.size());
  const auto marks = static_cast<cel::Marks>(mark_verified | (files_[file].is_public ? 0 : mark_sensitive));
  views_.push_back(std::make_unique<View>(number, *facts, marks));
  const Excerpt excerpt = files_[file].is_public ? Excerpt::show : Excerpt::hide;
  evidence_.push_back({files_[file].path_origin, name, std::move(facts), excerpt});
  return number;
}

cel::Value Context::open_json(const cel::Value& text, cel::Evaluation& evaluation) {
  const cel::Origin origin = text.origin();
  if (origin == 0) {
    return evaluation.error(cel::ErrorKind::undecidable, "only a text that stands in a file can be opened as JSON",
                            "hand in the text as it is, not what was computed from it");
  }
  const auto [known, is_new] = nested_views_.try_emplace(origin, static_cast<std::uint32_t>(views_.size()));
  if (!is_new) return views_[known->second]->root();
  evaluation.charge(text.as_text().size() / 64);
  const std::uint32_t outer = View::view_of(origin);
  const auto spot = views_[outer]->spot(View::entry_of(origin));
  const auto facts = evidence::nested_json(*spot.document, spot.node);
  if (!facts) {
    nested_views_.erase(known);
    return evaluation.error(cel::ErrorKind::unavailable, "the text is no JSON", {}, origin);
  }
  const auto number = known->second;
  views_.push_back(std::make_unique<View>(number, **facts, text.marks()));
  const Excerpt excerpt = outer == 0 ? Excerpt::show : evidence_[outer].excerpt;
  evidence_.push_back({origin, {}, *facts, excerpt});
  return views_[number]->root();
}

cel::Value Context::part_of(const cel::Value& text, Span part, cel::Evaluation& evaluation) {
  const cel::Origin origin = text.origin();
  const std::string_view whole = text.as_text();
  const std::string_view content = whole.substr(part.begin, part.end - part.begin);
  const cel::Value here = evaluation.string(content).with_origin(origin).with_marks(text.marks());
  if (origin == 0 || Tables::is_cell(origin)) return here;
  EvidenceView stands{origin, {}, nullptr, Excerpt::hide};
  SourcePtr source;
  Span span;
  if (const std::uint32_t number = View::view_of(origin); number != 0) {
    const auto spot = views_[number]->spot(View::entry_of(origin));
    if (spot.document->node(spot.node).text != whole) return here;
    source = spot.document->source_ptr();
    span = evidence::place_in_text(*spot.document, spot.node, part);
    stands.excerpt = evidence_[number].excerpt;
  } else {
    // The whole text of a file has the origin of the path.
    const auto file = std::ranges::find_if(files_, [&](const OpenFile& open) {
      return open.path_origin == origin && open.text != nullptr && open.text->text().ends_with(whole);
    });
    if (file == files_.end()) return here;
    source = file->text;
    const auto begin = static_cast<std::uint32_t>(source->text().size() - whole.size());  // past a byte order mark
    span = {begin + part.begin, begin + part.end};
    stands.excerpt = file->is_public ? Excerpt::show : Excerpt::hide;
    stands.name = "text";
  }
  Diagnostics diagnostics;
  DocumentBuilder builder(source, {}, diagnostics);
  Node node;
  node.kind = NodeKind::string;
  node.style = ScalarStyle::double_quoted;
  node.span = span;
  node.text = builder.keep(std::string(content));
  if (!builder.scalar(node)) return here;
  stands.facts = std::make_shared<const Document>(builder.finish(span));
  const auto number = static_cast<std::uint32_t>(views_.size());
  views_.push_back(std::make_unique<View>(number, *stands.facts, text.marks()));
  evidence_.push_back(std::move(stands));
  return views_.back()->root();
}

cel::Value Context::problem(const evidence::Problem& problem, const OpenFile& file, cel::Evaluation& evaluation) const {
  if (file.secret_path) {
    return evaluation.error(cel::ErrorKind::unavailable,
                            "a file that is named by a file that is not public cannot be read");
  }
  using Kind = evidence::Problem::Kind;
  const auto kind = problem.kind == Kind::absent ? cel::ErrorKind::absence : cel::ErrorKind::unavailable;
  std::string message = problem.message;
  if (file.is_public && !problem.detail.empty()) message += concat(" (", problem.detail, ")");
  return evaluation.error(kind, message, problem.hint, file.path_origin);
}

cel::Value Context::file(const cel::Value& path) {
  const cel::Origin origin = path.origin();
  const bool is_field = origin != 0 && View::view_of(origin) == 0;
  std::string written(path.is(cel::Kind::string) ? path.as_text() : view().written(path.handle()));
  const auto value_of = [&](std::uint32_t number) {
    return cel::Value::container(cel::Kind::opaque, *evidence_files_, number).with_origin(origin);
  };
  const auto number = static_cast<std::uint32_t>(files_.size());
  const auto [known, is_new] = file_numbers_.try_emplace({origin, written}, number);
  if (!is_new) return value_of(known->second);
  OpenFile open;
  std::string folder = manifest_.folder;
  if (is_field) {
    const auto spot = view().spot(View::entry_of(origin));
    if (spot.layer == Layer::organization) folder = manifest_.organization_folder;
    open.is_public = spot.is_public;
    open.inline_rows = spot.document->node(spot.node).kind == NodeKind::list;
  }
  open.file = store_.open(manifest_.root, folder, written, manifest_.evidence_roots);
  const auto colon = written.find(':');
  const bool named_root = colon != std::string::npos && colon < written.find('/');
  open.path_origin = origin;
  open.relative = path::normalize(path::join(folder, written));
  open.facts = std::make_unique<FileFacts>(fact_use_, open.file, named_root ? written : open.relative);
  open.secret_path = (path.marks() & mark_sensitive) != 0;
  open.written = std::move(written);
  files_.push_back(std::move(open));
  return value_of(number);
}

cel::Value Context::table(OpenFile& open) {
  if (!open.table) {
    const bool is_field = open.path_origin != 0 && View::view_of(open.path_origin) == 0;
    const bool here = open.inline_rows || !open.facts->is_recorded();
    const auto marks =
        static_cast<cel::Marks>((here ? mark_verified : mark_recorded) | (open.is_public ? 0 : mark_sensitive));
    if (open.inline_rows) {
      open.table = tables_->add_rows(View::entry_of(open.path_origin));
    } else {
      TableMapping mapping =
          is_field ? read_mapping(view(), View::entry_of(open.path_origin), language_.presets) : TableMapping{};
      open.table = tables_->add_file(open.file, *open.facts, std::move(mapping), open.path_origin, marks);
    }
  }
  return tables_->value(*open.table);
}

bool Context::leads_to(const cel::Value& page, std::string_view url, const cel::Value& target) {
  // A deque: the first stays where it is when the second is opened.
  const std::string& from = open_file(page).relative;
  const std::string& to = open_file(target).relative;
  const std::string address = evidence::path_of(url);
  if (address.empty()) return false;
  const std::string scheme = evidence::scheme_of(url);
  if (!scheme.empty() || url.starts_with("//")) return path::file_name(address) == path::file_name(to);
  if (address.starts_with('/')) return concat("/", to).ends_with(path::normalize(address));
  return path::normalize(path::join(path::folder(from), address)) == to;
}

cel::Value Context::reference_day(cel::Evaluation& evaluation) const {
  const cel::Value now = cel::Value::timestamp(today_);
  if (manifest_.kind == Scope::organization) return now;
  const cel::Value root = view().root();
  if (!root.is(cel::Kind::map)) return now;
  const cel::Value campaign = root.as_container().find(root.handle(), "campaign", evaluation);
  if (!campaign.is(cel::Kind::map)) return now;
  const auto field = [&](std::string_view name) {
    return campaign.as_container().find(campaign.handle(), name, evaluation);
  };
  const auto absent = [](const cel::Value& value) {
    return value.is_unset() || (value.is_error() && value.as_error().kind == cel::ErrorKind::absence);
  };
  const cel::Value status = field("status");
  const bool closed = status.is(cel::Kind::string) && status.as_text() == "closed";
  const bool live = status.is(cel::Kind::string) && status.as_text() == "live";
  if (live) return now;
  const cel::Value date = field(closed ? "end_date" : "launch_date");
  if (absent(date)) return now;
  if (date.is_error()) return date;
  return closed || date.as_timestamp() > today_ ? date : now;
}

cel::Value Context::list_of(std::string_view section, std::string_view list, cel::Evaluation& evaluation) const {
  cel::Value holder = view().root();
  const auto step = [&](std::string_view key) {
    if (!holder.is(cel::Kind::map)) return;
    const cel::Value found = holder.as_container().find(holder.handle(), key, evaluation);
    holder =
        found.is_unset() ? evaluation.error(cel::ErrorKind::absence, "not declared", {}, holder.origin(), key) : found;
  };
  while (!section.empty()) {
    const std::size_t dot = std::min(section.find('.'), section.size());
    step(section.substr(0, dot));
    section.remove_prefix(std::min(dot + 1, section.size()));
  }
  step(list);
  return holder;
}

const Context::ItemsById& Context::items_by_id(std::string_view section, std::string_view list,
                                               cel::Evaluation& evaluation) const {
  const auto [entry, is_new] = items_by_id_.try_emplace({section, list});
  ItemsById& items = entry->second;
  if (!is_new) return items;
  const auto add = [&](const cel::Value& holder, bool is_own) {
    if (!holder.is(cel::Kind::list)) return;
    const std::size_t size = holder.as_container().size(holder.handle(), evaluation);
    evaluation.charge(size);
    items.numbers.reserve(items.numbers.size() + size);
    for (std::size_t i = 0; i < size; ++i) {
      const std::string_view id = view().item_id(holder.handle(), i);
      if (id.empty()) continue;
      const bool is_first = items.numbers.try_emplace(id, items.items.size()).second;
      if (is_first || is_own) items.items.push_back({id, holder.handle(), i});
    }
  };
  const cel::Value own = list_of(section, list, evaluation);
  items.declared = own.is(cel::Kind::list);
  add(own, true);
  add(view().registered(section, list), false);
  return items;
}

cel::Value Context::look_up(std::string_view section, std::string_view list, std::string_view id,
                            cel::Evaluation& evaluation) const {
  const ItemsById& items = items_by_id(section, list, evaluation);
  if (const ItemsById::Item* found = items.find(id)) return evaluation.optional(item(*found, evaluation));
  if (const cel::Value unreadable = view().register_problem(section.empty() ? list : section, evaluation);
      !unreadable.is_unset())
    return unreadable;
  const cel::Value holder = list_of(section, list, evaluation);
  return holder.is_error() ? holder : cel::Value::optional(nullptr);
}

cel::Value Context::person(std::string_view id, cel::Evaluation& evaluation) const {
  const cel::Value found = look_up("organization", "people", id, evaluation);
  const auto nobody = [&](std::string_view why) {
    if (evaluation.explanation != nullptr) evaluation.explanation->phrase = why;
    return cel::Value::optional(nullptr);
  };
  if (!found.is(cel::Kind::optional)) return found;
  // An AI never signs as a person.
  const cel::Value system = look_up("", "ai_systems", id, evaluation);
  if (system.is(cel::Kind::optional) && system.as_optional() != nullptr) return nobody("that is an AI system");
  if (found.as_optional() == nullptr) return nobody("nobody of the company has that id");
  const cel::Value& person = *found.as_optional();
  const cel::Value left = person.as_container().find(person.handle(), "left_on", evaluation);
  if (left.is_unset() || (left.is_error() && left.as_error().kind == cel::ErrorKind::absence)) return found;
  if (left.is_error()) return left;
  const cel::Value day = reference_day(evaluation);
  if (day.is_error()) return day;
  if (left.as_timestamp() > day.as_timestamp()) return found;
  return nobody(concat("left on ", format_day(left.as_timestamp())));
}

bool Context::is_inherited(cel::Origin origin) const {
  return !Tables::is_cell(origin) && views_[View::view_of(origin)]->spot(View::entry_of(origin)).inherited;
}

Context::Where Context::where(cel::Origin origin) const {
  Where where;
  if (Tables::is_cell(origin)) {
    const Tables::Cell cell = tables_->cell(origin);
    if (cell.path != 0) where = this->where(cell.path);
    where.in_evidence = true;
    where.place = concat(where.place, "!", cell.place);
    where.location = {cell.file, {}, {std::max(cell.line, 1u), 1}, {std::max(cell.line, 1u), 1}, {}, 1};
    return where;
  }
  const std::uint32_t number = View::view_of(origin);
  const View::EntryId entry = View::entry_of(origin);
  const auto spot = views_[number]->spot(entry);
  if (number == 0) {
    where.in_campaign = spot.layer == Layer::campaign && manifest_.kind == Scope::campaign;
    where.place = views_[0]->place(entry);
    if (!where.in_campaign) where.place = concat(organization_prefix, where.place);
    where.location = locate(spot.document->source(), spot.span);
    return where;
  }
  const EvidenceView& evidence = evidence_[number];
  where.in_evidence = true;
  std::string inside(evidence.name);
  const std::string place = views_[number]->place(entry);
  if (!inside.empty() && !place.empty() && place.front() != '[') inside += '.';
  inside += place;
  if (evidence.holder != 0) {
    where = this->where(evidence.holder);
    where.in_evidence = true;
  }
  where.place = inside.empty() ? where.place : concat(where.place, "!", inside);
  where.location = locate(spot.document->source(), spot.span, evidence.excerpt);
  where.location.line = evidence::mask_personal_data(where.location.line);
  return where;
}

cel::Origin Context::path_of(cel::Origin origin) const {
  // From JSON in a text to the text, from a fact of a file to the path that names the file.
  while (origin != 0 && View::view_of(origin) != 0) origin = evidence_[View::view_of(origin)].holder;
  return origin;
}

// A list of the campaign's own choice: the organization's register does not stand in for it.
bool Context::is_chosen(schema::TypeId parent, std::string_view name) const {
  const schema::Schema& schema = language_.manifest;
  const schema::TypeId map = parent == schema::no_type ? schema::no_type : schema.accepting(parent, NodeKind::map);
  const auto* property = map == schema::no_type ? nullptr : schema.property(map, name);
  return property != nullptr && schema.type(property->type).chosen;
}

Context::Where Context::where_missing(cel::Origin origin, std::string_view missing, Scope scope) const {
  if (origin == 0) origin = view().origin(0);
  if (View::view_of(origin) != 0) return where(origin);
  const View::EntryId entry = View::entry_of(origin);
  const std::string place = view().place(entry);
  if (manifest_.kind == Scope::organization) return this->where(origin);
  const bool below_organization =
      place == "organization" || place.starts_with("organization.") || (place.empty() && missing == "organization");
  const bool of_company = scope == Scope::organization && !is_chosen(view().type(entry), missing);
  Where where;
  if (manifest_.organization != nullptr && (below_organization || of_company || view().is_inherited_whole(entry))) {
    // Where the organization's file would say it; the campaign, if that file knows nothing of the item.
    const std::optional<Span> span = view().organization_span(entry);
    const bool item_unknown = !span && entry != 0 && !below_organization;
    if (!item_unknown) {
      const Document& document = *manifest_.organization;
      const Span top{document.node(document.root()).span.begin, document.node(document.root()).span.begin};
      where.place = concat(organization_prefix, place);
      where.in_campaign = false;
      where.location = locate(document.source(), entry == 0 ? top : span.value_or(top));
      return where;
    }
  }
  const auto spot = view().spot(view().campaign_ancestor(entry));
  where.place = place;
  where.location = locate(spot.document->source(), spot.span);
  return where;
}

namespace {

// "The day of the check." -> "the day of the check".
std::string as_part_of_sentence(std::string_view description) {
  std::string text(description);
  while (text.ends_with('.')) text.pop_back();
  if (!text.empty() && is_upper(text[0]) && (text.size() == 1 || !is_upper(text[1])))
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

}  // namespace

std::string Context::describe_field(schema::TypeId parent, std::string_view name) const {
  const schema::Schema& schema = language_.manifest;
  if (parent == schema::no_type) return {};
  const schema::TypeId map = schema.accepting(parent, NodeKind::map);
  const auto* property = map == schema::no_type ? nullptr : schema.property(map, name);
  if (property == nullptr) return {};
  const schema::Type& type = schema.type(property->type);
  const std::string what =
      type.description.empty() ? std::string{} : concat(" with ", as_part_of_sentence(type.description));
  if (schema.accepting(property->type, NodeKind::list) != schema::no_type &&
      schema.accepting(property->type, NodeKind::string) == schema::no_type) {
    return concat("write `", name, ":`", what, "; `", name, ": []` if there are none");
  }
  const auto values = schema.values(property->type);
  if (!values.empty()) {
    std::string text = concat("write `", name, ":` and one of ");
    for (std::size_t i = 0; i < values.size(); ++i) text += concat(i == 0 ? "" : ", ", "`", values[i], "`");
    return text;
  }
  if (type.format == schema::Format::date) return concat("write `", name, ":`", what, ", as in 2026-03-01");
  if (type.kinds == schema::allow_boolean) return concat("write `", name, ": true` or `", name, ": false`");
  return what.empty() ? std::string{} : concat("write `", name, ":`", what);
}

bool Context::is_path(cel::Origin origin) const {
  if (origin == 0 || View::view_of(origin) != 0) return false;
  return view().type_name(View::entry_of(origin)) == "path";
}

std::string shown_text(const cel::Value& text) {
  const bool from_file = (text.marks() & mark_verified) != 0;
  return from_file ? evidence::mask_personal_data(text.as_text()) : std::string(text.as_text());
}

std::string Context::show(const cel::Value& value, cel::Evaluation& evaluation, bool quoted) const {
  if ((value.marks() & mark_sensitive) != 0) {
    const std::string_view kind = value.is(cel::Kind::string) ? "text"
                                  : value.is_number()         ? "a number"
                                  : value.is(cel::Kind::list) ? "a list"
                                                              : "a value";
    if (value.origin() == 0) return concat("(", kind, ", not shown)");
    return concat("(", kind, " at ", where(value.origin()).place, ", not shown)");
  }
  switch (value.kind()) {
    case cel::Kind::error:
      return value.as_error().kind == cel::ErrorKind::absence ? "(not declared)"
                                                              : concat("(", value.as_error().message, ")");
    case cel::Kind::string: {
      const cel::Value shown = evaluation.string(shown_text(value));
      return quoted ? cel::to_display(shown, evaluation) : std::string(shown.as_text());
    }
    case cel::Kind::timestamp: return instant_in_words(value.as_timestamp());
    case cel::Kind::optional:
      return value.as_optional() == nullptr ? "none" : show(*value.as_optional(), evaluation, quoted);
    case cel::Kind::duration: return duration_in_words(value.as_duration());
    case cel::Kind::opaque: {
      const auto type = value.as_container().type_name(value.handle());
      if (type == "path") return std::string(view().written(value.handle()));
      return type == "evidence" ? files_[value.handle()].written : std::string(type);
    }
    case cel::Kind::list: {
      std::vector<std::string> items;
      const std::size_t size = value.as_container().size(value.handle(), evaluation);
      constexpr std::size_t shown = 20;
      for (std::size_t i = 0; i < std::min(size, shown); ++i) {
        items.push_back(show(value.as_container().at(value.handle(), i, evaluation), evaluation, quoted));
      }
      if (size > shown) items.push_back(concat("and ", size - shown, " more"));
      if (quoted) return concat("[", join(items, ", "), "]");
      return size == 0 ? "none" : join(items, ", ");
    }
    default: return cel::to_display(value, evaluation);
  }
}

}  // namespace scruple::policy
