// At which review step a campaign stands.
#pragma once

#include "lint/evaluator.h"
#include "policy/context.h"

#include "scruple/linter.h"

#include <optional>
#include <string>
#include <vector>

namespace scruple::linting {

struct CurrentGate {
  Gate gate = Gate::approve;
  std::string reason;  // "status is built"
};

// The later of what the status says and, once the launch date is not after today, `live`. An organization file is
// judged with all gates due. A status that lags behind its dates is a finding.
CurrentGate current_gate(policy::Context& context, cel::Evaluation& evaluation, std::optional<Gate> override_gate,
                         std::vector<Judged>& findings);

}  // namespace scruple::linting
