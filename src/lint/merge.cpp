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

struct Placed {
  Judged judged;
  std::size_t unit = 0;
  std::string file;  // the manifest's, or the organization file's
};

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
  using Key = std::tuple<std::string, std::size_t, Outcome, std::string, std::string, std::string, std::uint32_t>;
  std::map<Key, std::size_t> known;
  std::set<std::tuple<std::size_t, std::string, std::string>> seen;  // occurrences, by finding
  std::vector<Placed> placed;
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    for (Judged& judged : units[unit].findings) {
      Finding& finding = judged.finding;
      for (auto& occurrence : finding.occurrences) occurrence.document = units[unit].file;
      finding.gating = !finding.suppression && finding.severity <= result.units[unit].fail_on;
      const Key key{finding.rule,    finding.requirement,        finding.outcome, finding.location.file, finding.place,
                    finding.missing, finding.location.span.begin};
      const auto [entry, added] = known.try_emplace(key, placed.size());
      std::erase_if(finding.occurrences, [&](const Occurrence& occurrence) {
        return !seen.emplace(entry->second, occurrence.document, occurrence.item).second;
      });
      if (added) {
        const std::string file = judged.in_organization ? finding.location.file : units[unit].file;
        placed.push_back({std::move(judged), unit, file});
        continue;
      }
      Finding& first = placed[entry->second].judged.finding;
      first.severity = std::min(first.severity, finding.severity);
      first.gating = first.gating || finding.gating;
      if (!finding.suppression) first.suppression.reset();
      std::ranges::move(finding.occurrences, std::back_inserter(first.occurrences));
    }
  }

  const auto order = [](const Placed& p) {
    const Finding& finding = p.judged.finding;
    const bool missing = p.judged.cause && p.judged.cause->kind == Cause::Kind::absent;
    const bool manifest = finding.rule.starts_with("manifest/");
    return std::make_tuple(!p.judged.in_organization, p.file, missing, !manifest, finding.severity, finding.gate,
                           p.judged.cause ? p.judged.cause->place : std::string{}, finding.place, finding.rule,
                           finding.requirement, finding.missing);
  };
  std::ranges::stable_sort(placed, [&](const Placed& a, const Placed& b) { return order(a) < order(b); });

  Causes causes(result.causes);
  std::map<std::string, std::size_t> fingerprints;
  for (Placed& p : placed) {
    Finding& finding = p.judged.finding;
    if (p.judged.cause) finding.cause = causes.number(*p.judged.cause, finding);
    if (finding.suppression) finding.outcome = Outcome::waived;
    finding.document = p.judged.document_id;
    finding.fingerprint = fingerprint_of(finding, ++fingerprints[fingerprint_of(finding, 1)]);
    result.findings.push_back(std::move(finding));
  }
  causes.name_all();
}

}  // namespace scruple::linting
