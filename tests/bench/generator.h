// Campaigns with a manifest of a wanted size, for benchmarks: the same bytes for the same arguments.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace scruple::bench {

enum class Format { yaml, json };

// Path -> content: a campaign of which nearly all holds, with as many datasets and people as it takes for its manifest
// to reach about `bytes`, and the mail that it names. The manifest is `campaign.yaml` or `campaign.json`.
std::map<std::string, std::string> generate_campaign(std::size_t bytes, Format format);

}  // namespace scruple::bench
