#include "evidence/row_reader.h"

#include "base/strings.h"
#include "catch.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace scruple;
using namespace scruple::evidence;

namespace {

// All of a table: `a|b` for the header, `/` before each row, `!` before a problem; `~` is a cell that is not there.
std::string rows(std::string_view text, std::string name = "t.csv", std::string_view delimiter = {},
                 TableLimits limits = {}) {
  const auto reader = open_rows(make_memory_reader(text), std::move(name), delimiter, limits);
  std::string out;
  while (reader->next()) {
    out += "/";
    for (std::size_t i = 0; i < reader->columns().size(); ++i) {
      if (i > 0) out += "|";
      out += reader->cell(i).data() == nullptr ? "~" : std::string(reader->cell(i));
    }
  }
  std::string columns;
  for (const std::string& column : reader->columns()) columns += (columns.empty() ? "" : "|") + column;
  if (reader->problem()) out += "!" + reader->problem()->message;
  return columns + out;
}

}  // namespace

TEST_CASE("Rows of CSV") {
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  const Case cases[] = {
      {"a,b\n1,2\n", "a|b/1|2"},
      {"a,b\n1,2", "a|b/1|2"},
      {"a,b\r\n1,2\r\n", "a|b/1|2"},
      {"a,b\r1,2\r3,4", "a|b/1|2/3|4"},
      {"\xEF\xBB\xBF"
       "a;b\n1;2,5\n",
       "a|b/1|2,5"},
      {"a\tb\n1\t2\n", "a|b/1|2"},
      {"a|b\n1|2\n", "a|b/1|2"},
      {"sep=;\na;b\n1;2\n", "a|b/1|2"},
      {"a,b\n1,\n", "a|b/1|"},
      {"a,b\n,", "a|b"},
      {"a;b;c\n1;;\n;;\n \n;2;\n;;\n", "a|b|c/1||/|2|"},
      {"a,b\n\"\",\n,1\n", "a|b/|1"},
      {"a,b\n\"1,5\",\"two\nlines\"\n3,4", "a|b/1,5|two\nlines/3|4"},
      {"a,b\n\"say \"\"hi\"\"\",\"\"\n", "a|b/say \"hi\"|"},
      {"a,b\n 1 , \" 2 \" \n", "a|b/1| 2 "},
      {"a,b\n5\" pipe,x\n", "a|b/5\" pipe|x"},
      {"a,b\n\n1,2\n\n", "a|b/1|2"},
      {"a,b\n", "a|b"},
      {" a , b \n1,2\n", "a|b/1|2"},
      {"caf\xC3\xA9\nna\xC3\xAFve\n", "caf\xC3\xA9/na\xC3\xAFve"},
      {"a,b\n1,2,3\n", "a|b!`t.csv`: row 1 below the header (line 2) has 3 cells, the header 2."},
      {"a,b\n1,2\n\"x\ny\",2\n1\n",
       "a|b/1|2/x\ny|2!`t.csv`: row 3 below the header (line 5) has 1 cell, the header 2."},
      {"a,a\n1,2\n", "a|a!`t.csv`: the header names the column `a` twice."},
      {"a,b\n\"1,2\n", "a|b!`t.csv`: the quote that is opened in row 1 below the header (line 2) is never closed."},
      {"a,b\n\"1\"x,2\n", "a|b!`t.csv`: in row 1 below the header (line 2) there is text behind a closing quote."},
      {std::string_view("a,b\n1,\0\n", 8),
       "a|b!`t.csv`: row 1 below the header (line 2) holds a NUL byte, as no text does."},
      {"a,b\n1,caf\xE9\n",
       "a|b!`t.csv`: row 1 below the header (line 2) is not valid UTF-8; the table may be encoded as Windows-1252 or "
       "Latin-1."},
      {"\n\n", "!`t.csv`: it has no header."},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(rows(c.text) == c.expected);
  }
  CHECK(rows("a;b,c\n1;2,3\n", "t.csv", ";") == "a|b,c/1|2,3");
  CHECK(rows("a,b\n", "t.csv", "::") == "!`t.csv`: `::` is given as the delimiter, which is one character.");
  for (const std::string_view delimiter : {"\n", "\r", "\""}) {
    CHECK(rows("a,b\n", "t.csv", delimiter) == "!`t.csv`: a quote or a line break is given as the delimiter.");
  }
  CHECK(rows("sep=\"\na,b\n") == "!`t.csv`: a quote or a line break is given as the delimiter.");
}

