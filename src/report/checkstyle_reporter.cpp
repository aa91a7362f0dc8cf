// Checkstyle's XML, which many CI servers read. Findings stand below their files.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/markup.h"

#include <algorithm>
#include <map>

namespace scruple::report {

namespace {

// `privacy/unsubscribe-visible` -> `scruple.privacy.unsubscribe-visible`
std::string source_of(const Finding& finding) {
  std::string source = concat("scruple.", finding.rule);
  std::ranges::replace(source, '/', '.');
  return source;
}

}  // namespace

void write_checkstyle(const LintResult& result, std::ostream& out) {
  std::map<std::string, std::vector<Entry>> files;
  for (Entry& entry : open_entries(result)) files[entry.path].push_back(std::move(entry));
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const auto& [file, entries] : files) {
    out << "  <file name=\"" << escape_markup(file) << "\">\n";
    for (const Entry& entry : entries) {
      std::string message = escape_markup(entry.message);
      if (!entry.remedy.empty()) message += "&#10;" + escape_markup(entry.remedy);
      out << "    <error line=\"" << entry.begin.line << "\" column=\"" << entry.begin.column << "\" severity=\""
          << to_string(entry.finding->severity) << "\" message=\"" << message << "\" source=\""
          << escape_markup(source_of(*entry.finding)) << "\"/>\n";
    }
    out << "  </file>\n";
  }
  out << "</checkstyle>\n";
}

}  // namespace scruple::report
