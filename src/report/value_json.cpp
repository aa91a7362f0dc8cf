#include "report/value_json.h"

#include "base/strings.h"
#include "policy/marks.h"
#include "report/json_reporter.h"

#include <nlohmann/json.hpp>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;
using Show = std::function<std::string(const cel::Value&)>;

// A container that was computed from a sensitive value gives its marks to what it holds.
Json to_json(const cel::Value& given, cel::Marks around, cel::Evaluation& evaluation, const Show& show) {
  const cel::Value value = given.adding_marks(around);
  const bool sensitive = (value.marks() & policy::mark_sensitive) != 0;
  if (sensitive && !value.is(cel::Kind::list) && !value.is(cel::Kind::map)) return show(value);
  switch (value.kind()) {
    case cel::Kind::null: return nullptr;
    case cel::Kind::boolean: return value.as_boolean();
    case cel::Kind::integer: return value.as_integer();
    case cel::Kind::unsigned_integer: return value.as_unsigned();
    case cel::Kind::real: return value.as_real();
    case cel::Kind::string: return std::string(value.as_text());
    case cel::Kind::optional:
      return value.as_optional() == nullptr ? Json(nullptr)
                                            : to_json(*value.as_optional(), value.marks(), evaluation, show);
    case cel::Kind::list: {
      Json list = Json::array();
      const std::size_t size = value.as_container().size(value.handle(), evaluation);
      for (std::size_t i = 0; i < size; ++i) {
        list.push_back(
            to_json(value.as_container().at(value.handle(), i, evaluation), value.marks(), evaluation, show));
      }
      return list;
    }
    case cel::Kind::map: {
      Json map = Json::object();
      const std::size_t size = value.as_container().size(value.handle(), evaluation);
      for (std::size_t i = 0; i < size; ++i) {
        const cel::Value key = value.as_container().key_at(value.handle(), i, evaluation).adding_marks(value.marks());
        const bool shown = (key.marks() & policy::mark_sensitive) == 0;
        const std::string name = !shown                      ? concat("(key ", i + 1, ", not shown)")
                                 : key.is(cel::Kind::string) ? std::string(key.as_text())
                                                             : show(key);
        map[name] = to_json(value.as_container().at(value.handle(), i, evaluation), value.marks(), evaluation, show);
      }
      return map;
    }
    default: return show(value);
  }
}

}  // namespace

std::string value_json(const cel::Value& value, cel::Evaluation& evaluation, const Show& show) {
  return printable(to_json(value, 0, evaluation, show), 2);
}

}  // namespace scruple::report
