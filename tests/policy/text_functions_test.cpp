#include "bench.h"
#include "cel/cel.h"
#include "policy/compiled_pack.h"
#include "policy/context.h"
#include "policy/dates.h"
#include "policy/words.h"

#include <array>

namespace scruple::policy {
namespace {

using test::document_of;
using test::language;

constexpr std::array<std::string_view, 2> english_rights = {"access", "a copy of your data"};
constexpr std::array<std::string_view, 1> german_rights = {"Auskunft"};
constexpr std::array<std::string_view, 1> english_negations = {"not"};
constexpr std::array<WordList::Language, 2> rights = {WordList::Language{"en", english_rights},
                                                      WordList::Language{"de", german_rights}};
constexpr std::array<WordList::Language, 1> negations = {WordList::Language{"en", english_negations}};
constexpr std::array<WordList, 2> lists = {WordList{"rights", rights}, WordList{"negations", negations}};

const std::string campaign_text = R"(scruple: 1
kind: campaign
campaign: {id: spring}
assets: [{id: page, path: page.md}]
data:
  notice:
    files:
      - {path: notice.md, sections: {rights: what you may do, wrong: Nowhere, blank: ""}, says: {copy: "you get  A COPY"}}
      - {path: list.csv}
)";

// An expression on the manifest above: `doc` is the notice, `pointers` its headings, `says` its quotations.
std::string evaluate(const std::string& expression) {
  const Document campaign = document_of(campaign_text);
  MemoryFileSystem files;
  files.add(
      "/notice.md",
      "# Notice\n\nWe keep much.\n\n## 2.1 What you may do\n\nYou get a copy of your data.\n\n### How\n\nWrite.\n\n"
      "## Other\n\n**Bold line**\n\nMore of it.\n\n## Last\n\nAuskunft.\n");
  files.add("/page.md", "Write to ada@fern.example, or 4111 1111 1111 1111.\n");
  files.add("/list.csv", "ada@fern.example\n");
  evidence::Store store(files, "/");
  Manifest manifest;
  manifest.type = language()->manifest.definition("campaign_manifest");
  manifest.root = "/";
  manifest.document = &campaign;
  manifest.folder = ".";
  Context context(*language(), manifest, store, *parse_day("2026-01-05"));
  const Words words(lists);
  cel::Environment environment;
  environment.types_checked = false;
  environment.functions = &language()->functions;
  environment.variables = {{"manifest", cel::Type::dyn(), 0}, {"words", cel::Type::dyn(), 1}};
  std::string bound = expression;
  for (const auto& [name, meaning] : {std::pair("doc", "file(manifest.data.notice.files[0].path).document"),
                                      std::pair("pointers", "manifest.data.notice.files[0].?sections"),
                                      std::pair("quotations", "manifest.data.notice.files[0].?says")}) {
    bound = concat("cel.bind(", name, ", ", meaning, ", ", bound, ")");
  }
  const auto compiled = cel::compile(bound, environment);
  for (const auto& issue : compiled.issues) FAIL(expression << ": " << issue.message);
  cel::Evaluation evaluation;
  evaluation.host = &context;
  std::array<cel::Value, 2> slots{context.view().root(), words.root()};
  const cel::Value value =
      cel::evaluate(*compiled.program, {slots, nullptr, nullptr, &language()->functions}, evaluation);
  if (!value.is_error()) return context.show(value, evaluation, true);
  const cel::Error& error = value.as_error();
  constexpr std::string_view kinds[] = {"absent", "wrong type", "unavailable", "undecidable", "limit", "error"};
  return concat(kinds[static_cast<std::size_t>(error.kind)], ": ",
                error.kind == cel::ErrorKind::absence && !error.missing.empty() ? error.missing : error.message,
                error.hint.empty() ? "" : concat(" / ", error.hint));
}

struct Row {
  const char* expression;
  const char* result;
};

}  // namespace

