#include "cel/display.h"

#include "base/strings.h"
#include "cel/number_text.h"
#include "cel/time_text.h"

#include <array>

namespace scruple::cel {
namespace {

class Display {
 public:
  Display(Evaluation& evaluation, std::size_t limit) : evaluation_(evaluation), limit_(limit) {}

  void add(const Value& value) {
    switch (value.kind()) {
      case Kind::unset: text_ += "nothing"; break;
      case Kind::error: text_ += concat("error: ", visible(shorten(value.as_error().message, room()))); break;
      case Kind::null: text_ += "null"; break;
      case Kind::boolean: text_ += value.as_boolean() ? "true" : "false"; break;
      case Kind::integer: text_ += std::to_string(value.as_integer()); break;
      case Kind::unsigned_integer: text_ += concat(value.as_unsigned(), 'u'); break;
      case Kind::real: add_real(value.as_real()); break;
      case Kind::string: add_quoted(value.as_text()); break;
      case Kind::bytes: add_bytes(value.as_text()); break;
      case Kind::list: add_list(value); break;
      case Kind::map: add_map(value); break;
      case Kind::timestamp: add_timestamp(value.as_timestamp()); break;
      case Kind::duration: text_ += concat("duration(\"", format_duration(value.as_duration()), "\")"); break;
      case Kind::type: text_ += value.as_text(); break;
      case Kind::optional: add_optional(value.as_optional()); break;
      case Kind::opaque: text_ += value.as_container().type_name(value.handle()); break;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  bool full() const { return text_.size() >= limit_; }
  std::size_t room() const { return full() ? 0 : limit_ - text_.size(); }

  void add_real(double number) {
    const std::string digits = format_real(number);
    text_ += digits;
    // `1` would be an int.
    if (digits.find_first_not_of("-0123456789") == std::string::npos) text_ += ".0";
  }

  void add_quoted(std::string_view text) {
    text_ += '"';
    for (const char c : visible(shorten(text, std::max<std::size_t>(room(), 1)))) {
      if (c == '"') text_ += '\\';
      text_ += c;
    }
    text_ += '"';
  }

  void add_bytes(std::string_view octets) {
    static constexpr std::string_view digits = "0123456789abcdef";
    text_ += "b\"";
    for (const char c : octets) {
      if (full()) {
        text_ += "…";
        break;
      }
      const auto octet = static_cast<unsigned char>(c);
      if (octet >= 0x20 && octet < 0x7f && c != '"' && c != '\\') {
        text_ += c;
      } else {
        text_ += "\\x";
        text_ += digits[octet >> 4];
        text_ += digits[octet & 15];
      }
    }
    text_ += '"';
  }

  void add_list(const Value& list) {
    const Container& container = list.as_container();
    const std::size_t size = container.size(list.handle(), evaluation_);
    text_ += '[';
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) text_ += ", ";
      if (full()) {
        text_ += "…";
        break;
      }
      add(container.at(list.handle(), i, evaluation_));
    }
    text_ += ']';
  }

  void add_map(const Value& map) {
    const Container& container = map.as_container();
    const std::size_t size = container.size(map.handle(), evaluation_);
    text_ += '{';
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) text_ += ", ";
      if (full()) {
        text_ += "…";
        break;
      }
      add(container.key_at(map.handle(), i, evaluation_));
      text_ += ": ";
      add(container.at(map.handle(), i, evaluation_));
    }
    text_ += '}';
  }

  void add_timestamp(Timestamp time) {
    const std::string written = format_timestamp(time);
    constexpr std::string_view midnight = "T00:00:00Z";
    if (written.ends_with(midnight)) {
      text_ += std::string_view(written).substr(0, written.size() - midnight.size());
    } else {
      text_ += concat("timestamp(\"", written, "\")");
    }
  }

  void add_optional(const Value* value) {
    if (value == nullptr) {
      text_ += "optional.none()";
      return;
    }
    text_ += "optional.of(";
    add(*value);
    text_ += ')';
  }

  Evaluation& evaluation_;
  std::size_t limit_;
  std::string text_;
};

}  // namespace

std::string_view kind_name(const Value& value) {
  switch (value.kind()) {
    case Kind::unset: return "nothing";
    case Kind::error: return "an error";
    case Kind::null: return "null";
    case Kind::boolean: return "true or false";
    case Kind::integer: return "a whole number";
    case Kind::unsigned_integer: return "an unsigned number";
    case Kind::real: return "a number";
    case Kind::string: return "text";
    case Kind::bytes: return "bytes";
    case Kind::list: return "a list";
    case Kind::map: return "a map";
    case Kind::timestamp: return "a date";
    case Kind::duration: return "a span of time";
    case Kind::type: return "a type";
    case Kind::optional: return "an optional value";
    case Kind::opaque: return value.as_container().type_name(value.handle());
  }
  return {};
}

std::string to_display(const Value& value, Evaluation& evaluation, std::size_t limit) {
  Display display(evaluation, limit);
  display.add(value);
  return display.take();
}

Value type_of(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return Value::type("null_type");
    case Kind::boolean: return Value::type("bool");
    case Kind::integer: return Value::type("int");
    case Kind::unsigned_integer: return Value::type("uint");
    case Kind::real: return Value::type("double");
    case Kind::string: return Value::type("string");
    case Kind::bytes: return Value::type("bytes");
    case Kind::list: return Value::type("list");
    case Kind::map: return Value::type("map");
    case Kind::timestamp: return Value::type("google.protobuf.Timestamp");
    case Kind::duration: return Value::type("google.protobuf.Duration");
    case Kind::type: return Value::type("type");
    case Kind::optional: return Value::type("optional_type");
    case Kind::opaque: return Value::type(value.as_container().type_name(value.handle()));
    case Kind::unset:
    case Kind::error: break;
  }
  return value;
}

}  // namespace scruple::cel
