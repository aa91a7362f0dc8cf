// A program that embeds scruple: it judges a campaign with the built-in packs and prints the findings as JSON.
#include "scruple/linter.h"
#include "scruple/policy.h"
#include "scruple/reporter.h"

#include <fstream>
#include <iostream>

int main() {
  std::ofstream("campaign.yaml")
      << "scruple: 1\nkind: campaign\ncampaign: {id: spring, owner: nobody}\norganization: {people: []}\n";

  scruple::Diagnostics diagnostics;
  const scruple::PolicySet policies = scruple::load_policies({}, diagnostics);
  if (!diagnostics.empty()) return 1;

  scruple::LintOptions options;
  options.paths = {"campaign.yaml"};
  options.today = "2026-03-01";
  const scruple::LintResult result = scruple::lint(options, policies);
  scruple::make_reporter("json", {})->report(result, std::cout);
  return result.exit_code() == 1 ? 0 : 1;
}
