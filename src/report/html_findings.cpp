#include "report/html_findings.h"

#include "base/strings.h"
#include "lint/cause.h"
#include "report/entries.h"
#include "report/excerpt.h"
#include "report/finding_text.h"
#include "report/html_plot.h"
#include "report/html_text.h"
#include "report/markup.h"
#include "report/panel.h"
#include "report/review.h"
#include "report/terminal_text.h"

#include <algorithm>

namespace scruple::report {

namespace {

constexpr std::size_t excerpt_width = 320;  // columns; the page wraps it
constexpr std::size_t campaigns_shown = 12;

class Findings {
 public:
  Findings(const LintResult& result, std::ostream& out) : result_(result), out_(out) {}

  void write() {
    FindingList open;
    for (const Finding& finding : result_.findings) {
      if (!finding.suppression) open.push_back(&finding);
    }
    for (const Group& group : group_by_cause(result_, open)) write(group);
  }

 private:
  std::string anchor_of(const Finding& finding) const {
    return anchor(static_cast<std::size_t>(&finding - result_.findings.data()));
  }

  void write(const Group& group) {
    const auto head = std::ranges::find_if(group.findings, [](const Finding* one) { return heads_its_cause(*one); });
    if (group.findings.size() == 1) {
      write_single(*group.findings.front(), group.cause, {});
    } else if (head != group.findings.end()) {
      FindingList rest = group.findings;
      rest.erase(rest.begin() + (head - group.findings.begin()));
      write_single(**head, group.cause, rest);
    } else {
      write_cause(group);
    }
  }

  void open_article(std::string_view id, Severity severity, std::string_view label) {
    out_ << "<article class=\"finding " << to_string(severity) << "\" id=\"" << id
         << "\">\n<p class=\"label\"><b class=\"" << to_string(severity) << "\">" << to_string(severity) << "</b>"
         << label << "</p>\n";
  }

  void write_single(const Finding& finding, const Cause* cause, const FindingList& followers) {
    open_article(anchor_of(finding), finding.severity,
                 concat(" · ", html_code(finding.rule), " · ", step_name(finding.gate)));
    out_ << "<h3>" << html_prose(message_of(finding)) << "</h3>\n";
    write_excerpt(finding.location, finding.place, finding.marker);
    for (const Reason& reason : finding.because) {
      for (const RateComparison& comparison : rate_comparisons(reason)) out_ << rates_plot(comparison);
    }
    out_ << "<dl>\n";
    const bool follows = cause != nullptr && !heads_its_cause(finding);
    if (follows && !finding.title.empty()) row("Rule", html_prose(finding.title));
    write_because(finding, follows ? cause : nullptr);
    if (cause != nullptr && cause->hint != finding.remediation && cause->hint != finding.marker) {
      row("What to do", html_prose(linting::as_sentence(cause->hint)));
      row("", html_prose(finding.remediation));
    } else {
      row("What to do", html_prose(finding.remediation));
    }
    row("Who", escape_markup(to_string(finding.ask)));
    row("Concerns", concerned({&finding}));
    row("Rests on", basis_of(finding));
    row("Follows", followers_of(followers, &finding));
    out_ << "</dl>\n</article>\n";
  }

  // A cause, and what follows from it.
  void write_cause(const Group& group) {
    Severity severity = Severity::info;
    for (const Finding* finding : group.findings) severity = std::min(severity, finding->severity);
    open_article(anchor_of(*group.findings.front()), severity,
                 concat(" · ", plural(group.findings.size(), "finding follows", "findings follow"), " from this"));
    out_ << "<h3>" << html_prose(group.cause->message) << "</h3>\n";
    write_excerpt(group.cause->location, group.cause->place, "");
    out_ << "<dl>\n";
    row("What to do", html_prose(linting::as_sentence(group.cause->hint)));
    row("Concerns", concerned(group.findings));
    row("Waits for it", followers_of(group.findings, group.findings.front()));
    out_ << "</dl>\n</article>\n";
  }

  // Nothing for a row that says nothing; a row without a name goes on with the one above.
  void row(std::string_view name, const std::string& html) {
    if (!html.empty()) out_ << "<dt>" << name << "</dt><dd>" << html << "</dd>\n";
  }

