// Campaign manifests of a wanted size, for benchmarks: the same bytes for the same arguments.
#pragma once

#include <cstddef>
#include <string>

namespace scruple::bench {

enum class Format { yaml, json };

// A valid campaign with as many assets as it takes to reach about `bytes`.
std::string generate_manifest(std::size_t bytes, Format format);

}  // namespace scruple::bench
