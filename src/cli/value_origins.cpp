#include "cli/value_origins.h"

#include "base/strings.h"
#include "policy/marks.h"
#include "schema/validator.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

namespace scruple::cli {

namespace {

// More than any manifest that people write; an expression can make up more.
constexpr std::size_t most_places = 100'000;
constexpr std::size_t longest_value = 100;
constexpr std::size_t widest_column = 80;

struct Line {
  std::string value;   // `campaign.id = "spring"`
  std::string origin;  // "campaign.yaml:4"
};

class Walk {
 public:
  Walk(const policy::Context& context, cel::Evaluation& evaluation) : context_(context), evaluation_(evaluation) {}

  void add(const cel::Value& given, cel::Marks around, const std::string& steps) {
    const cel::Value value = given.adding_marks(around);
    const bool container = value.is(cel::Kind::list) || value.is(cel::Kind::map);
    const std::size_t size = container ? value.as_container().size(value.handle(), evaluation_) : 0;
    if (size == 0) return add_line(value, steps);
    for (std::size_t i = 0; i < size && lines.size() < most_places; ++i) {
      std::string inner = steps;
      if (value.is(cel::Kind::map)) {
        const cel::Value key = value.as_container().key_at(value.handle(), i, evaluation_).adding_marks(value.marks());
        const bool shown = (key.marks() & policy::mark_sensitive) == 0;
        schema::append_key_step(inner, shown ? context_.show(key, evaluation_, false) : concat("key ", i + 1));
      } else {
        schema::append_index_step(inner, i);
      }
      add(value.as_container().at(value.handle(), i, evaluation_), value.marks(), inner);
    }
  }

  std::vector<Line> lines;

 private:
  void add_line(const cel::Value& value, const std::string& steps) {
    std::string shown;
    cel::Origin origin = value.origin();
    if (value.is_error()) {
      shown = concat("(", value.as_error().message, ")");
      origin = value.as_error().origin;
    } else if (value.is(cel::Kind::list) || value.is(cel::Kind::map)) {
      shown = value.is(cel::Kind::list) ? "[]" : "{}";
    } else {
      shown = context_.show(value, evaluation_, true);
    }
    const std::string place = origin == 0 ? steps : place_of(origin);
    lines.push_back(
        {visible(concat(place, place.empty() ? "" : " = ", shorten(shown, longest_value))), stands(origin)});
  }

  std::string place_of(cel::Origin origin) const {
    if (policy::View::view_of(origin) == 0) return context_.view().place(policy::View::entry_of(origin));
    return context_.where(origin).place;
  }

  std::string stands(cel::Origin origin) const {
    if (origin == 0) return "(computed)";
    const auto where = context_.where(origin);
    const bool inherited = context_.is_inherited(origin);
    return concat(visible(where.location.file), ":", where.location.begin.line, inherited ? " (inherited)" : "");
  }

  const policy::Context& context_;
  cel::Evaluation& evaluation_;
};

}  // namespace

void print_origins(const cel::Value& value, const policy::Context& context, cel::Evaluation& evaluation,
                   std::ostream& out) {
  Walk walk(context, evaluation);
  walk.add(value, 0, {});
  std::size_t column = 0;
  for (const Line& line : walk.lines) column = std::max(column, std::min(widest_column, count_code_points(line.value)));
  for (const Line& line : walk.lines) {
    const std::size_t width = count_code_points(line.value);
    out << line.value << std::string(width < column ? column - width + 2 : 2, ' ') << line.origin << '\n';
  }
  if (walk.lines.size() >= most_places) out << "… and more\n";
}

}  // namespace scruple::cli
