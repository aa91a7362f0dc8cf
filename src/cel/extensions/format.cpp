// s.format(args)
#include "base/strings.h"
#include "cel/display.h"
#include "cel/number_text.h"
#include "cel/stdlib/library.h"
#include "cel/stdlib/text_search.h"
#include "cel/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace scruple::cel {
namespace {

constexpr int default_precision = 6;
constexpr int most_precision = 1000;

// Bytes as UTF-8, each run of invalid octets one U+FFFD.
void append_lossy(std::string& out, std::string_view octets) {
  while (!octets.empty()) {
    const std::size_t bad = find_invalid_utf8(octets);
    if (bad == std::string_view::npos) {
      out += octets;
      return;
    }
    out += octets.substr(0, bad);
    out += "\ufffd";
    octets.remove_prefix(bad + 1);
    while (!octets.empty() && find_invalid_utf8(octets.substr(0, 4)) == 0) octets.remove_prefix(1);
  }
}

class Formatter {
 public:
  Formatter(Arguments a, Evaluation& evaluation)
      : pattern_(a[0].as_text()), arguments_(a[1], evaluation), evaluation_(evaluation) {}

  Value run() {
    for (std::size_t i = 0; i < pattern_.size() && problem_.is_unset(); ++i) {
      if (pattern_[i] != '%') {
        out_ += pattern_[i];
      } else if (i + 1 < pattern_.size() && pattern_[i + 1] == '%') {
        out_ += '%';
        ++i;
      } else {
        clause(i);
      }
      if (const Value none = evaluation_.no_room_for_text(out_.size()); none.is_error()) return none;
    }
    return problem_.is_unset() ? evaluation_.string(out_) : problem_;
  }

 private:
  void fail(std::string_view message) {
    if (problem_.is_unset()) problem_ = failure(evaluation_, message);
  }

  // A clause whose `%` stands at `i`, which is moved to its letter.
  void clause(std::size_t& i) {
    std::optional<int> precision;
    ++i;
    if (i < pattern_.size() && pattern_[i] == '.') {
      const char* const begin = pattern_.data() + i + 1;
      int digits = 0;
      const auto result = std::from_chars(begin, pattern_.data() + pattern_.size(), digits);
      if (result.ec != std::errc() || *begin == '-' || digits > most_precision) {
        return fail(concat("a precision in `format` is a number from 0 to ", most_precision));
      }
      precision = digits;
      i = static_cast<std::size_t>(result.ptr - pattern_.data());
    }
    if (i >= pattern_.size()) return fail("a `%` at the end of the text of `format` has no letter");
    const char letter = pattern_[i];
    if (std::string_view("sdfexXob").find(letter) == std::string_view::npos) {
      return fail(concat("`format` knows no `%", visible(pattern_.substr(i, code_point_length(pattern_, i))), "`"));
    }
    if (next_ >= arguments_.size()) return fail("`format` has fewer arguments than `%` clauses");
    const Value argument = arguments_[next_++];
    if (argument.is_error()) {
      problem_ = argument;
      return;
    }
    switch (letter) {
      case 's': return text(out_, argument);
      case 'd': return decimal(argument);
      case 'f': return real(argument, std::chars_format::fixed, precision.value_or(default_precision), letter);
      case 'e': return real(argument, std::chars_format::scientific, precision.value_or(default_precision), letter);
      case 'o': return integral(argument, 8, letter);
      case 'b':
        if (argument.is(Kind::boolean)) {
          out_ += argument.as_boolean() ? '1' : '0';
          return;
        }
        return integral(argument, 2, letter);
      default: return hex(argument, letter);
    }
  }

  void wrong_type(const Value& argument, char letter) {
    fail(concat("`%", letter, "` does not format ", kind_name(argument)));
  }

  void decimal(const Value& argument) {
    if (argument.is_number()) return text(out_, argument);
    wrong_type(argument, 'd');
  }

  void real(const Value& argument, std::chars_format format, int precision, char letter) {
    if (!argument.is_number()) return wrong_type(argument, letter);
    double number = argument.as_real();
    if (argument.is(Kind::integer)) number = static_cast<double>(argument.as_integer());
    if (argument.is(Kind::unsigned_integer)) number = static_cast<double>(argument.as_unsigned());
    if (const std::string_view name = name_of_special(number); !name.empty()) {
      out_ += name;
      return;
    }
    std::array<char, most_precision + 400> digits;
    const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number, format, precision);
    out_.append(digits.data(), result.ptr);
  }

