// A window on a file that is read from its beginning: the bytes of the row at hand, in one piece.
#pragma once

#include "base/file_system.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace scruple::evidence {

class RowBuffer {
 public:
  explicit RowBuffer(std::unique_ptr<FileReader> file) : file_(std::move(file)), bytes_(block + padding) { more(); }

  // From the first byte that is not consumed. Behind the last one stand `padding` spaces, which may be
  // looked at.
  const char* begin() const { return bytes_.data() + begin_; }
  const char* end() const { return bytes_.data() + end_; }
  std::string_view text() const { return {begin(), end_ - begin_}; }
  bool at_end() const { return at_end_; }  // what is here is all that is left
  bool failed() const { return failed_; }

  void consume(const char* to) { begin_ = static_cast<std::size_t>(to - bytes_.data()); }
  // Reads on behind what is here, and moves it.
  void more();

  static constexpr std::size_t padding = 64;

 private:
  static constexpr std::size_t block = 64 * 1024;

  std::unique_ptr<FileReader> file_;
  std::vector<char> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
  bool failed_ = false;
};

}  // namespace scruple::evidence
