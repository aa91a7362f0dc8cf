// How read_yaml() reads what the outline steps aside from; apart for the tests, which compare both.
#pragma once

#include "document/document_builder.h"

#include <vector>

namespace scruple {

// The builder has a text that passed check_text(). Problems are reported to it.
std::vector<Document> read_yaml_by_events(DocumentBuilder& builder);

}  // namespace scruple
