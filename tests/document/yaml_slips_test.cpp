// Slips of people who do not know YAML: each is blamed on the line in which it was made, with what to write there.
#include "document/yaml_slips.h"

#include "catch.h"

#include <memory>
#include <string>
#include <string_view>

namespace scruple {
namespace {

// "LINE:COLUMN message → hint" of the first problem.
std::string problem_of(std::string_view text) {
  Diagnostics diagnostics;
  read_documents(std::make_shared<Source>("campaign.yaml", std::string(text)), {}, diagnostics);
  if (diagnostics.empty()) return "no problem";
  const Diagnostic& first = diagnostics.front();
  return std::to_string(first.location.begin.line) + ":" + std::to_string(first.location.begin.column) + " " +
         first.message + " → " + first.hint;
}

TEST_CASE("slips are found in the line where they were made") {
  const std::string blank_hint = "Write ordinary blanks; often the other ones came in by copying from a document.";
  const std::pair<std::string, std::string> rows[] = {
      // a blank is missing
      {"c:\n  id: a\n  status:built\n  owner: b\n", "3:9 A blank is missing after this `:`. → Write `status: built`."},
      {"c:\n  id:a\n  owner: b\n", "2:5 A blank is missing after this `:`. → Write `id: a`."},
      {"scruple:1\nkind: campaign\n", "1:8 A blank is missing after this `:`. → Write `scruple: 1`."},
      {"c:\n  id: a\n  status:built\nd:\n  e: f\n", "3:9 A blank is missing after this `:`. → Write `status: built`."},
      {"c:\n  id: a\n  status:built\n", "3:9 A blank is missing after this `:`. → Write `status: built`."},
      {"c:\n  id: a\n  name:\"A B\"\n  owner: b\n", "3:7 A blank is missing after this `:`. → Write `name: \"A B\"`."},
      {"c:\n  a:b\n\n  # note\n  d:e\n  f: g\n", "2:4 A blank is missing after this `:`. → Write `a: b`."},
      {"l:\n  -id: a\n   kind: b\n", "2:3 A blank is missing after this `-`. → Write `- id: a`."},
      {"l:\n  - id: a\n    kind: b\n  -id: c\n", "4:3 A blank is missing after this `-`. → Write `- id: c`."},
      {"l:\n  - DE\n  -AT\n", "3:3 A blank is missing after this `-`. → Write `- AT`."},
      // a character that looks like another
      {"l:\n  – id: a\n    kind: b\n",
       "2:3 An item of a list begins with `- `; this `–` is no hyphen. → Write `- id: a`."},
      {"l:\n  - id: a\n    kind: b\n  • id: c\n",
       "4:3 An item of a list begins with `- `; this `•` is no hyphen. → Write `- id: c`."},
      {"l:\n  - a\n  * b\n", "3:3 An item of a list begins with `- `, not with `*`. → Write `- b`."},
      {"c:\n  id: a\n \u00A0owner: b\n",
       "3:2 Here stands a no-break space (U+00A0), which YAML takes for text. → " + blank_hint},
      {"c:\n  owner:\u00A0b\n  id: a\n",
       "2:9 After this `:` stands a no-break space (U+00A0), which YAML takes for text. → " + blank_hint},
      {"c:\n  owner： b\n  id: a\n", "2:8 A key ends with `: `; this `：` is no such colon. → Write `owner: b`."},
      {"c:\n  name: “Spring: mail”\n",
       "2:16 A value in curly quotes may not hold `: `: YAML takes these quotes for text. → "
       "Write `\"Spring: mail\"`, with straight quotes."},
      {"c:\n  name: \"Spring”\n  id: a\n",
       "2:9 The text that begins with this \" is never closed. → Add the closing \"; a curly quote closes nothing."},
      // of other languages
      {"c:\n  status = built\n  id: a\n", "2:10 A key ends with `: `, not with `=`. → Write `status: built`."},
      {"c:\n  // the owner\n  id: a\n", "2:3 A comment begins with `#`, not with `//`. → Write `# the owner`."},
      // no colon
      {"c:\n  status built\n  id: a\n",
       "2:3 This is neither `key: value` nor an item of a list (`- …`). → "
       "Write `status: built`, or indent the line if it goes on with the text above it."},
      {"c:\n  owner\n  id: a\n",
       "2:3 This is neither `key: value` nor an item of a list (`- …`). → "
       "Write `owner:`, or indent the line if it goes on with the text above it."},
      // indentation
      {"c:\n  id: a\n    owner: b\n",
       "3:5 This key is indented more than `id` above it, which has a value already. → "
       "Begin it in the same column as `id`."},
      {"c:\n  text: |\n  Sell more.\n  id: a\n",
       "3:3 This line is not indented enough to belong to the text that begins above it. → "
       "Indent the lines of the text more than `text`."},
      {"c:\n  name: \"Spring\n  owner: \"ada\"\n",
       "2:9 This \" is not closed before a line that is not indented enough to go on with its text. → "
       "Add the closing \", or indent the lines that go on with the text."},
      // what is no slip
      {"c:\n  url: http://a.example\n    d: e\n",
       "3:5 This key is indented more than `url` above it, which has a value already. → "
       "Begin it in the same column as `url`."},
      {"c:\n  text: |\n    note:this\n    -and\n  d: e\n", "no problem"},
      {"c:\n  text: one\n    note:two\n    three\n  d: e\n", "no problem"},
  };
  for (const auto& [text, problem] : rows) {
    INFO(text);
    CHECK(problem_of(text) == problem);
  }
}

TEST_CASE("a slip is not looked for in a whole book") {
  std::string text = "a:b\n";
  for (int i = 0; i < 100'000; ++i) text += "word\n";
  text += "c: d\n";
  CHECK(problem_of(text).find("This is neither `key: value`") != std::string::npos);
}

}  // namespace
}  // namespace scruple