// Rows of all lengths, so that each part of one falls on each place of what is looked at and read at once.
TEST_CASE("Rows wherever they begin") {
  struct Row {
    std::string written;
    std::string name;
  };
  const Row kinds[] = {
      {"plain", "plain"},
      {"\"quoted, and more\"", "quoted, and more"},
      {"\"two\nlines\"", "two\nlines"},
      {"\"he said \"\"no\"\"\"", "he said \"no\""},
      {" 5\" pipe ", "5\" pipe"},
      {"", ""},
      {"\"\"", ""},
      {"caf\xC3\xA9", "caf\xC3\xA9"},
  };
  for (const std::string_view line_end : {"\n", "\r\n"}) {
    std::string text = concat("name,fill,last", line_end);
    std::string expected = "name|fill|last";
    std::uint64_t lines = 1;
    for (std::size_t i = 0; i < 3000; ++i) {
      const Row& row = kinds[i % std::size(kinds)];
      const std::string fill((i * 7) % 190, 'f');
      text += concat(row.written, ',', fill, ',', i, line_end);
      expected += concat('/', row.name, '|', fill, '|', i);
      lines += row.name.find('\n') == std::string::npos ? 1 : 2;
    }
    CHECK(rows(text) == expected);
    const auto reader = open_rows(make_memory_reader(text), "t.csv", {});
    while (reader->next()) {
    }
    CHECK(reader->line() == lines);
  }
}

TEST_CASE("All cells of a row are good at once") {
  const auto reader = open_rows(make_memory_reader("a,b,c,d\n\"x\"\"y\",\"z\"\"w\",\"\"\"\",\"v\"\"\"\n"), "t.csv", {});
  REQUIRE(reader->next());
  const std::vector<std::string_view> cells = {reader->cell(0), reader->cell(1), reader->cell(2), reader->cell(3)};
  CHECK(cells == std::vector<std::string_view>{"x\"y", "z\"w", "\"", "v\""});
}

// The header may end where a block that is read does.
TEST_CASE("Line breaks are told wherever the first one stands") {
  for (const std::size_t size : {65'534, 65'535, 65'536, 70'000, 131'071, 262'143}) {
    const std::string name(size, 'a');
    CAPTURE(size);
    CHECK(rows(name + "\r\n1\r\n2\r\n") == name + "/1/2");
    CHECK(rows(name + "\n1\n2\n") == name + "/1/2");
    CHECK(rows(name + "\r1\r2\r") == name + "/1/2");
    CHECK(rows("a\rb" + name + "\n1\n") == "a\rb" + name + "/1");
  }
}

