#include "authoring/answers.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "schema/format.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace scruple::authoring {

namespace {

constexpr std::size_t longest_shown = 60;
constexpr std::size_t longest_id = 40;

// Without accents, in lower case.
std::string folded(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                      UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  if (length < 0) return to_lower_ascii(text);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

}  // namespace

std::optional<std::string> answer_problem(const schema::Schema& schema, std::string_view field, std::string_view word) {
  const auto* list = schema.property(schema.definition("campaign"), field);
  if (list == nullptr) return std::nullopt;
  const schema::TypeId item = schema.type(list->type).items;
  const std::string one(field.substr(0, field.size() - 1));
  const std::string said = concat("`", visible(shorten(word, longest_shown)), "` is no ", one);
  if (const auto values = schema.values(item); !values.empty()) {
    for (const std::string_view value : values) {
      if (value == word) return std::nullopt;
    }
    if (std::string hint = did_you_mean(word, values); !hint.empty()) return concat(said, "; ", hint);
    std::string all;
    for (const std::string_view value : values) all += concat(all.empty() ? "" : ", ", value);
    return concat(said, "; there are ", all);
  }
  const auto problem = schema::check_format(schema.type(item).format, word);
  if (!problem) return std::nullopt;
  return problem->replacement.empty() ? concat(said, "; ", problem->advice)
                                      : concat(said, " code; did you mean `", problem->replacement, "`?");
}

std::string id_from(std::string_view text, std::string_view otherwise) {
  std::string id;
  bool has_letter = false;
  for (const char c : folded(text)) {
    const bool letter = is_lower(c);
    has_letter = has_letter || letter;
    if (letter || is_digit(c)) {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
    if (id.size() == longest_id) break;
  }
  while (id.ends_with('-')) id.pop_back();
  return has_letter ? id : std::string(otherwise);
}

}  // namespace scruple::authoring
