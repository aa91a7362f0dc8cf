// cel_conformance [--types] FILE.jsonl…
//
// Runs conformance cases, one JSON object a line, and prints one line for each that fails and a last one with the
// counts. 0: none failed; 1: one did; 2: wrong usage or a file that holds no cases.
#include "base/strings.h"
#include "cel/cel.h"
#include "cel/time_text.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <deque>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using nlohmann::json;
using scruple::concat;
using namespace scruple::cel;

struct MalformedCase : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string decode_base64(const std::string& text) {
  static const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string::npos) throw MalformedCase("bytes are not base64");
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 0xff);
    }
  }
  return out;
}

std::string encode_base64(std::string_view octets) {
  static const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8 | (i + j < octets.size() ? static_cast<unsigned char>(octets[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) out += i + j <= octets.size() ? alphabet[bits >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

// A typed value of a case as a value of the language. Its texts live in the evaluation.
Value to_value(const json& typed, Evaluation& evaluation) {
  if (!typed.is_object() || typed.size() != 1) throw MalformedCase("a typed value has exactly one key");
  const std::string& kind = typed.begin().key();
  const json& content = typed.begin().value();
  if (kind == "null") return Value::null();
  if (kind == "bool") return Value::boolean(content.get<bool>());
  if (kind == "int") return Value::integer(std::stoll(content.get<std::string>()));
  if (kind == "uint") return Value::unsigned_integer(std::stoull(content.get<std::string>()));
  if (kind == "double") {
    if (content.is_number()) return Value::real(content.get<double>());
    const std::string name = content.get<std::string>();
    if (name == "NaN") return Value::real(std::nan(""));
    return Value::real(name.front() == '-' ? -HUGE_VAL : HUGE_VAL);
  }
  if (kind == "string") return evaluation.string(content.get<std::string>());
  if (kind == "bytes") return evaluation.bytes(decode_base64(content.get<std::string>()));
  if (kind == "type") return Value::type(evaluation.copy(content.get<std::string>()));
  if (kind == "timestamp") {
    const auto time = parse_timestamp(content.get<std::string>());
    if (!time) throw MalformedCase("a timestamp is malformed");
    return Value::timestamp(*time);
  }
  if (kind == "duration") {
    const auto nanos = parse_duration(content.get<std::string>());
    if (!nanos) throw MalformedCase("a duration is malformed");
    return Value::duration(*nanos);
  }
  std::vector<Value> values;
  if (kind == "list") {
    for (const json& element : content) values.push_back(to_value(element, evaluation));
    return evaluation.list(values);
  }
  if (kind == "map") {
    for (const json& entry : content) {
      values.push_back(to_value(entry.at(0), evaluation));
      values.push_back(to_value(entry.at(1), evaluation));
    }
    return evaluation.map(values);
  }
  throw MalformedCase("a typed value has the unknown key " + kind);
}

json to_json(const Value& value, Evaluation& evaluation) {
  switch (value.kind()) {
    case Kind::null: return {{"null", nullptr}};
    case Kind::boolean: return {{"bool", value.as_boolean()}};
    case Kind::integer: return {{"int", std::to_string(value.as_integer())}};
    case Kind::unsigned_integer: return {{"uint", std::to_string(value.as_unsigned())}};
    case Kind::real:
      if (std::isnan(value.as_real())) return {{"double", "NaN"}};
      if (std::isinf(value.as_real())) return {{"double", value.as_real() > 0 ? "Infinity" : "-Infinity"}};
      return {{"double", value.as_real()}};
    case Kind::string: return {{"string", std::string(value.as_text())}};
    case Kind::bytes: return {{"bytes", encode_base64(value.as_text())}};
    case Kind::type: return {{"type", std::string(value.as_text())}};
    case Kind::timestamp: return {{"timestamp", format_timestamp(value.as_timestamp())}};
    case Kind::duration: return {{"duration", format_duration(value.as_duration())}};
    case Kind::list:
    case Kind::map: {
      json children = json::array();
      const Container& container = value.as_container();
      for (std::size_t i = 0; i < container.size(value.handle(), evaluation); ++i) {
        json child = to_json(container.at(value.handle(), i, evaluation), evaluation);
        if (value.is(Kind::list)) {
          children.push_back(std::move(child));
        } else {
          children.push_back({to_json(container.key_at(value.handle(), i, evaluation), evaluation), std::move(child)});
        }
      }
      return {{value.is(Kind::list) ? "list" : "map", std::move(children)}};
    }
    default: return {{"other", to_display(value, evaluation)}};
  }
}

// The runner's equality, not the language's: kinds are distinct, NaN equals NaN.
bool same(const Value& a, const Value& b, Evaluation& evaluation) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::real: return a.as_real() == b.as_real() || (std::isnan(a.as_real()) && std::isnan(b.as_real()));
    case Kind::list:
    case Kind::map: break;
    default: return equal(a, b, evaluation);
  }
  const Container& left = a.as_container();
  const Container& right = b.as_container();
  const std::size_t size = left.size(a.handle(), evaluation);
  if (size != right.size(b.handle(), evaluation)) return false;
  for (std::size_t i = 0; i < size; ++i) {
    const Value value = left.at(a.handle(), i, evaluation);
    if (a.is(Kind::list)) {
      if (!same(value, right.at(b.handle(), i, evaluation), evaluation)) return false;
      continue;
    }
    bool found = false;
    for (std::size_t j = 0; j < size && !found; ++j) {
      found = same(left.key_at(a.handle(), i, evaluation), right.key_at(b.handle(), j, evaluation), evaluation) &&
              same(value, right.at(b.handle(), j, evaluation), evaluation);
    }
    if (!found) return false;
  }
  return true;
}

std::string one_line(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

struct Result {
  std::string text;
  bool passed = false;
};

// "map(string, <T>)" as a type.
class TypeText {
 public:
  explicit TypeText(std::string_view text) : text_(text) {}

  Type read() {
    if (text_.starts_with('<')) {
      const std::string name(text_.substr(1, text_.find('>') - 1));
      text_.remove_prefix(name.size() + 2);
      return Type::parameter(name);
    }
    const std::string name(text_.substr(0, text_.find_first_of("(,)")));
    text_.remove_prefix(name.size());
    std::vector<Type> arguments;
    if (text_.starts_with('(')) {
      do {
        text_.remove_prefix(text_.starts_with(", ") ? 2 : 1);
        arguments.push_back(read());
      } while (text_.starts_with(','));
      text_.remove_prefix(1);
    }
    using Tag = Type::Tag;
    static const std::map<std::string, Tag> simple = {
        {"bool", Tag::boolean},   {"int", Tag::integer},         {"uint", Tag::unsigned_integer},
        {"double", Tag::real},    {"string", Tag::string},       {"bytes", Tag::bytes},
        {"null_type", Tag::null}, {"timestamp", Tag::timestamp}, {"duration", Tag::duration}};
    if (const auto found = simple.find(name); found != simple.end()) return Type::of(found->second);
    if (name == "list") return Type::list(arguments.at(0));
    if (name == "map") return Type::map(arguments.at(0), arguments.at(1));
    if (name == "optional_type") return Type::optional(arguments.at(0));
    if (name == "type") return Type::type_of(arguments.at(0));
    return name == "dyn" || name == "any" || name == "wrapper" ? Type::dyn() : Type::record(name);
  }

 private:
  std::string_view text_;
};

std::uint32_t declare(std::string name, Type type, Environment& environment, std::vector<Value>& slots) {
  const auto slot = static_cast<std::uint32_t>(slots.size());
  environment.variables.push_back({std::move(name), std::move(type), slot});
  slots.emplace_back();
  return slot;
}

// What a case declares: variables, and functions that exist for the checker only.
void declare_all(const json& declared, Environment& environment, std::vector<Value>& slots,
                 FunctionRegistry& functions) {
  for (const auto& [name, what] : declared.items()) {
    if (what.is_string()) {
      declare(name, TypeText(what.get<std::string>()).read(), environment, slots);
      continue;
    }
    for (const json& overload : what.at("overloads")) {
      FunctionRow row;
      row.name = name;
      row.style = overload.value("instance", false) ? Style::receiver : Style::global;
      for (const json& parameter : overload.at("params")) {
        row.parameters.push_back(TypeText(parameter.get<std::string>()).read());
      }
      row.result = TypeText(overload.at("result").get<std::string>()).read();
      functions.add(std::move(row));
    }
  }
}

Result run_case(const json& test, const FunctionRegistry& standard, bool with_types) {
  Evaluation evaluation;
  FunctionRegistry functions = standard;
  Environment environment;
  environment.functions = &functions;
  environment.names_checked = environment.types_checked = !test.value("disable_check", false);
  environment.container = test.value("container", "");
  std::vector<Value> slots;
  const json nothing = json::object();
  const json& declared = test.contains("type_env") ? test["type_env"] : nothing;
  declare_all(declared, environment, slots, functions);
  if (test.contains("bindings")) {
    for (const auto& [name, value] : test["bindings"].items()) {
      const auto known = std::ranges::find(environment.variables, name, &Variable::name);
      const std::uint32_t slot =
          known != environment.variables.end() ? known->slot : declare(name, Type::dyn(), environment, slots);
      slots[slot] = to_value(value, evaluation);
    }
  }
  const json& expected = test.at("expect");
  const Compiled compiled = compile(test.at("expr").get<std::string>(), environment);
  if (!compiled.program) return {"error: " + compiled.issues.front().message, expected.contains("error")};
  const bool check_only = test.value("check_only", false);
  if (expected.contains("type") && (with_types || check_only) && !compiled.types.empty()) {
    const std::string found = to_string(compiled.types[compiled.program->root()]);
    if (found != expected["type"].get<std::string>()) return {"type " + found, false};
    if (check_only) return {found, true};
  }
  Frame frame;
  frame.slots = slots;
  frame.functions = &functions;
  const Value result = evaluate(*compiled.program, frame, evaluation);
  if (result.is_error()) return {concat("error: ", result.as_error().message), !expected.contains("value")};
  const std::string text = to_json(result, evaluation).dump(-1, ' ', false, json::error_handler_t::replace);
  if (!expected.contains("value")) return {text, false};
  return {text, same(result, to_value(expected["value"], evaluation), evaluation)};
}

struct Counts {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

void run_one(const json& test, const FunctionRegistry& functions, bool with_types, Counts& counts) {
  Result result;
  try {
    result = run_case(test, functions, with_types);
  } catch (const std::exception& problem) {
    result = {concat("error: ", problem.what()), test.at("expect").contains("error")};
  }
  if (result.passed) {
    ++counts.passed;
    return;
  }
  ++counts.failed;
  const json& expected = test.at("expect");
  const std::string type = expected.contains("type") ? "type " + expected["type"].get<std::string>() : std::string();
  const std::string want = expected.contains("value")  ? expected["value"].dump() + ' ' + type
                           : expected.contains("type") ? type
                                                       : "error: " + expected.value("message", std::string());
  std::cout << "FAIL " << one_line(test.at("file")) << '/' << one_line(test.at("section")) << '/'
            << one_line(test.at("name")) << ": " << one_line(test.at("expr")) << " => " << one_line(result.text) << " ("
            << one_line(want) << ")\n";
}

// Checks that a line is a case, so that counting can begin with what can be counted.
void check_case(const json& test) {
  for (const char* key : {"file", "section", "name", "expr"}) {
    if (!test.at(key).is_string()) throw MalformedCase(concat("`", key, "` is no text"));
  }
  if (!test.at("expect").is_object()) throw MalformedCase("`expect` is no object");
}

bool read_cases(const std::string& path, std::vector<json>& cases) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << path << ": cannot be read\n";
    return false;
  }
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    try {
      json test = json::parse(line);
      check_case(test);
      cases.push_back(std::move(test));
    } catch (const std::exception& problem) {
      std::cerr << path << ':' << number << ": not a case: " << problem.what() << '\n';
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char* argv[]) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  const bool with_types = std::erase(paths, "--types") > 0;
  if (paths.empty() || paths.front().starts_with('-')) {
    std::cerr << "usage: cel_conformance [--types] FILE.jsonl...\n";
    return 2;
  }
  std::vector<json> cases;
  for (const std::string& path : paths) {
    if (!read_cases(path, cases)) return 2;
  }
  FunctionRegistry functions;
  register_standard_library(functions);
  Counts counts;
  for (const json& test : cases) run_one(test, functions, with_types, counts);
  std::cout << counts.passed << " passed, " << counts.failed << " failed\n";
  return counts.failed == 0 ? 0 : 1;
}
