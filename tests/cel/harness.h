// Compiles and runs expressions, and shows what became of them in one line: what the tables of the tests compare.
#pragma once

#include "base/strings.h"
#include "cel/cel.h"

#include <deque>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::cel {

struct Row {
  std::string_view expression;
  std::string_view wanted;
};

// A document as a host would hand it in: string keys only, each value with an origin of its own.
class Document final : public Container {
 public:
  using Entries = std::initializer_list<std::pair<std::string_view, Value>>;

  Value map(Entries entries) { return add(Kind::map, {entries.begin(), entries.end()}); }
  Value list(std::initializer_list<Value> elements) {
    std::vector<std::pair<std::string_view, Value>> entries;
    for (const Value& element : elements) entries.emplace_back(std::string_view(), element);
    return add(Kind::list, std::move(entries));
  }
  Value object(Entries fields) { return add(Kind::opaque, {fields.begin(), fields.end()}); }

  std::string_view type_name(std::uint32_t handle) const override {
    switch (nodes_[handle].kind) {
      case Kind::list: return "list";
      case Kind::map: return "map";
      default: return "asset";
    }
  }
  std::size_t size(std::uint32_t handle, Evaluation&) const override { return nodes_[handle].entries.size(); }
  Value at(std::uint32_t handle, std::size_t index, Evaluation&) const override {
    return nodes_[handle].entries[index].second;
  }
  Value key_at(std::uint32_t handle, std::size_t index, Evaluation&) const override {
    return Value::string(nodes_[handle].entries[index].first);
  }
  Value find(std::uint32_t handle, std::string_view key, Evaluation&) const override {
    for (const auto& [name, value] : nodes_[handle].entries) {
      if (name == key) return value;
    }
    return {};
  }
  Value find(std::uint32_t, const Value&, Evaluation&) const override { return {}; }

 private:
  struct Node {
    Kind kind = Kind::map;
    std::vector<std::pair<std::string_view, Value>> entries;
  };

  Value add(Kind kind, std::vector<std::pair<std::string_view, Value>> entries) {
    nodes_.push_back({kind, std::move(entries)});
    const auto handle = static_cast<std::uint32_t>(nodes_.size() - 1);
    return Value::container(kind, *this, handle).with_origin(100 + handle);
  }

  std::deque<Node> nodes_;
};

class Harness {
 public:
  explicit Harness(StandardMarks marks = {}) {
    register_standard_library(functions, marks);
    environment.functions = &functions;
    environment.types_checked = false;  // what the evaluator does with values of any type
  }

  // A variable; unset until something is put into its slot.
  void declare(std::string name, Value value = {}) {
    environment.variables.push_back({std::move(name), Type::dyn(), static_cast<std::uint32_t>(slots.size())});
    slots.push_back(value);
  }

  void define(std::string name, std::vector<std::string> parameters, std::string body) {
    Definition definition;
    definition.name = std::move(name);
    for (std::string& parameter : parameters) definition.parameters.push_back({std::move(parameter), Type::dyn(), 0});
    definition.body = std::move(body);
    definition.source = static_cast<std::uint32_t>(environment.definitions.size() + 1);
    environment.definitions.push_back(std::move(definition));
  }

  Frame frame() {
    Frame frame;
    frame.slots = slots;
    frame.functions = &functions;
    return frame;
  }

  // Only for texts without mistakes.
  const Program& program(std::string_view text) {
    Compiled compiled = compile(text, environment);
    if (!compiled.program) throw std::runtime_error(show(compiled.issues));
    return programs_.emplace_back(std::move(*compiled.program));
  }

  Value value(std::string_view text) { return cel::evaluate(program(text), frame(), evaluation); }

  // "3", "error: …", "[2, 5): … (hint)"; several errors or issues are joined by " + ".
  std::string show(std::string_view text) {
    Compiled compiled = compile(text, environment);
    if (!compiled.program) return show(compiled.issues);
    return show(cel::evaluate(programs_.emplace_back(std::move(*compiled.program)), frame(), evaluation));
  }

  std::string show(const Value& value) {
    if (!value.is_error()) return to_display(value, evaluation);
    std::string out;
    for (const Error* error = &value.as_error(); error != nullptr; error = error->next) {
      if (!out.empty()) out += " + ";
      out += concat("error: ", error->message);
    }
    return out;
  }

  static std::string show(const std::vector<Issue>& issues) {
    std::string out;
    for (const Issue& issue : issues) {
      if (!out.empty()) out += " + ";
      if (issue.source != 0) out += concat(issue.source, ':');
      out += concat('[', issue.span.begin, ", ", issue.span.end, "): ", issue.message);
      if (!issue.hint.empty()) out += concat(" (", issue.hint, ')');
    }
    return out;
  }

  FunctionRegistry functions;
  Environment environment;
  std::vector<Value> slots;
  Evaluation evaluation;

 private:
  std::deque<Program> programs_;  // values refer to the texts of their programs
};

// "e" for any error of the evaluation, else what Harness::show() gives: for tables where the words do not matter.
inline std::string result(Harness& harness, std::string_view text) {
  const std::string shown = harness.show(text);
  return shown.starts_with("error: ") ? "e" : shown;
}

}  // namespace scruple::cel
