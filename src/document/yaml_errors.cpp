#include "document/yaml_errors.h"

#include "base/strings.h"
#include "document/yaml_characters.h"

#include <algorithm>

namespace scruple {
namespace {

using namespace yaml;

constexpr std::string_view quote_hint = "If it is part of the text, put the whole text in quotes.";

Span one(std::string_view text, std::size_t at) {
  const auto begin = static_cast<std::uint32_t>(std::min(at, text.size()));
  return {begin, static_cast<std::uint32_t>(std::min(at + 1, text.size()))};
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t found = text.rfind('\n', std::min(at, text.size()) - 1);
  return found == std::string_view::npos ? 0 : found + 1;
}

std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

}  // namespace

SyntaxError unsupported_tag(Span span, std::string_view tag) {
  return {span, concat("`", shorten(visible(tag), 40), "` is an unsupported tag: text that begins with `!` names a type in YAML."),
          "If the `!` is part of the text, put the whole text in quotes."};
}

SyntaxError explain_unexpected(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return {one(text, at), "The file ends before this value is complete.", ""};
  return {one(text, at), concat("This `", visible(text.substr(at, 1)), "` is out of place."), ""};
}

SyntaxError explain_yaml(std::string_view text, std::string_view message, std::uint32_t at, std::uint32_t read, Span opened) {
  const std::size_t line = line_begin(text, at);
  (void)read;
  (void)opened;
  (void)line_at(text, line);
  (void)quote_hint;
  return {one(text, at), concat("This is not valid YAML: ", message, "."), ""};
}

}  // namespace scruple
