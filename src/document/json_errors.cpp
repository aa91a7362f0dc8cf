#include "document/json_errors.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>

namespace scruple {
namespace {

using Expects = JsonState::Expects;

bool is_word_part(char c) { return is_letter_or_digit(c) || c == '_' || c == '$' || is_beyond_ascii(c); }

class Explainer {
 public:
  Explainer(std::string_view text, const JsonState& state) : text_(text), state_(state) {}

  JsonProblem explain() const {
    const std::size_t at = skip(state_.at);
    const char c = peek(at);
    switch (state_.expects) {
      case Expects::value: return bad_value(at);
      case Expects::first_item: return bad_value(at);
      case Expects::first_key: return bad_key(at);
      case Expects::colon:
        if (c != ':')
          return at_end(at) ? unfinished(at)
                            : problem(at, "A `:` is missing after this key.", "Write `\"key\": value`.");
        return bad_value(skip(at + 1));
      case Expects::next_item:
      case Expects::next_key: {
        const bool list = state_.expects == Expects::next_item;
        if (c == ',') {
          const std::size_t next = skip(at + 1);
          if (peek(next) == ']' || peek(next) == '}') {
            return problem(at, "JSON allows no comma before the closing bracket.", "Delete the comma.");
          }
          return list ? bad_value(next) : bad_key(next);
        }
        if (at_end(at)) return unfinished(at);
        if (c == ']' || c == '}') return wrong_bracket(at);
        if (is_comment(at)) return comment(at);
        if (at == state_.at && (is_word_part(c) || c == '.' || c == '-' || c == '+')) return bad_number(word_begin(at));
        if (c == ':')
          return problem(at, "This `:` is out of place.", list ? "A list in `[…]` has no keys; use `{…}`." : "");
        return problem(at, "A comma is missing before this.", "Separate entries with `,`.");
      }
      case Expects::nothing: break;
    }
    if (is_comment(at)) return comment(at);
    return problem(at, "There is something after the end of the JSON value.",
                   "Delete it, or put all values into one list `[…]`.");
  }

 private:
  JsonProblem problem(std::size_t at, std::string message, std::string hint = {}, std::size_t length = 1) const {
    const std::size_t end = std::min(text_.size(), at + length);
    return {{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(std::max(at, end))},
            std::move(message),
            std::move(hint)};
  }

  std::size_t skip(std::size_t at) const { return std::min(text_.find_first_not_of(" \t\r\n", at), text_.size()); }
  char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  bool at_end(std::size_t at) const { return at >= text_.size(); }
  bool is_comment(std::size_t at) const {
    return peek(at) == '#' || (peek(at) == '/' && (peek(at + 1) == '/' || peek(at + 1) == '*'));
  }
  JsonProblem comment(std::size_t at) const {
    return problem(at, "JSON has no comments.", "Delete it, or keep the manifest as YAML, which has comments.");
  }

  JsonProblem unfinished(std::size_t at) const {
    if (state_.expects == Expects::value && state_.opened.end == 0)
      return problem(at, "This file holds no JSON value.");
    return problem(
        state_.opened.begin,
        concat("This `", text_.substr(state_.opened.begin, 1), "` is never closed; the file ends before that."),
        concat("Add the missing `", text_[state_.opened.begin] == '[' ? ']' : '}', "`."));
  }

  JsonProblem wrong_bracket(std::size_t at) const {
    return problem(at, concat("This `", peek(at), "` does not close the `", text_.substr(state_.opened.begin, 1),
                              "` that is open."));
  }

  std::size_t word_length(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && is_word_part(text_[end])) ++end;
    return end - at;
  }

  // A number is read as far as it is one; what is stuck to it belongs to it.
  std::size_t word_begin(std::size_t at) const {
    while (at > 0 &&
           (is_word_part(text_[at - 1]) || text_[at - 1] == '.' || text_[at - 1] == '-' || text_[at - 1] == '+'))
      --at;
    return at;
  }

  JsonProblem bad_key(std::size_t at) const {
    const char c = peek(at);
    if (at_end(at)) return unfinished(at);
    if (c == '"') return bad_string(at);
    if (is_comment(at)) return comment(at);
    if (c == ',') return problem(at, "There is a comma too many here.", "Delete it.");
    if (c == ':') return problem(at, "The key before this `:` is missing.");
    if (c == ']' || c == '}') return wrong_bracket(at);
    return problem(at, "A key must stand in double quotes in JSON.", "Write `\"key\": value`.",
                   std::max<std::size_t>(1, word_length(at)));
  }

