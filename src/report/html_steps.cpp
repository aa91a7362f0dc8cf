#include "report/html_steps.h"

#include "base/strings.h"
#include "report/entries.h"
#include "report/finding_text.h"
#include "report/html_text.h"
#include "report/markup.h"
#include "report/review.h"
#include "report/run_summary.h"

#include <algorithm>
#include <map>

namespace scruple::report {

namespace {

constexpr std::size_t most_spines = 3;

std::string_view state_class(StepState state) {
  constexpr std::string_view names[] = {"done", "open", "later", "empty"};
  return names[static_cast<std::size_t>(state)];
}

std::string summary_of(const ReviewStep& step) {
  switch (step.state()) {
    case StepState::open: return concat(step.open.size(), " of ", plural(step.rules(), "rule"), " open");
    case StepState::later: return concat(plural(step.rules(), "rule waits", "rules wait"), " for this step");
    case StepState::done: {
      std::vector<std::string> parts;
      if (step.done > 0) parts.push_back(plural(step.done, "rule holds", "rules hold"));
      if (step.waived > 0) parts.push_back(concat(step.waived, " waived"));
      if (parts.empty()) parts.emplace_back("nothing applies here");
      return join(parts, ", ");
    }
    case StepState::empty: break;
  }
  return "nothing is asked at this level";
}

std::string_view glyph(StepState state) {
  switch (state) {
    case StepState::done: return "✓";
    case StepState::open: return "!";
    case StepState::later: return "…";
    case StepState::empty: break;
  }
  return "–";
}

class Steps {
 public:
  Steps(const LintResult& result, std::ostream& out) : result_(result), out_(out) {
    for (std::size_t i = 0; i < result.findings.size(); ++i) {
      const Finding& finding = result.findings[i];
      if (finding.suppression) continue;
      for (const Occurrence& occurrence : finding.occurrences) {
        first_finding_.try_emplace({occurrence.document, finding.rule}, i);
      }
    }
  }

  void write() {
    std::vector<Review> reviews;
    for (const Unit& unit : result_.units) {
      Review review = review_of(result_, unit);
      // An organization file of which nothing is asked has no steps to show.
      if (unit.kind == Scope::organization && is_idle(review)) continue;
      reviews.push_back(std::move(review));
    }
    const bool many = reviews.size() > most_spines;
    if (many) write_table(reviews);
    for (const Review& review : reviews) {
      if (many && review.is_ready()) continue;
      write_campaign(review, reviews.size() > 1, many);
    }
  }

 private:
  static bool is_idle(const Review& review) {
    return review.own.empty() &&
           std::ranges::all_of(review.steps, [](const ReviewStep& step) { return step.rules() == 0; });
  }

  static std::string name_of(const Unit& unit) {
    return escape_markup(plain(!unit.title.empty() ? unit.title : !unit.id.empty() ? unit.id : unit.file));
  }

  void write_campaign(const Review& review, bool named, bool folded) {
    const Unit& unit = *review.unit;
    out_ << (folded ? "<details class=\"campaign\"><summary>" : "<div class=\"campaign\">\n");
    if (named) out_ << (folded ? "<b>" : "<h3>") << name_of(unit) << (folded ? "</b>" : "</h3>\n");
    if (folded) out_ << "</summary>\n";
    if (!unit.judged) {
      out_ << "<p>" << html_code(unit.file) << " could not be read: no rule was judged on it.</p>\n";
    }
    if (!review.own.empty()) {
      out_ << "<p>First of all, in the manifest itself: ";
      for (const Finding* finding : review.own) {
        const auto index = static_cast<std::size_t>(finding - result_.findings.data());
        out_ << (finding == review.own.front() ? "" : "; ") << "<a href=\"#" << anchor(index) << "\">"
             << html_prose(message_of(*finding)) << "</a>";
      }
      out_ << ".</p>\n";
    }
    if (unit.judged) {
      out_ << "<ol class=\"spine\">\n";
      for (const ReviewStep& step : review.steps) write_step(step, unit, named);
      out_ << "</ol>\n";
    }
    out_ << (folded ? "</details>\n" : "</div>\n");
  }

  void write_step(const ReviewStep& step, const Unit& unit, bool below_name) {
    const bool here = unit.kind == Scope::campaign && step.gate == unit.gate;
    const std::string_view heading = below_name ? "h4" : "h3";
    std::string name(step_name(step.gate));
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
    out_ << "<li class=\"" << state_class(step.state()) << "\"" << (here ? " aria-current=\"step\"" : "")
         << "><span class=\"dot\" aria-hidden=\"true\">" << glyph(step.state()) << "</span><" << heading << ">" << name
         << "</" << heading << ">";
    if (here) out_ << "<span class=\"here\">the campaign stands here</span>";
    out_ << "<span class=\"small\">" << summary_of(step) << "</span>\n";
    if (!step.open.empty()) {
      out_ << "<ul>\n";
      for (const std::size_t rule : step.open) write_open_rule(rule, unit);
      out_ << "</ul>\n";
    }
    out_ << "</li>\n";
  }

  void write_open_rule(std::size_t index, const Unit& unit) {
    const RuleInfo& rule = result_.rules[index];
    const auto finding = first_finding_.find({unit.file, rule.id});
    out_ << "<li>";
    if (finding != first_finding_.end()) {
      out_ << "<a href=\"#" << anchor(finding->second) << "\">" << escape_markup(title_of(rule)) << "</a>";
    } else {
      out_ << escape_markup(title_of(rule));
    }
    out_ << " <span class=\"who\">for " << to_string(rule.ask) << "</span></li>\n";
  }

  void write_table(const std::vector<Review>& reviews) {
    out_ << "<table>\n<caption>Rules that are open at each step</caption>\n<thead><tr><th scope=\"col\">Campaign</th>";
    for (std::size_t i = 0; i < gate_count; ++i) {
      out_ << "<th scope=\"col\">" << step_name(static_cast<Gate>(i)) << "</th>";
    }
    out_ << "</tr></thead>\n<tbody>\n";
    for (const Review& review : reviews) {
      out_ << "<tr><th scope=\"row\">" << name_of(*review.unit) << "</th>";
      for (const ReviewStep& step : review.steps) {
        const StepState state = step.state();
        out_ << "<td class=\"" << state_class(state) << "\" data-head=\"" << step_name(step.gate) << "\">";
        if (!review.unit->judged) {
          out_ << "not read";
        } else if (state == StepState::open) {
          out_ << step.open.size() << " open";
        } else {
          out_ << (state == StepState::done ? "done" : state == StepState::later ? "later" : "–");
        }
        out_ << "</td>";
      }
      out_ << "</tr>\n";
    }
    out_ << "</tbody>\n</table>\n";
  }

  const LintResult& result_;
  std::ostream& out_;
  std::map<std::pair<std::string, std::string>, std::size_t> first_finding_;  // by document and rule
};

}  // namespace

void write_steps(const LintResult& result, std::ostream& out) { Steps(result, out).write(); }

}  // namespace scruple::report
