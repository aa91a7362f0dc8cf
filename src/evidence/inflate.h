// zlib data, unpacked up to a limit: a kilobyte can be made to hold a megabyte.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scruple::evidence {

struct Inflated {
  std::string bytes;
  bool complete = true;  // false if there was more than the limit
};

// Nothing if the data is damaged.
std::optional<Inflated> inflate_zlib(std::string_view packed, std::size_t limit);

}  // namespace scruple::evidence
