#include "report/text_summary.h"

#include "base/strings.h"
#include "report/panel.h"
#include "report/review.h"
#include "report/terminal_text.h"

#include <algorithm>
#include <utility>

namespace scruple::report {

namespace {

constexpr std::size_t longest_title = 60;  // code points
constexpr std::size_t longest_name = 24;   // columns beside its texts; a longer one stands above them
constexpr std::size_t few = 10;            // of a list, unless all is asked for

template <typename Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

// A row of two columns; without a name, a sentence. Its texts are printable, and may be coloured.
struct Row {
  std::string name;
  std::vector<std::string> texts;  // one below the other
  bool side_by_side = false;       // with dots between them, each kept whole
};

std::vector<std::string> laid_out(const Row& row, std::size_t width) {
  std::vector<std::string> lines;
  for (const auto& text : row.texts) {
    const bool fits = !lines.empty() && display_width(lines.back()) + 3 + display_width(text) <= width;
    if (row.side_by_side && fits) {
      lines.back() += " · " + text;
    } else {
      for (auto& line : wrap(text, width)) lines.push_back(std::move(line));
    }
  }
  return lines;
}

class Summary {
 public:
  Summary(const LintResult& result, const RunSummary& summary, const ReportStyle& style, std::ostream& out)
      : result_(result), summary_(summary), style_(style), out_(out), ink_(style.color) {}

  void print() {
    if (!result_.units.empty()) {
      rows("Principles", results());
      rows("Review steps", steps());
      rows(concat(units_heading(), ", judged on ", visible(result_.today), " at the level `", to_string(result_.level),
                  "`"),
           units());
      rows("Remarks", remarks());
      rows("Settings", settings());
      rows("Waivers", waivers());
      if (result_.since) rows(since_heading(*result_.since), since(*result_.since));
      if (result_.upcoming_until) rows(concat("Until ", *result_.upcoming_until, ", if nothing changes"), upcoming());
      rows("Not checked", not_checked());
    }
    const Tone tone = result_.exit_code() != 0 ? Tone::error : Tone::good;
    for (const auto& line : wrap(verdict(result_, summary_), line_width(style_))) print_line(ink_(tone, line), out_);
    print_line(ink_(Tone::faint, exit_meaning(result_)), out_);
  }

 private:
  // Rows under a heading; nothing if there are none.
  void rows(std::string_view heading, const std::vector<Row>& rows) {
    if (rows.empty()) return;
    std::size_t names = 0;
    for (const Row& row : rows) {
      if (display_width(row.name) <= longest_name) names = std::max(names, display_width(row.name));
    }
    const std::size_t indent = names == 0 ? 2 : names + 5;
    const std::string hanging(indent, ' ');
    print_line(ink_(Tone::strong, heading), out_);
    for (const Row& row : rows) {
      const bool beside = display_width(row.name) <= longest_name;
      if (!beside) {
        for (const auto& line : wrap(row.name, line_width(style_) - 2)) print_line("  " + line, out_);
      }
      std::string start = beside ? concat("  ", row.name, hanging.substr(2 + display_width(row.name))) : hanging;
      for (const auto& line : laid_out(row, line_width(style_) - indent)) {
        print_line(start + line, out_);
        start = hanging;
      }
    }
    out_ << '\n';
  }

  std::vector<Row> results() const {
    std::vector<Row> rows;
    for (const OwnSummary& own : summary_.own) {
      std::vector<std::string> parts;
      if (own.findings[0] > 0) parts.push_back(plural(own.findings[0], "error"));
      if (own.findings[1] > 0) parts.push_back(plural(own.findings[1], "warning"));
      if (own.findings[2] > 0) parts.push_back(plural(own.findings[2], "note"));
      std::string name(own.prefix);
      if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
      rows.push_back({visible(name), std::move(parts), true});
    }
    for (const Principle& principle : principles_of(summary_)) {
      std::vector<std::string> parts;
      for (const Principle::Part& part : principle.parts) parts.push_back(painted(part) + part.assurance);
      parts.front() = concat(plural(principle.rules, "rule"), ": ", parts.front());
      rows.push_back({shorten(visible(one_line(principle.title)), longest_title), std::move(parts), true});
    }
    return rows;
  }

  std::string painted(const Principle::Part& part) const {
    switch (part.outcome) {
      case Outcome::fail: return ink_(Tone::error, part.text);
      case Outcome::undecided: return ink_(Tone::warning, part.text);
      case Outcome::pass: return ink_(Tone::good, part.text);
      default: return part.text;
    }
  }

  std::string_view units_heading() const {
    if (summary_.organizations == 0) return "Campaigns";
    return summary_.campaigns == 0 ? "Organizations" : "Manifests";
  }

