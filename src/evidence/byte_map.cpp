#include "evidence/byte_map.h"

#include <algorithm>

namespace scruple::evidence {

void ByteMap::add(std::uint32_t size, Span from, bool verbatim) {
  if (size == 0) return;
  if (!pieces_.empty()) {
    Piece& last = pieces_.back();
    if (verbatim && last.verbatim && last.from.end == from.begin) {
      last.from.end = from.end;
      size_ += size;
      return;
    }
  }
  pieces_.push_back({size_, from, verbatim});
  size_ += size;
}

// The last piece that begins at or before an offset.
const ByteMap::Piece& ByteMap::piece_at(std::uint32_t offset) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                      [](std::uint32_t at, const Piece& piece) { return at < piece.begin; });
  return after == pieces_.begin() ? pieces_.front() : *(after - 1);
}

Span ByteMap::place(Span text) const {
  if (pieces_.empty()) return {};
  const Piece& first = piece_at(text.begin);
  const auto within = [](const Piece& piece, std::uint32_t offset) {
    return piece.from.begin + std::min(offset - piece.begin, piece.from.end - piece.from.begin);
  };
  const std::uint32_t begin = first.verbatim ? within(first, text.begin) : first.from.begin;
  if (text.end <= text.begin) return {begin, begin};
  const Piece& last = piece_at(text.end - 1);
  const std::uint32_t end = last.verbatim ? within(last, text.end) : last.from.end;
  return {begin, std::max(begin, end)};
}

}  // namespace scruple::evidence
