#include "policy/parameter_value.h"

#include "base/strings.h"

#include <string>
#include <utility>
#include <vector>

namespace scruple::policy {

namespace {

std::string number_text(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

bool is_within(const Parameter& parameter, double number) {
  return !(parameter.minimum && number < *parameter.minimum) && !(parameter.maximum && number > *parameter.maximum);
}

}  // namespace

ParameterFit set_value(Parameter& parameter, const Document& document, NodeId id, TableStorage& storage) {
  using Type = Parameter::Type;
  const Node& node = document.node(id);
  switch (parameter.type) {
    case Type::boolean:
      if (node.kind != NodeKind::boolean) return ParameterFit::wrong_kind;
      parameter.number = node.boolean ? 1 : 0;
      return ParameterFit::fits;
    case Type::integer:
    case Type::number: {
      const bool is_number =
          node.kind == NodeKind::integer || (node.kind == NodeKind::real && parameter.type == Type::number);
      if (!is_number) return ParameterFit::wrong_kind;
      const double number = node.kind == NodeKind::integer ? static_cast<double>(node.integer) : node.real;
      if (!is_within(parameter, number)) return ParameterFit::out_of_bounds;
      parameter.number = number;
      return ParameterFit::fits;
    }
    case Type::string:
      if (node.kind != NodeKind::string) return ParameterFit::wrong_kind;
      parameter.text = storage.keep(std::string(node.text));
      return ParameterFit::fits;
    case Type::list_of_strings: {
      if (node.kind != NodeKind::list) return ParameterFit::wrong_kind;
      std::vector<std::string_view> texts;
      for (const Member& member : document.members(id)) {
        if (document.node(member.value).kind != NodeKind::string) return ParameterFit::wrong_kind;
        texts.push_back(storage.keep(std::string(document.node(member.value).text)));
      }
      parameter.texts = storage.keep(std::move(texts));
      return ParameterFit::fits;
    }
  }
  return ParameterFit::wrong_kind;
}

std::string expected_value(const Parameter& parameter) {
  using Type = Parameter::Type;
  std::string what;
  switch (parameter.type) {
    case Type::boolean: return "`true` or `false`";
    case Type::integer: what = "a whole number"; break;
    case Type::number: what = "a number"; break;
    case Type::string: return "text";
    case Type::list_of_strings: return "a list of texts";
  }
  if (parameter.minimum && parameter.maximum)
    return concat(what, " from ", number_text(*parameter.minimum), " to ", number_text(*parameter.maximum));
  if (parameter.minimum) return concat(what, " of at least ", number_text(*parameter.minimum));
  if (parameter.maximum) return concat(what, " of at most ", number_text(*parameter.maximum));
  return what;
}

std::string value_text(const Parameter& parameter) {
  using Type = Parameter::Type;
  switch (parameter.type) {
    case Type::boolean: return parameter.number != 0 ? "true" : "false";
    case Type::integer: return number_text(parameter.number);
    case Type::number: {
      const std::string text = number_text(parameter.number);
      return text.find('.') == std::string::npos ? text + ".0" : text;
    }
    case Type::string: return concat("\"", parameter.text, "\"");
    case Type::list_of_strings: return concat("[", join({parameter.texts.begin(), parameter.texts.end()}, ", "), "]");
  }
  return {};
}

}  // namespace scruple::policy