TEST_CASE("Rows of JSON Lines") {
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  const Case cases[] = {
      {R"({"a": 1, "b": "x"})", "a|b/1|x"},
      {"{\"a\":1}\n\n{\"b\":\"y\",\"a\":-2.5e3}\r\n", "a|b/1/-2.5e3|y"},
      {R"({"a": null, "b": true})", "a|b/~|true"},
      {R"({"a": "null", "b": ""})", "a|b/null|"},
      {R"({"a": "say \"hi\"\n\u00e9\ud83c\udf31"})", "a/say \"hi\"\n\xC3\xA9\xF0\x9F\x8C\xB1"},
      {R"({"a": {"x": [1, "}"]}, "b": [2]})", R"(a|b/{"x": [1, "}"]}|[2])"},
      {"{}\n{\"a\":1}", "a//1"},
      {"{\"a\":1}\n[1]", "a/1!`t.jsonl`: row 2 (line 2) is no JSON object."},
      {R"({"a":1,})", "a!`t.jsonl`: row 1 (line 1) is no JSON object."},
      {R"({"a":01x})", "!`t.jsonl`: row 1 (line 1) is no JSON object."},
      {R"({"a":1} 2)", "a!`t.jsonl`: row 1 (line 1) is no JSON object."},
      {R"({"a":"\x"})", "!`t.jsonl`: row 1 (line 1) is no JSON object."},
      {R"({"a":"\ud800"})", "!`t.jsonl`: row 1 (line 1) is no JSON object."},
      {R"({"a":[[})", "!`t.jsonl`: row 1 (line 1) is no JSON object."},
      {R"({"a":1,"a":2})", "a!`t.jsonl`: row 1 (line 1) names `a` twice."},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(rows(c.text, "t.jsonl") == c.expected);
  }
  CHECK(rows("{\"a\":1}\n", "export.csv") == "a/1");
}

TEST_CASE("Rows that are longer than a block, and tables beyond a limit") {
  std::string wide = "a,b\n";
  for (int i = 0; i < 40'000; ++i) wide += concat(i, ",\"row number ", i, " of many\"\n");
  const auto reader = open_rows(make_memory_reader(wide), "t.csv", {});
  std::uint64_t sum = 0;
  while (reader->next()) sum += std::stoull(std::string(reader->cell(0)));
  CHECK_FALSE(reader->problem());
  CHECK(reader->count() == 40'000);
  CHECK(reader->line() == 40'001);
  CHECK(sum == 40'000ULL * 39'999 / 2);

  const std::string long_cell(900'000, 'x');
  CHECK(rows("a,b\n1," + long_cell + "\n2,3\n") == "a|b/1|" + long_cell + "/2|3");
  CHECK(rows("a,b\n1," + long_cell + long_cell) == "a|b!`t.csv`: row 1 below the header (line 2) is longer than 1 MB.");
  CHECK(rows("a\n\"" + long_cell + long_cell) ==
        "a!`t.csv`: the quote that is opened in row 1 below the header (line 2) is never closed.");
  CHECK(rows("{\"a\":\"" + long_cell + long_cell, "t.jsonl").find("longer than 1 MB") != std::string::npos);
  CHECK(rows(std::string(5000, ',')) == "!`t.csv`: the header has more than 4095 cells (limit `table-columns`).");
  CHECK(rows("a\n1\n2\n3\n", "t.csv", {}, {.rows = 2}) ==
        "a/1/2!`t.csv`: it has more than 2 rows (limit `table-rows`).");
}

namespace {

// Gives some of a file, and then what a system gives whose disk is gone.
class BrokenReader final : public FileReader {
 public:
  explicit BrokenReader(std::string text) : text_(std::move(text)) {}
  std::optional<std::size_t> read(std::span<char> block) override {
    if (text_.empty()) return std::nullopt;
    const std::size_t size = text_.copy(block.data(), block.size());
    text_.erase(0, size);
    // More is to come: a block that is not full is the last.
    std::fill(block.begin() + static_cast<std::ptrdiff_t>(size), block.end(), 'x');
    return block.size();
  }
  FileVersion version() const override { return {}; }

 private:
  std::string text_;
};

}  // namespace

TEST_CASE("A file that cannot be read to its end is no shorter table") {
  for (const std::string_view text : {"", "a,b", "a,b\n1,2\n"}) {
    CAPTURE(text);
    const auto reader = open_rows(std::make_unique<BrokenReader>(std::string(text)), "t.csv", {});
    while (reader->next()) {
    }
    REQUIRE(reader->problem());
    CHECK(reader->problem()->message == "`t.csv` cannot be read.");
  }
}
