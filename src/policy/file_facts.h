// What is asked of one file in one campaign: from the file, and taken down for later if that is wished; or from a
// record of facts where the file is not.
#pragma once

#include "evidence/evidence.h"
#include "policy/fact_record.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace scruple::policy {

// The part of a run that concerns recorded facts; the record may be null.
struct FactUse {
  FactRecord* record = nullptr;
  std::string campaign;
  cel::Timestamp today;
  unsigned max_age_days = 30;
};

class FileFacts {
 public:
  // `use` outlives this. `file` is named as a record names it.
  FileFacts(const FactUse& use, std::shared_ptr<const evidence::File> evidence, std::string file)
      : use_(use), evidence_(std::move(evidence)), file_(std::move(file)) {}

  // Whether a record stands in for the file.
  bool is_recorded() const;

  // The answer to a question; `make` finds it in the file. An error has the origin `path`.
  cel::Value ask(std::string_view question, cel::Origin path, const std::function<cel::Value()>& make,
                 cel::Evaluation& evaluation) const;

  const std::string& file() const { return file_; }

 private:
  cel::Value recorded(std::string_view question, cel::Origin path, cel::Evaluation& evaluation) const;

  const FactUse& use_;
  std::shared_ptr<const evidence::File> evidence_;
  std::string file_;
};

}  // namespace scruple::policy
