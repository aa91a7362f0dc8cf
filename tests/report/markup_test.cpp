#include "report/markup.h"

#include "catch.h"
#include "report/markdown.h"

using namespace scruple::report;

TEST_CASE("Nothing in a text is markup of XML or HTML") {
  struct Row {
    std::string_view text;
    std::string_view escaped;
  };
  const Row rows[] = {
      {"", ""},
      {"a & b", "a &amp; b"},
      {"<script>", "&lt;script&gt;"},
      {"x]]>", "x]]&gt;"},
      {"say \"no\"", "say &quot;no&quot;"},
      {"it's", "it's"},
      {"\x01", "\\x01"},
      {"\xE2\x80\xAE", "\\u202e"},
      {"\xFF", "\\xff"},
      {"a\nb\tc\r", "a\\nb\\tc\\r"},
      {"##[error]", "&#35;#[error]"},
      {"##vso[task]", "&#35;#vso[task]"},
      {"# a ## b", "# a ## b"},
      {"\xF0\x9F\x98\x80 \xC3\xBC", "\xF0\x9F\x98\x80 \xC3\xBC"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(escape_markup(row.text) == row.escaped);
  }
  CHECK(escape_markup_lines("a<\nb>\n") == "a&lt;\nb&gt;\n");
}

TEST_CASE("Nothing in a text is markup of Markdown") {
  struct Row {
    std::string_view text;
    std::string_view escaped;
  };
  const Row rows[] = {
      {"plain, with: dots. and-dashes", "plain, with: dots. and-dashes"},
      {"a | b", "a \\| b"},
      {"`code` *b* _i_ ~s~", "\\`code\\` \\*b\\* \\_i\\_ \\~s\\~"},
      {"[x](y) ![z]{a}", "\\[x\\]\\(y\\) \\!\\[z\\]\\{a\\}"},
      {"# h + l", "\\# h \\+ l"},
      {"<b> & &lt;", "&lt;b> &amp; &amp;lt;"},
      {"\\", "\\\\"},
      {"two\n\nlines\r\n", "two lines"},
      {"@team", "@\xE2\x80\x8Bteam"},
      {"ask (@team) or team@fern.example", "ask \\(@\xE2\x80\x8Bteam\\) or team@fern.example"},
      {"##[error]", "\\#\\#\\[error\\]"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(escape_markdown(row.text) == row.escaped);
  }
}
