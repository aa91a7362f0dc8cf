// One case of a rule's tests: the files that it makes of the pack's base, and what it expects of the rule on them.
#pragma once

#include "base/file_system.h"
#include "packtest/manifest_editor.h"
#include "policy/compiled_pack.h"
#include "policy/language.h"
#include "policy/pack.h"

#include "scruple/linter.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cel {
class Observer;
}

namespace scruple::packtest {

// Why a case did not come out as it says, or proves nothing.
struct Mismatch {
  std::string reason;
  std::vector<std::string> details;  // what was found instead
  bool judged = false;               // the rule was judged, and came out otherwise
};

class TestCase {
 public:
  // `written` and `rule` outlive the case. What is wrong with the case itself is told by run().
  TestCase(const policy::PolicyPack& written, const policy::WrittenRule& rule, NodeId node);

  // `pass`, `fail`, `skip` or `undecided`; empty if the case says none or several.
  std::string_view expectation() const { return expectation_; }
  std::string name() const;  // "fail: nothing in the mail says so"
  const std::string& title() const { return title_; }
  Location location() const;

  // Judges the case by the rule as it stands in `pack`; nothing if the case comes out as it says. The observer may be
  // null. Safe to call from several threads.
  std::optional<Mismatch> run(const std::shared_ptr<const policy::CompiledPack>& pack, const policy::Language& language,
                              cel::Observer* observer) const;

  // What the rule says of the case's manifest, written as a person would write it, in `campaign.yaml`; nothing if the
  // case cannot be used.
  std::optional<LintResult> judge(const std::shared_ptr<const policy::CompiledPack>& pack,
                                  const policy::Language& language) const;

 private:
  NodeId find(NodeId map, std::string_view key) const;
  std::string text(std::string_view key, std::string_view fallback) const;
  bool edit(Json& manifest, NodeId changes);
  void add_files(const Document& document, NodeId files);
  void prepare();
  // Judges the file by the rule alone.
  LintResult lint_file(std::string_view file, const FileSystem& files,
                       const std::shared_ptr<const policy::CompiledPack>& pack, const policy::Language& language,
                       cel::Observer* observer) const;
  std::shared_ptr<const policy::CompiledPack> with_parameters(const std::shared_ptr<const policy::CompiledPack>& pack,
                                                              std::string& problem) const;
  std::optional<Mismatch> compare(const RuleCounts& counts, const std::vector<const Finding*>& findings) const;
  std::optional<Mismatch> compare_remarks(const std::vector<Remark>& remarks) const;
  std::optional<Mismatch> compare_findings(const std::vector<const Finding*>& findings) const;

  const policy::PolicyPack& written_;
  const policy::WrittenRule& rule_;
  const Document& document_;
  NodeId node_;
  std::string_view expectation_;
  std::string title_;
  MemoryFileSystem files_;
  Json campaign_;  // the manifest that is judged
  Json organization_;
  std::string organization_file_;  // empty if it names none
  std::optional<Mismatch> unusable_;
};

}  // namespace scruple::packtest
