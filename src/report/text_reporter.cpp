#include "report/text_reporter.h"

#include "base/strings.h"
#include "lint/cause.h"
#include "report/finding_text.h"
#include "report/formats.h"
#include "report/panel.h"
#include "report/review.h"
#include "report/run_summary.h"
#include "report/terminal_text.h"
#include "report/text_summary.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace scruple::report {

namespace {

constexpr std::size_t groups_shown = 10;     // unless all is asked for
constexpr std::size_t narrowest_prose = 30;  // beside a second column

// The part of the report under one heading; without a heading, all of it.
struct Part {
  std::string heading;
  FindingList findings;
};

// `assets[mail].disclosure.text` -> `assets[mail]`, `campaign.owner` -> `campaign`; with the manifest, if there are
// more.
std::string part_of_place(const Finding& finding, bool several) {
  std::string_view place = std::string_view(finding.place).substr(0, finding.place.find('!'));
  if (const auto bracket = place.find('['); bracket != std::string_view::npos) {
    const bool quoted = place.substr(bracket).starts_with("[\"");
    const std::size_t close = place.find(quoted ? "\"]" : "]", bracket);
    if (close != std::string_view::npos) place = place.substr(0, close + (quoted ? 2 : 1));
  } else {
    place = place.substr(0, place.find('.'));
  }
  if (place.empty()) place = "the manifest itself";
  const bool shared = place.starts_with("organization:") || finding.occurrences.empty();
  return several && !shared ? concat(finding.occurrences.front().document, ": ", place) : std::string(place);
}

std::string principle_of(const Finding& finding, const LintResult& result) {
  const std::string prefix = finding.rule.substr(0, finding.rule.find('/'));
  const auto pack = std::ranges::find(result.packs, prefix, &PackInfo::id);
  if (pack == result.packs.end()) return prefix == "manifest" ? "The manifest itself" : prefix;
  return pack->title.empty() ? prefix : one_line(pack->title);
}

// What is waived or in the baseline is no part of any. Steps stand in their order; asks and principles too, places as
// they come.
std::vector<Part> parts_of(const LintResult& result, GroupBy group_by) {
  std::vector<Part> parts;
  std::map<std::pair<std::size_t, std::string>, FindingList> sorted;
  std::map<std::string, std::size_t> order;
  for (const Finding& finding : result.findings) {
    if (finding.suppression) continue;
    std::pair<std::size_t, std::string> key;
    const auto in_order = [&](std::string heading) {
      const std::size_t rank = order.try_emplace(heading, order.size()).first->second;
      key = {rank, std::move(heading)};
    };
    switch (group_by) {
      case GroupBy::cause: break;
      case GroupBy::ask: key = {static_cast<std::size_t>(finding.ask), concat("For ", to_string(finding.ask))}; break;
      case GroupBy::gate: key = {static_cast<std::size_t>(finding.gate), std::string(step_name(finding.gate))}; break;
      case GroupBy::principle: {
        const std::string heading = principle_of(finding, result);
        const auto pack = std::ranges::find_if(
            result.packs, [&](const PackInfo& info) { return finding.rule.starts_with(info.id + "/"); });
        key = {pack == result.packs.end() ? 0 : 1 + static_cast<std::size_t>(pack - result.packs.begin()), heading};
        break;
      }
      case GroupBy::place: in_order(part_of_place(finding, result.units.size() > 1)); break;
    }
    sorted[key].push_back(&finding);
  }
  for (auto& [key, findings] : sorted) parts.push_back({key.second, std::move(findings)});
  return parts;
}

bool contains(std::string_view text, std::string_view part) {
  return !part.empty() && text.find(part) != std::string_view::npos;
}

// "a, b, c and 4 more"
std::string listing(const std::vector<std::string>& names, bool all) {
  if (all || names.size() <= groups_shown) return join(names, ", ");
  const std::vector<std::string> first(names.begin(), names.begin() + groups_shown);
  return concat(join(first, ", "), " and ", names.size() - groups_shown, " more");
}

// The manifests in whose evaluation the findings occurred, each once, in order.
std::vector<std::string_view> documents_of(const FindingList& findings) {
  std::vector<std::string_view> documents;
  std::set<std::string_view> seen;
  for (const Finding* finding : findings) {
    for (const Occurrence& occurrence : finding->occurrences) {
      if (seen.insert(occurrence.document).second) documents.push_back(occurrence.document);
    }
  }
  return documents;
}

// The items in the first of its manifests.
std::vector<std::string> items_of(const Finding& finding) {
  std::vector<std::string> items;
  for (const Occurrence& occurrence : finding.occurrences) {
    const bool in_first = occurrence.document == finding.occurrences.front().document;
    if (in_first && !occurrence.item.empty()) items.push_back(occurrence.item);
  }
  return items;
}

// Findings at different places, the first of each.
FindingList by_place(const FindingList& findings) {
  FindingList places;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Finding* finding : findings) {
    if (finding->place.empty()) continue;
    if (seen.emplace(finding->location.file, finding->place).second) places.push_back(finding);
  }
  return places;
}

