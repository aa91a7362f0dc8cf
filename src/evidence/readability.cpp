#include "evidence/readability.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/text.h"

#include <algorithm>
#include <string>

namespace scruple::evidence {

namespace {

struct Measure {
  std::string_view language;
  std::string_view name;
  double base;
  double per_word;      // of a sentence
  double per_syllable;  // of a word
};

constexpr Measure measures[] = {
    {"en", "Flesch 1948", 206.835, 1.015, 84.6},       {"de", "Amstad 1978", 180, 1, 58.5},
    {"fr", "Kandel and Moles 1958", 207, 1.015, 73.6}, {"es", "Fernández Huerta 1959", 206.84, 1.02, 60},
    {"it", "Franchina and Vacca 1986", 217, 1.3, 60},  {"nl", "Douma 1960", 206.84, 0.93, 77},
};

std::string main_language(std::string_view tag) { return to_lower_ascii(tag.substr(0, tag.find_first_of("-_"))); }

// What a full stop does not end a sentence after, in lower case.
constexpr std::string_view abbreviations[] = {
    "mr",  "mrs", "ms",  "dr",  "prof", "st",   "no",   "nr",  "inc", "ltd", "co",   "corp", "vs",  "approx", "art",
    "abs", "ca",  "bzw", "vgl", "ggf",  "inkl", "zzgl", "tel", "str", "usw", "etc",  "evtl", "max", "min",    "mind",
    "sr",  "sra", "av",  "env", "tél",  "núm",  "pág",  "fig", "vol", "sec", "sect", "para", "cal", "civ",    "bsp",
};

bool is_gap(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Whether the full stop at a place stands in an abbreviation, an ordinal or an initial.
bool is_within_sentence(std::string_view text, std::size_t stop) {
  std::size_t begin = stop;
  while (begin > 0 && stop - begin < 20 && !is_gap(text[begin - 1]) && text[begin - 1] != '.' && text[begin - 1] != '(')
    --begin;
  const std::string_view word = text.substr(begin, stop - begin);
  if (word.empty()) return false;
  if (word.size() <= 2 && std::ranges::all_of(word, is_digit)) return true;  // "am 1. Mai"
  if (word.size() == 1 && is_letter(word[0])) return true;                   // "z. B.", "J. Doe"
  return std::ranges::find(abbreviations, to_lower_ascii(word)) != std::end(abbreviations);
}

// The marks that may stand between the end of a sentence and the gap after it.
std::size_t skip_closing(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (std::string_view(".!?)]\"'").find(text[at]) != std::string_view::npos) {
      ++at;
    } else if (text.substr(at).starts_with("”") || text.substr(at).starts_with("“") ||
               text.substr(at).starts_with("’")) {
      at += 3;
    } else if (text.substr(at).starts_with("»") || text.substr(at).starts_with("«")) {
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

// A vowel in lower case without its accent; 0 for anything else. `at` moves past it.
char vowel(std::string_view word, std::size_t& at, bool& accented) {
  const auto byte = static_cast<unsigned char>(word[at]);
  accented = false;
  if (byte < 0x80) {
    const char c = static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    ++at;
    return std::string_view("aeiouy").find(c) == std::string_view::npos ? '\0' : c;
  }
  struct Letters {
    std::string_view letters;
    char plain;
    bool accented;
  };
  constexpr Letters known[] = {
      {"àâåãÀÂÅÃ", 'a', false}, {"áÁ", 'a', true}, {"äÄæÆ", 'e', false},   {"èêëÈÊË", 'e', false}, {"éÉ", 'e', true},
      {"îïìÎÏÌ", 'i', false},   {"íÍ", 'i', true}, {"òôõÒÔÕ", 'o', false}, {"óÓ", 'o', true},      {"öÖøØ", 'o', false},
      {"ùûÙÛ", 'u', false},     {"úÚ", 'u', true}, {"üÜ", 'u', false},     {"œŒ", 'o', false},     {"ÿŸ", 'y', false}};
  std::size_t length = 1;
  while (at + length < word.size() && (static_cast<unsigned char>(word[at + length]) & 0xC0u) == 0x80u) ++length;
  const std::string_view letter = word.substr(at, length);
  at += length;
  for (const Letters& letters : known) {
    if (letters.letters.find(letter) == std::string_view::npos) continue;
    accented = letters.accented;
    return letters.plain;
  }
  return '\0';
}

bool is_weak(char c) { return c == 'i' || c == 'u' || c == 'y'; }

}  // namespace

std::vector<std::string_view> split_sentences(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  const auto finish = [&](std::size_t end) {
    const std::string_view sentence = trim_ascii(text.substr(begin, end - begin));
    if (count_words(sentence) > 0) sentences.push_back(sentence);
    begin = end;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n' && at + 1 < text.size() && text[at + 1] == '\n') {
      finish(at);
      continue;
    }
    const bool full_width = text.substr(at).starts_with("。") || text.substr(at).starts_with("…");
    if (full_width && text[at] == '\xE3') {
      finish(at + 3);
      continue;
    }
    if (c != '.' && c != '!' && c != '?' && !full_width) continue;
    const std::size_t end = skip_closing(text, at + (full_width ? 3 : 1));
    if (end < text.size() && !is_gap(text[end])) continue;
    if (c == '.' && is_within_sentence(text, at)) continue;
    std::size_t next = end;
    while (next < text.size() && is_gap(text[next])) ++next;
    if (next < text.size() && text[next] >= 'a' && text[next] <= 'z') continue;  // it goes on
    finish(end);
    at = std::max(at, end - 1);
  }
  finish(text.size());
  return sentences;
}

std::size_t count_syllables(std::string_view word, std::string_view tag) {
  const std::string language = main_language(tag);
  const bool vowels_apart = language == "es" || language == "it";  // two strong vowels are two syllables
  std::size_t groups = 0;
  char before = '\0';
  bool accent_before = false;
  std::size_t last_group = 0;  // where the last group began
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    bool accented = false;
    const char now = vowel(word, at, accented);
    const bool apart =
        vowels_apart && before != '\0' && now != '\0' &&
        ((!is_weak(before) && !is_weak(now)) || (accented && is_weak(now)) || (accent_before && is_weak(before)));
    if (now != '\0' && (before == '\0' || apart)) {
      ++groups;
      last_group = begin;
    }
    before = now;
    accent_before = accented;
  }
  const std::string lower = to_lower_ascii(word);
  const bool ends_alone = groups > 1 && last_group + 1 == word.size();
  if (language == "en") {
    const bool silent_e = ends_alone && lower.ends_with('e') && !lower.ends_with("le");
    const bool silent_ed = groups > 1 && lower.size() > 3 && lower.ends_with("ed") && last_group + 2 == lower.size() &&
                           lower[lower.size() - 3] != 't' && lower[lower.size() - 3] != 'd';
    const bool silent_es = groups > 1 && lower.size() > 3 && lower.ends_with("es") && last_group + 2 == lower.size() &&
                           std::string_view("csxzh").find(lower[lower.size() - 3]) == std::string_view::npos;
    if (silent_e || silent_ed || silent_es) --groups;
  } else if (language == "fr") {
    const bool silent = (ends_alone && lower.ends_with('e')) ||
                        (groups > 1 && last_group + 2 == lower.size() && lower.ends_with("es")) ||
                        (groups > 1 && last_group + 3 == lower.size() && lower.ends_with("ent"));
    if (silent) --groups;
  }
  return std::max<std::size_t>(groups, 1);
}

std::optional<ReadingEase> reading_ease(std::string_view text, std::string_view tag) {
  const auto* measure = std::ranges::find(measures, main_language(tag), &Measure::language);
  if (measure == std::end(measures)) return std::nullopt;
  std::size_t words = 0;
  std::size_t syllables = 0;
  const auto sentences = split_sentences(text);
  for (const std::string_view sentence : sentences) {
    for (const std::string_view word : split_words(sentence)) {
      ++words;
      syllables += count_syllables(word, measure->language);
    }
  }
  if (words == 0) return std::nullopt;
  ReadingEase ease;
  ease.measure = measure->name;
  ease.words_per_sentence = static_cast<double>(words) / static_cast<double>(sentences.size());
  ease.syllables_per_word = static_cast<double>(syllables) / static_cast<double>(words);
  ease.score =
      measure->base - measure->per_word * ease.words_per_sentence - measure->per_syllable * ease.syllables_per_word;
  return ease;
}

}  // namespace scruple::evidence
