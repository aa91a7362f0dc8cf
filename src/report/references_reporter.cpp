#include "report/references_reporter.h"

#include "base/strings.h"
#include "policy/compiled_pack.h"
#include "report/json_reporter.h"
#include "report/panel.h"
#include "report/terminal_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

struct CitedReference {
  const policy::Reference* reference = nullptr;
  std::vector<std::string> rules;  // full ids
};

// In the order of jurisdictions, what binds nowhere by itself last; laws before standards before practices.
std::vector<CitedReference> cited_references(const PolicySet& policies) {
  std::vector<CitedReference> cited;
  for (const auto& pack : policies.packs()) {
    for (const auto& rule : pack->tables().rules) {
      for (const auto& use : rule.references) {
        const policy::Reference* reference = pack->reference(use.id);
        if (reference == nullptr) continue;
        auto known =
            std::ranges::find_if(cited, [&](const CitedReference& one) { return one.reference->id == use.id; });
        if (known == cited.end()) known = cited.insert(known, {reference, {}});
        known->rules.emplace_back(rule.id);
      }
    }
  }
  std::ranges::sort(cited, [](const CitedReference& a, const CitedReference& b) {
    const auto key = [](const CitedReference& one) {
      const policy::Reference& reference = *one.reference;
      return std::make_tuple(reference.jurisdiction == "INT", reference.jurisdiction, reference.kind,
                             reference.citation, reference.id);
    };
    return key(a) < key(b);
  });
  return cited;
}

bool is_upcoming(const policy::Reference& reference, std::string_view today) { return reference.applies_from > today; }

// "law, applies from 2027-12-02 (upcoming)"
std::string standing(const policy::Reference& reference, std::string_view today) {
  std::string text(to_string(reference.kind));
  if (!reference.applies_from.empty()) {
    text += concat(reference.kind == Basis::Kind::law ? ", applies from " : ", from ", reference.applies_from);
    if (is_upcoming(reference, today)) text += " (upcoming)";
  } else if (reference.kind == Basis::Kind::law) {
    text += ", in force";
  }
  if (reference.from_memory) text += "; no source was seen, so findings name it under `see also` only";
  return text;
}

}  // namespace

void write_references_text(const PolicySet& policies, std::string_view today, const ReportStyle& style,
                           std::ostream& out) {
  const Ink ink(style.color);
  const std::size_t width = line_width(style);
  const auto print = [&](std::string_view text, std::size_t indent) {
    for (const auto& line : wrap(visible(one_line(text)), width - indent))
      print_line(std::string(indent, ' ') + line, out);
  };
  const std::vector<CitedReference> cited = cited_references(policies);
  std::string_view jurisdiction;
  for (const auto& [reference, rules] : cited) {
    if (reference->jurisdiction != jurisdiction) {
      if (!jurisdiction.empty()) out << '\n';
      jurisdiction = reference->jurisdiction;
      print_line(ink(Tone::strong, jurisdiction == "INT" ? "Everywhere" : visible(jurisdiction)), out);
    }
    print(reference->citation, 2);
    print(standing(*reference, today), 4);
    print(reference->asks, 4);
    print(concat("cited by ", join(rules, ", ")), 4);
    print(concat("reviewed on ", reference->reviewed_on, reference->url.empty() ? "" : ": ", reference->url), 4);
  }
  out << '\n' << plural(cited.size(), "reference") << ". They say what rules rest on; they are no legal advice.\n";
}

void write_references_json(const PolicySet& policies, std::string_view today, std::ostream& out) {
  Json list = Json::array();
  for (const auto& [reference, rules] : cited_references(policies)) {
    Json one{{"id", std::string(reference->id)},
             {"kind", std::string(to_string(reference->kind))},
             {"citation", std::string(reference->citation)},
             {"jurisdiction", std::string(reference->jurisdiction)}};
    if (!reference->asks.empty()) one["asks"] = std::string(reference->asks);
    if (!reference->applies_from.empty()) one["applies_from"] = std::string(reference->applies_from);
    one["upcoming"] = is_upcoming(*reference, today);
    one["source_seen"] = !reference->from_memory;
    one["reviewed_on"] = std::string(reference->reviewed_on);
    if (!reference->url.empty()) one["url"] = std::string(reference->url);
    one["rules"] = rules;
    list.push_back(std::move(one));
  }
  out << printable(Json{{"references", std::move(list)}}, 2) << '\n';
}

}  // namespace scruple::report
