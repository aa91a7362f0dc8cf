#include "report/rule_page.h"

#include "base/strings.h"
#include "report/panel.h"
#include "report/terminal_text.h"

namespace scruple::report {

namespace {

constexpr std::size_t indent = 2;

// Prints titled paragraphs, wrapped.
class Page {
 public:
  Page(const ReportStyle& style, std::ostream& out) : ink_(style.color), width_(line_width(style)), out_(out) {}

  void heading(std::string_view text) {
    out_ << '\n';
    print_line(ink_(Tone::strong, text), out_);
  }

  void text(std::string_view text, std::size_t hanging = 0) {
    for (const auto& line : wrap(visible(one_line(text)), width_ - indent, hanging)) {
      print_line(std::string(indent, ' ') + line, out_);
    }
  }

  const Ink& ink() const { return ink_; }

 private:
  Ink ink_;
  std::size_t width_;
  std::ostream& out_;
};

std::string default_of(const policy::Parameter& parameter) {
  using Type = policy::Parameter::Type;
  switch (parameter.type) {
    case Type::boolean: return parameter.number != 0 ? "true" : "false";
    case Type::integer: return concat(static_cast<std::int64_t>(parameter.number));
    case Type::number: {
      std::string text = std::to_string(parameter.number);
      text.erase(text.find_last_not_of('0') + 1);
      return text.ends_with('.') ? text + "0" : text;
    }
    case Type::string: return concat("\"", parameter.text, "\"");
    case Type::list_of_strings: return concat("[", join({parameter.texts.begin(), parameter.texts.end()}, ", "), "]");
  }
  return {};
}

std::string describe(const policy::Reference& reference) {
  std::string text = concat(to_string(reference.kind), ": ", reference.citation);
  if (reference.jurisdiction != "INT") text += concat(" (", reference.jurisdiction, ")");
  if (!reference.applies_from.empty()) text += concat(", from ", reference.applies_from);
  if (!reference.asks.empty()) text += concat(". ", reference.asks);
  if (!reference.url.empty()) text += concat(" ", reference.url);
  return text;
}

}  // namespace

void write_rule_page(const policy::CompiledPack& pack, const policy::CompiledRule& rule, const ReportStyle& style,
                     std::ostream& out) {
  Page page(style, out);
  print_line(page.ink()(Tone::strong, visible(rule.id)), out);
  page.text(rule.title);
  page.heading("When");
  page.text(concat(
      "Level ", to_string(rule.level), ", due at the gate ", to_string(rule.gate), ", severity ",
      to_string(rule.severity), ". ",
      rule.scope == Scope::organization ? "A fact of the company: also judged on an organization file alone. " : "",
      "Who can mend it: ", to_string(rule.ask), "."));
  if (!rule.rationale.empty()) {
    page.heading("Why");
    page.text(rule.rationale);
  }
  page.heading("What to do");
  page.text(rule.remediation);
  if (!rule.parameters.empty()) {
    page.heading("Parameters");
    for (const auto& parameter : rule.parameters) {
      page.text(concat(parameter.name, " = ", default_of(parameter),
                       parameter.description.empty() ? "" : concat(": ", parameter.description)),
                indent);
    }
  }
  if (!rule.silence.empty()) {
    page.heading("Where silence excuses");
    for (const auto& entry : rule.silence) page.text(concat(entry.field, ": ", entry.reason), indent);
  }
  if (!rule.references.empty()) {
    page.heading("Basis");
    for (const auto& use : rule.references) {
      if (const policy::Reference* reference = pack.reference(use.id)) page.text(describe(*reference), indent);
    }
  }
}

}  // namespace scruple::report
