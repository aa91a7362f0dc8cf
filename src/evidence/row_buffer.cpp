#include "evidence/row_buffer.h"

#include <algorithm>
#include <span>

namespace scruple::evidence {

void RowBuffer::more() {
  const std::size_t kept = end_ - begin_;
  std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_), bytes_.begin() + static_cast<std::ptrdiff_t>(end_),
            bytes_.begin());
  // A long row is looked through again each time: doubling bounds how often that is.
  if (bytes_.size() < 2 * kept + block + padding) bytes_.resize(2 * kept + block + padding);
  begin_ = 0;
  end_ = kept;
  const std::span<char> free = std::span(bytes_).subspan(kept, bytes_.size() - kept - padding);
  const auto got = file_->read(free);
  failed_ = !got;
  end_ += got.value_or(0);
  at_end_ = !got || *got < free.size();
  std::fill_n(bytes_.begin() + static_cast<std::ptrdiff_t>(end_), padding, ' ');
}

}  // namespace scruple::evidence
