// The page that a meeting looks at before a launch: one file, no script, light and dark, for screens and paper.
#include "base/strings.h"
#include "report/entries.h"
#include "report/finding_text.h"
#include "report/formats.h"
#include "report/html_findings.h"
#include "report/html_plot.h"
#include "report/html_steps.h"
#include "report/html_style.h"
#include "report/html_text.h"
#include "report/markup.h"
#include "report/panel.h"
#include "report/review.h"
#include "report/run_summary.h"
#include "report/terminal_text.h"

#include <algorithm>

namespace scruple::report {

namespace {

class Page {
 public:
  Page(const LintResult& result, std::ostream& out) : result_(result), summary_(summarize(result)), out_(out) {}

  void write() {
    write_head();
    out_ << "<body>\n<a class=\"skip\" href=\"#findings\">To the findings</a>\n<div class=\"page\">\n";
    write_header();
    out_ << "<main>\n";
    write_steps_section();
    write_principles();
    write_findings_section();
    write_changes();
    write_upcoming();
    write_remarks();
    write_waivers();
    write_not_judged();
    out_ << "</main>\n";
    write_footer();
    out_ << "</div>\n</body>\n</html>\n";
  }

 private:
  // The campaign, if it is only one.
  std::string subject() const {
    const Unit* only = nullptr;
    std::size_t campaigns = 0;
    for (const Unit& unit : result_.units) {
      if (unit.kind != Scope::campaign) continue;
      ++campaigns;
      only = &unit;
    }
    if (campaigns > 1) return plural(campaigns, "campaign");
    if (only == nullptr) return result_.units.size() == 1 ? plain(result_.units.front().title) : "Ethics review";
    for (const std::string* name : {&only->title, &only->id, &only->file}) {
      if (!name->empty()) return plain(*name);
    }
    return "Ethics review";
  }

  void write_head() {
    const std::string title = concat(subject(), ": ethics review of ", result_.today);
    out_ << "<!doctype html>\n<!-- A report of scruple. -->\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"generator\" content=\"scruple "
         << escape_markup(result_.version)
         << "\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
            // Nothing is loaded and nothing runs, whatever stands in the page.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
         << escape_markup(title) << "</title>\n<style>" << html_style << "</style>\n</head>\n";
  }

  std::string_view tone() const {
    if (!result_.problems.empty() || result_.units.empty()) return "warn";
    return result_.exit_code() == 0 ? "good" : "bad";
  }

  void write_header() {
    out_ << "<header>\n<p class=\"maker\">Ethics review by scruple</p>\n<h1>" << escape_markup(subject())
         << "</h1>\n<p class=\"lead\">Judged on <time>" << escape_markup(result_.today) << "</time> at the level <b>"
         << to_string(result_.level) << "</b>"
         << (result_.gate_override
                 ? concat(", as if it stood at the step <b>", step_name(*result_.gate_override), "</b>")
                 : "")
         << ".</p>\n<div class=\"verdict " << tone() << "\">\n<p>" << escape_markup(verdict(result_, summary_))
         << "</p>\n";
    for (const Diagnostic& problem : result_.problems) {
      out_ << "<p>" << html_prose(sentences(problem.message, problem.hint)) << "</p>\n";
    }
    out_ << "</div>\n";
    write_counts();
    out_ << "<nav aria-label=\"Contents\"><ul><li><a href=\"#steps\">Review steps</a></li>"
            "<li><a href=\"#principles\">Principles</a></li><li><a href=\"#findings\">Findings</a></li>";
    if (!result_.waivers.empty()) out_ << "<li><a href=\"#waivers\">Waivers</a></li>";
    out_ << "<li><a href=\"#not-judged\">What was not judged</a></li><li><a href=\"#basis\">How this was made</a></li>"
            "</ul></nav>\n</header>\n";
  }

