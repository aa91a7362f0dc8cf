#include "evidence/text.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace scruple::evidence {

namespace {

struct Decoded {
  char32_t c = 0;
  std::size_t length = 1;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, 1};
  utf8proc_int32_t c = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &c);
  if (length <= 0) return {U'\uFFFD', 1};
  return {static_cast<char32_t>(c), static_cast<std::size_t>(length)};
}

bool is_word(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

bool is_ideograph(char32_t c) {
  return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Scripts in which words are not set apart: Thai, Lao, Myanmar, Khmer, Chinese, Japanese; and Korean, whose particles
// follow the word without a gap.
bool is_written_without_gaps(char32_t c) {
  return is_ideograph(c) || (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
         (c >= 0x1780 && c <= 0x17FF) || (c >= 0x1100 && c <= 0x11FF) || (c >= 0xAC00 && c <= 0xD7FF);
}

// Seen by nobody: soft hyphens, joiners, direction marks, variation selectors.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// The plain form of quotation marks, apostrophes and dashes; any other character as it is.
char32_t plain_mark(char32_t c) {
  switch (c) {
    case 0x60:
    case 0xB4:
    case 0x2B9:
    case 0x2BC:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2039:
    case 0x203A: return '\'';
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D: return '-';
    default: return c;
  }
}

constexpr char32_t paragraph = '\n';  // what a blank line folds to

// Calls use(code point, begin, end) for each folded code point with the bytes that it comes from; stops when `use`
// returns false. A gap folds to one space, a gap with a blank line to `paragraph`.
template <typename Use>
void fold(std::string_view text, Use use) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    if (text[at] > ' ' && !is_beyond_ascii(text[at]) && text[at] != '`') {  // most of most texts
      const char c = text[at++];
      if (!use(static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c), begin, at)) return;
      continue;
    }
    Decoded decoded = decode(text, at);
    if (is_space(decoded.c)) {
      std::size_t breaks = 0;
      while (true) {
        const bool second_half = decoded.c == '\n' && at > 0 && text[at - 1] == '\r';
        if ((decoded.c == '\n' && !second_half) || decoded.c == '\r' || decoded.c == 0x2028) ++breaks;
        if (decoded.c == 0x2029) breaks += 2;
        at += decoded.length;
        if (at >= text.size()) break;
        decoded = decode(text, at);
        if (!is_space(decoded.c) && !is_invisible(decoded.c)) break;
      }
      if (!use(breaks > 1 ? paragraph : U' ', begin, at)) return;
      continue;
    }
    at += decoded.length;
    if (is_invisible(decoded.c)) continue;
    const char32_t c = plain_mark(decoded.c);
    if (c < 0x80) {
      if (!use(c, begin, at)) return;
      continue;
    }
    std::array<utf8proc_int32_t, 32> parts{};
    int boundary = 0;
    const auto count = utf8proc_decompose_char(
        static_cast<utf8proc_int32_t>(c), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
        static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD), &boundary);
    if (count <= 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) {
      if (!use(c, begin, at)) return;
      continue;
    }
    for (utf8proc_ssize_t i = 0; i < count; ++i) {
      if (!use(static_cast<char32_t>(parts[static_cast<std::size_t>(i)]), begin, at)) return;
    }
  }
}

bool is_boundary(char32_t before, char32_t after) {
  return !is_word(before) || !is_word(after) || is_written_without_gaps(before) || is_written_without_gaps(after);
}

}  // namespace

const std::vector<std::string>* phrases_for(const PhraseList& list, std::string_view language) {
  std::string tag = to_lower_ascii(language);
  std::replace(tag.begin(), tag.end(), '_', '-');
  while (!tag.empty()) {
    for (const auto& [name, phrases] : list.phrases) {
      if (to_lower_ascii(name) == tag) return &phrases;
    }
    const auto dash = tag.rfind('-');
    tag.resize(dash == std::string::npos ? 0 : dash);
  }
  return nullptr;
}

PhraseMatcher::PhraseMatcher(std::span<const std::string> phrases, const Negation& negation)
    : window_(negation.window) {
  std::vector<std::u32string> folded;
  for (std::size_t i = 0; i < phrases.size(); ++i) add(phrases[i], static_cast<std::uint32_t>(i), false, folded);
  for (const std::string& word : negation.words) add(word, 0, true, folded);
  build(folded);
}

void PhraseMatcher::add(std::string_view phrase, std::uint32_t index, bool negation,
                        std::vector<std::u32string>& folded) {
  std::u32string pattern;
  fold(phrase, [&pattern](char32_t c, std::size_t, std::size_t) {
    pattern += c == paragraph ? U' ' : c;
    return true;
  });
  while (pattern.ends_with(U' ')) pattern.pop_back();
  while (pattern.starts_with(U' ')) pattern.erase(0, 1);
  if (pattern.empty()) return;
  longest_ = std::max(longest_, pattern.size());
  patterns_.push_back({static_cast<std::uint32_t>(pattern.size()), index, negation});
  folded.push_back(std::move(pattern));
}

