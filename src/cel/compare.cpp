#include "cel/compare.h"

#include "cel/own_containers.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace scruple::cel {
namespace {

std::partial_ordering compare_integer_with_real(std::int64_t integer, double real) {
  if (real < -0x1p63) return std::partial_ordering::greater;
  if (real > 0x1p63) return std::partial_ordering::less;
  return static_cast<double>(integer) <=> real;
}

std::partial_ordering compare_unsigned_with_real(std::uint64_t number, double real) {
  if (real < 0) return std::partial_ordering::greater;
  if (real > 0x1p64) return std::partial_ordering::less;
  return static_cast<double>(number) <=> real;
}

std::partial_ordering compare_integer_with_unsigned(std::int64_t integer, std::uint64_t number) {
  if (integer < 0) return std::partial_ordering::less;
  return static_cast<std::uint64_t>(integer) <=> number;
}

std::partial_ordering reversed(std::partial_ordering order) { return 0 <=> order; }

std::strong_ordering compare_bytes(std::string_view a, std::string_view b) { return a.compare(b) <=> 0; }

// Walks two values. A difference anywhere decides; an element that is an error decides only if there is none.
class EqualityTest {
 public:
  explicit EqualityTest(Evaluation& evaluation) : evaluation_(evaluation) {}

  bool equal(const Value& a, const Value& b) {
    if (a.is_number() && b.is_number()) return compare_numbers(a, b) == 0;
    if (a.is_error() || b.is_error()) {
      note(a);
      note(b);
      return true;
    }
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
      case Kind::boolean: return a.as_boolean() == b.as_boolean();
      case Kind::string:
      case Kind::bytes:
      case Kind::type: evaluation_.charge_bytes(a.as_text().size()); return a.as_text() == b.as_text();
      case Kind::timestamp: return a.as_timestamp() == b.as_timestamp();
      case Kind::duration: return a.as_duration() == b.as_duration();
      case Kind::list: return equal_lists(a, b);
      case Kind::map: return equal_maps(a, b);
      case Kind::optional: {
        const Value* left = a.as_optional();
        const Value* right = b.as_optional();
        if (left == nullptr || right == nullptr) return left == right;
        return equal(*left, *right);
      }
      case Kind::opaque: return &a.as_container() == &b.as_container() && a.handle() == b.handle();
      default: return true;  // null
    }
  }

  const Value& error() const { return error_; }

 private:
  void note(const Value& value) {
    if (value.is_error() && error_.is_unset()) error_ = value;
  }

  bool equal_lists(const Value& a, const Value& b) {
    const Container& left = a.as_container();
    const Container& right = b.as_container();
    const std::size_t size = left.size(a.handle(), evaluation_);
    if (size != right.size(b.handle(), evaluation_)) return false;
    for (std::size_t i = 0; i < size && evaluation_.charge(1); ++i) {
      if (!equal(left.at(a.handle(), i, evaluation_), right.at(b.handle(), i, evaluation_))) return false;
    }
    return true;
  }

  bool equal_maps(const Value& a, const Value& b) {
    const Container& left = a.as_container();
    const Container& right = b.as_container();
    const std::size_t size = left.size(a.handle(), evaluation_);
    if (size != right.size(b.handle(), evaluation_)) return false;
    for (std::size_t i = 0; i < size && evaluation_.charge(1); ++i) {
      const Value key = left.key_at(a.handle(), i, evaluation_);
      const Value other = entry_of(b, key, evaluation_);
      if (other.is_unset() || !equal(left.at(a.handle(), i, evaluation_), other)) return false;
    }
    return true;
  }

  Evaluation& evaluation_;
  Value error_;
};

}  // namespace

std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  switch (a.kind()) {
    case Kind::integer:
      if (b.is(Kind::integer)) return a.as_integer() <=> b.as_integer();
      if (b.is(Kind::unsigned_integer)) return compare_integer_with_unsigned(a.as_integer(), b.as_unsigned());
      return compare_integer_with_real(a.as_integer(), b.as_real());
    case Kind::unsigned_integer:
      if (b.is(Kind::unsigned_integer)) return a.as_unsigned() <=> b.as_unsigned();
      if (b.is(Kind::integer)) return reversed(compare_integer_with_unsigned(b.as_integer(), a.as_unsigned()));
      return compare_unsigned_with_real(a.as_unsigned(), b.as_real());
    default:
      if (b.is(Kind::integer)) return reversed(compare_integer_with_real(b.as_integer(), a.as_real()));
      if (b.is(Kind::unsigned_integer)) return reversed(compare_unsigned_with_real(b.as_unsigned(), a.as_real()));
      return a.as_real() <=> b.as_real();
  }
}

Value entry_of(const Value& map, const Value& key, Evaluation& evaluation) {
  const Container& container = map.as_container();
  if (!key.is(Kind::string)) return container.find(map.handle(), key, evaluation);
  if (key.marks() != 0) {
    const Value found = container.find(map.handle(), key, evaluation);
    if (!found.is_unset()) return found;
  }
  return container.find(map.handle(), key.as_text(), evaluation);
}

Value equality(const Value& a, const Value& b, Evaluation& evaluation) {
  EqualityTest test(evaluation);
  if (!test.equal(a, b)) return Value::boolean(false);
  return test.error().is_unset() ? Value::boolean(true) : test.error();
}

std::optional<std::partial_ordering> compare(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return compare_numbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::boolean: return a.as_integer() <=> b.as_integer();
    case Kind::string:
    case Kind::bytes: return compare_bytes(a.as_text(), b.as_text());
    case Kind::timestamp: return a.as_timestamp() <=> b.as_timestamp();
    case Kind::duration: return a.as_duration() <=> b.as_duration();
    default: return std::nullopt;
  }
}

std::optional<std::vector<std::uint32_t>> sorted_positions(std::span<const Value> keys, Evaluation& evaluation) {
  std::size_t steps = keys.size();
  for (const Value& key : keys) {
    if (key.is(Kind::string) || key.is(Kind::bytes)) steps += key.as_text().size() / 64;
  }
  if (!evaluation.charge(steps * static_cast<std::size_t>(std::bit_width(keys.size())))) return std::nullopt;
  for (const Value& key : keys) {
    const auto order = compare(key, keys.front());
    // NaN has no place in an order: sorting by it would be undefined.
    if (key.kind() != keys.front().kind() || !order || *order == std::partial_ordering::unordered) return std::nullopt;
  }
  std::vector<std::uint32_t> positions(keys.size());
  std::iota(positions.begin(), positions.end(), 0u);
  std::stable_sort(positions.begin(), positions.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return *compare(keys[a], keys[b]) < 0; });
  return positions;
}

}  // namespace scruple::cel