  void write_counts() {
    out_ << "<ul class=\"counts\" aria-label=\"Counts\">";
    const auto count = [&](std::size_t number, std::string_view one, std::string_view many) {
      out_ << "<li><b>" << number << "</b> " << (number == 1 ? one : many) << "</li>";
    };
    count(summary_.findings[0], "error", "errors");
    count(summary_.findings[1], "warning", "warnings");
    if (summary_.findings[2] > 0) count(summary_.findings[2], "note", "notes");
    if (summary_.undecided > 0) count(summary_.undecided, "of these cannot be decided", "of these cannot be decided");
    if (summary_.waived > 0) count(summary_.waived, "waived", "waived");
    std::size_t held = 0;
    for (const PackSummary& pack : summary_.packs) held += pack.rules[static_cast<std::size_t>(Outcome::pass)];
    count(held, "rule holds", "rules hold");
    out_ << "</ul>\n";
  }

  void open_section(std::string_view id, std::string_view heading, std::string_view lead) {
    out_ << "<section id=\"" << id << "\" aria-labelledby=\"" << id << "-heading\">\n<h2 id=\"" << id << "-heading\">"
         << heading << "</h2>\n";
    if (!lead.empty()) out_ << "<p class=\"lead\">" << lead << "</p>\n";
  }

  void write_steps_section() {
    open_section("steps", "Review steps", "What each step of the review still lacks, and who can mend it.");
    write_steps(result_, out_);
    out_ << "</section>\n";
  }

  void write_principles() {
    open_section("principles", "Principles",
                 "How many rules hold, and what that rests on: a file that was read weighs more than a box that was "
                 "ticked.");
    for (const PackSummary& pack : summary_.packs) {
      const std::string bar = outcome_bar(pack);
      const std::string title = plain(pack.pack->title.empty() ? pack.pack->id : pack.pack->title);
      const std::size_t held = pack.rules[static_cast<std::size_t>(Outcome::pass)];
      const std::size_t judged = held + pack.rules[static_cast<std::size_t>(Outcome::fail)] +
                                 pack.rules[static_cast<std::size_t>(Outcome::undecided)] +
                                 pack.rules[static_cast<std::size_t>(Outcome::waived)];
      out_ << "<div class=\"principle\"><div class=\"row\"><h3>" << escape_markup(title) << "</h3><span>"
           << (judged == 0
                   ? "nothing was judged"
                   : concat(held, " of ", plural(judged, "rule"), " ", held == 1 && judged == 1 ? "holds" : "hold"))
           << "</span></div>\n"
           << bar << "</div>\n";
    }
    out_ << outcome_key() << "</section>\n";
  }

  void write_findings_section() {
    open_section("findings", "Findings", "");
    const std::size_t open = summary_.findings[0] + summary_.findings[1] + summary_.findings[2];
    if (open == 0) {
      out_ << "<p>" << (result_.units.empty() ? "Nothing was checked." : "There are none.") << "</p>\n";
    } else {
      out_ << "<p class=\"lead\">What is wrong comes before what is missing. Findings that follow from one cause stand "
              "together.</p>\n";
    }
    write_findings(result_, out_);
    out_ << "</section>\n";
  }

  void write_changes() {
    if (!result_.since) return;
    const Comparison& since = *result_.since;
    open_section("changes", "Since the last report",
                 concat(since.fixed.size(), " fixed, ", since.added.size(), " new since ", escape_markup(since.file),
                        since.today.empty() ? "" : concat(" of ", escape_markup(since.today)), "."));
    out_ << "<ul>\n";
    for (const std::size_t added : since.added) {
      if (added >= result_.findings.size()) continue;
      const Finding& finding = result_.findings[added];
      out_ << "<li>New: " << html_prose(message_of(finding)) << " <span class=\"small\">" << html_code(finding.rule)
           << "</span></li>\n";
    }
    for (const KnownFinding& fixed : since.fixed) {
      out_ << "<li>Fixed: " << html_prose(fixed.message) << " <span class=\"small\">" << html_code(fixed.rule)
           << "</span></li>\n";
    }
    out_ << "</ul>\n</section>\n";
  }

