// Changes a manifest by place: what `set`, `remove` and `add` of a test case mean.
#pragma once

#include "scruple/document.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace scruple::packtest {

using Json = nlohmann::ordered_json;

Json to_json(const Document& document, NodeId node);

// Each returns why it could not be done; nothing if it was. The last key of a place that is set may be new.
std::optional<std::string> set_place(Json& manifest, std::string_view place, Json value);
std::optional<std::string> remove_place(Json& manifest, std::string_view place);
std::optional<std::string> add_to_place(Json& manifest, std::string_view place, Json item);

}  // namespace scruple::packtest
