#include "lint/gate.h"

#include "base/strings.h"
#include "policy/dates.h"

namespace scruple::linting {

namespace {

std::optional<Gate> gate_of_status(std::string_view status) {
  constexpr std::pair<std::string_view, Gate> gates[] = {
      {"idea", Gate::assess},      {"built", Gate::technical}, {"in_review", Gate::stakeholder},
      {"approved", Gate::approve}, {"live", Gate::live},       {"closed", Gate::live}};
  for (const auto& [name, gate] : gates) {
    if (name == status) return gate;
  }
  return std::nullopt;
}

}  // namespace

CurrentGate current_gate(policy::Context& context, cel::Evaluation& evaluation, std::optional<Gate> override_gate,
                         std::vector<Judged>& findings) {
  evaluation.reset();
  if (context.manifest().kind == Scope::organization) return {Gate::live, "an organization file: all review steps"};
  const cel::Value root = context.view().root();
  const cel::Value campaign =
      root.is(cel::Kind::map) ? root.as_container().find(root.handle(), "campaign", evaluation) : cel::Value();
  const auto field = [&](std::string_view name) {
    return campaign.is(cel::Kind::map) ? campaign.as_container().find(campaign.handle(), name, evaluation)
                                       : cel::Value();
  };
  const cel::Value status = field("status");
  const cel::Value launch = field("launch_date");
  CurrentGate current{Gate::approve, "no status is given"};
  if (status.is(cel::Kind::string)) {
    if (const auto gate = gate_of_status(status.as_text())) current = {*gate, concat("status is ", status.as_text())};
  }
  const bool launched = launch.is(cel::Kind::timestamp) && launch.as_timestamp() <= context.today();
  if (launched && current.gate != Gate::live) {
    const std::string day = policy::format_day(launch.as_timestamp());
    if (status.is(cel::Kind::string)) {
      Judged judged;
      Finding& finding = judged.finding;
      const auto where = context.where(status.origin());
      finding.rule = "manifest/status-behind";
      finding.severity = Severity::warning;
      finding.title = "The campaign's status keeps up with its dates";
      finding.message =
          concat("The launch date ", day, " has passed, and the status is still `", status.as_text(), "`.");
      finding.remediation =
          "Write `status: live` if it runs, `status: closed` if it is over, or correct the launch date.";
      finding.place = where.place;
      finding.location = where.location;
      finding.because.push_back({"campaign.launch_date",
                                 day,
                                 {},
                                 context.where(launch.origin()).place,
                                 context.where(launch.origin()).location});
      finding.occurrences.emplace_back();
      findings.push_back(std::move(judged));
    }
    current = {Gate::live, concat("launch date ", day, " has passed")};
  }
  if (override_gate) return {*override_gate, "--gate"};
  return current;
}

}  // namespace scruple::linting
