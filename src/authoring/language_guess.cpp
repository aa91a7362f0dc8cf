#include "authoring/asset_guess.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>
#include <array>

namespace scruple::authoring {

namespace {

// Small words that are frequent in one of these languages and rare in the others.
struct FrequentWords {
  std::string_view language;
  std::string_view words;
};
constexpr std::array<FrequentWords, 10> frequent = {{
    {"da", " og jeg ikke det er til af har med på vi dig din "},
    {"de", " und der die das ist nicht sie ich wir ein eine für mit auf den dem zu im ihre ihr auch wie "},
    {"en", " the and of to is you your we are for with this our it that how can not "},
    {"es", " el los las y es que para con una su por del sus más como "},
    {"fr", " le les des et est vous nous une pour dans avec votre vos sur du au pas "},
    {"it", " il gli di che è per una con sono della le tuo i nel non "},
    {"nl", " de het een en van is je niet voor met dat wij uw zijn op te "},
    {"pl", " i w nie się na jest do że z to dla jak są "},
    {"pt", " o os e que para com uma não seu sua por do da em mais "},
    {"sv", " och att det är på för med en som av inte du din vi "},
}};

constexpr std::size_t bytes_read = 100'000;
constexpr std::size_t fewest_words = 5;

bool is_word_part(char c) { return is_lower(c) || is_beyond_ascii(c); }

}  // namespace

std::string guess_language(std::string_view text) {
  const std::string lower = to_lower_ascii(text.substr(0, bytes_read));
  std::array<std::size_t, frequent.size()> hits{};
  std::size_t words = 0;
  for (std::size_t at = 0; at < lower.size();) {
    const auto begin = std::find_if(lower.begin() + static_cast<std::ptrdiff_t>(at), lower.end(), is_word_part);
    const auto end = std::find_if_not(begin, lower.end(), is_word_part);
    at = static_cast<std::size_t>(end - lower.begin());
    if (begin == end || end - begin > 6) continue;
    ++words;
    const std::string word = concat(" ", std::string_view(&*begin, static_cast<std::size_t>(end - begin)), " ");
    for (std::size_t i = 0; i < frequent.size(); ++i) {
      if (frequent[i].words.find(word) != std::string_view::npos) ++hits[i];
    }
  }
  const auto best = std::ranges::max_element(hits);
  const std::size_t most = *best;
  *best = 0;
  const std::size_t second = *std::ranges::max_element(hits);
  // A clear lead, or no guess: a wrong language is worse than an empty field.
  if (words < fewest_words || most < 3 || most * 2 < second * 3) return {};
  return std::string(frequent[static_cast<std::size_t>(best - hits.begin())].language);
}

}  // namespace scruple::authoring
