#include "evidence/text.h"

#include "catch.h"

#include <chrono>
#include <string>
#include <vector>

using namespace scruple::evidence;

namespace {

std::string found(const PhraseMatcher& matcher, std::string_view text) {
  const auto match = matcher.find(text);
  return match ? std::string(text.substr(match->begin, match->end - match->begin)) : "(none)";
}

std::string found(std::vector<std::string> phrases, std::string_view text) {
  return found(PhraseMatcher(phrases), text);
}

}  // namespace

TEST_CASE("A phrase is found as a reader would find it") {
  struct Row {
    std::string phrase;
    std::string text;
    std::string found;
  };
  const Row rows[] = {
      {"written with AI", "This was Written With ai.", "Written With ai"},
      {"written with AI", "written  with\n\tAI", "written  with\n\tAI"},
      {"written with AI", "written\xC2\xA0with AI", "written\xC2\xA0with AI"},
      {"written with AI", "writ\xC2\xADten with AI", "writ\xC2\xADten with AI"},
      {"written with AI", "written w\xE2\x80\x8Bith AI", "written w\xE2\x80\x8Bith AI"},
      {"written with AI", "written with\n\nAI", "(none)"},
      {"written with AI", "written with\r\nAI", "written with\r\nAI"},
      {"written with AI", "written with AIDA", "(none)"},
      {"written with AI", "rewritten with AI", "(none)"},
      {"written with AI", "(written with AI)", "written with AI"},
      {"it's", "It’s made by it", "It’s"},
      {"AI–made", "an AI-made text", "AI-made"},
      {"\"KI\"", "die „KI“ schrieb", "„KI“"},
      {"mit KI geprüft", "MIT KI GEPRÜFT", "MIT KI GEPRÜFT"},
      {"mit KI geprüft",
       "mit KI gepru\xCC\x88"
       "ft",
       "mit KI gepru\xCC\x88"
       "ft"},
      {"Straße", "STRASSE", "STRASSE"},
      {"generada", "Ｇｅｎｅｒａｄａ", "Ｇｅｎｅｒａｄａ"},
      {"file", "a \xEF\xAC\x81le", "\xEF\xAC\x81le"},
      {"cafe", "cafe\xCC\x81", "(none)"},
      {"AI", "AIで作成", "AI"},
      {"作成", "AIで作成しました", "作成"},
      {"AI",
       "x\xFF"
       "AI\xFFy",
       "AI"},
      {"AI", "", "(none)"},
      {"", "anything", "(none)"},
      {"  \n ", "any thing", "(none)"},
      {" AI ", "by AI.", "AI"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.phrase, row.text);
    CHECK(found({row.phrase}, row.text) == row.found);
  }
}

TEST_CASE("Each match names its phrase and its bytes") {
  const std::vector<std::string> phrases = {"künstliche Intelligenz", "KI", "KI-generiert", "von einer Maschine"};
  const PhraseMatcher matcher(phrases);
  const std::string text = "Über KI: KI-generiert, von einer Maschine.";
  CHECK(matcher.find(text) == PhraseMatch{6, 8, 1});
  CHECK(matcher.find_all(text, 10) == std::vector<PhraseMatch>{{6, 8, 1}, {10, 22, 2}, {24, 42, 3}});
  CHECK(matcher.find_all(text, 2) == std::vector<PhraseMatch>{{6, 8, 1}, {10, 22, 2}});
  CHECK(matcher.find_all(text, 0).empty());
  CHECK(matcher.find("nichts").has_value() == false);
}

