#include "lint/waiver.h"

#include "base/strings.h"
#include "base/suggest.h"
#include "policy/dates.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace scruple::linting {

namespace {

using State = Waiver::State;
using Source = Waiver::Source;

constexpr std::string_view organization_prefix = "organization:";
constexpr std::size_t longest_listing = 200;  // of places, in bytes

std::string_view title_of(std::string_view code) {
  if (code == "expired") return "A waiver holds until its last day";
  if (code == "incomplete") return "A waiver names a rule, a reason, a current person and a last day";
  if (code == "forbidden") return "Only what may be accepted is waived";
  if (code == "locked") return "What is locked further up is not loosened";
  return "A waiver covers something";
}

Judged finding_about(const WrittenWaiver& written, std::string_view code, Severity severity, std::string message,
                     std::string remedy) {
  Judged judged;
  Finding& finding = judged.finding;
  finding.rule = concat(code == "locked" ? "config/" : "waiver/", code);
  finding.severity = severity;
  finding.title = title_of(code);
  finding.message = std::move(message);
  finding.remediation = std::move(remedy);
  judged.in_organization = written.in_organization;
  finding.place = judged.in_organization ? concat(organization_prefix, written.at) : written.at;
  finding.location = written.waiver.location;
  finding.occurrences.emplace_back();
  judged.document_id = written.document_id;
  return judged;
}

const WaivableRule* find_rule(std::span<const WaivableRule> rules, std::string_view id) {
  for (const WaivableRule& known : rules) {
    const auto& aliases = known.rule->aliases;
    if (known.rule->id == id || std::ranges::find(aliases, id) != aliases.end()) return &known;
  }
  return nullptr;
}

std::string and_list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += concat(i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", "`", names[i], "`");
  return text;
}

class Judgement {
 public:
  Judgement(std::span<const WaivableRule> rules, policy::Context& context, cel::Evaluation& evaluation,
            std::vector<Judged>& findings)
      : rules_(rules), context_(context), evaluation_(evaluation), findings_(findings) {}

  // Whether the waiver may cover anything; else it says why not.
  bool holds(WrittenWaiver& written) {
    Waiver& waiver = written.waiver;
    if (!written.lock.empty()) {
      waiver.state = State::forbidden;
      add(written, "locked", Severity::error,
          concat("`waivers` is locked in ", written.lock, ": a waiver further down covers nothing."),
          "Mend what was to be waived, or ask those who locked it.");
      return false;
    }
    waiver.state = State::incomplete;
    if (is_incomplete(written)) return false;
    const WaivableRule* known = find_rule(rules_, waiver.rule);
    waiver.rule = known->rule->id;
    waiver.state = State::forbidden;
    if (is_forbidden(written, *known->rule)) return false;
    waiver.state = State::expired;
    if (waiver.until < policy::format_day(context_.today())) {
      add(written, "expired", Severity::warning,
          concat("The waiver of `", waiver.rule, "` ended on ", waiver.until, ": what it covered counts again."),
          "Mend the finding and take the waiver out; or have a person accept it anew, with a new last day.");
      return false;
    }
    waiver.state = known->judged ? State::unused : State::idle;
    return true;
  }

 private:
  void add(const WrittenWaiver& written, std::string_view code, Severity severity, std::string message,
           std::string remedy) {
    findings_.push_back(finding_about(written, code, severity, std::move(message), std::move(remedy)));
  }

  bool is_incomplete(const WrittenWaiver& written) {
    const Waiver& waiver = written.waiver;
    const auto incomplete = [&](std::string message, std::string remedy) {
      add(written, "incomplete", Severity::error, std::move(message), std::move(remedy));
      return true;
    };
    if (!written.mistake.empty()) {
      return incomplete(concat("This comment waives nothing: ", written.mistake, "."),
                        concat("Write `", comment_form(waiver), "`"));
    }
    if (!written.missing.empty()) {
      incomplete(concat("This waiver does not say ", and_list(written.missing), ", so it covers nothing."),
                 waiver.source == Source::comment ? concat("Write `", comment_form(waiver), "`")
                                                  : "Say which rule, why, until when, and who accepted it.");
      findings_.back().finding.missing = written.missing.front();
      return true;
    }
    if (written.malformed) return true;
    if (find_rule(rules_, waiver.rule) == nullptr) return is_no_rule(written);
    return is_nobody(written);
  }