  JsonProblem bad_value(std::size_t at) const {
    const char c = peek(at);
    if (at_end(at)) return unfinished(at);
    if (c == '"') return bad_string(at);
    if (is_comment(at)) return comment(at);
    if (c == '\'') return problem(at, "JSON knows only double quotes.", "Write `\"…\"`.");
    if (c == ',') return problem(at, "A value is missing before this comma.");
    if (c == ':') return problem(at, "This `:` is out of place.");
    if (c == ']' || c == '}') {
      const bool own = state_.opened.end != 0 && (text_[state_.opened.begin] == '[') == (c == ']');
      return own || state_.opened.end == 0 ? problem(at, concat("A value is missing before this `", c, "`."))
                                           : wrong_bracket(at);
    }
    if (is_digit(c) || c == '-' || c == '+' || c == '.') return bad_number(at);
    const std::size_t length = std::max<std::size_t>(1, word_length(at));
    const std::string lower = to_lower_ascii(text_.substr(at, length));
    if (lower == "true" || lower == "false" || lower == "null") {
      return problem(at, concat("JSON writes this as `", lower, "`, in small letters."), "", length);
    }
    if (lower == "none" || lower == "undefined")
      return problem(at, "JSON writes an empty value as `null`.", "", length);
    if (lower == "nan" || lower == "infinity")
      return problem(at, "JSON has no such number.", "Leave the value out, or write `null`.", length);
    return problem(at, "This is no JSON value.", "Text must stand in double quotes: `\"…\"`.", length);
  }

  JsonProblem bad_number(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() &&
           (is_word_part(text_[end]) || text_[end] == '.' || text_[end] == '-' || text_[end] == '+'))
      ++end;
    const std::size_t digits = peek(at) == '-' ? at + 1 : at;
    std::string hint = "Write it like `12`, `-0.5` or `1e6`, or put it in quotes if it is text.";
    if (peek(digits) == '0' && is_digit(peek(digits + 1)))
      hint = "Delete the zeros in front, or put it in quotes if it is text.";
    if (peek(at) == '+') hint = "Delete the `+`.";
    return problem(at, concat("`", shorten(visible(text_.substr(at, end - at)), 40), "` is no number that JSON knows."),
                   hint, end - at);
  }

  std::size_t hex_digits(std::size_t at) const {
    at = std::min(at, text_.size());
    return std::min(text_.find_first_not_of("0123456789abcdefABCDEF", at), text_.size()) - at;
  }

  JsonProblem bad_string(std::size_t begin) const {
    for (std::size_t at = begin + 1; at < text_.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte == '"') break;
      if (byte == '\n' || byte == '\r') {
        return problem(begin, "This text is not closed with a quote on its line.",
                       "Add the closing `\"`; write a line break within text as `\\n`.", at - begin);
      }
      if (byte < 0x20) {
        return problem(
            at,
            byte == '\t' ? "A tab may not stand in a JSON text." : "A control character may not stand in a JSON text.",
            byte == '\t' ? "Write it as `\\t`." : "Delete it.");
      }
      if (byte != '\\') continue;
      const char escape = peek(at + 1);
      if (escape == 'u') {
        const std::size_t digits = hex_digits(at + 2);
        if (digits < 4) return problem(at, "`\\u` must be followed by four hexadecimal digits.", "", 2 + digits);
        const char high = static_cast<char>(peek(at + 2) | 0x20);
        const char low = static_cast<char>(peek(at + 3) | 0x20);
        const bool surrogate = high == 'd' && (low >= '8' || (low >= 'a' && low <= 'f'));
        if (!surrogate) {
          at += 5;
          continue;
        }
        const char next = static_cast<char>(peek(at + 9) | 0x20);
        const bool pair = (low == '8' || low == '9' || low == 'a' || low == 'b') && peek(at + 6) == '\\' &&
                          peek(at + 7) == 'u' && static_cast<char>(peek(at + 8) | 0x20) == 'd' && next >= 'c' &&
                          next <= 'f' && hex_digits(at + 8) >= 4;
        if (!pair) {
          return problem(at, "This is one half of a character; its other half is missing.",
                         "Write the character itself, or both `\\u` escapes.", 6);
        }
        at += 11;
      } else if (at_end(at + 1)) {
        break;
      } else if (std::string_view("\"\\/bfnrt").find(escape) == std::string_view::npos) {
        const bool printable = escape > ' ' && escape < '\x7F';
        return problem(at,
                       printable ? concat("JSON knows no `\\", escape, "`.")
                                 : "JSON does not know what this backslash stands for.",
                       "Write a backslash within text as `\\\\`.", 2);
      } else {
        ++at;
      }
    }
    return problem(begin, "This text is not closed with a quote.", "Add the closing `\"`.", text_.size() - begin);
  }

  std::string_view text_;
  const JsonState& state_;
};

}  // namespace

JsonProblem explain_json(std::string_view text, const JsonState& state) { return Explainer(text, state).explain(); }

}  // namespace scruple
