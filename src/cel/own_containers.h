// Lists and maps that are made by an evaluation. They live in its arena and own nothing.
#pragma once

#include "cel/value.h"

#include <cstdint>
#include <span>

namespace scruple::cel {

// Positions by key in a table of open addressing; empty for few keys, which are searched one by one.
class KeyIndex {
 public:
  KeyIndex() = default;

  // Over values[0], values[stride], values[2 * stride] …
  static KeyIndex build(std::span<const Value> values, std::size_t stride, Evaluation& evaluation);

  bool empty() const { return table_.empty(); }
  // The first position whose key is equal, or -1.
  std::int64_t find(std::span<const Value> values, std::size_t stride, const Value& key) const;

 private:
  std::span<std::uint32_t> table_;  // position + 1; 0: free
};

// Equality of the language among values that can be keys (null, bool, numbers, text), numbers across types.
bool same_key(const Value& a, const Value& b);

class OwnList final : public Container {
 public:
  explicit OwnList(std::span<const Value> elements) : elements_(elements) {}

  // For long lists that are searched often: possible if all elements are texts, or all are integers and booleans.
  bool make_index(Evaluation& evaluation);
  // The position of a value, `nowhere`, or `unknown` if there is no index for its kind.
  static constexpr std::int64_t nowhere = -1;
  static constexpr std::int64_t unknown = -2;
  std::int64_t find_indexed(const Value& value) const;

  std::string_view type_name(std::uint32_t) const override { return "list"; }
  std::size_t size(std::uint32_t, Evaluation&) const override { return elements_.size(); }
  Value at(std::uint32_t, std::size_t index, Evaluation&) const override { return elements_[index]; }
  Value key_at(std::uint32_t, std::size_t, Evaluation&) const override { return {}; }
  Value find(std::uint32_t, std::string_view, Evaluation&) const override { return {}; }
  Value find(std::uint32_t, const Value&, Evaluation&) const override { return {}; }

 private:
  std::span<const Value> elements_;
  KeyIndex index_;
};

class OwnMap final : public Container {
 public:
  OwnMap(std::span<const Value> keys_and_values, KeyIndex index) : entries_(keys_and_values), index_(index) {}

  std::string_view type_name(std::uint32_t) const override { return "map"; }
  std::size_t size(std::uint32_t, Evaluation&) const override { return entries_.size() / 2; }
  Value at(std::uint32_t, std::size_t index, Evaluation&) const override { return entries_[2 * index + 1]; }
  Value key_at(std::uint32_t, std::size_t index, Evaluation&) const override { return entries_[2 * index]; }
  Value find(std::uint32_t handle, std::string_view key, Evaluation& evaluation) const override;
  Value find(std::uint32_t handle, const Value& key, Evaluation& evaluation) const override;

 private:
  std::span<const Value> entries_;
  KeyIndex index_;
};

// A map of entries whose index has been built.
Value own_map(std::span<const Value> keys_and_values, KeyIndex index, Evaluation& evaluation);

// A map of entries from anywhere: an error if a key cannot be one, or comes twice.
Value build_map(std::span<const Value> keys_and_values, Evaluation& evaluation);

// The list behind a value if it is one of ours, else null.
const OwnList* as_own_list(const Value& value);

}  // namespace scruple::cel
