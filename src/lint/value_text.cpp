#include "lint/value_text.h"

#include "base/strings.h"
#include "evidence/text.h"
#include "policy/marks.h"

#include <string_view>
#include <vector>

namespace scruple::linting {

namespace {

using cel::Kind;
using cel::Value;

constexpr std::size_t longest_value = 64;
constexpr std::size_t shown_of_long_text = 40;
constexpr std::size_t most_items = 4;
constexpr int deepest = 4;

// White space folded, and no more of it than shows which text it is.
std::string text_of_string(std::string_view text) {
  std::string folded;
  for (const char c : text.substr(0, 4 * longest_value)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      folded += c;
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  if (text.size() <= 4 * longest_value && count_code_points(folded) <= longest_value) return concat('"', folded, '"');
  const std::size_t words = evidence::count_words(text);
  if (words < 2) return concat('"', shorten(folded, longest_value), '"');
  return concat('"', shorten(folded, shown_of_long_text), "\" (", plural(words, "word"), ")");
}

class Writer {
 public:
  Writer(const policy::Context& context, cel::Evaluation& evaluation) : context_(context), evaluation_(evaluation) {}

  std::string write(const Value& given, int depth) {
    const bool holds = given.is(Kind::optional) && given.as_optional() != nullptr;
    const Value value = holds ? given.as_optional()->adding_marks(given.marks()) : given;
    if ((value.marks() & policy::mark_sensitive) != 0) return context_.show(value, evaluation_, true);
    switch (value.kind()) {
      case Kind::string: return text_of_string(policy::shown_text(value));
      case Kind::list: return depth > deepest ? "[…]" : list(value, depth);
      case Kind::map: return value.origin() != 0 ? place_of(value) : map(value);
      case Kind::opaque: return opaque(value);
      default: return shorten(context_.show(value, evaluation_, true), longest_value);
    }
  }

 private:
  std::string place_of(const Value& value) const {
    const std::string place = context_.where(value.origin()).place;
    if (place.empty()) return "the manifest";
    // Which file it stands in is told by the location, where there is one.
    const std::size_t inside = place.find_first_of("!:");
    const bool in_other_file =
        inside != std::string::npos && (place[inside] == '!' || place.starts_with("organization:"));
    return in_other_file ? place.substr(inside + 1) : place;
  }

  std::string list(const Value& list, int depth) {
    const cel::Container& container = list.as_container();
    const std::size_t size = container.size(list.handle(), evaluation_);
    if (size == 0) return "empty";
    // What an expression put together has no name.
    const Value first = container.at(list.handle(), 0, evaluation_);
    if (first.origin() == 0 && (first.is(Kind::map) || first.is(Kind::list))) return plural(size, "item");
    std::vector<std::string> items;
    std::size_t length = 0;
    for (std::size_t i = 0; i < size && items.size() < most_items && length < longest_value; ++i) {
      items.push_back(write(container.at(list.handle(), i, evaluation_).adding_marks(list.marks()), depth + 1));
      length += items.back().size();
    }
    const std::size_t more = size - items.size();
    return concat('[', join(items, ", "), ']', more > 0 ? concat(" and ", more, " more") : "");
  }

  // A map that was made by an expression. Its keys can be what must not be shown.
  std::string map(const Value& map) {
    return concat("a map of ", plural(map.as_container().size(map.handle(), evaluation_), "entry", "entries"));
  }

  std::string opaque(const Value& value) const {
    const std::string_view type = value.as_container().type_name(value.handle());
    if (type == "evidence") return concat("the file ", context_.show(value, evaluation_, true));
    return shorten(context_.show(value, evaluation_, true), longest_value);
  }

  const policy::Context& context_;
  cel::Evaluation& evaluation_;
};

}  // namespace

std::string value_text(const Value& value, const policy::Context& context, cel::Evaluation& evaluation) {
  return Writer(context, evaluation).write(value, 0);
}

}  // namespace scruple::linting
