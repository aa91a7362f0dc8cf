// The front matter of a Markdown file, such as a model card: YAML between a first line `---` and the next one.
// https://huggingface.co/docs/hub/model-cards
#pragma once

#include "evidence/problem.h"
#include "scruple/document.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace scruple::evidence {

// The offset of the line that ends the front matter, `---` or `...`; npos if the text begins with none.
std::size_t end_of_front_matter(std::string_view text);

// Places are those in the file. Absent if the file does not begin with it; a problem if it is no YAML.
Result<std::shared_ptr<const Document>> front_matter(const SourcePtr& source, const DocumentLimits& limits);

}  // namespace scruple::evidence
