// The fields of a manifest as tables, from its schema.
#pragma once

#include "schema/schema.h"

#include <ostream>

namespace scruple::report {

// As Markdown: a heading for each section of a campaign, then those that only an organization file has.
void write_field_reference(const schema::Schema& schema, std::ostream& out);

}  // namespace scruple::report
