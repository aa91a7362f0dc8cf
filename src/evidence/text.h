// Phrases in text, found the way a reader would find them.
//
// Text and phrases are compared without regard to case (Unicode case folding and compatibility forms), to how wide
// a gap is (spaces, no-break spaces, single line breaks), to soft hyphens and invisible characters, and to which
// quotation marks, apostrophes and dashes are used. A phrase stands where a word begins and ends; scripts that are
// written without spaces have no such bound. A blank line ends a paragraph: no phrase reaches across it.
#pragma once

#include "scruple/source.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::evidence {

// Phrases by language tag ("en", "de-AT"), as a pack's word list gives them.
struct PhraseList {
  std::map<std::string, std::vector<std::string>, std::less<>> phrases;
};

// The phrases for a language: of the tag itself, else of what remains when its last part is cut off ("de-AT", "de"),
// in any case; null if there are none.
const std::vector<std::string>* phrases_for(const PhraseList& list, std::string_view language);

struct PhraseMatch {
  std::size_t begin = 0;  // bytes in the text, half-open
  std::size_t end = 0;
  std::size_t phrase = 0;  // index among the phrases that the matcher was built from

  friend bool operator==(const PhraseMatch&, const PhraseMatch&) = default;
};

// Words that turn a phrase into its opposite: "not made by AI".
struct Negation {
  std::vector<std::string> words;  // or short phrases
  std::size_t window = 4;          // how many words before the phrase they reach, within its sentence
};

// Built once from phrases, then searches any text in one pass: time grows with the text, not with the number of
// phrases, whatever either holds. Immutable: safe to share between threads.
class PhraseMatcher {
 public:
  explicit PhraseMatcher(std::span<const std::string> phrases, const Negation& negation = {});

  // The first match that is not negated.
  std::optional<PhraseMatch> find(std::string_view text) const;

  // At most `limit` matches that are not negated, in the order of the text; of overlapping ones the longest.
  std::vector<PhraseMatch> find_all(std::string_view text, std::size_t limit) const;

 private:
  class Search;

  struct State {
    std::uint32_t fallback = 0;     // the state of the longest proper suffix
    std::uint32_t next_output = 0;  // the nearest state on the fallback chain at which a pattern ends; 0 is none
    std::uint32_t pattern = no_pattern;
    bool ends_phrase = false;  // a phrase ends here, or at a proper suffix
  };
  struct Pattern {
    std::uint32_t length = 0;  // folded code points
    std::uint32_t phrase = 0;
    bool negation = false;
  };
  static constexpr std::uint32_t no_pattern = 0xFFFFFFFF;

  void add(std::string_view phrase, std::uint32_t index, bool negation, std::vector<std::u32string>& folded);
  void build(const std::vector<std::u32string>& folded);
  std::uint32_t symbol(char32_t c) const;
  std::uint32_t after(std::uint32_t state, char32_t c) const;
  bool may_hold_phrase(std::string_view text) const;
  std::uint32_t& next(std::uint32_t state, std::uint32_t symbol) { return next_[state * symbols_.size() + symbol]; }
  std::uint32_t next(std::uint32_t state, std::uint32_t symbol) const {
    return next_[state * symbols_.size() + symbol];
  }

  std::vector<Pattern> patterns_;
  std::size_t longest_ = 0;
  std::size_t window_ = 0;
  std::vector<char32_t> symbols_;  // the code points that occur in patterns, sorted
  std::array<std::uint32_t, 128> ascii_symbols_{};
  std::vector<State> states_;
  std::vector<std::uint32_t> next_;  // states by symbols
};

// Words as a reader counts them: letters and digits, with apostrophes and hyphens inside; a Chinese or Japanese
// character counts as one.
std::size_t count_words(std::string_view text);

// Those words, in order.
std::vector<std::string_view> split_words(std::string_view text);

// A text as it is compared: see above. Blank lines are spaces.
std::string folded(std::string_view text);

// The first place where a text says what the passage says, compared as above: bytes of the text. Of a long passage only
// the beginning is looked for.
std::optional<Span> find_passage(std::string_view text, std::string_view passage);

}  // namespace scruple::evidence
