// Numbers out of bytes that anybody may have written: whatever is asked for lies within the bytes, or is nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scruple::evidence {

enum class ByteOrder : std::uint8_t { big, little };

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes, ByteOrder order = ByteOrder::big) : bytes_(bytes), order_(order) {}

  std::size_t size() const { return bytes_.size(); }
  std::string_view bytes() const { return bytes_; }

  // Bytes [at, at + count), if all of them are there.
  std::optional<std::string_view> slice(std::size_t at, std::size_t count) const {
    if (at > bytes_.size() || count > bytes_.size() - at) return std::nullopt;
    return bytes_.substr(at, count);
  }

  // An unsigned number of 1 to 4 bytes.
  std::optional<std::uint32_t> number(std::size_t at, std::size_t width) const {
    const auto part = slice(at, width);
    if (!part) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const char c = (*part)[order_ == ByteOrder::big ? i : width - 1 - i];
      value = (value << 8) | static_cast<unsigned char>(c);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  ByteOrder order_;
};

}  // namespace scruple::evidence
