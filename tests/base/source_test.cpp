#include "scruple/source.h"

#include "catch.h"

#include <string>

using namespace scruple;

TEST_CASE("positions count lines and code points") {
  const Source source("f", "ab\r\ncü€𝄞d\n\nlast");
  struct Row {
    std::uint32_t offset, line, column;
  };
  const Row rows[] = {{0, 1, 1},  {2, 1, 3},  {4, 2, 1},  {5, 2, 2},  {7, 2, 3},
                      {10, 2, 4}, {14, 2, 5}, {16, 3, 1}, {17, 4, 1}, {99, 4, 5}};
  for (const Row& row : rows) {
    INFO(row.offset);
    CHECK(source.position(row.offset) == Position{row.line, row.column});
  }
  CHECK(source.line(1) == "ab");
  CHECK(source.line(3).empty());
  CHECK(source.line(4) == "last");
  CHECK(source.line(0).empty());
  CHECK(source.line(5).empty());
}

TEST_CASE("a carriage return on its own is a line break, wherever it stands") {
  const Source source("f", "a\rb\r\nc\n\rd\r");
  struct Row {
    std::uint32_t offset, line, column;
  };
  const Row rows[] = {{0, 1, 1}, {2, 2, 1}, {5, 3, 1}, {7, 4, 1}, {8, 5, 1}, {10, 6, 1}};
  for (const Row& row : rows) {
    INFO(row.offset);
    CHECK(source.position(row.offset) == Position{row.line, row.column});
  }
  CHECK(source.line(2) == "b");
  CHECK(source.line(5) == "d");
}

TEST_CASE("a byte order mark has no column") {
  const Source source("f", "\xEF\xBB\xBFkey");
  CHECK(source.position(3) == Position{1, 1});
  CHECK(source.position(0) == Position{1, 1});
  CHECK(source.line(1) == "key");
}

TEST_CASE("a very long line is cut to a window around the place") {
  const Source source("f", std::string(5000, 'x') + "HERE" + std::string(5000, 'y'));
  const Location location = locate(source, {5000, 5004});
  CHECK(location.begin.column == 5001);
  CHECK(location.line.size() < 300);
  CHECK(location.line.substr(location.begin.column - location.line_column, 4) == "HERE");
}

TEST_CASE("a line that must not be shown is not kept") {
  CHECK(locate(Source("f", "secret"), {0, 6}, Excerpt::hide).line.empty());
}

TEST_CASE("columns far into a long line count code points") {
  std::string text = "first\n";
  for (int i = 0; i < 5000; ++i) text += "aé€𝄞";  // 10 bytes, 4 code points
  const Source source("f", text + "\nlast");
  for (const std::uint32_t i : {0u, 1u, 409u, 410u, 2048u, 4999u}) {
    INFO(i);
    CHECK(source.position(6 + 10 * i) == Position{2, 4 * i + 1});
    CHECK(source.position(6 + 10 * i + 3) == Position{2, 4 * i + 3});
  }
  CHECK(source.position(6 + 50'000) == Position{2, 20'001});
  CHECK(source.position(6 + 50'001) == Position{3, 1});
  CHECK(source.position(1'000'000) == Position{3, 5});
  CHECK(Source("f", std::string(4096, 'x')).position(4096) == Position{1, 4097});
  CHECK(Source("f", "").position(3) == Position{1, 1});
}
