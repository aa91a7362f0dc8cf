// The parameters of a rule as its expressions see them: `params.roles`.
#pragma once

#include "cel/value.h"
#include "policy/compiled_pack.h"

#include <span>

namespace scruple::policy {

class Parameters final : public cel::Container {
 public:
  explicit Parameters(std::span<const Parameter> parameters) : parameters_(parameters) {}

  cel::Value root() const { return cel::Value::container(cel::Kind::map, *this, 0); }

  std::string_view type_name(std::uint32_t handle) const override { return handle == 0 ? "map" : "list"; }
  std::size_t size(std::uint32_t handle, cel::Evaluation&) const override {
    return handle == 0 ? parameters_.size() : parameters_[handle - 1].texts.size();
  }
  cel::Value at(std::uint32_t handle, std::size_t index, cel::Evaluation&) const override {
    return handle == 0 ? value(index) : cel::Value::string(parameters_[handle - 1].texts[index]);
  }
  cel::Value key_at(std::uint32_t, std::size_t index, cel::Evaluation&) const override {
    return cel::Value::string(parameters_[index].name);
  }
  cel::Value find(std::uint32_t handle, std::string_view name, cel::Evaluation&) const override {
    for (std::size_t i = 0; handle == 0 && i < parameters_.size(); ++i) {
      if (parameters_[i].name == name) return value(i);
    }
    return {};
  }
  cel::Value find(std::uint32_t, const cel::Value&, cel::Evaluation&) const override { return {}; }

 private:
  cel::Value value(std::size_t index) const {
    const Parameter& parameter = parameters_[index];
    switch (parameter.type) {
      case Parameter::Type::boolean: return cel::Value::boolean(parameter.number != 0);
      case Parameter::Type::integer: return cel::Value::integer(static_cast<std::int64_t>(parameter.number));
      case Parameter::Type::number: return cel::Value::real(parameter.number);
      case Parameter::Type::string: return cel::Value::string(parameter.text);
      case Parameter::Type::list_of_strings:
        return cel::Value::container(cel::Kind::list, *this, static_cast<std::uint32_t>(index + 1));
    }
    return {};
  }

  std::span<const Parameter> parameters_;
};

}  // namespace scruple::policy
