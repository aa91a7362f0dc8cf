#include "evidence/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace scruple::evidence {

std::optional<Inflated> inflate_zlib(std::string_view packed, std::size_t limit) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  // zlib only reads through this pointer, which is not const for the sake of old compilers.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  Inflated result;
  int status = Z_OK;
  while (status == Z_OK && result.bytes.size() <= limit) {
    std::array<Bytef, 16384> block;
    stream.next_out = block.data();
    stream.avail_out = static_cast<uInt>(block.size());
    status = inflate(&stream, Z_NO_FLUSH);
    result.bytes.append(reinterpret_cast<const char*>(block.data()), block.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (status != Z_OK && status != Z_STREAM_END) return std::nullopt;
  result.complete = status == Z_STREAM_END && result.bytes.size() <= limit;
  result.bytes.resize(std::min(result.bytes.size(), limit));
  return result;
}

}  // namespace scruple::evidence
