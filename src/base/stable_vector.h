// A list that only grows, and whose items never move: references to them stay good while others are added.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace scruple {

template <typename T>
class StableVector {
 public:
  std::size_t size() const { return size_; }

  T& operator[](std::size_t index) { return blocks_[index / block][index % block]; }
  const T& operator[](std::size_t index) const { return blocks_[index / block][index % block]; }

  // Adds a fresh item.
  T& add() {
    if (size_ % block == 0) blocks_.push_back(std::make_unique<T[]>(block));
    return blocks_.back()[size_++ % block];
  }

  // The items from `index` on that stand side by side, at most `most`.
  std::span<T> run(std::size_t index, std::size_t most) const {
    const std::size_t within = index % block;
    return {&blocks_[index / block][within], std::min(most, block - within)};
  }

 private:
  static constexpr std::size_t block = 64;  // a power of two: an item is found without a division
  std::vector<std::unique_ptr<T[]>> blocks_;
  std::size_t size_ = 0;
};

}  // namespace scruple
