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

Result run_case(const json& test, const FunctionRegistry& functions) {
  Evaluation evaluation;
  Environment environment;
  environment.functions = &functions;
  environment.unknown_names_are_errors = false;
  environment.container = test.value("container", "");
  std::vector<Value> slots;
  if (test.contains("bindings")) {
    for (const auto& [name, value] : test["bindings"].items()) {
      Variable variable;
      variable.name = name;
      variable.slot = static_cast<std::uint32_t>(slots.size());
      environment.variables.push_back(std::move(variable));
      slots.push_back(to_value(value, evaluation));
    }
  }
  const json& expected = test.at("expect");
  const Compiled compiled = compile(test.at("expr").get<std::string>(), environment);
  if (!compiled.program) return {"error: " + compiled.issues.front().message, !expected.contains("value")};
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

void run_one(const json& test, const FunctionRegistry& functions, Counts& counts) {
  Result result;
  try {
    result = run_case(test, functions);
  } catch (const std::exception& problem) {
    result = {concat("error: ", problem.what()), test.at("expect").contains("error")};
  }
  if (result.passed) {
    ++counts.passed;
    return;
  }
  ++counts.failed;
  const json& expected = test.at("expect");
  const std::string want =
      expected.contains("value") ? expected["value"].dump() : "error: " + expected.value("message", std::string());
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
  std::erase(paths, "--types");
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
  for (const json& test : cases) run_one(test, functions, counts);
  std::cout << counts.passed << " passed, " << counts.failed << " failed\n";
  return counts.failed == 0 ? 0 : 1;
}
