// What holds of the facts of any file: each stands in the file, and what is shown of it is text.
#pragma once

#include "fuzz.h"

#include "base/strings.h"
#include "scruple/document.h"

#include <cstddef>

namespace scruple::fuzz {

inline void check_facts(const Document& facts, std::size_t file_size) {
  for (NodeId id = 0; id < facts.node_count(); ++id) {
    const Node& node = facts.node(id);
    require(node.span.begin <= node.span.end && node.span.end <= file_size);
    require(find_invalid_utf8(node.text) == std::string_view::npos);
  }
}

}  // namespace scruple::fuzz