std::vector<std::string> names_of(const FindingList& places) {
  std::vector<std::string> names;
  for (const Finding* finding : places) names.push_back(finding->place);
  return names;
}

// In the order of each rule's first finding.
std::vector<FindingList> by_rule(const FindingList& findings) {
  std::vector<FindingList> rules;
  std::map<std::string_view, std::size_t> known;
  for (const Finding* finding : findings) {
    const auto [rule, is_new] = known.emplace(finding->rule, rules.size());
    if (is_new) rules.emplace_back();
    rules[rule->second].push_back(finding);
  }
  return rules;
}

class Text {
 public:
  Text(const LintResult& result, const ReportStyle& style, std::ostream& out)
      : result_(result), style_(style), out_(out), ink_(style.color) {}

  void print() {
    print_findings();
    print_waived();
    print_summary(result_, summarize(result_), style_, out_);
  }

  void print_findings() {
    std::size_t shown = 0;
    std::size_t more = 0;
    for (const Part& part : parts_of(result_, style_.group_by)) {
      const auto groups = group_by_cause(result_, part.findings);
      const bool heads = !part.heading.empty() && (style_.all || shown < groups_shown);
      if (heads) print_heading(part);
      for (const Group& group : groups) {
        if (!style_.all && shown == groups_shown) {
          more += group.findings.size();
          continue;
        }
        ++shown;
        print(group);
        out_ << '\n';
      }
    }
    if (more > 0) {
      print_line(ink_(Tone::strong, concat(more, " more: --all")), out_);
      out_ << '\n';
    }
  }

 private:
  void print_heading(const Part& part) {
    const std::string text = concat(visible(part.heading), " · ", plural(part.findings.size(), "finding"));
    for (const auto& line : wrap(text, line_width(style_))) print_line(ink_(Tone::strong, line), out_);
    std::string rule;
    for (std::size_t i = 0; i < std::min(display_width(text), line_width(style_)); ++i) rule += "═";
    print_line(rule, out_);
    out_ << '\n';
  }

  void print(const Group& group) {
    const auto head = std::find_if(group.findings.begin(), group.findings.end(),
                                   [](const Finding* finding) { return heads_its_cause(*finding); });
    if (group.findings.size() == 1) {
      print_panel(panel_of(*group.findings.front(), group.cause), style_, out_);
    } else if (head != group.findings.end()) {
      FindingList rest = group.findings;
      rest.erase(rest.begin() + (head - group.findings.begin()));
      Panel panel = panel_of(**head, group.cause);
      add_followers(panel, rest);
      print_panel(panel, style_, out_);
    } else {
      print_panel(panel_of(group), style_, out_);
    }
  }

  // A finding by itself.
  Panel panel_of(const Finding& finding, const Cause* cause) const {
    Panel panel;
    panel.tone = tone_of(finding.severity);
    panel.label = concat(to_string(finding.severity), "[", finding.rule, "]");
    panel.message = message_of(finding);
    panel.location = finding.location;
    panel.place = finding.place;
    panel.marker = finding.marker;
    // The message is then about the cause; what the rule asks for is still to be said.
    if (cause && !heads_its_cause(finding)) add_prose(panel, "rule", one_line(finding.title));
    if (cause && !contains(finding.message, cause->message)) {
      add_columns(panel, "because", {{visible(cause->message), position_of(cause->location, finding.location)}});
    }
    add_because(panel, finding);
    if (const auto items = items_of(finding); items.size() > 1) add_prose(panel, "items", listing(items, style_.all));
    add_campaigns(panel, {&finding});
    if (cause && cause->hint != finding.remediation && cause->hint != finding.marker) {
      add_prose(panel, "fix", linting::as_sentence(cause->hint));
    }
    add_prose(panel, "fix", finding.remediation);
    if (finding.ask != Ask::marketing) add_prose(panel, "ask", to_string(finding.ask));
    add_basis(panel, finding);
    return panel;
  }

