// What the evaluation of one manifest rests on: its view, its evidence, the day. The host of cel's evaluations; it
// also turns an Origin back into a place and a location.
#pragma once

#include "cel/cel.h"
#include "evidence/evidence.h"
#include "policy/file_facts.h"
#include "policy/language.h"
#include "policy/tables.h"
#include "policy/view.h"

#include "scruple/finding.h"

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace scruple::policy {

// A manifest with its organization file, as they were found.
struct Manifest {
  Scope kind = Scope::campaign;
  schema::TypeId type = schema::no_type;            // of the manifest's schema
  std::string root;                                 // canonical folder that evidence may not leave
  const evidence::Roots* evidence_roots = nullptr;  // further ones, by name; may be null
  const Document* document = nullptr;
  std::string folder;                      // of the manifest, relative to the root
  const Document* organization = nullptr;  // the organization file of a campaign that names one
  std::string organization_folder;
  bool organization_unreadable = false;  // it names one that cannot be used
};

// A text that is not sensitive as it may be shown: what looks like personal data in a file is masked, in public ones
// too.
std::string shown_text(const cel::Value& text);

class Context {
 public:
  // All arguments outlive the context. `today` is midnight UTC. `record` takes down facts of evidence, or stands in for
  // files that are not here, with facts that are not older than so many days; it may be null.
  Context(const Language& language, const Manifest& manifest, evidence::Store& store, cel::Timestamp today,
          FactRecord* record = nullptr, unsigned max_fact_days = 0);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  static Context& of(cel::Evaluation& evaluation) { return *static_cast<Context*>(evaluation.host); }

  const Manifest& manifest() const { return manifest_; }
  const View& view() const { return *views_.front(); }
  // Whether the organization's file, or `asset_defaults`, says a value in place of the item that has it.
  bool is_inherited(cel::Origin origin) const;
  cel::Timestamp today() const { return today_; }

  // The launch date while it is ahead and the campaign is not live, the end date once it is closed, else today. Has
  // the origin of the date that it is.
  cel::Value reference_day(cel::Evaluation& evaluation) const;

  // The evidence object of a path field, or of a computed path.
  cel::Value file(const cel::Value& path);

  // Whether an address in the file at `page` leads to the file at `target`: a relative one by the folders, one that
  // begins with `/` by the end of its path, one on a server, where folders may be others, by the file's name.
  bool leads_to(const cel::Value& page, std::string_view url, const cel::Value& target);

  // The value of a text that holds JSON; its places go on from that of the text: `…path!ads[0].targeting!age_min`.
  cel::Value open_json(const cel::Value& text, cel::Evaluation& evaluation);

  // A part of a text, bytes of it, that stands where it stands in the file: what a finding can point at.
  cel::Value part_of(const cel::Value& text, Span part, cel::Evaluation& evaluation);

  // An item by its id: `section` "" or the key of a section, `list` the list in it. In the campaign, then in its
  // organization's register. None if there is no such item; an error if the list is absent.
  cel::Value look_up(std::string_view section, std::string_view list, std::string_view id,
                     cel::Evaluation& evaluation) const;

  // A current person: one who has not left by the reference day and is no AI system.
  cel::Value person(std::string_view id, cel::Evaluation& evaluation) const;

  // Where a value stands, for people. `prefer` says whose file an absence is blamed on where both could hold it.
  struct Where {
    std::string place;  // `assets[mail].path`, `organization:organization.people`, `assets[mail].path!html.controls[0]`
    Location location;
    bool in_campaign = true;
    bool in_evidence = false;
  };
  Where where(cel::Origin origin) const;
  // The path field that names the file in which a value stands; the origin itself if it stands in no file.
  cel::Origin path_of(cel::Origin origin) const;
  // For `missing` below `origin`: in the campaign's file, or in the organization file (rules of scope
  // organization, and all below `organization`).
  Where where_missing(cel::Origin origin, std::string_view missing, Scope scope) const;

  // A value as a message shows it: text without quotes, dates as days, paths as written, sensitive values by their
  // kind.
  std::string show(const cel::Value& value, cel::Evaluation& evaluation, bool quoted) const;

  // Whether a path field stands there: what is absent is then its file.
  bool is_path(cel::Origin origin) const;

  // How to write a field of the manifest that is not there: what it is, and its values. Empty if the schema does not
  // know it.
  std::string describe_field(schema::TypeId parent, std::string_view name) const;

  // The items of a list of the manifest, then those of the organization's register that the list does not hold.
  struct ItemsById {
    struct Item {
      std::string_view id;
      View::EntryId list = View::none;
      std::size_t index = 0;
    };
    bool declared = false;  // the list stands in the manifest, or is inherited
    std::vector<Item> items;
    std::unordered_map<std::string_view, std::size_t> numbers;  // of the items, by id; of equal ids the first

    const Item* find(std::string_view id) const {
      const auto number = numbers.find(id);
      return number == numbers.end() ? nullptr : &items[number->second];
    }
  };
  // `section` is the place of the map that holds the list; "" for the manifest itself.
  const ItemsById& items_by_id(std::string_view section, std::string_view list, cel::Evaluation& evaluation) const;
  cel::Value item(const ItemsById::Item& item, cel::Evaluation& evaluation) const {
    return view().at(item.list, item.index, evaluation);
  }

 private:
  class EvidenceFiles;

  // A file that was opened, and what was made of it.
  struct OpenFile {
    std::shared_ptr<const evidence::File> file;
    cel::Origin path_origin = 0;
    std::string written;   // the path
    std::string relative;  // the path below the root
    std::unique_ptr<FileFacts> facts;
    bool is_public = false;
    bool inline_rows = false;  // the rows stand in the manifest itself
    bool secret_path = false;  // the path was computed from what must not be shown
    std::shared_ptr<const Source> text;
    std::array<std::uint32_t, evidence::part_count> views{};  // of its facts; 0: not made yet
    std::optional<std::uint32_t> table;
  };

  // A list of the manifest by the place of its section and its name; an error if it is absent.
  cel::Value list_of(std::string_view section, std::string_view list, cel::Evaluation& evaluation) const;

  OpenFile& open_file(const cel::Value& path) { return files_[file(path).handle()]; }
  std::uint32_t add_evidence_view(std::shared_ptr<const Document> facts, std::uint32_t file, std::string_view name);
  bool is_chosen(schema::TypeId parent, std::string_view name) const;
  // The table in a file, or in the manifest itself.
  cel::Value table(OpenFile& file);
  cel::Value problem(const evidence::Problem& problem, const OpenFile& file, cel::Evaluation& evaluation) const;

  const Language& language_;
  Manifest manifest_;
  evidence::Store& store_;
  cel::Timestamp today_;
  std::vector<std::unique_ptr<View>> views_;  // 0: the manifest; then facts of evidence
  // For each view of evidence, parallel to views_: in what it is and what stands between `!` and the place in it.
  struct EvidenceView {
    cel::Origin holder = 0;  // the path of the file, or the text that is opened
    std::string_view name;   // "html"; empty for the file's own value
    std::shared_ptr<const Document> facts;
    Excerpt excerpt = Excerpt::hide;
  };
  std::vector<EvidenceView> evidence_;
  FactUse fact_use_;
  std::deque<OpenFile> files_;
  std::map<cel::Origin, std::uint32_t> nested_views_;                          // by the text that holds them
  std::map<std::pair<cel::Origin, std::string>, std::uint32_t> file_numbers_;  // by the path and where it stands
  std::unique_ptr<EvidenceFiles> evidence_files_;
  std::unique_ptr<Tables> tables_;
  mutable std::map<std::pair<std::string_view, std::string_view>, ItemsById> items_by_id_;  // made on first need
};

}  // namespace scruple::policy
