#include "evidence/csv_index.h"

#include "catch.h"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace scruple::evidence;

namespace {

struct Expected {
  std::vector<std::uint32_t> marks = {~std::uint32_t{0}};
  std::vector<std::uint32_t> stops;
  bool plain = true;
};

// The same, a character at a time.
Expected look_through(std::string_view text, char delimiter) {
  Expected expected;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_stop = text[i] == '\n' || text[i] == '"';
    if (is_stop) expected.stops.push_back(static_cast<std::uint32_t>(expected.marks.size()));
    if (is_stop || text[i] == delimiter) expected.marks.push_back(static_cast<std::uint32_t>(i));
    if (text[i] == '\0' || static_cast<unsigned char>(text[i]) >= 0x80) expected.plain = false;
  }
  expected.marks.push_back(static_cast<std::uint32_t>(text.size()));
  return expected;
}

void check(CsvIndex& index, std::string text, char delimiter) {
  const Expected expected = look_through(text, delimiter);
  const std::size_t size = text.size();
  // What stands behind the text are marks of all kinds: none of them counts.
  while (text.size() < size + CsvIndex::padding) text += text.size() % 2 == 0 ? delimiter : '\n';
  index.build(std::string_view(text).substr(0, size), delimiter, '\n');
  CHECK(std::vector(index.marks().begin(), index.marks().end()) == expected.marks);
  CHECK(std::vector(index.stops().begin(), index.stops().end()) == expected.stops);
  CHECK(index.is_plain() == expected.plain);
}

}  // namespace

TEST_CASE("Marks at each place of a block") {
  CsvIndex index;
  check(index, "", ',');
  for (const std::string_view mark : {",", "\n", "\"", "\n\"", ",\n", "\xC3\xA9", "\r"}) {
    for (std::size_t before = 0; before <= 130; ++before) {
      CAPTURE(mark, before);
      check(index, std::string(before, 'x') + std::string(mark), ',');
      check(index, std::string(before, 'x') + std::string(mark) + std::string(70, 'y') + "\n", ',');
    }
  }
  check(index, std::string(300, ','), ',');
  check(index, std::string(300, '\n'), ',');
  check(index, std::string(300, '"'), ';');
  check(index, std::string(100, 'x') + '\0' + "y\n", ',');
}

TEST_CASE("Marks of any text, in one index after the other") {
  std::mt19937 random(20261122);
  constexpr std::string_view alphabet = "abc;,\n\"\r \xC3\xA9";
  CsvIndex index;
  for (int round = 0; round < 400; ++round) {
    std::string text(random() % 700, ' ');
    // Plain ones as well, which a letter in each would rule out.
    const std::size_t letters = round % 2 == 0 ? alphabet.size() - 2 : alphabet.size();
    for (char& c : text) c = alphabet[random() % letters];
    CAPTURE(text);
    check(index, text, round % 3 == 0 ? ',' : ';');
  }
}
