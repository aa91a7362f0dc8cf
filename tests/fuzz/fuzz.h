// What a fuzz target is: the function that libFuzzer calls, which aborts where something is wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace scruple::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace scruple::fuzz