  void write_upcoming() {
    if (!result_.upcoming_until) return;
    open_section("upcoming", "What comes up",
                 concat("What will be wrong by ", escape_markup(*result_.upcoming_until), ", if nothing changes."));
    if (result_.upcoming.empty()) out_ << "<p>Nothing.</p>\n";
    out_ << "<ul>\n";
    for (const Upcoming& one : result_.upcoming) {
      out_ << "<li><time>" << escape_markup(one.day) << "</time>: " << html_prose(message_of(one.finding))
           << " <span class=\"small\">" << html_code(one.finding.rule) << "</span></li>\n";
    }
    out_ << "</ul>\n</section>\n";
  }

  void write_remarks() {
    if (std::ranges::all_of(result_.units, [](const Unit& unit) { return unit.remarks.empty(); })) return;
    open_section("remarks", "Remarks", "What the rules have to say of what passes.");
    out_ << "<ul>\n";
    for (const Unit& unit : result_.units) {
      for (const Remark& remark : unit.remarks) {
        out_ << "<li>" << html_prose(remark.message) << " <span class=\"small\">" << html_code(remark.rule);
        if (result_.units.size() > 1) out_ << " " << html_code(unit.id);
        out_ << "</span></li>\n";
      }
    }
    out_ << "</ul>\n</section>\n";
  }

  static void cell(std::string_view head, const std::string& html, std::ostream& out) {
    out << "<td data-head=\"" << head << "\">" << html << "</td>";
  }

  void write_waivers() {
    FindingList baseline;
    for (const Finding& finding : result_.findings) {
      if (finding.suppression && finding.suppression->kind == Suppression::Kind::baseline) baseline.push_back(&finding);
    }
    if (result_.waivers.empty() && baseline.empty()) return;
    open_section("waivers", "Waivers", "What a named person accepted, for how long, and why. It is no pass.");
    if (!result_.waivers.empty()) {
      out_ << "<table>\n<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Reason</th><th scope=\"col\">Accepted "
              "by</th><th scope=\"col\">Until</th><th scope=\"col\">State</th></tr></thead>\n<tbody>\n";
    }
    for (const Waiver& waiver : result_.waivers) {
      out_ << "<tr><th scope=\"row\">" << html_code(waiver.rule);
      if (!waiver.place.empty()) out_ << "<br><span class=\"small\">at " << html_code(waiver.place) << "</span>";
      if (!waiver.location.file.empty()) {
        out_ << "<br><span class=\"small\">" << html_code(file_position(waiver.location)) << "</span>";
      }
      out_ << "</th>";
      cell("Reason", html_prose(waiver.reason), out_);
      cell("Accepted by", html_prose(waiver.by), out_);
      cell("Until", html_prose(waiver.until), out_);
      cell("State",
           concat(to_string(waiver.state),
                  waiver.findings > 0 ? concat(", covers ", plural(waiver.findings, "finding")) : ""),
           out_);
      out_ << "</tr>\n";
    }
    if (!result_.waivers.empty()) out_ << "</tbody>\n</table>\n";
    if (!baseline.empty()) {
      out_ << "<h3>In the baseline</h3>\n<p>Known before, and still to be worked off:</p>\n<ul>\n";
      for (const Finding* finding : baseline) {
        out_ << "<li>" << html_prose(message_of(*finding)) << " <span class=\"small\">" << html_code(finding->rule)
             << " " << html_code(file_position(finding->location)) << "</span></li>\n";
      }
      out_ << "</ul>\n";
    }
    out_ << "</section>\n";
  }

  void item(std::string_view what, const std::vector<std::size_t>& rules) {
    if (rules.empty()) return;
    std::vector<std::string> names;
    for (const std::size_t rule : rules) names.push_back(html_code(result_.rules[rule].id));
    out_ << "<li>" << what << " (" << rules.size() << "): <span class=\"small\">" << join(names, ", ")
         << "</span></li>\n";
  }

