// Where the bytes of a text stand in what it was made from: of a mail's HTML part, in the mail file.
#pragma once

#include "scruple/source.h"

#include <cstdint>
#include <vector>

namespace scruple::evidence {

class ByteMap {
 public:
  // The next `size` bytes of the text come from `from`: byte for byte (`from` is as long), or as a whole.
  void add(std::uint32_t size, Span from, bool verbatim);

  // Bytes of the text as bytes of what it was made from.
  Span place(Span text) const;

 private:
  struct Piece {
    std::uint32_t begin = 0;  // in the text
    Span from;
    bool verbatim = false;
  };
  const Piece& piece_at(std::uint32_t offset) const;

  std::vector<Piece> pieces_;
  std::uint32_t size_ = 0;
};

// A text and its way back to the file: the last map leads into the file.
struct PlacedSource {
  SourcePtr text;
  SourcePtr file;
  std::vector<ByteMap> maps;

  Span place(Span span) const {
    for (const ByteMap& map : maps) span = map.place(span);
    return span;
  }
};

}  // namespace scruple::evidence
