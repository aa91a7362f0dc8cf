// How hard a text is to read: sentences, syllables, and the measure that research made for each language.
//
//   en  Flesch 1948                206.835 - 1.015 w - 84.6 s
//   de  Amstad 1978                180     - 1.0   w - 58.5 s
//   fr  Kandel and Moles 1958      207     - 1.015 w - 73.6 s
//   es  Fernández Huerta 1959      206.84  - 1.02  w - 60.0 s
//   it  Franchina and Vacca 1986   217     - 1.3   w - 60.0 s
//   nl  Douma 1960                 206.84  - 0.93  w - 77.0 s
//
// w is the average number of words in a sentence, s that of syllables in a word. All give about 0 (very hard) to 100
// (very easy); 60 to 70 is plain language. Syllables are counted by groups of vowels, so that a score is good to a few
// points, not to one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace scruple::evidence {

// Sentences in order. A blank line ends one; full stops of abbreviations, numbers and initials do not.
std::vector<std::string_view> split_sentences(std::string_view text);

// At least 1 for a word. `language` is "en", "de", …; any other is counted as German is.
std::size_t count_syllables(std::string_view word, std::string_view language);

struct ReadingEase {
  double score = 0;
  std::string_view measure;  // "Flesch 1948"
  double words_per_sentence = 0;
  double syllables_per_word = 0;
};

// Nothing for a language without a measure, or a text without words.
std::optional<ReadingEase> reading_ease(std::string_view text, std::string_view language);

}  // namespace scruple::evidence
