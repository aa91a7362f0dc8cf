// The structure of a YAML stream of the simple kind that people write: one document of lists and maps, with scalars of
// every style, without anchors, tags, explicit keys and tabs.
//
// yaml-cpp decides what is YAML, and takes ten times as long. This reader goes before it: it tells the same steps, or
// steps aside. Like yaml-cpp's, they are followed and checked against the text by YamlFollower; if anything is wrong
// with them, or with the text, yaml-cpp is asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace scruple {

enum class YamlStep : std::uint8_t { block_list, block_map, flow_list, flow_map, scalar, absent, end };

// `begin` is where the text begins, after a byte order mark. Nothing if this is no document of the simple kind; what is
// given need not be well-formed.
std::optional<std::vector<YamlStep>> outline_yaml(std::string_view text, std::uint32_t begin);

}  // namespace scruple
