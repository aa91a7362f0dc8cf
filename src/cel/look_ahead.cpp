#include "cel/look_ahead.h"

#include "base/ascii.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace scruple::cel {
namespace {

constexpr std::size_t longest_character = 4;  // bytes
constexpr std::size_t most = 100'000;
constexpr int deepest = 50;

// What a part of a pattern can take. A part without a bound is one that, once it has begun to repeat without a bound,
// accepts at each further character: its match ends where the search does.
struct Extent {
  std::size_t length = 0;  // bytes, of what is bounded
  bool unbounded = false;
  bool may_be_left_out = true;
};

// Takes nothing, and yet must be there.
constexpr Extent position{0, false, false};

struct Repetition {
  std::size_t least = 1;
  std::optional<std::size_t> greatest = 1;
};

class Reader {
 public:
  explicit Reader(std::string_view pattern) : rest_(pattern) {}

  std::optional<Extent> whole() {
    const auto extent = alternatives(0);
    return extent && rest_.empty() ? extent : std::nullopt;
  }

 private:
  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  std::optional<Extent> alternatives(int depth) {
    Extent all{0, false, false};
    do {
      const auto one = sequence(depth);
      if (!one) return std::nullopt;
      all.length = std::max(all.length, one->length);
      all.unbounded |= one->unbounded;
      all.may_be_left_out |= one->may_be_left_out;
    } while (take("|"));
    return all;
  }

  std::optional<Extent> sequence(int depth) {
    Extent all;
    while (!rest_.empty() && !next_is('|') && !next_is(')')) {
      auto part = atom(depth);
      if (!part) return std::nullopt;
      const auto repetition = this->repetition();
      if (!repetition) return std::nullopt;
      const bool repeats = repetition->greatest != 1;
      if (repeats && part->unbounded) return std::nullopt;
      if (!repetition->greatest) part->unbounded = true;
      part->may_be_left_out |= repetition->least == 0;
      // What must still follow a part without a bound may be looked for to the end of the text.
      if (all.unbounded && !part->may_be_left_out) return std::nullopt;
      all.length += part->length * std::max(repetition->greatest.value_or(1), repetition->least);
      if (all.length > most) return std::nullopt;
      all.unbounded |= part->unbounded;
      all.may_be_left_out &= part->may_be_left_out;
    }
    return all;
  }

  std::optional<Extent> atom(int depth) {
    const Extent character{longest_character, false, false};
    if (take("(")) return group(depth);
    if (take("[")) return bracket() ? std::optional(character) : std::nullopt;
    if (take("^") || take("$")) return position;
    if (take("\\")) return escape();
    rest_.remove_prefix(1);
    // A byte beyond ASCII is a part of one character: counted as one of its own, the length is only greater.
    return character;
  }

  std::optional<Extent> group(int depth) {
    if (depth >= deepest) return std::nullopt;
    if (next_is('?')) {
      // `(?:`, `(?i)`, `(?i:`; named groups are left alone.
      const auto end = rest_.find_first_not_of("imsU-", 1);
      if (end == std::string_view::npos) return std::nullopt;
      const char c = rest_[end];
      rest_.remove_prefix(end + 1);
      if (c == ')') return Extent{};
      if (c != ':') return std::nullopt;
    }
    const auto inside = alternatives(depth + 1);
    return take(")") ? inside : std::nullopt;
  }

  // After the `[`; true at its end.
  bool bracket() {
    take("^");
    take("]");
    while (!rest_.empty()) {
      if (take("]")) return true;
      if (rest_.starts_with("[:")) {
        const auto end = rest_.find(":]");
        if (end == std::string_view::npos) return false;
        rest_.remove_prefix(end + 2);
        continue;
      }
      rest_.remove_prefix(next_is('\\') ? std::min<std::size_t>(2, rest_.size()) : 1);
    }
    return false;
  }

  std::optional<Extent> escape() {
    if (rest_.empty()) return std::nullopt;
    const char c = rest_.front();
    const bool letter = is_letter_or_digit(c);
    constexpr std::string_view positions = "bBAz";
    constexpr std::string_view characters = "dDsSwWnrtfva";
    if (letter && positions.find(c) == std::string_view::npos && characters.find(c) == std::string_view::npos) {
      return std::nullopt;
    }
    rest_.remove_prefix(1);
    if (positions.find(c) != std::string_view::npos) return position;
    return Extent{longest_character, false, false};
  }

  std::optional<Repetition> repetition() {
    Repetition repetition;
    if (take("*")) {
      repetition = {0, std::nullopt};
    } else if (take("+")) {
      repetition = {1, std::nullopt};
    } else if (take("?")) {
      repetition = {0, 1};
    } else if (next_is('{')) {
      rest_.remove_prefix(1);
      const auto least = number();
      if (!least) return std::nullopt;
      repetition = {*least, *least};
      if (take(",")) {
        const bool open = next_is('}');
        repetition.greatest = open ? std::nullopt : number();
        if (!open && !repetition.greatest) return std::nullopt;
      }
      if (!take("}")) return std::nullopt;
    } else {
      return repetition;
    }
    take("?");
    // A second repetition is not plain.
    if (next_is('*') || next_is('+') || next_is('{')) return std::nullopt;
    return repetition;
  }

  std::optional<std::size_t> number() {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc() || value > most) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<std::size_t> look_ahead(std::string_view pattern) {
  const auto extent = Reader(pattern).whole();
  // One character more shows that the match does not go on.
  return extent ? std::optional(extent->length + longest_character) : std::nullopt;
}

}  // namespace scruple::cel
