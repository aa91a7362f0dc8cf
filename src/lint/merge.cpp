#include "lint/merge.h"

#include "base/hash.h"
#include "base/strings.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace scruple::linting {

namespace {

// `assets[mail].ai_role` -> `assets[].ai_role`: what is missing in several items of a list is one omission.
std::string generalized(std::string_view place) {
  std::string out;
  bool inside = false;
  bool quoted = false;
  for (std::size_t i = 0; i < place.size(); ++i) {
    const char c = place[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
      continue;
    }
    if (inside && c == '"') quoted = true;
    if (c == ']') inside = false;
    if (!inside) out += c;
    if (c == '[') inside = true;
  }
  return out;
}

std::string without_evidence(const std::string& place) { return place.substr(0, place.find('!')); }

// A finding of one or several units: the first of those that are one.
struct Placed {
  Judged* judged = nullptr;
  std::string_view file;                                 // the manifest's, or the organization file's
  std::set<std::pair<std::string, std::string>> seen{};  // its occurrences, once there are several
};

// Where a finding stands in a report.
auto order_of(const Placed& placed) {
  const Judged& judged = *placed.judged;
  const Finding& finding = judged.finding;
  const bool missing = judged.cause && judged.cause->kind == Cause::Kind::absent;
  const bool manifest = finding.rule.starts_with("manifest/");
  return std::make_tuple(!judged.in_organization, placed.file, missing, !manifest, finding.severity, finding.gate,
                         judged.cause ? std::string_view(judged.cause->place) : std::string_view(),
                         std::string_view(finding.place), std::string_view(finding.rule), finding.requirement,
                         std::string_view(finding.missing));
}

class Causes {
 public:
  explicit Causes(std::vector<Cause>& causes) : causes_(causes) {}

  // A field that several items of one list of a file lack is one cause.
  std::size_t number(const Cause& cause, const Finding& finding) {
    const bool several =
        cause.kind == Cause::Kind::absent && !finding.missing.empty() && cause.place.find('!') == std::string::npos;
    const std::string general = several ? generalized(cause.place) : cause.place;
    const std::string key = concat(cause.location.file, '\0', to_string(cause.kind), '\0', general);
    const auto [entry, added] = numbers_.try_emplace(key, causes_.size());
    if (added) {
      causes_.push_back(cause);
      places_.push_back({cause.place});
      return entry->second;
    }
    auto& places = places_[entry->second];
    if (places.insert(cause.place).second) {
      Cause& known = causes_[entry->second];
      known.place = general;
      known.message = concat("`", general, "` is not declared in ", plural(places.size(), "place"));
    }
    return entry->second;
  }

  // Ids are short, and unique in a report.
  void name_all() {
    std::map<std::string, std::size_t> seen;
    for (Cause& cause : causes_) {
      cause.id = concat(to_string(cause.kind), ":", cause.location.file, ":", cause.place);
      if (const std::size_t count = ++seen[cause.id]; count > 1) cause.id += concat("#", count);
    }
  }

 private:
  std::vector<Cause>& causes_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::set<std::string>> places_;  // parallel to causes_
};

// Ids are what fingerprints, waivers and logs name a campaign by.
void report_same_ids(const std::vector<Unit>& known, std::vector<UnitFindings>& units) {
  std::map<std::string, std::size_t> first_with;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!units[i].id) continue;
    const auto [first, is_new] = first_with.try_emplace(known[i].id, i);
    if (is_new) continue;
    Judged judged;
    Finding& finding = judged.finding;
    finding.rule = "manifest/same-id";
    finding.title = "Every campaign has an id of its own";
    finding.message = concat("The id `", known[i].id, "` is that of another campaign, too.");
    finding.remediation = "Give each campaign an id of its own: findings, waivers and logs name campaigns by it.";
    finding.place = "campaign.id";
    finding.location = *units[i].id;
    finding.because.push_back(
        {"campaign.id", concat('"', known[i].id, '"'), {}, "campaign.id", units[first->second].id});
    finding.occurrences.emplace_back();
    judged.document_id = known[i].id;
    units[i].findings.push_back(std::move(judged));
  }
}

}  // namespace

std::string fingerprint_of(const Finding& finding, std::size_t number) {
  std::string identity =
      concat(finding.rule, '\0', finding.document, '\0', without_evidence(finding.place), '\0', finding.missing);
  if (number > 1) identity += concat("#", number);
  return sha256_hex(identity);
}

void merge(std::vector<UnitFindings> units, LintResult& result) {
  report_same_ids(result.units, units);
  // The position tells apart what has no place (text that cannot be parsed), and documents of one stream.
  using Key = std::tuple<std::string_view, std::size_t, Outcome, std::string_view, std::string_view, std::string_view,
                         std::uint32_t>;
  std::map<Key, std::size_t> known;
  std::vector<Placed> placed;
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    for (Judged& judged : units[unit].findings) {
      Finding& finding = judged.finding;
      for (auto& occurrence : finding.occurrences) occurrence.document = units[unit].file;
      finding.gating = !finding.suppression && finding.severity <= result.units[unit].fail_on;
      const Key key{finding.rule,    finding.requirement,        finding.outcome, finding.location.file, finding.place,
                    finding.missing, finding.location.span.begin};
      const auto [entry, added] = known.try_emplace(key, placed.size());
      if (added) {
        placed.push_back({&judged, judged.in_organization ? finding.location.file : units[unit].file});
        continue;
      }
      auto& seen = placed[entry->second].seen;
      Finding& first = placed[entry->second].judged->finding;
      first.severity = std::min(first.severity, finding.severity);
      first.gating = first.gating || finding.gating;
      if (!finding.suppression) first.suppression.reset();
      const auto is_new = [&](const Occurrence& one) { return seen.emplace(one.document, one.item).second; };
      if (seen.empty()) std::ranges::for_each(first.occurrences, is_new);
      std::ranges::copy_if(finding.occurrences, std::back_inserter(first.occurrences), is_new);
    }
  }

  std::vector<const Placed*> ordered;
  for (const Placed& one : placed) ordered.push_back(&one);
  std::ranges::stable_sort(ordered, [](const Placed* a, const Placed* b) { return order_of(*a) < order_of(*b); });

  Causes causes(result.causes);
  std::map<std::string, std::size_t> fingerprints;
  for (const Placed* one : ordered) {
    Judged& judged = *one->judged;
    Finding& finding = judged.finding;
    if (judged.cause) finding.cause = causes.number(*judged.cause, finding);
    if (finding.suppression) finding.outcome = Outcome::waived;
    finding.document = judged.document_id;
    finding.fingerprint = fingerprint_of(finding, 1);
    if (const std::size_t number = ++fingerprints[finding.fingerprint]; number > 1)
      finding.fingerprint = fingerprint_of(finding, number);
    result.findings.push_back(std::move(finding));
  }
  causes.name_all();
}

}  // namespace scruple::linting