  void write_excerpt(const Location& location, std::string_view place, std::string_view marker) {
    if (location.file.empty()) return;
    out_ << "<p class=\"where\">" << html_code(file_position(location));
    if (!place.empty()) out_ << " · " << html_code(place);
    out_ << "</p>\n";
    if (const auto line = excerpt_line(location, excerpt_width)) {
      out_ << "<pre><span class=\"number\" aria-hidden=\"true\">" << location.begin.line << "</span>"
           << escape_markup(line->before) << "<mark>" << escape_markup(line->marked) << "</mark>"
           << escape_markup(line->after) << "</pre>\n";
    }
    if (!marker.empty()) out_ << "<p class=\"small\">" << html_prose(marker) << "</p>\n";
  }

  void write_because(const Finding& finding, const Cause* cause) {
    std::string list;
    const auto add = [&](const std::string& text, const Location* location) {
      list += concat("<li class=\"reason\">", escape_markup(text));
      if (location != nullptr && !location->file.empty()) {
        list += concat(" <span class=\"small\">", html_code(seen_from(finding.location.file, *location)), "</span>");
      }
      list += "</li>";
    };
    if (cause != nullptr && finding.message.find(cause->message) == std::string::npos) {
      add(plain(cause->message), &cause->location);
    }
    for (const Reason* reason : telling_part(finding)) {
      add(argument(*reason), reason->location ? &*reason->location : nullptr);
    }
    if (!list.empty()) row("Because", concat("<ul>", list, "</ul>"));
  }

  std::string basis_of(const Finding& finding) const {
    std::string list;
    for (const auto kind : {Basis::Kind::law, Basis::Kind::standard, Basis::Kind::practice}) {
      std::vector<std::string> citations;
      for (const Basis& basis : finding.basis) {
        if (basis.kind != kind || basis.see_also) continue;
        std::string citation = html_link(basis.url, one_line(basis.citation));
        if (!basis.applies_from.empty()) citation += concat(" (applies from ", escape_markup(basis.applies_from), ")");
        citations.push_back(std::move(citation));
      }
      if (!citations.empty()) {
        list += concat("<li><span class=\"small\">", to_string(kind), "</span> ", join(citations, " · "), "</li>");
      }
    }
    std::vector<std::string> others;
    for (const Basis& basis : finding.basis) {
      if (basis.see_also) others.push_back(html_link(basis.url, one_line(basis.citation)));
    }
    if (!others.empty()) list += concat("<li><span class=\"small\">see also</span> ", join(others, " · "), "</li>");
    return list.empty() ? list : concat("<ul>", list, "</ul>");
  }

  // Each is led to by its number, but for the one whose number the article has.
  std::string followers_of(const FindingList& findings, const Finding* article) const {
    if (findings.empty()) return {};
    std::string list;
    for (const Finding* finding : findings) {
      const std::string title = finding->title.empty() ? message_of(*finding) : finding->title;
      list += finding == article ? "<li>" : concat("<li id=\"", anchor_of(*finding), "\">");
      list += concat(html_prose(title), " <span class=\"small\">", html_code(finding->rule),
                     finding->place.empty() ? "" : concat(" at ", html_code(finding->place)), " · ",
                     escape_markup(to_string(finding->ask)), "</span></li>");
    }
    return concat("<ul>", list, "</ul>");
  }

  // The campaigns, if there is more than the one of the report.
  std::string concerned(const FindingList& findings) const {
    if (result_.units.size() < 2) return {};
    std::vector<std::string> names;
    std::size_t more = 0;
    for (const Unit& unit : result_.units) {
      const bool is_concerned = std::ranges::any_of(findings, [&](const Finding* finding) {
        return std::ranges::find(finding->occurrences, unit.file, &Occurrence::document) != finding->occurrences.end();
      });
      if (!is_concerned) continue;
      if (names.size() == campaigns_shown) {
        ++more;
      } else {
        names.push_back(escape_markup(plain(unit.id.empty() ? unit.file : unit.id)));
      }
    }
    std::string text = join(names, ", ");
    if (more > 0) text += concat(" and ", more, " more");
    return text;
  }

  const LintResult& result_;
  std::ostream& out_;
};

}  // namespace

void write_findings(const LintResult& result, std::ostream& out) { Findings(result, out).write(); }

}  // namespace scruple::report
