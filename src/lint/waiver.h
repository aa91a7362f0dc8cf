// Waivers: findings that a named person of the company accepted, with a reason, until a day. They are judged with each
// manifest for which they hold; what they cover stays a finding, but is marked.
#pragma once

#include "lint/evaluator.h"
#include "lint/merge.h"
#include "lint/waiver_reader.h"
#include "policy/compiled_pack.h"
#include "policy/context.h"

#include "scruple/linter.h"

#include <functional>
#include <span>
#include <vector>

namespace scruple::linting {

// A rule of the run, and whether a manifest was judged by it.
struct WaivableRule {
  const policy::CompiledRule* rule = nullptr;
  bool judged = true;
};

// Marks what the waivers cover and moves it to `waived` in the counts, which are parallel to `rules`. Appends a finding
// for each waiver that is expired, incomplete or forbidden. Sets the waivers' state in this manifest.
void apply_waivers(std::vector<WrittenWaiver>& waivers, std::span<const WaivableRule> rules, policy::Context& context,
                   cel::Evaluation& evaluation, std::vector<Judged>& findings, std::vector<RuleCounts>& counts);

// The waivers of all units as one ledger, by file and place: one that several manifests share stands in it once. Adds
// a finding for each that covers nothing; `is_whole` says whether the run judged all for which it may hold.
std::vector<Waiver> make_ledger(const std::vector<std::vector<WrittenWaiver>>& waivers_of_units,
                                const std::function<bool(const Waiver&)>& is_whole,
                                std::vector<UnitFindings>& findings);

// Counts what each covers, once findings are merged.
void count_waived(const std::vector<Finding>& findings, std::vector<Waiver>& ledger);

}  // namespace scruple::linting