  void integral(const Value& argument, int base, char letter) {
    std::array<char, 72> digits;
    std::to_chars_result result{};
    if (argument.is(Kind::integer)) {
      result = std::to_chars(digits.data(), digits.data() + digits.size(), argument.as_integer(), base);
    } else if (argument.is(Kind::unsigned_integer)) {
      result = std::to_chars(digits.data(), digits.data() + digits.size(), argument.as_unsigned(), base);
    } else {
      return wrong_type(argument, letter);
    }
    std::string text(digits.data(), result.ptr);
    if (letter == 'X') {
      std::transform(text.begin(), text.end(), text.begin(),
                     [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
    }
    out_ += text;
  }

  void hex(const Value& argument, char letter) {
    if (!argument.is(Kind::string) && !argument.is(Kind::bytes)) return integral(argument, 16, letter);
    const std::string_view digits = letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    evaluation_.charge_bytes(argument.as_text().size());
    for (const char c : argument.as_text()) {
      out_ += digits[static_cast<unsigned char>(c) >> 4];
      out_ += digits[static_cast<unsigned char>(c) & 15];
    }
  }

  // %s
  void text(std::string& out, const Value& value) {
    const std::size_t more = value.is(Kind::string) || value.is(Kind::bytes) ? value.as_text().size() : 0;
    if (const Value none = evaluation_.no_room_for_text(out.size() + more); none.is_error()) {
      problem_ = none;
      return;
    }
    switch (value.kind()) {
      case Kind::null: out += "null"; break;
      case Kind::boolean: out += value.as_boolean() ? "true" : "false"; break;
      case Kind::integer: out += std::to_string(value.as_integer()); break;
      case Kind::unsigned_integer: out += std::to_string(value.as_unsigned()); break;
      case Kind::real: out += format_real_plainly(value.as_real()); break;
      case Kind::string:
        evaluation_.charge_bytes(value.as_text().size());
        out += value.as_text();
        break;
      case Kind::bytes:
        evaluation_.charge_bytes(value.as_text().size());
        append_lossy(out, value.as_text());
        break;
      case Kind::type: out += value.as_text(); break;
      case Kind::timestamp: out += format_timestamp(value.as_timestamp()); break;
      case Kind::duration: out += format_duration(value.as_duration()); break;
      case Kind::list: list(out, value); break;
      case Kind::map: map(out, value); break;
      case Kind::error: problem_ = value; break;
      default: wrong_type(value, 's');
    }
  }

  void list(std::string& out, const Value& value) {
    const Elements elements(value, evaluation_);
    out += '[';
    for (std::size_t i = 0; i < elements.size() && evaluation_.charge(1) && problem_.is_unset(); ++i) {
      if (i > 0) out += ", ";
      text(out, elements[i]);
    }
    out += ']';
  }

  // Sorted by the formatted keys.
  void map(std::string& out, const Value& value) {
    const Container& container = value.as_container();
    const std::size_t size = container.size(value.handle(), evaluation_);
    std::vector<std::pair<std::string, std::size_t>> keys;
    for (std::size_t i = 0; i < size && evaluation_.charge(1); ++i) {
      std::string key;
      text(key, container.key_at(value.handle(), i, evaluation_));
      keys.emplace_back(std::move(key), i);
    }
    std::sort(keys.begin(), keys.end());
    out += '{';
    for (std::size_t i = 0; i < keys.size() && problem_.is_unset(); ++i) {
      if (i > 0) out += ", ";
      out += keys[i].first;
      out += ": ";
      text(out, container.at(value.handle(), keys[i].second, evaluation_));
    }
    out += '}';
  }

  std::string_view pattern_;
  Elements arguments_;
  Evaluation& evaluation_;
  std::size_t next_ = 0;
  std::string out_;
  Value problem_;
};

Value format(Evaluation& evaluation, Arguments a) {
  evaluation.charge_bytes(a[0].as_text().size());
  return Formatter(a, evaluation).run();
}

}  // namespace

void register_format(FunctionRegistry& registry) {
  using namespace types;
  add_receiver(registry, "format", {string(), list(dyn())}, string(), format);
}

}  // namespace scruple::cel
