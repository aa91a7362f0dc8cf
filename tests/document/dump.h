// Documents as text, for tables of tests: kinds, spans, keys.
#pragma once

#include "scruple/document.h"

#include <string>
#include <string_view>

namespace scruple {

// One line, `{a: 1, b: [x]}`: keys and text as they are, quoted if they are text that could be taken for something
// else.
std::string dump(const Document& document);

// One line a node, with the text that each span covers.
std::string dump_spans(const Document& document);

// All documents of a stream, separated by ` | `, or the first error as `line:column message`.
std::string read_yaml_as_text(std::string_view text, const DocumentLimits& limits = {});
std::string read_json_as_text(std::string_view text, const DocumentLimits& limits = {});

}  // namespace scruple
