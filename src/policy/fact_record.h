// Facts of evidence that are taken where the files are, and used where they are not: numbers, days, hashes, groups,
// never a row and never a value that must not be shown.
//
//   FactRecord taken;  … a run that was given it …  files.write("facts.json", taken.write());
//   auto known = FactRecord::read(text, problems);  … a run that was given it …
#pragma once

#include "cel/evaluation.h"
#include "cel/value.h"

#include "scruple/diagnostic.h"
#include "scruple/source.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace scruple::policy {

class FactRecord {
 public:
  // What a fact is of: the campaign that asked, the file as the manifest names it, and the question.
  struct Key {
    std::string campaign;
    std::string file;  // relative to the root, or with the name of its root: `crm:recipients.csv`
    std::string fact;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Fact {
    std::string day;     // on which it was taken
    std::string sha256;  // of the file then
    std::string value;   // as JSON
  };

  FactRecord() = default;  // to be filled
  // Empty, with the reason in `problems`, if the text is no record.
  static std::optional<FactRecord> read(SourcePtr source, Diagnostics& problems);
  FactRecord(FactRecord&& other) noexcept;

  // Whether it is being filled; otherwise it is asked.
  bool is_taking() const { return taking_; }
  // From any thread.
  void add(Key key, Fact fact);
  std::size_t size() const { return facts_.size(); }
  std::size_t files() const;

  const Fact* find(const Key& key) const;
  // Whether anything was taken of a file, for this campaign or, if that is empty, for any.
  bool knows(std::string_view campaign, std::string_view file) const;

  std::string write() const;

 private:
  bool taking_ = true;
  std::mutex mutex_;
  std::map<Key, Fact> facts_;
};

// The question as a record names it: what is asked first stands before the digest of all of it.
std::string fact_name(std::string_view question);

// Nothing if a part of the value carries one of these marks, or cannot be written down. Of a row only its number is.
std::optional<std::string> fact_to_json(const cel::Value& value, cel::Marks secret, cel::Evaluation& evaluation);
// The value with these marks; unset if the text holds none.
cel::Value fact_from_json(std::string_view json, cel::Marks marks, cel::Evaluation& evaluation);

}  // namespace scruple::policy