  std::vector<Row> units() const {
    std::vector<Row> rows;
    for (const Unit& unit : result_.units) {
      if (!style_.all && rows.size() == few) {
        rows.push_back({"", {concat(result_.units.size() - few, " more: --all")}, false});
        break;
      }
      std::string judged = concat("judged at the gate `", to_string(unit.gate), "`");
      if (unit.kind == Scope::organization) {
        judged = "judged at every gate, since it is an organization file";
      } else if (result_.gate_override) {
        judged += ", as --gate asks";
      } else if (!unit.gate_reason.empty()) {
        judged += concat(": ", visible(one_line(unit.gate_reason)));
      }
      if (unit.level != result_.level) judged += concat(", at the level `", to_string(unit.level), "`");
      if (!unit.judged) judged = "not judged: it could not be read";
      std::vector<std::string> texts = {visible(unit.file), judged};
      if (const std::string open = result_.units.size() > 1 ? open_steps(unit) : ""; !open.empty())
        texts.push_back(open);
      rows.push_back(
          {unit.id.empty() ? "(no id)" : shorten(visible(one_line(unit.id)), longest_title), std::move(texts), false});
    }
    return rows;
  }

  // "open: assessment 4, approval 3", or nothing.
  std::string open_steps(const Unit& unit) const {
    std::vector<std::string> parts;
    for (const ReviewStep& step : review_of(result_, unit).steps) {
      if (!step.open.empty()) parts.push_back(concat(step_name(step.gate), " ", step.open.size()));
    }
    return parts.empty() ? "" : concat("rules open: ", join(parts, ", "));
  }

  // The steps of a run's only campaign at which anything is asked.
  std::vector<Row> steps() const {
    std::vector<Row> rows;
    if (result_.units.size() != 1 || !result_.units.front().judged) return rows;
    for (const ReviewStep& step : review_of(result_, result_.units.front()).steps) {
      if (step.state() == StepState::empty) continue;
      rows.push_back({std::string(step_name(step.gate)), {describe(step, result_)}, false});
    }
    return rows;
  }

  // What rules say of what passes.
  std::vector<Row> remarks() const {
    std::vector<Row> rows;
    for (const Unit& unit : result_.units) {
      for (const Remark& remark : unit.remarks) {
        if (!style_.all && rows.size() == few) {
          rows.push_back({"", {"There is more to be said: --all"}, false});
          return rows;
        }
        const std::string campaign =
            result_.units.size() > 1 && !unit.id.empty() ? concat(visible(one_line(unit.id)), ": ") : std::string();
        rows.push_back({visible(remark.rule), {concat(campaign, visible(one_line(remark.message)))}, false});
      }
    }
    return rows;
  }

  // The configs that counted, and what they change.
  std::vector<Row> settings() const {
    std::vector<Row> rows;
    for (const ConfigInfo& config : result_.configs) {
      std::string text =
          concat(config.given ? "given with --config, for " : "for ", plural(config.manifests, "manifest"));
      if (!config.extended.empty()) {
        std::vector<std::string> names;
        for (const std::string& name : config.extended) names.push_back(visible(name));
        text += concat("; with ", join(names, ", "));
      }
      std::vector<std::string> texts = {text};
      for (const ConfigInfo::Override& override : config.overrides) {
        if (!style_.all && texts.size() == few) {
          texts.push_back(concat(config.overrides.size() + 1 - few, " more: --all"));
          break;
        }
        texts.push_back(concat(visible(override.rule), ": ", visible(one_line(override.text)), " (",
                               file_position(override.location), ")"));
      }
      rows.push_back({visible(config.file), std::move(texts), false});
    }
    return rows;
  }

  static std::string since_heading(const Comparison& since) {
    std::string text = concat("Since ", visible(since.file));
    if (!since.today.empty()) text += concat(" of ", visible(since.today));
    text += concat(": ", since.fixed.size(), " fixed, ", since.added.size(), " new");
    if (since.not_compared > 0) text += concat(" (", since.not_compared, " not compared: not judged now)");
    return text;
  }

  std::vector<Row> since(const Comparison& since) const {
    std::vector<Row> rows;
    for (const KnownFinding& known : since.fixed) {
      const std::string where = known.file.empty() ? std::string() : concat(" (", visible(known.file), ")");
      rows.push_back({"fixed", {concat(visible(known.rule), ": ", visible(one_line(known.message)), where)}, false});
    }
    for (const std::size_t i : since.added) rows.push_back({"new", {line_of(result_.findings[i])}, false});
    if (rows.empty()) rows.push_back({"", {"Nothing changed."}, false});
    return rows;
  }

  std::vector<Row> upcoming() const {
    std::vector<Row> rows;
    for (const Upcoming& one : result_.upcoming)
      rows.push_back({one.day, {concat(to_string(one.finding.severity), " ", line_of(one.finding))}, false});
    if (rows.empty()) rows.push_back({"", {"Nothing runs out."}, false});
    return rows;
  }

