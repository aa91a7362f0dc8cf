#include "evidence/readability.h"

#include "base/strings.h"
#include "catch.h"

#include <cmath>
#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

std::string sentences(std::string_view text) {
  std::string out;
  for (const std::string_view sentence : split_sentences(text)) {
    if (!out.empty()) out += " | ";
    out += sentence;
  }
  return out;
}

}  // namespace

TEST_CASE("A text is cut where its sentences end") {
  struct Row {
    std::string text;
    std::string sentences;
  };
  const Row rows[] = {
      {"One. Two! Three?", "One. | Two! | Three?"},
      {"It costs 3.50 EUR. Now.", "It costs 3.50 EUR. | Now."},
      {"Dr. Amsel and J. Doe met, e.g. here.", "Dr. Amsel and J. Doe met, e.g. here."},
      {"Das gilt ab dem 1. Mai. Danach nicht.", "Das gilt ab dem 1. Mai. | Danach nicht."},
      {"Wir nutzen z. B. Ihre Käufe. Sonst nichts.", "Wir nutzen z. B. Ihre Käufe. | Sonst nichts."},
      {"She said: “Come.” They came.", "She said: “Come.” | They came."},
      {"See fern.example for more. Thanks", "See fern.example for more. | Thanks"},
      {"A title\n\nA sentence.", "A title | A sentence."},
      {"Really?! Yes...", "Really?! | Yes..."},
      {"作成しました。読みました。", "作成しました。 | 読みました。"},
      {"", ""},
      {"...!", ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(sentences(row.text) == row.sentences);
  }
}

TEST_CASE("Syllables are counted as they are spoken") {
  struct Row {
    std::string word;
    std::string language;
    std::size_t syllables;
  };
  const Row rows[] = {
      {"cat", "en", 1},         {"garden", "en", 2},  {"make", "en", 1},     {"table", "en", 2},
      {"wanted", "en", 2},      {"looked", "en", 1},  {"personal", "en", 3}, {"the", "en", 1},
      {"information", "en", 4}, {"boxes", "en", 2},   {"Garten", "de", 2},   {"Häuser", "de", 2},
      {"Datenschutz", "de", 3}, {"Zwecke", "de", 2},  {"données", "fr", 2},  {"utilise", "fr", 3},
      {"personnelle", "fr", 3}, {"datos", "es", 2},   {"poema", "es", 3},    {"tienda", "es", 2},
      {"país", "es", 2},        {"energía", "es", 4}, {"hm", "en", 1},       {"12", "en", 1},
  };
  for (const Row& row : rows) {
    INFO(row.word);
    CHECK(count_syllables(row.word, row.language) == row.syllables);
  }
}

TEST_CASE("The measure of a language says how easy a text is") {
  const auto easy = reading_ease("The cat sat on the mat. It was warm.", "en-GB");
  REQUIRE(easy);
  CHECK(easy->measure == "Flesch 1948");
  // Nine words, nine syllables, two sentences.
  CHECK(std::abs(easy->score - (206.835 - 1.015 * 4.5 - 84.6)) < 0.001);

  const auto hard = reading_ease(
      "Notwithstanding contractual obligations, organizational responsibilities necessitate comprehensive "
      "documentation.",
      "en");
  REQUIRE(hard);
  CHECK(hard->score < 0);

  CHECK(reading_ease("Wir speichern Ihre Adresse. Sonst nichts.", "de")->measure == "Amstad 1978");
  CHECK_FALSE(reading_ease("Me emme tallenna mitään.", "fi"));
  CHECK_FALSE(reading_ease("", "en"));
}
