#include "evidence/front_matter.h"

#include "base/strings.h"

#include <algorithm>
#include <string>
#include <utility>

namespace scruple::evidence {

std::size_t end_of_front_matter(std::string_view text) {
  std::size_t line = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (bool first = true;; first = false) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    std::string_view content = text.substr(line, end - line);
    while (!content.empty() && (content.back() == '\r' || content.back() == ' ')) content.remove_suffix(1);
    if (first && content != "---") return text.npos;
    if (!first && (content == "---" || content == "...")) return line;
    if (end == text.size()) return text.npos;
    line = end + 1;
  }
}

Result<std::shared_ptr<const Document>> front_matter(const SourcePtr& source, const DocumentLimits& limits) {
  const std::size_t end = end_of_front_matter(source->text());
  if (end == std::string_view::npos) {
    return problem_of(*source, Problem::Kind::absent, "has no front matter.",
                      "Begin the file with a line `---`, YAML, and a line `---`.");
  }
  // Up to its end the file is a stream of one YAML document, whose places are those of the file.
  Diagnostics diagnostics;
  auto documents = read_yaml(std::make_shared<const Source>(source->name(), std::string(source->text().substr(0, end))),
                             limits, diagnostics);
  if (diagnostics.empty() && documents.size() == 1)
    return std::make_shared<const Document>(std::move(documents.front()));
  Problem found = problem_of(*source, Problem::Kind::malformed, "has a front matter that cannot be read as YAML.",
                             "Correct the place between the lines `---`.");
  if (!diagnostics.empty()) {
    found.detail = diagnostics.front().message;
    found.location = diagnostics.front().location;
    found.location->line.clear();
    found.location->line_column = 1;
  }
  return found;
}

}  // namespace scruple::evidence