  bool is_no_rule(const WrittenWaiver& written) {
    const std::string& id = written.waiver.rule;
    for (const std::string_view own : {"manifest/", "waiver/", "config/", "baseline/"}) {
      if (!id.starts_with(own)) continue;
      add(written, "forbidden", Severity::error,
          concat("`", id, "` cannot be waived: findings of `", own, "…` are about the files themselves."),
          "Mend what the finding says, and take the waiver out.");
      return true;
    }
    std::vector<std::string_view> ids;
    for (const WaivableRule& known : rules_) ids.push_back(known.rule->id);
    std::string hint = did_you_mean(id, ids);
    if (hint.empty()) hint = "`scruple rules` lists them; a waiver names one rule by its full id";
    add(written, "incomplete", Severity::error, concat("There is no rule `", id, "`, so the waiver covers nothing."),
        std::move(hint));
    return true;
  }

  bool is_nobody(const WrittenWaiver& written) {
    cel::Explanation why;
    cel::Explanation* const before = std::exchange(evaluation_.explanation, &why);
    const cel::Value person = context_.person(written.waiver.by, evaluation_);
    evaluation_.explanation = before;
    if (person.is(cel::Kind::optional) && person.as_optional() != nullptr) return false;
    std::string reason = why.phrase.empty() ? std::string("nobody of the company is declared") : why.phrase;
    add(written, "incomplete", Severity::error,
        concat("`", written.waiver.by, "` cannot waive a finding: ", reason, ". The waiver covers nothing."),
        "Name the person who accepted it, by an id of `organization.people`.");
    return true;
  }

  bool is_forbidden(const WrittenWaiver& written, const policy::CompiledRule& rule) {
    const Waiver& waiver = written.waiver;
    if (!rule.waiver_allowed) {
      add(written, "forbidden", Severity::error, concat("`", waiver.rule, "` cannot be waived."),
          "Mend what its finding says, and take the waiver out.");
      return true;
    }
    cel::Timestamp last = context_.today();
    last.seconds += std::int64_t{rule.waiver_max_days} * policy::seconds_a_day;
    const std::string last_day = policy::format_day(last);
    if (waiver.until <= last_day) return false;
    add(written, "forbidden", Severity::error,
        concat("The waiver of `", waiver.rule, "` lasts until ", waiver.until,
               "; findings of this rule are accepted for ", plural(rule.waiver_max_days, "day"), " at a time at most."),
        concat("Write `until", waiver.source == Source::comment ? " " : ": ", last_day, "`, or an earlier day."));
    return true;
  }

  static std::string comment_form(const Waiver& waiver) {
    const auto or_else = [](const std::string& text, std::string_view other) {
      return text.empty() ? std::string(other) : text;
    };
    return concat("# scruple: waive ", or_else(waiver.rule, "privacy/unsubscribe-visible"), " until ",
                  schema_day(waiver.until), " by ", or_else(waiver.by, "PERSON"), ": ",
                  or_else(waiver.reason, "WHY IT IS ACCEPTED"));
  }

  static std::string schema_day(const std::string& until) {
    return policy::parse_day(until) ? until : std::string("YYYY-MM-DD");
  }

  std::span<const WaivableRule> rules_;
  policy::Context& context_;
  cel::Evaluation& evaluation_;
  std::vector<Judged>& findings_;
};

// Whether a waiver that holds covers a finding of its rule. An organization's own covers what stands in its file, by
// places there.
bool holds_for(const WrittenWaiver& written, const Judged& judged) {
  std::string_view covered = written.waiver.place;
  std::string_view place = judged.finding.place;
  if (written.in_organization) {
    if (!judged.in_organization) return false;
    for (std::string_view* text : {&covered, &place}) {
      if (text->starts_with(organization_prefix)) text->remove_prefix(organization_prefix.size());
    }
  }
  return covers(covered, place, judged.finding.missing);
}

Suppression suppression_by(const Waiver& waiver) {
  Suppression suppression;
  suppression.kind = waiver.source == Source::comment ? Suppression::Kind::in_source : Suppression::Kind::external;
  suppression.justification = waiver.reason;
  suppression.by = waiver.by;
  suppression.until = waiver.until;
  suppression.location = waiver.location;
  return suppression;
}

// Items whose findings are all waived no longer count as failed.
void recount(const std::vector<Judged>& findings, std::span<const WaivableRule> rules,
             std::vector<RuleCounts>& counts) {
  struct Item {
    bool all_waived = true;
    bool failed = false;
  };
  std::map<std::pair<std::string_view, std::size_t>, Item> items;
  for (const Judged& judged : findings) {
    if (judged.item == 0) continue;
    Item& item = items[{judged.finding.rule, judged.item}];
    item.all_waived = item.all_waived && judged.finding.suppression.has_value();
    item.failed = item.failed || judged.finding.outcome == Outcome::fail;
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto first = items.lower_bound({rules[i].rule->id, 0});
    for (auto item = first; item != items.end() && item->first.first == rules[i].rule->id; ++item) {
      if (!item->second.all_waived) continue;
      auto& outcomes = counts[i].outcomes;
      --outcomes[static_cast<std::size_t>(item->second.failed ? Outcome::fail : Outcome::undecided)];
      ++outcomes[static_cast<std::size_t>(Outcome::waived)];
    }
  }
}

// Places at which findings of the waiver's rule stand, for one that names another place.
std::string elsewhere(const Waiver& waiver, const std::vector<Judged>& findings) {
  std::set<std::string_view> places;
  for (const Judged& judged : findings) {
    if (judged.finding.rule == waiver.rule && !judged.finding.suppression) places.insert(judged.finding.place);
  }
  std::string text;
  for (const std::string_view place : places) {
    if (!place.empty() && text.size() < longest_listing) text += concat(text.empty() ? "" : ", ", "`", place, "`");
  }
  return text;
}

}  // namespace

