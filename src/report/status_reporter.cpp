#include "report/status_reporter.h"

#include "base/strings.h"
#include "report/json_reporter.h"
#include "report/panel.h"
#include "report/review.h"
#include "report/run_summary.h"
#include "report/terminal_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_name = 26;  // columns, in the table of several campaigns
constexpr std::size_t step_column = 21;   // wider than the longest step's name

std::string name_of(const Unit& unit) { return visible(one_line(unit.id.empty() ? unit.file : unit.id)); }

// The names of rules without their packs, as many as fit; then how many more there are.
std::string fitting_names(const std::vector<std::size_t>& rules, const LintResult& result, std::size_t width) {
  std::string text;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string& id = result.rules[rules[i]].id;
    const std::string next = concat(i == 0 ? "" : ", ", visible(id.substr(id.find('/') + 1)));
    const std::size_t rest = rules.size() - i - 1;
    const std::string more = rest == 0 ? "" : concat(" and ", rest, " more");
    if (i > 0 && display_width(text) + display_width(next) + display_width(more) > width)
      return concat(text, " and ", rest + 1, " more");
    text += next;
  }
  return text;
}

class Status {
 public:
  Status(const LintResult& result, const ReportStyle& style, std::ostream& out)
      : result_(result), width_(line_width(style)), out_(out), ink_(style.color) {
    for (const Unit& unit : result.units) reviews_.push_back(review_of(result, unit));
  }

  void print() {
    if (reviews_.size() == 1) print_one(reviews_.front());
    if (reviews_.size() > 1) print_table();
    if (!reviews_.empty()) {
      print_to_mend();
      print_next_level();
    }
    const Tone tone = result_.exit_code() != 0 ? Tone::error : Tone::good;
    line(ink_(tone, verdict(result_, summarize(result_))));
    if (std::ranges::any_of(reviews_, [](const Review& review) { return !review.is_ready(); }))
      line("`scruple check` shows each finding, with what to do about it.");
    line(ink_(Tone::faint, exit_meaning(result_)));
  }

 private:
  void line(std::string_view text, std::size_t hanging = 0) {
    for (const auto& part : wrap(text, width_, hanging)) print_line(part, out_);
  }

  std::string judged_on() const {
    return concat("Judged on ", result_.today, " at the level `", to_string(result_.level), "`");
  }

  Tone tone_of_step(StepState state) const {
    if (state == StepState::open) return Tone::error;
    return state == StepState::done ? Tone::good : Tone::faint;
  }

  void print_one(const Review& review) {
    const Unit& unit = *review.unit;
    line(concat(ink_(Tone::strong, name_of(unit)), unit.id.empty() ? "" : concat(" · ", visible(unit.file))), 2);
    if (!unit.judged) {
      line("Not judged: the file could not be read.");
    } else if (unit.kind == Scope::organization) {
      line(concat(judged_on(), ", at every step: an organization file."));
    } else {
      line(concat(judged_on(), ". Stands at: ", step_name(unit.gate), " (", visible(one_line(unit.gate_reason)), ")."));
    }
    out_ << '\n';
    if (!review.own.empty())
      row(" ", "the manifest itself", concat("open: ", plural(review.own.size(), "finding")), Tone::error);
    if (unit.judged) {
      for (const ReviewStep& step : review.steps) {
        const bool here = unit.kind == Scope::campaign && step.gate == unit.gate;
        row(here ? ">" : " ", step_name(step.gate), describe(step, result_), tone_of_step(step.state()));
      }
    }
    out_ << '\n';
  }

  void row(std::string_view mark, std::string_view name, const std::string& text, Tone tone) {
    std::string start = concat(mark, " ", pad(std::string(name), step_column));
    for (const auto& part : wrap(text, width_ - step_column - 2)) {
      print_line(start + ink_(tone, part), out_);
      start = std::string(step_column + 2, ' ');
    }
  }

  // A cell of the table: "done", "2 open"; the step at which a campaign stands is marked.
  std::string cell(const Review& review, const ReviewStep& step) const {
    const bool here = review.unit->kind == Scope::campaign && step.gate == review.unit->gate;
    std::string text;
    switch (step.state()) {
      case StepState::done: text = "done"; break;
      case StepState::open: text = concat(step.open.size(), " open"); break;
      case StepState::later: text = "later"; break;
      case StepState::empty: text = "-"; break;
    }
    return here ? concat(">", text) : concat(" ", text);
  }