  void write_not_judged() {
    const NotChecked& skipped = summary_.not_checked;
    open_section("not-judged", "What was not judged", "Silence is no pass: this is what the review did not look at.");
    out_ << "<ul>\n";
    bool any = false;
    for (const Unit* unit : skipped.manifests) {
      out_ << "<li>" << html_code(unit->file) << " could not be read: no rule was judged on it.</li>\n";
      any = true;
    }
    for (const SkippedPath& path : result_.skipped) {
      out_ << "<li>" << html_code(path.path) << " " << html_prose(path.reason) << ": it was left alone.</li>\n";
      any = true;
    }
    const auto list = [&](const std::string& what, const std::vector<std::size_t>& rules) {
      item(what, rules);
      any = any || !rules.empty();
    };
    for (std::size_t gate = 0; gate < gate_count; ++gate) {
      list(concat("Not due before the step ", step_name(static_cast<Gate>(gate))), skipped.not_due[gate]);
    }
    for (std::size_t level = 0; level < level_count; ++level) {
      list(concat("Asked only at the level ", to_string(static_cast<Level>(level))), skipped.above_level[level]);
    }
    list("Found nothing to apply to", skipped.never_applied);
    list("Not judged on any manifest", skipped.not_judged);
    list("Left out by --select or --ignore", skipped.unselected);
    out_ << "</ul>\n" << (any ? "" : "<p>Nothing was left out.</p>\n") << "</section>\n";
  }

  void write_footer() {
    out_ << "<footer id=\"basis\">\n<h2>How this was made</h2>\n<p>scruple " << escape_markup(result_.version)
         << " read these manifests and the files that they name. The same files, packs and day give the same "
            "report. "
         << html_prose(exit_meaning(result_))
         << "</p>\n"
            "<table>\n<caption>Manifests</caption>\n<thead><tr><th scope=\"col\">Manifest</th><th "
            "scope=\"col\">File</th>"
            "<th scope=\"col\">Stands at</th></tr></thead>\n<tbody>\n";
    for (const Unit& unit : result_.units) {
      out_ << "<tr><th scope=\"row\">" << escape_markup(plain(unit.id.empty() ? "(no id)" : unit.id)) << "</th>";
      cell("File", html_code(unit.file), out_);
      const std::string stands = !unit.judged                       ? "could not be read"
                                 : unit.kind == Scope::organization ? "every step: an organization file"
                                                                    : std::string(step_name(unit.gate));
      cell("Stands at", concat(stands, unit.gate_reason.empty() ? "" : concat(": ", html_prose(unit.gate_reason))),
           out_);
      out_ << "</tr>\n";
    }
    out_ << "</tbody>\n</table>\n<table>\n<caption>Packs</caption>\n<thead><tr><th scope=\"col\">Pack</th>"
            "<th scope=\"col\">Version</th><th scope=\"col\">From</th><th "
            "scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n";
    for (const PackInfo& pack : result_.packs) {
      out_ << "<tr><th scope=\"row\">" << escape_markup(plain(pack.id)) << "</th>";
      cell("Version", escape_markup(plain(pack.version)), out_);
      cell("From", escape_markup(plain(pack.origin)), out_);
      cell("SHA-256", html_code(pack.sha256), out_);
      out_ << "</tr>\n";
    }
    out_ << "</tbody>\n</table>\n";
    if (!result_.configs.empty()) {
      out_ << "<table>\n<caption>Settings</caption>\n<thead><tr><th scope=\"col\">File</th><th scope=\"col\">What it "
              "changes</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n";
      for (const ConfigInfo& config : result_.configs) {
        std::vector<std::string> changes;
        for (const ConfigInfo::Override& one : config.overrides) changes.push_back(html_prose(one.text));
        out_ << "<tr><th scope=\"row\">" << html_code(config.file) << "</th>";
        cell("What it changes", changes.empty() ? "no rule" : join(changes, "<br>"), out_);
        cell("SHA-256", html_code(config.sha256), out_);
        out_ << "</tr>\n";
      }
      out_ << "</tbody>\n</table>\n";
    }
    out_ << "</footer>\n";
  }

  const LintResult& result_;
  RunSummary summary_;
  std::ostream& out_;
};

}  // namespace

void write_html(const LintResult& result, std::ostream& out) { Page(result, out).write(); }

}  // namespace scruple::report
