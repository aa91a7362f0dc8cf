// What a finding says, in the words and the order that every report for people shares.
#pragma once

#include "scruple/linter.h"

#include <string>
#include <vector>

namespace scruple::report {

using FindingList = std::vector<const Finding*>;

// Findings that are shown together: one without a cause, or all that follow from one.
struct Group {
  const Cause* cause = nullptr;
  FindingList findings;
};

// In the order of each group's first finding.
std::vector<Group> group_by_cause(const LintResult& result, const FindingList& findings);

// Whether the finding is the one that its cause is: other findings follow from it.
bool heads_its_cause(const Finding& finding);

// An undecided finding says so in its first words, whatever its message is.
std::string message_of(const Finding& finding);

// What a person wants to read of an argument: without what only retells the rule, or what stands at the marker.
std::vector<const Reason*> telling_part(const Finding& finding);

// A line of an argument: "asset.ai_role is "generated"; "none" would pass". Nothing in it is invisible.
std::string argument(const Reason& reason);

// The position as seen from the folder of the file beside it: a short one for a file of the same campaign.
std::string seen_from(const std::string& file, const Location& location);

}  // namespace scruple::report