// Aho and Corasick's automaton with all transitions filled in: one look-up a character.
void PhraseMatcher::build(const std::vector<std::u32string>& folded) {
  for (const auto& pattern : folded) symbols_.insert(symbols_.end(), pattern.begin(), pattern.end());
  std::sort(symbols_.begin(), symbols_.end());
  symbols_.erase(std::unique(symbols_.begin(), symbols_.end()), symbols_.end());

  for (std::size_t c = 0; c < ascii_symbols_.size(); ++c) ascii_symbols_[c] = symbol(static_cast<char32_t>(c));

  states_.emplace_back();
  next_.resize(symbols_.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    std::uint32_t state = 0;
    for (const char32_t c : folded[i]) {
      const std::uint32_t edge = symbol(c);
      if (next(state, edge) == 0) {
        const auto added = static_cast<std::uint32_t>(states_.size());
        states_.emplace_back();
        next_.resize(next_.size() + symbols_.size());
        next(state, edge) = added;
      }
      state = next(state, edge);
    }
    // Of two phrases that fold alike the first stands for both; a phrase that is also a negation stays a phrase.
    if (states_[state].pattern == no_pattern) states_[state].pattern = static_cast<std::uint32_t>(i);
  }

  std::vector<std::uint32_t> queue;
  for (std::uint32_t edge = 0; edge < symbols_.size(); ++edge) {
    if (next(0, edge) != 0) queue.push_back(next(0, edge));
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const std::uint32_t state = queue[head];
    const std::uint32_t fallback = states_[state].fallback;
    states_[state].next_output = states_[fallback].pattern != no_pattern ? fallback : states_[fallback].next_output;
    const bool is_phrase = states_[state].pattern != no_pattern && !patterns_[states_[state].pattern].negation;
    states_[state].ends_phrase = is_phrase || states_[fallback].ends_phrase;
    for (std::uint32_t edge = 0; edge < symbols_.size(); ++edge) {
      std::uint32_t& target = next(state, edge);
      if (target == 0) {
        target = next(fallback, edge);
      } else {
        states_[target].fallback = next(fallback, edge);
        queue.push_back(target);
      }
    }
  }
}

// The index of a code point among the symbols, or their number if no pattern holds it.
std::uint32_t PhraseMatcher::symbol(char32_t c) const {
  const auto found = std::lower_bound(symbols_.begin(), symbols_.end(), c);
  return static_cast<std::uint32_t>((found != symbols_.end() && *found == c ? found : symbols_.end()) -
                                    symbols_.begin());
}

std::uint32_t PhraseMatcher::after(std::uint32_t state, char32_t c) const {
  const std::uint32_t edge = c < ascii_symbols_.size() ? ascii_symbols_[c] : symbol(c);
  return edge < symbols_.size() ? next(state, edge) : 0;
}

// Most texts hold no phrase: those need no account of words and sentences.
bool PhraseMatcher::may_hold_phrase(std::string_view text) const {
  std::uint32_t state = 0;
  fold(text, [&](char32_t c, std::size_t, std::size_t) {
    state = after(state, c);
    return !states_[state].ends_phrase;
  });
  return states_[state].ends_phrase;
}

// One pass over one text. A pattern that has ended counts only when the next character shows that a word ends there.
class PhraseMatcher::Search {
 public:
  Search(const PhraseMatcher& matcher, std::size_t limit)
      : matcher_(matcher), limit_(limit), recent_(matcher.longest_ + 1) {}

  std::vector<PhraseMatch> run(std::string_view text) {
    fold(text, [this](char32_t c, std::size_t begin, std::size_t end) { return take(c, begin, end); });
    if (!full()) take(paragraph, text.size(), text.size());
    if (matches_.size() > limit_) matches_.resize(limit_);
    return std::move(matches_);
  }

 private:
  struct Character {
    char32_t c = paragraph;
    std::size_t begin = 0;
    std::size_t word = 0;  // how many words had begun, this one included
  };
  struct Negated {
    std::size_t end = 0;   // characters
    std::size_t word = 0;  // the last word of the negation
  };

  // A later, overlapping and longer match may still replace the last one.
  bool full() const { return matches_.size() > limit_; }

  const Character& character(std::size_t index) const { return recent_[index % recent_.size()]; }

  bool take(char32_t c, std::size_t begin, std::size_t end) {
    if (count_ > 0) judge_ended(c);
    if (full()) return false;

    const char32_t before = count_ == 0 ? paragraph : character(count_ - 1).c;
    if (c == paragraph ||
        (c == ' ' && (before == '.' || before == '!' || before == '?' || before == ';' || before == 0x3002))) {
      negations_.clear();
    }
    // An apostrophe inside a word does not end it.
    const bool inside = before == '\'' && count_ > 1 && is_word(character(count_ - 2).c);
    if (is_word(c) && !inside && (!is_word(before) || is_ideograph(c))) ++words_;
    state_ = matcher_.after(state_, c);
    recent_[count_ % recent_.size()] = {c, begin, words_};
    ++count_;
    end_ = end;
    return true;
  }