  // "privacy/x: It is wrong. (campaign.yaml:7:3)"
  static std::string line_of(const Finding& finding) {
    std::string text = concat(visible(finding.rule), ": ", visible(one_line(trim_ascii(finding.message))));
    if (!finding.location.file.empty()) text += concat(" (", file_position(finding.location), ")");
    return text;
  }

  // The ledger: each with what came of it.
  std::vector<Row> waivers() const {
    std::vector<Row> rows;
    for (const Waiver& waiver : result_.waivers) {
      if (!style_.all && rows.size() == few) {
        rows.push_back({"", {concat(result_.waivers.size() - few, " more: --all")}, false});
        break;
      }
      std::string text = waiver.rule.empty() ? "(no rule)" : visible(waiver.rule);
      if (!waiver.place.empty()) text += concat(" at ", visible(waiver.place));
      if (!waiver.until.empty()) text += concat(" until ", visible(waiver.until));
      if (!waiver.by.empty()) text += concat(" by ", visible(waiver.by));
      text += concat(" (", file_position(waiver.location), ")");
      std::string state(to_string(waiver.state));
      if (waiver.state == Waiver::State::used) state = concat("covers ", waiver.findings);
      if (waiver.state == Waiver::State::idle) state = "not needed now";
      rows.push_back({std::move(state), {std::move(text)}, false});
    }
    return rows;
  }

  std::vector<Row> not_checked() const {
    const NotChecked& skipped = summary_.not_checked;
    std::vector<Row> rows;
    const auto say = [&](std::string text) { rows.push_back({"", {std::move(text)}, false}); };

    for (const Unit* unit : skipped.manifests) {
      say(concat(visible(unit->file), " could not be read: no rule was judged on it."));
    }
    for (const SkippedPath& path : result_.skipped) {
      say(concat(visible(path.path), " ", path.reason, ": it was left alone. Name it to have it checked."));
    }
    for (const std::string& pattern : result_.unused_excludes) {
      say(concat("Nothing is left out by the pattern ", visible(pattern), "."));
    }
    for (std::size_t gate = 0; gate < gate_count; ++gate) {
      const auto& rules = skipped.not_due[gate];
      if (rules.empty()) continue;
      say(concat(plural(rules.size(), "rule is", "rules are"), " not due until the gate `",
                 to_string(static_cast<Gate>(gate)), "`", in_some_campaigns(rules), "."));
    }
    if (const std::string text = above_level(); !text.empty()) say(text);
    if (const auto& rules = skipped.never_applied; !rules.empty()) {
      say(concat(plural(rules.size(), "rule", "rules"), " found nothing to apply to: ", names(rules), "."));
    }
    if (const auto& rules = skipped.not_judged; !rules.empty()) {
      say(summary_.campaigns > 0 ? plural(rules.size(), "rule was", "rules were") + " not judged."
                                 : plural(rules.size(), "rule speaks", "rules speak") +
                                       " of campaigns, and only organization files were given.");
    }
    if (const auto& rules = skipped.unselected; !rules.empty()) {
      say(concat(plural(rules.size(), "rule was", "rules were"), " left out by --select or --ignore."));
    }
    return rows;
  }

  // " in 2 of 3 campaigns", if it is not all of them.
  std::string in_some_campaigns(const std::vector<std::size_t>& rules) const {
    std::size_t waiting = 0;
    for (const Unit& unit : result_.units) {
      waiting += std::any_of(rules.begin(), rules.end(), [&](std::size_t rule) {
        return rule < unit.counts.size() && unit.counts[rule].outcomes[index(Outcome::not_due)] > 0;
      });
    }
    if (waiting == summary_.campaigns) return "";
    return concat(" in ", waiting, " of ", plural(summary_.campaigns, "campaign"));
  }

  std::string above_level() const {
    std::string text;
    for (std::size_t level = 0; level < level_count; ++level) {
      const std::size_t count = summary_.not_checked.above_level[level].size();
      if (count == 0) continue;
      const auto name = to_string(static_cast<Level>(level));
      text += text.empty() ? concat("The level `", name, "` would add ", plural(count, "rule"))
                           : concat(", `", name, "` another ", count);
    }
    return text.empty() ? text : text + ".";
  }

  std::string names(const std::vector<std::size_t>& rules) const {
    std::vector<std::string> ids;
    for (const std::size_t rule : rules) {
      if (!style_.all && ids.size() == few / 2 && rules.size() > few / 2 + 1) {
        return concat(join(ids, ", "), " and ", rules.size() - ids.size(), " more");
      }
      ids.push_back(visible(result_.rules[rule].id));
    }
    return join(ids, ", ");
  }

  const LintResult& result_;
  const RunSummary& summary_;
  const ReportStyle& style_;
  std::ostream& out_;
  Ink ink_;
};

}  // namespace

void print_summary(const LintResult& result, const RunSummary& summary, const ReportStyle& style, std::ostream& out) {
  Summary(result, summary, style, out).print();
}

}  // namespace scruple::report