  // A cause, and what follows from it.
  Panel panel_of(const Group& group) const {
    Severity severity = Severity::info;
    for (const Finding* finding : group.findings) severity = std::min(severity, finding->severity);
    Panel panel;
    panel.tone = tone_of(severity);
    panel.label = to_string(severity);
    std::string_view message = trim_ascii(group.cause->message);
    if (message.ends_with('.')) message.remove_suffix(1);
    panel.message = concat(message, consequence(group));
    panel.location = group.cause->location;
    panel.place = group.cause->place;
    add_places(panel, group.findings);
    add_campaigns(panel, group.findings);
    add_prose(panel, "fix", linting::as_sentence(group.cause->hint));
    add_followers(panel, group.findings);
    return panel;
  }

  static std::string consequence(const Group& group) {
    std::set<std::string_view> rules;
    bool all_undecided = true;
    for (const Finding* finding : group.findings) {
      rules.insert(finding->rule);
      all_undecided = all_undecided && finding->outcome == Outcome::undecided;
    }
    const std::string subject = plural(rules.size(), "rule");
    const bool absent = group.cause->kind == Cause::Kind::absent;
    if (all_undecided) return concat("; ", subject, " cannot be decided", absent ? " without it" : " because of it");
    if (absent) return concat("; ", subject, rules.size() == 1 ? " needs it" : " need it");
    return concat("; ", plural(group.findings.size(), "finding follows", "findings follow"), " from it");
  }

  // A line for each rule, its text beside its id where there is room.
  void add_followers(Panel& panel, const FindingList& findings) const {
    const std::vector<FindingList> rules = by_rule(findings);
    const std::size_t all_places = by_place(findings).size();
    const std::size_t width = section_width(panel.location, style_);
    const auto leaves_room = [&](const std::string& id) { return display_width(id) + 2 + narrowest_prose <= width; };
    std::size_t ids = 2;
    for (const FindingList& rule : rules) {
      const std::string id = visible(rule.front()->rule);
      if (leaves_room(id)) ids = std::max(ids, display_width(id) + 2);
    }
    const auto is_undecided = [](const Finding* finding) { return finding->outcome == Outcome::undecided; };
    const bool mixed = !std::ranges::all_of(findings, is_undecided);
    for (const FindingList& rule : rules) {
      const Finding& finding = *rule.front();
      std::string text = finding.title.empty() ? message_of(finding) : one_line(finding.title);
      if (mixed && std::ranges::all_of(rule, is_undecided)) text += " (undecided)";
      if (const auto places = by_place(rule); !places.empty() && places.size() < all_places) {
        text += concat(" (", listing(names_of(places), style_.all), ")");
      }
      const std::string id = visible(finding.rule);
      const std::string indent(ids, ' ');
      std::vector<std::string> lines;
      for (const auto& line : wrap(visible(trim_ascii(text)), width - ids)) lines.push_back(indent + line);
      if (leaves_room(id)) {
        lines.front().replace(0, display_width(id), id);
      } else {
        const auto above = wrap(id, width);
        lines.insert(lines.begin(), above.begin(), above.end());
      }
      panel.sections.push_back({std::string(to_string(finding.severity)), std::move(lines), tone_of(finding.severity),
                                &rule == &rules.front()});
    }
  }

