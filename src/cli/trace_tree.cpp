#include "cli/trace_tree.h"

#include "base/strings.h"
#include "lint/value_text.h"
#include "policy/marks.h"

#include <algorithm>
#include <string>

namespace scruple::cli {

namespace {

constexpr std::size_t longest_expression = 80;
constexpr std::size_t most_lines = 2000;

bool is_selection(cel::NodeType type) {
  return type == cel::NodeType::select || type == cel::NodeType::optional_select || type == cel::NodeType::has;
}

class Printer {
 public:
  Printer(const cel::Program& program, std::string_view expression, const policy::Context& context,
          cel::Evaluation& evaluation, std::ostream& out)
      : program_(program), expression_(expression), context_(context), evaluation_(evaluation), out_(out) {}

  void print(const cel::Trace& trace, std::size_t depth) {
    // A literal stands in the expression already.
    if (program_.node(trace.node).type == cel::NodeType::constant && depth > 0) return;
    if (++lines_ > most_lines) {
      if (lines_ == most_lines + 1) out_ << "…\n";
      return;
    }
    out_ << std::string(2 * depth, ' ') << visible(text_of(trace.node)) << " is " << visible(value_of(trace.value));
    if (trace.iteration >= 0) {
      out_ << "  (element " << trace.iteration + 1 << ": " << visible(value_of(trace.element)) << ')';
    }
    if (!trace.explanation.phrase.empty()) out_ << "  (" << visible(trace.explanation.phrase) << ')';
    out_ << place_of(trace.value) << '\n';
    print_children(trace, depth);
  }

 private:
  // Of `manifest.campaign.owner` only the whole is of interest.
  void print_children(const cel::Trace& trace, std::size_t depth) {
    const bool chain = is_selection(program_.node(trace.node).type);
    for (const cel::Trace& child : trace.children) {
      const cel::NodeType type = program_.node(child.node).type;
      const bool link = is_selection(type) || type == cel::NodeType::variable || type == cel::NodeType::local;
      if (chain && link) {
        print_children(child, depth);
      } else {
        print(child, depth + 1);
      }
    }
  }

  std::string text_of(cel::NodeId node) const {
    const Span span = program_.node_span(node);
    return shorten(expression_.substr(span.begin, span.end - span.begin), longest_expression);
  }

  std::string value_of(const cel::Value& value) const {
    if (!value.is_error()) return linting::value_text(value, context_, evaluation_);
    // What a file that is not public holds could be quoted.
    const bool secret = (value.marks() & policy::mark_sensitive) != 0;
    return secret ? "an error" : concat("an error: ", value.as_error().message);
  }

  std::string place_of(const cel::Value& value) const {
    if (value.is_error() || value.origin() == 0 || value.is(cel::Kind::map)) return {};
    const std::string place = context_.where(value.origin()).place;
    return place.empty() ? std::string{} : concat("  at ", visible(place));
  }

  const cel::Program& program_;
  std::string_view expression_;
  const policy::Context& context_;
  cel::Evaluation& evaluation_;
  std::ostream& out_;
  std::size_t lines_ = 0;
};

}  // namespace

void print_trace(const cel::Trace& trace, const cel::Program& program, std::string_view expression,
                 const policy::Context& context, cel::Evaluation& evaluation, std::ostream& out) {
  Printer(program, expression, context, evaluation, out).print(trace, 0);
}

}  // namespace scruple::cli
