#include "bench.h"
#include "cel/cel.h"
#include "policy/context.h"
#include "policy/dates.h"

#include <array>

namespace scruple::policy {
namespace {

using test::campaign_head;
using test::document_of;
using test::language;
using test::organization_head;

const std::string campaign_text =
    "organization: organization.yaml\n"
    "campaign: {id: spring, markets: [US-CA, DE], launch_date: 2026-02-01}\n"
    "ai_systems: [bot, {id: ear, origin: in_house}]\n"
    "assets: [{id: mail, path: mail.txt}, {id: gone, path: gone.txt}]\n"
    "audience: {segments: [{id: loyal, size: 3}]}\n"
    "data: {datasets: [{id: crm, kind: crm}]}\n";
const std::string organization_text =
    "organization:\n"
    "  people: [{id: ada}, {id: bob, left_on: 2026-01-31}, {id: cem, left_on: 2026-02-02}, {id: dot, left_on: soon},\n"
    "           {id: bot}, {id: eve, left_on: TBD}]\n"
    "ai_systems: [{id: bot, origin: vendor}, {id: far, origin: vendor}]\n"
    "data: {datasets: [{id: shop, kind: crm}]}\n";

// An expression on the manifests above.
std::string evaluate(const std::string& expression, bool organization_unreadable = false) {
  const Document campaign = document_of(campaign_head + campaign_text);
  const Document organization = document_of(organization_head + organization_text, "organization.yaml");
  MemoryFileSystem files;
  files.add("/mail.txt", "Hello, this was made with AI");
  evidence::Store store(files, "/");
  Manifest manifest;
  manifest.type = language()->manifest.definition("campaign_manifest");
  manifest.root = "/";
  manifest.document = &campaign;
  manifest.folder = ".";
  manifest.organization = organization_unreadable ? nullptr : &organization;
  manifest.organization_folder = ".";
  manifest.organization_unreadable = organization_unreadable;
  Context context(*language(), manifest, store, *parse_day("2026-01-05"));
  cel::Environment environment;
  environment.types_checked = false;
  environment.functions = &language()->functions;
  environment.variables = {{"manifest", cel::Type::dyn(), 0}};
  const auto compiled = cel::compile(expression, environment);
  for (const auto& issue : compiled.issues) FAIL(expression << ": " << issue.message);
  cel::Evaluation evaluation;
  evaluation.host = &context;
  std::array<cel::Value, 1> slots{context.view().root()};
  const cel::Value value =
      cel::evaluate(*compiled.program, {slots, nullptr, nullptr, &language()->functions}, evaluation);
  if (!value.is_error()) return context.show(value, evaluation, true);
  const cel::Error& error = value.as_error();
  constexpr std::string_view kinds[] = {"absent", "wrong type", "unavailable", "undecidable", "limit", "error"};
  return concat(kinds[static_cast<std::size_t>(error.kind)], ": ",
                error.missing.empty() ? error.message : error.missing);
}

}  // namespace

TEST_CASE("functions of campaigns") {
  struct Row {
    const char* expression;
    const char* result;
  };
  const Row rows[] = {
      {"date('2026-03-01')", "2026-03-01"},
      {"date(' 2026-03-01 ')", "2026-03-01"},
      {"date('2026-03-01T12:00:00Z') - date('2026-03-01')", "12 hours"},
      {"date('1.3.2026')", "error: this is no date"},
      {"days(1)", "1 day"},
      {"days(-90)", "minus 90 days"},
      {"days(0)", "0 seconds"},
      {"date('2026-03-01') + days(1)", "2026-03-02"},
      {"days(106751)", "106751 days"},
      {"days(106752)", "error: too many days for a duration"},
      {"days(-9223372036854775807)", "error: too many days for a duration"},

      {"asset('mail').value().id", "\"mail\""},
      {"asset('none').hasValue()", "false"},
      {"segment('loyal').value().size", "3"},
      {"segment('none').hasValue()", "false"},
      {"system('ear').value().origin", "\"in_house\""},
      {"system('bot').value().origin", "\"vendor\""},
      // Look-ups search the campaign, then the register.
      {"system('far').value().origin", "\"vendor\""},
      {"system('none').hasValue()", "false"},
      {"dataset('crm').value().kind", "\"crm\""},
      {"dataset('shop').value().kind", "\"crm\""},

      {"person('ada').value().id", "\"ada\""},
      {"person('none').hasValue()", "false"},
      // One who has left by the reference day, the launch.
      {"person('bob').hasValue()", "false"},
      {"person('cem').hasValue()", "true"},
      {"person('dot').hasValue()", "wrong type: `organization.people[dot].left_on` does not hold what it should"},
      {"person('eve').hasValue()", "true"},
      // An AI system is no person.
      {"person('bot').hasValue()", "false"},

      {"in_region(manifest.campaign.markets, 'EU')", "true"},
      {"in_region(manifest.campaign.markets, 'US')", "true"},
      {"in_region(manifest.campaign.markets, 'GB')", "false"},
      {"in_region([], 'EU')", "false"},
      {"in_region([1], 'EU')", "error: a market is a text such as \"DE\""},
      {"in_region([1, 'DE'], 'EU')", "true"},
      {"host_of('https://Example.org:8080/x?y')", "\"example.org\""},
      {"host_of('nothing')", "\"\""},

      {"file(manifest.assets[0].path).exists", "true"},
      {"file(manifest.assets[1].path).exists", "false"},
      {"file('mail.txt').exists", "true"},
      {"file('mail.txt').size", "28"},
      {"file('mail.txt').nothing", "absent: nothing"},
      {"file(manifest)", "error"},
      {"size(file(manifest.assets[1].path).text)", "absent: `gone.txt` does not exist."},
      {"file(manifest.assets[0].path)", "mail.txt"},
      {"file('mail.txt')", "mail.txt"},
      {"manifest.assets[0].path", "mail.txt"},
      {"[manifest.assets[0].path]", "[mail.txt]"},
      {"optional.of(manifest.assets[0].path)", "mail.txt"},
      {"dyn(manifest.assets[0].path)", "mail.txt"},
      {"file(dyn(manifest.assets[0].path)).exists", "true"},
      {"file([manifest.assets[0].path][0]).exists", "true"},
      {"file(manifest.assets.map(a, a.path)[0]).exists", "true"},
      {"file(optional.of(manifest.assets[0].path).value()).exists", "true"},
      {"file({'a': manifest.assets[0].path}.a).exists", "true"},
      {"file(true ? manifest.assets[0].path : manifest.assets[1].path).exists", "true"},
      {"file((manifest.assets.map(a, a.path) + []).filter(p, true)[0]).exists", "true"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    const std::string result = evaluate(row.expression);
    if (std::string_view(row.result) == "error")
      CHECK_THAT(result, Catch::StartsWith("error: "));
    else
      CHECK(result == row.result);
  }
}

TEST_CASE("what only the register could tell cannot be told without it") {
  CHECK(evaluate("system('ear').value().origin", true) == "\"in_house\"");
  CHECK(evaluate("system('none').hasValue()", true) == "unavailable: the organization file cannot be read");
  CHECK(evaluate("dataset('none').hasValue()", true) == "unavailable: the organization file cannot be read");
  CHECK(evaluate("person('ada').hasValue()", true) == "unavailable: the organization file cannot be read");
  // No organization file has assets or segments.
  CHECK(evaluate("asset('none').hasValue()", true) == "false");
  CHECK(evaluate("segment('none').hasValue()", true) == "false");
}

}  // namespace scruple::policy