TEST_CASE("A passage is found however it is spaced and written") {
  struct Row {
    std::string text;
    std::string passage;
    std::string found;
  };
  const Row rows[] = {
      {"We say: only 3\n left. Only 3 left!", "Only 3 left", "only 3\n left"},
      {"One\n\ntwo three", "one two", "One\n\ntwo"},
      {"Über »die« Straße", "\"die\" strasse", "»die« Straße"},
      {"one two", "  two ", "two"},
      {"abababac", "ababac", "ababac"},
      {"aaaaab", "aaab", "aaab"},
      {"one two", "three", "(none)"},
      {"one two", " ", "(none)"},
      {"one", "one two", "(none)"},
      {"", "one", "(none)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.passage);
    const auto place = find_passage(row.text, row.passage);
    CHECK((place ? row.text.substr(place->begin, place->end - place->begin) : "(none)") == row.found);
  }
  // Of a long one the beginning.
  const std::string long_text(2000, 'a');
  CHECK(find_passage(long_text, long_text) == scruple::Span{0, 500});
}

TEST_CASE("Of overlapping phrases the longest counts") {
  const std::vector<std::string> phrases = {"last", "last day", "at last", "day of the sale"};
  const PhraseMatcher matcher(phrases);
  CHECK(matcher.find_all("the last day", 9) == std::vector<PhraseMatch>{{4, 12, 1}});
  CHECK(matcher.find_all("at last", 9) == std::vector<PhraseMatch>{{0, 7, 2}});
  CHECK(matcher.find_all("last day of the sale", 9) == std::vector<PhraseMatch>{{5, 20, 3}});
}

TEST_CASE("A negated phrase does not count") {
  const std::vector<std::string> phrases = {"made by AI", "von KI geschrieben", "made"};
  const PhraseMatcher matcher(phrases, Negation{{"not", "no", "isn't", "nicht", "far from"}, 3});
  struct Row {
    std::string text;
    std::string found;
  };
  const Row rows[] = {
      {"made by AI", "made by AI"},
      {"not made by AI", "(none)"},
      {"This isn’t made by AI", "(none)"},
      {"not a text made by AI", "(none)"},                // three words before
      {"not the kind of text made by AI", "made by AI"},  // five words before
      {"We do not spam. Made by AI", "Made by AI"},       // another sentence
      {"We do not spam\n\nMade by AI", "Made by AI"},     // another paragraph
      {"not\nmade by AI", "(none)"},                      // a wrapped line
      {"Der Text wurde nicht von KI geschrieben", "(none)"},
      {"not made by AI. But this is made by AI", "made by AI"},
      {"knot made by AI", "made by AI"},
      {"far from made by AI", "(none)"},
      {"version 2.0 not made by AI", "(none)"},
      {"made by AI, not by us", "made by AI"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(found(matcher, row.text) == row.found);
  }
}

TEST_CASE("Searching takes time in proportion to the text, whatever it holds") {
  std::vector<std::string> phrases;
  for (int i = 1; i < 200; ++i) phrases.push_back(std::string(static_cast<std::size_t>(i), 'a') + "b");
  const PhraseMatcher matcher(phrases, Negation{{"a"}, 1000});
  const auto start = std::chrono::steady_clock::now();
  CHECK(!matcher.find(std::string(4'000'000, 'a')));
  std::string spaced;
  for (int i = 0; i < 1'000'000; ++i) spaced += "a ";
  CHECK(!matcher.find(spaced));
  CHECK(!matcher.find(std::string(2'000'000, '\n')));
  // Hundreds of times what it takes; a quadratic search would need hours.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}

TEST_CASE("A language falls back to its wider forms") {
  PhraseList list;
  list.phrases["en"] = {"english"};
  list.phrases["de"] = {"deutsch"};
  list.phrases["de-CH"] = {"schweizerdeutsch"};
  const auto first = [&list](std::string_view language) {
    const auto* phrases = phrases_for(list, language);
    return phrases == nullptr ? std::string("(none)") : phrases->front();
  };
  CHECK(first("de") == "deutsch");
  CHECK(first("de-AT") == "deutsch");
  CHECK(first("de-ch") == "schweizerdeutsch");
  CHECK(first("de_CH") == "schweizerdeutsch");
  CHECK(first("en-US-x-house") == "english");
  CHECK(first("fr") == "(none)");
  CHECK(first("") == "(none)");
  CHECK(first("english") == "(none)");
}

TEST_CASE("Words are counted as a reader counts them") {
  struct Row {
    std::string_view text;
    std::size_t words;
  };
  const Row rows[] = {
      {"", 0},
      {" - , .", 0},
      {"one", 1},
      {"don't stop", 2},
      {"well-known e-mail", 2},
      {"a - b", 2},
      {"20 % off", 2},
      {"über  straße\n\nja", 3},
      {"geprüft’s", 1},
      {"soft\xC2\xADhyphen", 1},
      {"作成 AI", 3},
      {"a'", 1},
      {"dogs' tails", 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(count_words(row.text) == row.words);
  }
}
