// What a scalar says, and from which bytes of the file each part of that comes.
#pragma once

#include "scruple/document.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

// What a well-formed scalar says. `content_column` is where the lines of a block scalar begin.
std::string decode_scalar(std::string_view text, Span span, ScalarStyle style, std::uint32_t content_column);

// The byte of the file that byte `offset` of a scalar's decoded text comes from. What was folded or escaped maps
// to the begin of what it was written as; an offset past the end to the end of the content. JSON strings included.
std::uint32_t source_offset(std::string_view source, const Node& scalar, std::size_t offset);

// The same for each byte of the decoded text, and at last for its end.
std::vector<std::uint32_t> source_offsets(std::string_view source, const Node& scalar);

}  // namespace scruple