  void add_because(Panel& panel, const Finding& finding) const {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const Reason* reason : telling_part(finding)) {
      // An inherited value says in words where it stands.
      const bool told = reason->note.find("inherited from ") != std::string::npos;
      rows.emplace_back(argument(*reason),
                        reason->location && !told ? position_of(*reason->location, finding.location) : "");
    }
    add_columns(panel, "because", rows);
  }

  // Texts with their positions in a column on the right, or below them where there is no room.
  void add_columns(Panel& panel, std::string_view label,
                   const std::vector<std::pair<std::string, std::string>>& rows) const {
    if (rows.empty()) return;
    const std::size_t width = section_width(panel.location, style_);
    std::size_t right = 0;
    for (const auto& row : rows) right = std::max(right, display_width(row.second) + 2);
    const bool beside = right + narrowest_prose <= width;
    std::size_t left = 0;
    std::vector<std::vector<std::string>> texts;
    for (const auto& [text, position] : rows) {
      texts.push_back(wrap(text, beside && !position.empty() ? width - right : width, 2));
      if (!position.empty()) left = std::max(left, display_width(texts.back().front()));
    }
    Section section{std::string(label), {}, std::nullopt, false};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string& position = rows[i].second;
      std::vector<std::string>& lines = texts[i];
      if (beside && !position.empty()) {
        lines.front() += std::string(left - display_width(lines.front()) + 2, ' ') + ink_(Tone::faint, position);
      } else if (!position.empty()) {
        for (const auto& line : wrap("  " + position, width)) lines.push_back(ink_(Tone::faint, line));
      }
      section.lines.insert(section.lines.end(), lines.begin(), lines.end());
    }
    add(panel, std::move(section));
  }

  // Where one cause is found, if it is found at several places.
  void add_places(Panel& panel, const FindingList& findings) const {
    const FindingList places = by_place(findings);
    if (places.size() < 2) return;
    if (places.size() > groups_shown) return add_prose(panel, "places", listing(names_of(places), style_.all));
    std::vector<std::pair<std::string, std::string>> rows;
    for (const Finding* finding : places) {
      rows.emplace_back(visible(finding->place), position_of(finding->location, panel.location));
    }
    add_columns(panel, "places", rows);
  }

  // The campaigns beside the one in which the panel stands; nothing where there is only one.
  void add_campaigns(Panel& panel, const FindingList& findings) const {
    std::vector<std::string> others;
    const auto documents = documents_of(findings);
    for (const auto document : documents) {
      if (document != panel.location.file) others.emplace_back(document);
    }
    // A finding about a shared file stands in none of the campaigns that it concerns.
    const bool stands_in_one = others.size() < documents.size();
    if (others.empty() || (!stands_in_one && others.size() == 1)) return;
    const std::string campaigns = concat(plural(others.size(), "campaign"), ": ", listing(others, style_.all));
    add_prose(panel, stands_in_one ? "also" : "in", stands_in_one ? "in " + campaigns : campaigns);
  }

  void add_basis(Panel& panel, const Finding& finding) const {
    std::string text;
    std::vector<std::string> others;
    for (const auto kind : {Basis::Kind::law, Basis::Kind::standard, Basis::Kind::practice}) {
      std::vector<std::string> citations;
      for (const Basis& basis : finding.basis) {
        if (basis.kind != kind) continue;
        std::string citation = one_line(basis.citation);
        if (!basis.applies_from.empty()) citation += concat(" (applies from ", basis.applies_from, ")");
        (basis.see_also ? others : citations).push_back(std::move(citation));
      }
      if (!citations.empty()) text += concat(to_string(kind), ": ", join(citations, " · "), "\n");
    }
    if (!others.empty()) text += concat("see also: ", join(others, " · "), "\n");
    if (!text.empty()) {
      add(panel, {"basis", wrap_lines(text, section_width(panel.location, style_), 2), std::nullopt, false});
    }
  }

  void add_prose(Panel& panel, std::string_view label, std::string_view text) const {
    if (trim_ascii(text).empty()) return;
    add(panel, {std::string(label), wrap_lines(text, section_width(panel.location, style_)), std::nullopt, false});
  }

  // A second section of the same label continues the first.
  static void add(Panel& panel, Section section) {
    if (panel.sections.empty() || panel.sections.back().label != section.label) {
      panel.sections.push_back(std::move(section));
      return;
    }
    auto& lines = panel.sections.back().lines;
    lines.insert(lines.end(), section.lines.begin(), section.lines.end());
  }

  static std::string position_of(const Location& location, const Location& seen) {
    return location.file.empty() ? "" : seen_from(seen.file, location);
  }

  // What is waived, one line each with who accepted it. Of what is in the baseline only the number is told.
  void print_waived() {
    bool any = false;
    for (const Finding& finding : result_.findings) {
      if (finding.outcome != Outcome::waived || !finding.suppression) continue;
      any = true;
      const Suppression& suppression = *finding.suppression;
      const std::string where = finding.location.file.empty() ? "" : concat(" (", file_position(finding.location), ")");
      const std::string text =
          concat("waived[", visible(finding.rule), "]: ", visible(trim_ascii(finding.message)), where);
      for (const auto& line : wrap(text, line_width(style_), 2)) print_line(ink_(Tone::faint, line), out_);
      const std::string why =
          concat("  until ", visible(suppression.until), " by ", visible(suppression.by), ": ",
                 visible(one_line(suppression.justification)), " (", file_position(suppression.location), ")");
      for (const auto& line : wrap(why, line_width(style_), 2)) print_line(line, out_);
    }
    if (any) out_ << '\n';
  }

  const LintResult& result_;
  const ReportStyle& style_;
  std::ostream& out_;
  Ink ink_;
};

}  // namespace

void write_text(const LintResult& result, const ReportStyle& style, std::ostream& out) {
  Text(result, style, out).print();
}

void print_findings(const LintResult& result, const ReportStyle& style, std::ostream& out) {
  Text(result, style, out).print_findings();
}

}  // namespace scruple::report