void apply_waivers(std::vector<WrittenWaiver>& waivers, std::span<const WaivableRule> rules, policy::Context& context,
                   cel::Evaluation& evaluation, std::vector<Judged>& findings, std::vector<RuleCounts>& counts) {
  if (waivers.empty()) return;
  evaluation.reset();
  evaluation.host = &context;
  std::map<std::string_view, std::vector<std::size_t>> by_rule;
  for (std::size_t i = 0; i < findings.size(); ++i) by_rule[findings[i].finding.rule].push_back(i);
  std::vector<Judged> about;
  Judgement judgement(rules, context, evaluation, about);
  for (WrittenWaiver& written : waivers) {
    if (!judgement.holds(written)) continue;
    const auto found = by_rule.find(written.waiver.rule);
    if (found == by_rule.end()) continue;
    for (const std::size_t i : found->second) {
      if (!holds_for(written, findings[i])) continue;
      written.waiver.state = State::used;
      if (!findings[i].finding.suppression) findings[i].finding.suppression = suppression_by(written.waiver);
    }
    if (written.waiver.state == State::unused) written.elsewhere = elsewhere(written.waiver, findings);
  }
  recount(findings, rules, counts);
  std::ranges::move(about, std::back_inserter(findings));
}

std::vector<Waiver> make_ledger(const std::vector<std::vector<WrittenWaiver>>& waivers_of_units,
                                const std::function<bool(const Waiver&)>& is_whole,
                                std::vector<UnitFindings>& findings) {
  // What a waiver is in one manifest says most if it is used there, least if its rule was not judged.
  constexpr State strongest_first[] = {State::used,    State::forbidden, State::incomplete,
                                       State::expired, State::unused,    State::idle};
  const auto rank = [&](State state) { return std::ranges::find(strongest_first, state) - strongest_first; };
  struct Line {
    WrittenWaiver written;
    std::size_t unit = 0;
  };
  std::map<std::tuple<std::string, std::uint32_t, std::uint32_t>, Line> lines;
  for (std::size_t unit = 0; unit < waivers_of_units.size(); ++unit) {
    for (const WrittenWaiver& written : waivers_of_units[unit]) {
      const Location& location = written.waiver.location;
      const auto [line, is_new] =
          lines.try_emplace({location.file, location.span.begin, location.span.end}, Line{written, unit});
      if (!is_new && rank(written.waiver.state) < rank(line->second.written.waiver.state))
        line->second.written = written;
    }
  }
  std::vector<Waiver> ledger;
  for (auto& [key, line] : lines) {
    Waiver& waiver = line.written.waiver;
    if (waiver.state == State::unused && !is_whole(waiver)) waiver.state = State::idle;
    if (waiver.state == State::unused) {
      const std::string where = waiver.place.empty() ? std::string() : concat(" at `", waiver.place, "`");
      findings[line.unit].findings.push_back(finding_about(
          line.written, "unused", Severity::warning,
          concat("The waiver of `", waiver.rule, "` covers nothing: the rule finds nothing wrong", where, "."),
          line.written.elsewhere.empty()
              ? std::string("Take it out.")
              : concat("Its findings stand at ", line.written.elsewhere, ": correct the place, or take it out.")));
    }
    ledger.push_back(std::move(waiver));
  }
  return ledger;
}

void count_waived(const std::vector<Finding>& findings, std::vector<Waiver>& ledger) {
  for (const Finding& finding : findings) {
    if (finding.outcome != Outcome::waived) continue;
    const auto line = std::ranges::find(ledger, finding.suppression->location, &Waiver::location);
    if (line != ledger.end()) ++line->findings;
  }
}

}  // namespace scruple::linting
