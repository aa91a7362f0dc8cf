#include "evidence/row_buffer.h"

#include <algorithm>
#include <span>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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
  // What was kept may hold what was not plain.
  plain_ = is_plain_ascii(text());
  for (std::size_t i = 0; i < padding; ++i) bytes_[end_ + i] = i % 2 == 0 ? '\n' : '\r';
}

bool is_plain_ascii(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
#if defined(__SSE2__)
  const __m128i zero = _mm_setzero_si128();
  __m128i high = zero;
  __m128i zeros = zero;
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    high = _mm_or_si128(high, bytes);
    zeros = _mm_or_si128(zeros, _mm_cmpeq_epi8(bytes, zero));
  }
  if (_mm_movemask_epi8(high) != 0 || _mm_movemask_epi8(zeros) != 0) return false;
#endif
  return std::all_of(at, end, [](char c) { return c > 0; });
}

}  // namespace scruple::evidence
