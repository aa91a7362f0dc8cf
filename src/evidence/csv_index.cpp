#include "evidence/csv_index.h"

#include <algorithm>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// A version for processors that count bits in one instruction, chosen when the program starts.
#if defined(__x86_64__) && defined(__GLIBC__)
#define SCRUPLE_FOR_NEWER_PROCESSORS [[gnu::target_clones("default", "arch=haswell")]]
#else
#define SCRUPLE_FOR_NEWER_PROCESSORS
#endif

namespace scruple::evidence {

namespace {

constexpr std::size_t block_size = CsvIndex::padding + 1;
constexpr std::size_t group_size = 4;  // marks that are written at once

struct Found {
  std::size_t marks;
  std::size_t stops;
  bool plain;
};

// The first mark is at `marks[1]`. There is room for a mark and a stop of each byte and a group more.
SCRUPLE_FOR_NEWER_PROCESSORS
Found find_marks(std::string_view text, char delimiter, char line_break, std::uint32_t* const marks,
                 std::uint32_t* const stops) {
  std::uint32_t* mark = marks + 1;
  std::uint32_t* stop = stops;
#if defined(__SSE2__)
  __m128i positive = _mm_set1_epi8(-1);
#endif
  for (std::size_t at = 0; at < text.size(); at += block_size) {
    std::uint64_t delimiters = 0;
    std::uint64_t others = 0;
#if defined(__SSE2__)
    for (std::size_t i = 0; i < block_size; i += sizeof(__m128i)) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at + i));
      const auto bits = [i](__m128i equal) { return static_cast<std::uint64_t>(_mm_movemask_epi8(equal)) << i; };
      delimiters |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(delimiter)));
      others |= bits(
          _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(line_break)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))));
      positive = _mm_and_si128(positive, _mm_cmpgt_epi8(bytes, _mm_setzero_si128()));
    }
#else
    for (std::size_t i = 0; i < block_size; ++i) {
      const char c = text[at + i];
      delimiters |= std::uint64_t{c == delimiter} << i;
      others |= std::uint64_t{c == line_break || c == '"'} << i;
    }
#endif
    const std::size_t left = text.size() - at;
    const std::uint64_t valid = left < block_size ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
    others &= valid;
    std::uint64_t all = (delimiters & valid) | others;
    // Without a branch for each, since how many there are is hard to foresee: what is written too much is written over.
    const auto number = [&](std::uint64_t rest) {
      const std::uint64_t before = (rest & (~rest + 1)) - 1;
      return static_cast<std::uint32_t>(mark - marks) + static_cast<std::uint32_t>(std::popcount(all & before));
    };
    *stop = number(others);
    stop += others != 0 ? 1 : 0;
    for (others &= others - 1; others != 0; others &= others - 1) *stop++ = number(others);
    std::uint32_t* const end = mark + std::popcount(all);
    for (; mark < end; mark += group_size) {
      for (std::size_t i = 0; i < group_size; ++i) {
        mark[i] = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(all));
        all &= all - 1;
      }
    }
    mark = end;
  }
#if defined(__SSE2__)
  const bool plain = _mm_movemask_epi8(positive) == 0xffff;
#else
  const bool plain = std::ranges::all_of(text, [](char c) { return c != 0 && static_cast<unsigned char>(c) < 0x80; });
#endif
  return {static_cast<std::size_t>(mark - marks), static_cast<std::size_t>(stop - stops), plain};
}

}  // namespace

void CsvIndex::build(std::string_view text, char delimiter, char line_break) {
  if (marks_.size() < text.size() + group_size + 2) {
    marks_.resize(text.size() + group_size + 2);
    stops_.resize(text.size() + group_size + 2);
  }
  const Found found = find_marks(text, delimiter, line_break, marks_.data(), stops_.data());
  marks_.front() = ~std::uint32_t{0};
  marks_[found.marks] = static_cast<std::uint32_t>(text.size());
  mark_count_ = found.marks + 1;
  stop_count_ = found.stops;
  plain_ = found.plain;
}

}  // namespace scruple::evidence