TEST_CASE("functions of texts") {
  const Row rows[] = {
      {"text.words('one two  three')", "3"},
      {"text.has_any('Hello world', ['world'])", "true"},
      {"text.has_any('Hello world', [])", "false"},
      {"text.has_any('Hello world', ['moon', 'HELLO'])", "true"},
      {"text.has_any('Hello world', [1])", "error: phrases are texts"},
      {"text.sentences('One. Two\\n  lines!')", "[\"One.\", \"Two lines!\"]"},
      {"text.placeholders('TBD or [insert name]')", "[\"TBD\", \"[insert name]\"]"},
      {"text.kept_share('a b c d e f g h i j', 'a b c d e')", "0.5"},
      {"text.kept_share('a b c', 'a b c')", "undecidable: a text of fewer than five words cannot be compared"},
      {"text.reading_ease('The cat sat.', 'en') > 100.0", "true"},
      {"text.reading_ease('x', 'fi')",
       "undecidable: there is no measure of how easy a text in `fi` is to read / it is known for en, de, fr, es, it "
       "and "
       "nl"},
      {"text.has_phrase('No access here', words.rights, 'en')", "true"},
      {"text.has_phrase('not a copy of your data', words.rights, 'en', words.negations, 3)", "false"},
      {"text.has_phrase('access', words.rights, 'fr')",
       "undecidable: the word list `rights` has no phrases in `fr` / a pack can bring them: `words/rights.yaml`"},
      {"text.phrases('Access, or A COPY of your data; access', words.rights, 'en')",
       "[\"Access\", \"A COPY of your data\", \"access\"]"},
      {"text.phrases('not access', words.rights, 'en', words.negations, 3)", "[]"},
      {"text.passage(['', 'It is  ONLY\\ntoday.'], 'only today')", "\"ONLY\\ntoday\""},
      {"text.passage(['one', 'two'], 'three')", "\"two\""},  // the last one, for want of better
      {"text.passage([], 'one')", "undecidable: there is no text to look in"},
      {"text.passage([1], 'one')", "error: a passage stands in texts"},
      {"text.phrases('access', words.rights, 'fr')",
       "undecidable: the word list `rights` has no phrases in `fr` / a pack can bring them: `words/rights.yaml`"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(evaluate(row.expression) == row.result);
  }
}

TEST_CASE("a section is what was pointed to, else what the words of a list find") {
  const std::string hint =
      " / if it is there, point to it beside the path: `sections: {other: \"…\"}` with the heading of that section; "
      "its "
      "headings are \"Notice\", \"2.1 What you may do\", \"How\", \"Other\", \"Last\"";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"text.has_section(doc, pointers, 'rights', words.rights, 'en')", "true"},
      {"text.section(doc, pointers, 'rights', words.rights, 'en')",
       "\"You get a copy of your data.\\n\\nHow\\n\\nWrite.\""},
      {"text.has_section(doc, pointers, 'wrong', words.rights, 'en')", "false"},
      {"text.section(doc, pointers, 'wrong', words.rights, 'en')",
       "undecidable: the section that is pointed to is not in the file"},
      {"text.has_section(doc, pointers, 'blank', words.rights, 'en')", "absent: "},
      {"text.has_section(doc, optional.none(), 'rights', words.rights, 'en')", "true"},
      {"text.section(doc, optional.none(), 'rights', words.rights, 'en')", "\"You get a copy of your data.\""},
      {"text.section(doc, optional.none(), 'rights', words.rights, 'de')", "\"Auskunft.\""},
      {"text.section(doc, optional.none(), 'rights', words.rights, '')", "\"You get a copy of your data.\""},
      {"text.section(doc, optional.of({'bold': 'bold LINE'}), 'bold', words.rights, 'en')", "\"More of it.\""},
      {"text.has_section(doc, pointers, 'other', words.negations, 'en')",
       "undecidable: nothing in the file was recognised as `other`: no words such as \"not\"" + hint},
      {"text.has_section(doc, pointers, 'other', words.rights, 'fr')",
       "undecidable: nothing in the file was recognised as `other`" + hint},
  };
  for (const auto& [expression, result] : rows) {
    INFO(expression);
    CHECK(evaluate(expression).starts_with(result));
  }
}

TEST_CASE("a statement is what was quoted, else what the words of a list find") {
  const Row rows[] = {
      {"text.says(doc, quotations, 'copy', words.rights, 'en')", "true"},
      {"text.says(doc, optional.of({'copy': 'you get nothing'}), 'copy', words.rights, 'en')", "false"},
      {"text.says(doc, quotations, 'other', words.rights, 'en')", "true"},
      {"text.says(doc, quotations, 'other', words.negations, 'en')",
       "undecidable: nothing in the file was recognised as `other`: no words such as \"not\" / if it is there, point "
       "to "
       "it "
       "beside the path: `says: {other: \"…\"}` with the sentence that says it"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(evaluate(row.expression) == row.result);
  }
}

TEST_CASE("what looks like personal data is shown nowhere") {
  const Row rows[] = {
      {"text.personal_data('ada@fern.example').map(d, d.kind + ': ' + d.name)", "[\"email: an email address\"]"},
      {"text.personal_data('ada@fern.example')[0].text", "(text, not shown)"},
      {"text.mask('ada@fern.example')", "\"•••@••••.•••••••\""},
      // In a public file only the match is masked.
      {"file(manifest.assets[0].path).text", "\"Write to •••@••••.•••••••, or •••• •••• •••• ••••.\\n\""},
      {"file(manifest.assets[0].path).document.text", "\"Write to •••@••••.•••••••, or •••• •••• •••• ••••.\""},
      {"file('list.csv').text", "(text, not shown)"},
      {"text.mask(file('list.csv').text)", "(text, not shown)"},
      {"text.personal_data(file('list.csv').text)[0].kind", "(text, not shown)"},
      {"size(text.personal_data(file('list.csv').text))", "1"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(evaluate(row.expression) == row.result);
  }
}

}  // namespace scruple::policy