  void print_table() {
    line(concat(judged_on(), ". `>` marks the step at which a campaign stands."));
    out_ << '\n';
    constexpr std::size_t widths[] = {9, 11, 13, 10, 8};
    std::size_t names = 0;
    for (const Review& review : reviews_)
      names = std::max(names, std::min(longest_name, display_width(name_of(*review.unit))));
    std::string head = pad("", names + 2);
    for (std::size_t i = 0; i < gate_count; ++i) head += pad(concat(" ", to_string(static_cast<Gate>(i))), widths[i]);
    print_line(ink_(Tone::strong, head), out_);
    for (const Review& review : reviews_) {
      const Unit& unit = *review.unit;
      std::string text = pad(shorten(name_of(unit), longest_name), names + 2);
      if (!unit.judged) {
        print_line(concat(text, " ", ink_(Tone::error, "could not be read")), out_);
        continue;
      }
      for (const ReviewStep& step : review.steps)
        text += ink_(tone_of_step(step.state()), pad(cell(review, step), widths[static_cast<std::size_t>(step.gate)]));
      print_line(text, out_);
      if (!review.own.empty()) {
        print_line(concat(pad("", names + 2), " ",
                          ink_(Tone::error, concat(plural(review.own.size(), "finding"), " in the manifest itself"))),
                   out_);
      }
    }
    out_ << '\n';
  }

  // Who can mend what is open, one line each.
  void print_to_mend() {
    std::set<std::size_t> open;
    for (const Review& review : reviews_) {
      for (const ReviewStep& step : review.steps) open.insert(step.open.begin(), step.open.end());
    }
    if (open.empty()) return;
    const std::vector<std::size_t> rules(open.begin(), open.end());
    print_line(ink_(Tone::strong, "Who can mend it"), out_);
    for (const auto& [ask, count] : count_asks(rules, result_)) {
      std::vector<std::size_t> theirs;
      for (const std::size_t rule : rules) {
        if (result_.rules[rule].ask == ask) theirs.push_back(rule);
      }
      constexpr std::size_t indent = 14;
      print_line(pad(concat("  ", to_string(ask)), indent) + fitting_names(theirs, result_, width_ - indent), out_);
    }
    out_ << '\n';
  }

  void print_next_level() {
    std::array<std::size_t, gate_count> added{};
    for (const Review& review : reviews_) {
      for (std::size_t i = 0; i < gate_count; ++i) added[i] = std::max(added[i], review.added_by_next[i]);
    }
    std::vector<std::string> parts;
    std::size_t all = 0;
    for (std::size_t i = 0; i < gate_count; ++i) {
      all += added[i];
      if (added[i] > 0) parts.push_back(concat(step_name(static_cast<Gate>(i)), " ", added[i]));
    }
    if (all == 0) return;
    line(concat("The level `", to_string(next_level(result_.level)), "` would add ", plural(all, "rule"), ": ",
                join(parts, ", "), "."));
    out_ << '\n';
  }

  const LintResult& result_;
  std::size_t width_;
  std::ostream& out_;
  Ink ink_;
  std::vector<Review> reviews_;
};

std::string_view to_string(StepState state) {
  constexpr std::string_view names[] = {"done", "open", "later", "empty"};
  return names[static_cast<std::size_t>(state)];
}

}  // namespace

void write_status_text(const LintResult& result, const ReportStyle& style, std::ostream& out) {
  Status(result, style, out).print();
}

void write_status_json(const LintResult& result, std::ostream& out) {
  Json manifests = Json::array();
  for (const Unit& unit : result.units) {
    const Review review = review_of(result, unit);
    Json steps = Json::array();
    for (const ReviewStep& step : review.steps) {
      Json open = Json::array();
      for (const std::size_t index : step.open) {
        const RuleInfo& rule = result.rules[index];
        const bool fails = unit.counts[index].outcomes[static_cast<std::size_t>(Outcome::fail)] > 0;
        open.push_back({{"rule", rule.id},
                        {"outcome", to_string(fails ? Outcome::fail : Outcome::undecided)},
                        {"severity", to_string(rule.severity)},
                        {"ask", to_string(rule.ask)}});
      }
      steps.push_back({{"gate", to_string(step.gate)},
                       {"state", to_string(step.state())},
                       {"done", step.done},
                       {"waived", step.waived},
                       {"not_applicable", step.not_applicable},
                       {"waiting", step.waiting},
                       {"open", std::move(open)},
                       {"next_level_adds", review.added_by_next[static_cast<std::size_t>(step.gate)]}});
    }
    Json one{{"file", unit.file}, {"document", unit.document}, {"kind", to_string(unit.kind)}, {"judged", unit.judged}};
    if (!unit.id.empty()) one["id"] = unit.id;
    if (unit.judged) one["gate"] = to_string(unit.gate);
    if (unit.judged && !unit.gate_reason.empty()) one["gate_reason"] = unit.gate_reason;
    one["manifest_findings"] = review.own.size();
    one["steps"] = std::move(steps);
    manifests.push_back(std::move(one));
  }
  const Json json{{"status", 1},
                  {"today", result.today},
                  {"level", to_string(result.level)},
                  {"next_level", to_string(next_level(result.level))},
                  {"exit_code", result.exit_code()},
                  {"verdict", verdict(result, summarize(result))},
                  {"manifests", std::move(manifests)}};
  out << printable(json, 2) << '\n';
}

}  // namespace scruple::report
