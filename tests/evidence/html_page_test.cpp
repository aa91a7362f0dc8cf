#include "evidence/html_page.h"

#include "catch.h"
#include "facts.h"

#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

std::string folded(std::initializer_list<std::pair<std::string_view, TextBreak>> pieces) {
  TextFolder folder;
  for (const auto& [text, before] : pieces) folder.add(text, before);
  return folder.take();
}

HtmlPage page_of(std::string text) {
  auto parsed = parse_html(source_of(std::move(text)), {});
  auto styles = compute_styles(std::get<HtmlTree>(parsed));
  return HtmlPage(std::get<HtmlTree>(std::move(parsed)), *std::move(styles));
}

// The label of the last control.
std::string label(std::string text) {
  const HtmlPage page = page_of(std::move(text));
  for (HtmlNodeId id = page.tree().size(); id-- > 0;) {
    if (page.is_control(id)) {
      const std::string name = page.name_of(id).text;
      return name.empty() ? page.hint_for(id).text : name;
    }
  }
  return "(no control)";
}

}  // namespace

TEST_CASE("White space folds across pieces") {
  using enum TextBreak;
  CHECK(folded({{"  a \n b ", none}, {" c", none}}) == "a b c");
  CHECK(folded({{"a", none}, {"b", none}}) == "ab");
  CHECK(folded({{"a\xC2\xA0", none}, {"b", none}}) == "a b");
  CHECK(folded({{"a", none}, {"b", line}}) == "a\nb");
  CHECK(folded({{"a", none}, {" ", block}, {"b", line}}) == "a\n\nb");
  CHECK(folded({{" ", block}, {"a", block}, {" ", block}}) == "a");
}

TEST_CASE("What labels a control") {
  struct Row {
    std::string text;
    std::string label;
  };
  const Row rows[] = {
      {"<label for=a>Name</label> <input id=a title=t>", "Name"},
      {"<label>Name <input title=t></label>", "Name"},
      {"<label><input type=checkbox> I <b>agree</b></label>", "I agree"},
      {"<p id=p>One</p><p id=q>Two</p><input aria-labelledby='q  p none'>", "Two One"},
      {"<input aria-label=' Say  it '>", "Say it"},
      {"<input title=Tip placeholder=Hint>", "Tip"},
      {"<input placeholder=Hint>", "Hint"},
      {"<label for=a style='display:none'>Hidden</label><input id=a>", "Hidden"},
      {"<label for=a></label><input id=a title=Tip>", "Tip"},
      {"<button>Go <i>now</i></button>", "Go now"},
      {"<button aria-label=Close>x</button>", "Close"},
      {"<input type=submit value=Send>", "Send"},
      {"<input type=image alt=Search>", "Search"},
      {"<div role=checkbox aria-checked=true>Agree</div>", "Agree"},
      {"<span role=switch aria-checked=true></span> Agree", "Agree"},
      {"<p>Before <input type=checkbox> after</p>", "after"},
      {"<p>Before <input type=checkbox></p>", "Before"},
      {"<p>Before <input> after</p>", "Before"},
      {"<p>A <input type=radio> B <input type=radio> C</p>", "C"},
      {"<table><tr><td>Row<td><input type=checkbox><td>Cell</table>", "Cell"},
      {"<table><tr><td>Mail<td><input></table>", "Mail"},
      {"<p>Far</p><p><input type=checkbox></p>", ""},
      {"<form><div>Head</div><div><input type=checkbox></div><div>Next</div><div>More</div></form>", "Next"},
      {"<select><option>One</select>", ""},
      {"<label>Land <select><option>One</select></label>", "Land"},
      {"<input type=hidden value=x>", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(label(row.text) == row.label);
  }
}

TEST_CASE("To which form a control belongs") {
  struct Row {
    std::string text;
    std::optional<std::size_t> form;
  };
  const Row rows[] = {
      {"<form></form><form><p><input></form>", 1},
      {"<form></form><input>", std::nullopt},
      {"<input>", std::nullopt},
      {"<form id=f></form><form></form><input form=f>", 0},
      {"<form><input form=none></form>", std::nullopt},
      {"<p id=f></p><form><input form=f></form>", std::nullopt},
      // The parser closes a form between table rows at once; its fields follow.
      {"<table><form><tr><td><input></td></tr></form></table>", 0},
      {"<table><form><tr><td>a</td></tr></form><form><tr><td><input></td></tr></form></table>", 1},
      {"<table><form><tr><td>a</td></tr></form></table><input>", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const HtmlPage page = page_of(row.text);
    for (HtmlNodeId id = 0; id < page.tree().size(); ++id) {
      if (page.is_control(id)) CHECK(page.form_of(id) == row.form);
    }
  }
}
