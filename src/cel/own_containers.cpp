#include "cel/own_containers.h"

#include "base/strings.h"
#include "cel/display.h"
#include "cel/evaluation.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <typeinfo>

namespace scruple::cel {
namespace {

constexpr std::size_t few_keys = 8;

std::uint64_t mix(std::uint64_t bits) {
  bits ^= bits >> 33;
  bits *= 0xff51afd7ed558ccdULL;
  bits ^= bits >> 33;
  return bits;
}

// Equal keys have equal hashes: 1, 1u and 1.0 hash as the integer.
std::uint64_t hash_key(const Value& key) {
  switch (key.kind()) {
    case Kind::integer:
    case Kind::unsigned_integer: return mix(key.as_unsigned());
    case Kind::real: {
      const double number = key.as_real();
      if (number >= -0x1p63 && number < 0) return mix(static_cast<std::uint64_t>(static_cast<std::int64_t>(number)));
      if (number >= 0 && number < 0x1p64) return mix(static_cast<std::uint64_t>(number));
      return 0;
    }
    case Kind::boolean: return mix(key.as_boolean() ? 3 : 5);
    case Kind::string: return std::hash<std::string_view>{}(key.as_text());
    default: return 0;
  }
}

bool can_be_key(const Value& key) {
  return key.is(Kind::string) || key.is(Kind::integer) || key.is(Kind::unsigned_integer) || key.is(Kind::boolean);
}

bool same_integer(const Value& a, const Value& b) {
  const bool both_fit = a.kind() == b.kind() || (a.as_integer() >= 0 && b.as_integer() >= 0);
  return both_fit && a.as_unsigned() == b.as_unsigned();
}

// A double equals an integer key only if it is that integer exactly.
bool same_as_integer(double number, const Value& integer) {
  if (integer.is(Kind::integer)) {
    return number >= -0x1p63 && number < 0x1p63 && static_cast<double>(static_cast<std::int64_t>(number)) == number &&
           static_cast<std::int64_t>(number) == integer.as_integer();
  }
  return number >= 0 && number < 0x1p64 && static_cast<double>(static_cast<std::uint64_t>(number)) == number &&
         static_cast<std::uint64_t>(number) == integer.as_unsigned();
}

}  // namespace

bool same_key(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    if (a.is(Kind::real)) return b.is(Kind::real) ? a.as_real() == b.as_real() : same_as_integer(a.as_real(), b);
    return b.is(Kind::real) ? same_as_integer(b.as_real(), a) : same_integer(a, b);
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::string: return a.as_text() == b.as_text();
    case Kind::boolean: return a.as_boolean() == b.as_boolean();
    default: return false;
  }
}

KeyIndex KeyIndex::build(std::span<const Value> values, std::size_t stride, Evaluation& evaluation) {
  KeyIndex index;
  const std::size_t count = values.size() / stride;
  if (count <= few_keys) return index;
  const std::size_t slots = std::bit_ceil(2 * count);
  index.table_ = evaluation.allocate_words(slots);
  for (std::size_t position = 0; position < count; ++position) {
    const Value& key = values[position * stride];
    std::size_t slot = hash_key(key) & (slots - 1);
    while (index.table_[slot] != 0 && !same_key(values[(index.table_[slot] - 1) * stride], key)) {
      slot = (slot + 1) & (slots - 1);
      // Keys that collide by design must not make this quadratic.
      if (!evaluation.charge(1)) return index;
    }
    if (index.table_[slot] == 0) index.table_[slot] = static_cast<std::uint32_t>(position + 1);
  }
  return index;
}

std::int64_t KeyIndex::find(std::span<const Value> values, std::size_t stride, const Value& key) const {
  if (table_.empty()) {
    for (std::size_t i = 0; i < values.size(); i += stride) {
      if (same_key(values[i], key)) return static_cast<std::int64_t>(i / stride);
    }
    return -1;
  }
  const std::size_t mask = table_.size() - 1;
  for (std::size_t slot = hash_key(key) & mask; table_[slot] != 0; slot = (slot + 1) & mask) {
    if (same_key(values[(table_[slot] - 1) * stride], key)) return table_[slot] - 1;
  }
  return -1;
}

bool OwnList::make_index(Evaluation& evaluation) {
  bool texts = true;
  bool integers = true;
  for (const Value& element : elements_) {
    texts = texts && element.is(Kind::string);
    integers = integers && (element.is(Kind::integer) || element.is(Kind::boolean));
  }
  if (texts || integers) index_ = KeyIndex::build(elements_, 1, evaluation);
  return !index_.empty();
}

std::int64_t OwnList::find_indexed(const Value& value) const {
  // Doubles compare with rounding, so they are no keys here.
  if (index_.empty() || !can_be_key(value)) return unknown;
  return index_.find(elements_, 1, value);
}

Value OwnMap::find(std::uint32_t handle, std::string_view key, Evaluation& evaluation) const {
  evaluation.charge_bytes(key.size());
  return find(handle, Value::string(key), evaluation);
}

Value OwnMap::find(std::uint32_t, const Value& key, Evaluation&) const {
  const std::int64_t position = index_.find(entries_, 2, key);
  return position < 0 ? Value() : entries_[2 * static_cast<std::size_t>(position) + 1];
}

Value build_map(std::span<const Value> keys_and_values, Evaluation& evaluation) {
  for (std::size_t i = 0; i < keys_and_values.size(); i += 2) {
    if (can_be_key(keys_and_values[i])) continue;
    return evaluation.error(ErrorKind::evaluation,
                            concat(kind_name(keys_and_values[i]), " cannot be the key of a map"));
  }
  const KeyIndex index = KeyIndex::build(keys_and_values, 2, evaluation);
  if (evaluation.exhausted()) {
    return evaluation.over_budget();
  }
  for (std::size_t i = 0; i < keys_and_values.size(); i += 2) {
    // The first of equals is found: any other is a duplicate.
    if (index.find(keys_and_values, 2, keys_and_values[i]) == static_cast<std::int64_t>(i / 2)) continue;
    return evaluation.error(ErrorKind::evaluation, concat("the key ", to_display(keys_and_values[i], evaluation, 60),
                                                          " comes twice in one map"));
  }
  return own_map(keys_and_values, index, evaluation);
}

Value own_map(std::span<const Value> keys_and_values, KeyIndex index, Evaluation& evaluation) {
  const std::span<Value> entries = evaluation.allocate_values(keys_and_values.size());
  std::copy(keys_and_values.begin(), keys_and_values.end(), entries.begin());
  return Value::container(Kind::map, *evaluation.create<OwnMap>(entries, index), 0);
}

const OwnList* as_own_list(const Value& value) {
  if (!value.is(Kind::list)) return nullptr;
  const Container& container = value.as_container();
  return typeid(container) == typeid(OwnList) ? static_cast<const OwnList*>(&container) : nullptr;
}

}  // namespace scruple::cel