  // Looks at the patterns that ended at the last character, the longest first.
  void judge_ended(char32_t after) {
    std::uint32_t state = state_;
    if (matcher_.states_[state].pattern == no_pattern) state = matcher_.states_[state].next_output;
    for (; state != 0; state = matcher_.states_[state].next_output) {
      const Pattern& pattern = matcher_.patterns_[matcher_.states_[state].pattern];
      if (!is_boundary(character(count_ - 1).c, after)) return;
      const std::size_t first = count_ - pattern.length;
      if (first > 0 && !is_boundary(character(first - 1).c, character(first).c)) continue;
      if (pattern.negation) {
        negations_.push_back({count_, character(count_ - 1).word});
      } else if (!is_negated(first)) {
        keep({character(first).begin, end_, pattern.phrase});
      }
    }
  }

  bool is_negated(std::size_t first) const {
    const auto later = std::partition_point(negations_.begin(), negations_.end(),
                                            [first](const Negated& negated) { return negated.end <= first; });
    return later != negations_.begin() && character(first).word - (later - 1)->word <= matcher_.window_;
  }

  void keep(const PhraseMatch& match) {
    if (matches_.empty() || match.begin >= matches_.back().end) {
      matches_.push_back(match);
    } else if (match.end - match.begin > matches_.back().end - matches_.back().begin) {
      matches_.back() = match;
    }
  }

  const PhraseMatcher& matcher_;
  std::size_t limit_;
  std::vector<Character> recent_;  // the last characters, as many as the longest pattern has and one more
  std::size_t count_ = 0;          // characters so far
  std::size_t words_ = 0;
  std::size_t end_ = 0;  // bytes
  std::uint32_t state_ = 0;
  std::vector<Negated> negations_;  // of the current sentence
  std::vector<PhraseMatch> matches_;
};

std::optional<PhraseMatch> PhraseMatcher::find(std::string_view text) const {
  const auto matches = find_all(text, 1);
  if (matches.empty()) return std::nullopt;
  return matches.front();
}

std::vector<PhraseMatch> PhraseMatcher::find_all(std::string_view text, std::size_t limit) const {
  if (limit == 0 || !may_hold_phrase(text)) return {};
  return Search(*this, limit).run(text);
}

namespace {

// Calls use(begin, end) for each word.
template <typename Use>
void each_word(std::string_view text, Use use) {
  std::size_t begin = 0;
  std::size_t end = 0;  // of the word that is open; `begin` if there is none
  bool joined = false;  // an apostrophe or hyphen that followed a word
  const auto finish = [&] {
    if (end > begin) use(begin, end);
    begin = end = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode(text, at);
    const std::size_t next = at + decoded.length;
    if (is_invisible(decoded.c)) {
      // Neither part of a word nor a gap.
    } else if (is_word(decoded.c)) {
      if (is_ideograph(decoded.c)) finish();
      if (end == begin) begin = at;
      end = next;
      joined = false;
    } else {
      const char32_t mark = plain_mark(decoded.c);
      const bool joins = end > begin && !joined && (mark == '\'' || mark == '-');
      if (!joins) finish();
      joined = joins;
    }
    at = next;
  }
  finish();
}

}  // namespace

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  each_word(text, [&words](std::size_t, std::size_t) { ++words; });
  return words;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  each_word(text, [&](std::size_t begin, std::size_t end) { words.push_back(text.substr(begin, end - begin)); });
  return words;
}

std::string folded(std::string_view text) {
  std::string out;
  fold(text, [&out](char32_t c, std::size_t, std::size_t) {
    append_utf8(out, c == paragraph ? U' ' : c);
    return true;
  });
  return std::string(trim_ascii(out));
}

std::optional<Span> find_passage(std::string_view text, std::string_view passage) {
  constexpr std::size_t longest = 500;  // folded code points
  const auto plain = [](char32_t c) { return c == paragraph ? U' ' : c; };
  std::u32string wanted;
  fold(trim_ascii(passage), [&](char32_t c, std::size_t, std::size_t) {
    wanted += plain(c);
    return wanted.size() < longest;
  });
  if (wanted.empty()) return std::nullopt;
  // Knuth, Morris and Pratt: for each beginning that matched, how much of it still does once the next one differs.
  std::vector<std::size_t> shorter(wanted.size());
  const auto extended = [&](std::size_t matched, char32_t c) {
    while (matched > 0 && wanted[matched] != c) matched = shorter[matched - 1];
    return wanted[matched] == c ? matched + 1 : 0;
  };
  for (std::size_t i = 1; i < wanted.size(); ++i) shorter[i] = extended(shorter[i - 1], wanted[i]);

  std::optional<Span> found;
  std::vector<std::size_t> begins(wanted.size());  // of the last code points, each at its number modulo the size
  std::size_t matched = 0;
  std::size_t count = 0;
  fold(text, [&](char32_t c, std::size_t begin, std::size_t end) {
    begins[count++ % begins.size()] = begin;
    matched = extended(matched, plain(c));
    if (matched < wanted.size()) return true;
    found = Span{static_cast<std::uint32_t>(begins[count % begins.size()]), static_cast<std::uint32_t>(end)};
    return false;
  });
  return found;
}

}  // namespace scruple::evidence
