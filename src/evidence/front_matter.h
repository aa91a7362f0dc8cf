// The front matter of a Markdown file, such as a model card: YAML between a first line `---` and the next one.
// https://huggingface.co/docs/hub/model-cards
#pragma once

#include "evidence/problem.h"
#include "scruple/document.h"

#include <memory>

namespace scruple::evidence {

// Places are those in the file. Absent if the file does not begin with it; a problem if it is no YAML.
Result<std::shared_ptr<const Document>> front_matter(const SourcePtr& source, const DocumentLimits& limits);

}  // namespace scruple::evidence
