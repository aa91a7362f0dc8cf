// What must hold of a file's bytes before a parser sees them.
#pragma once

#include "document/document_builder.h"

namespace scruple {

enum class ControlCharacters : std::uint8_t { allow, reject };

// Size, encoding and, on request, characters that YAML forbids. False after a report.
bool check_text(DocumentBuilder& builder, ControlCharacters control_characters);

// yaml-cpp holds all tokens of a list or map in brackets in memory, some 150 bytes each, before it tells the first of
// them. False after a report if there could be too many, judged by bytes alone: far more than any file of that size
// has that people wrote.
bool check_token_count(DocumentBuilder& builder);

// The length of a UTF-8 byte order mark at the start: 3 or 0.
std::uint32_t byte_order_mark(std::string_view text);

}  // namespace scruple
