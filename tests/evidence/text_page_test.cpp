#include "evidence/text_page.h"

#include "catch.h"
#include "facts.h"

#include <chrono>

namespace scruple::evidence {
namespace {

DocumentPtr page_of(const std::string& text, bool markdown) {
  const SourcePtr file = source_of(text, markdown ? "copy.md" : "copy.txt");
  const auto facts = html_facts(markdown ? page_of_markdown({file, file, {}}) : page_of_text({file, file, {}}), {});
  REQUIRE(facts);
  return *facts;
}

struct Row {
  std::string text;
  std::string path;
  std::string value;
};

void check(std::span<const Row> rows, bool markdown) {
  for (const Row& row : rows) {
    CAPTURE(row.text, row.path);
    CHECK(fact(*page_of(row.text, markdown), row.path) == row.value);
  }
}

}  // namespace

TEST_CASE("Text is read as it stands") {
  const Row rows[] = {
      {"5 <b and c> d & e &amp; f", "visible_text", "5 <b and c> d & e &amp; f"},
      {"One\ntwo\n\nthree\r\n\r\nfour\n  \nfive", "visible_text", "One\ntwo\n\nthree\n\nfour\n\nfive"},
      {"\xEF\xBB\xBFHello", "visible_text", "Hello"},
      {"See https://fern.example/a?b=1&c=2.", "links[0].href", "https://fern.example/a?b=1&c=2"},
      {"See https://fern.example/a.", "visible_text", "See https://fern.example/a."},
      {"Dear {{ first_name }}", "merge_tags[0].name", "first_name"},
      {"<script>x</script>", "scripted", "false"},
      {"http://", "links", "[]"},
  };
  check(rows, false);
}

TEST_CASE("Markdown is read as its readers see it") {
  const Row rows[] = {
      {"a <b and 5 * 3 < 4", "visible_text", "a <b and 5 * 3 < 4"},
      {"---\ntitle: x\n---\n# One #\n\nText **bold** and _more_ of snake_case\n", "visible_text",
       "One\n\nText bold and more of snake_case"},
      {"---\nnever closed", "visible_text", "never closed"},
      {"---\ntitle: x\n...\nText", "visible_text", "Text"},
      {"## Two\nThree\n=====\nrest", "headings",
       "[{level: 2, text: Two, hidden: false}, {level: 1, text: Three, hidden: false}]"},
      {"- one\n- [ ] two\n1. three\n> four", "visible_text", "one\n\ntwo\n\nthree four"},
      {"• one\n2) [x] two\n1.5 three", "visible_text", "one\n\ntwo 1.5 three"},
      {"one\n\n***\n\ntwo", "visible_text", "one\n\ntwo"},
      {"| a | b |\n|---|---|\n| c | d |", "visible_text", "a b\n\nc d"},
      {"either | or", "visible_text", "either | or"},
      {"```\n<b>*x*\n```\nafter", "visible_text", "<b>*x*\n\nafter"},
      {"`<b>` and \\*x\\*", "visible_text", "<b> and *x*"},
      {"[Leave **us**](https://fern.example/out \"now\")", "links[0].text", "Leave us"},
      {"[Leave](https://fern.example/out \"now\")", "links[0].href", "https://fern.example/out"},
      {"[not a link] (x)", "visible_text", "[not a link] (x)"},
      {"[![Peas](p.png)](/peas) [a](b)", "images[0].alt", "Peas"},
      {"[![Peas](p.png)](/peas) [a](b)", "links[0].href", "/peas"},
      {"![A \"fine\" pea](pea.png)", "images[0].alt", "A \"fine\" pea"},
      {"<https://fern.example/x>", "links[0].href", "https://fern.example/x"},
      {"<ada@fern.example>", "links[0].href", "mailto:ada@fern.example"},
      {"at https://fern.example/x.", "links[0].href", "https://fern.example/x"},
      {"Some <span\nhidden>secret</span> text", "visible_text", "Some text"},
      {"<!-- not *this* -->that", "visible_text", "that"},
      {"<!-- never closed", "visible_text", "<!-- never closed"},
      {"Dear {{ first_name | default: \"*you*\" }} *|FNAME|*", "merge_tags[0].fallback", "*you*"},
      {"Dear *|FNAME|*", "merge_tags[0].name", "FNAME"},
      {"Peas &amp; beans & more", "visible_text", "Peas & beans & more"},
  };
  check(rows, true);
}

TEST_CASE("What a page of text says stands where the text stands") {
  const auto placed = [](const std::string& text, bool markdown, const std::string& path) {
    return place(*page_of(text, markdown), path);
  };
  CHECK(placed("One <two>\n\nsee https://fern.example", false, "text_blocks[1].text") == "3:1");
  CHECK(placed("One <two>\n\nsee https://fern.example", false, "links[0].text") == "3:5");
  CHECK(placed("# One\n\n**Two** [three](x)", true, "text_blocks[1].text") == "3:3");
  CHECK(placed("# One\n\n**Two** [three](x)", true, "links[0].text") == "3:10");
}

TEST_CASE("Markdown that was made to take long does not") {
  for (const std::string piece : {"[", "![", "[a](", "<!--", "<a", "`", "**", "{{", "http://", "http:///", "_a", "|\n",
                                  "- ", "> ", "#", "&", "[![a](b)"}) {
    CAPTURE(piece);
    std::string text;
    while (text.size() < 500'000) text += piece;
    const SourcePtr file = source_of(std::move(text), "copy.md");
    const auto start = std::chrono::steady_clock::now();
    page_of_markdown({file, file, {}});
    page_of_text({file, file, {}});
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
  }
}

}  // namespace scruple::evidence
