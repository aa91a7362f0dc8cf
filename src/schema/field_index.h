// Where in a schema a field of some name stands, for hints about fields in the wrong place.
#pragma once

#include "schema/schema.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::schema {

class FieldIndex {
 public:
  FieldIndex(const Schema& schema, TypeId root) : schema_(schema) { add(root, "", 0); }

  // The places nearest to the root: "campaign", "assets[]". None if there are more than three, since then the name
  // alone says nothing.
  std::vector<std::string_view> places_of(std::string_view name) const;

  // The name of a field below the root that was probably meant by this one; empty if there is none.
  std::string_view nearest_to(std::string_view name) const;

 private:
  void add(TypeId id, const std::string& place, std::size_t depth);

  const Schema& schema_;
  std::map<std::string_view, std::vector<std::string>> places_;
};

}  // namespace scruple::schema
