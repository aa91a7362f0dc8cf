#include "policy/words.h"

#include "catch.h"
#include "policy/compiled_pack.h"

#include <array>
#include <thread>
#include <vector>

namespace scruple::policy {
namespace {

constexpr std::array<std::string_view, 2> english = {"made with AI", "written by AI"};
constexpr std::array<std::string_view, 1> german = {"mit KI erstellt"};
constexpr std::array<std::string_view, 1> not_english = {"not"};
constexpr std::array<WordList::Language, 2> disclosure_languages = {WordList::Language{"en", english},
                                                                    WordList::Language{"de", german}};
constexpr std::array<WordList::Language, 1> negation_languages = {WordList::Language{"en", not_english}};
constexpr std::array<WordList, 2> lists = {WordList{"disclosure", disclosure_languages},
                                           WordList{"negations", negation_languages}};

bool finds(const Words& words, std::string_view language, std::string_view text, std::uint32_t negations = 0) {
  const auto phrases = words.phrases(1, language, negations, 3);
  REQUIRE(phrases);
  return phrases->matcher->find(text).has_value();
}

}  // namespace

TEST_CASE("a list has the phrases of a language, or of the wider one") {
  const Words words(lists);
  CHECK(words.phrases(1, "en", 0, 0)->count == 2);
  CHECK(words.phrases(1, "en", 0, 0)->language == "en");
  CHECK(words.phrases(1, "en-GB", 0, 0)->language == "en");
  CHECK(words.phrases(1, "de-AT-1996", 0, 0)->language == "de");
  CHECK(!words.phrases(1, "fr", 0, 0));
  CHECK(!words.phrases(1, "", 0, 0));
  CHECK(!words.phrases(2, "de", 0, 0));
}

TEST_CASE("a phrase is found, unless it is negated") {
  const Words words(lists);
  CHECK(finds(words, "en", "This was made with AI."));
  CHECK(finds(words, "en", "This was not made with AI."));
  CHECK(!finds(words, "en", "This was not made with AI.", 2));
  CHECK(finds(words, "en", "This was made with AI.", 2));
  CHECK(!finds(words, "de", "This was made with AI."));
  // No negations are known in German: the phrase stands.
  CHECK(finds(words, "de", "nicht mit KI erstellt", 2));
}

TEST_CASE("a list is found by its name, and is opaque") {
  const Words words(lists);
  cel::Evaluation evaluation;
  const cel::Value root = words.root();
  const cel::Value list = words.find(root.handle(), "negations", evaluation);
  REQUIRE(list.is(cel::Kind::opaque));
  CHECK(words.list(list.handle()).name == "negations");
  CHECK(words.type_name(list.handle()) == "word_list");
  CHECK(words.find(root.handle(), "none", evaluation).is_unset());
  CHECK(words.find(list.handle(), "negations", evaluation).is_unset());
}

TEST_CASE("several workers share one matcher") {
  const Words words(lists);
  std::vector<const evidence::PhraseMatcher*> matchers(8);
  {
    std::vector<std::jthread> threads;
    for (auto& matcher : matchers) threads.emplace_back([&] { matcher = words.phrases(1, "en", 2, 3)->matcher; });
  }
  for (const auto* matcher : matchers) CHECK(matcher == matchers.front());
}

}  // namespace scruple::policy
