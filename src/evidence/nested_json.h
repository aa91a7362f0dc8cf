// JSON that stands as a text in JSON or YAML, as exports of ad platforms have it: {"targeting": "{\"age_min\": 18}"}.
#pragma once

#include "evidence/problem.h"
#include "scruple/document.h"

#include <memory>

namespace scruple::evidence {

// The text of a scalar read as JSON. Each value of the result has its span in the file around it. A problem if the text
// is no JSON.
Result<std::shared_ptr<const Document>> nested_json(const Document& outer, NodeId text);

}  // namespace scruple::evidence
