// What tests of rules share: the language of packs with the product's schemas, packs and manifests from text, files in
// memory, and findings as lines that can be compared.
#pragma once

#include "base/file_system.h"
#include "base/strings.h"
#include "catch.h"
#include "policy/language.h"
#include "policy/pack.h"
#include "policy/rule_compiler.h"
#include "schema/schema.h"

#include "scruple/document.h"
#include "scruple/linter.h"
#include "scruple/policy.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::test {

inline std::string read_source_file(const std::string& path) {
  std::ifstream file(std::string(SCRUPLE_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<Document> documents_of(std::string text, const std::string& name = "campaign.yaml") {
  Diagnostics diagnostics;
  auto documents = read_documents(std::make_shared<const Source>(name, std::move(text)), {}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) FAIL(diagnostic.message);
  return documents;
}

inline Document document_of(std::string text, const std::string& name = "campaign.yaml") {
  auto documents = documents_of(std::move(text), name);
  REQUIRE(documents.size() == 1);
  return std::move(documents.front());
}

inline schema::OwnedSchema read_product_schema(const std::string& name) {
  const std::string path = "rules/schema/" + name + ".schema.json";
  Diagnostics diagnostics;
  auto schema = schema::read_schema(document_of(read_source_file(path), path), diagnostics);
  REQUIRE(diagnostics.empty());
  return std::move(*schema);
}

// The functions of expressions, and the schemas of rules/schema.
inline std::shared_ptr<const policy::Language> language() {
  static const schema::OwnedSchema manifest = read_product_schema("manifest");
  static const schema::OwnedSchema config = read_product_schema("config");
  static const schema::OwnedSchema pack = read_product_schema("pack");
  static const auto made = std::make_shared<const policy::Language>(
      policy::Language{policy::make_functions(), manifest.schema(), config.schema(), pack.schema()});
  return made;
}

// Each line of `text` further to the right.
inline std::string indented(std::string_view text, std::size_t columns) {
  std::string out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!line.empty()) out.append(columns, ' ').append(line);
    out += '\n';
  }
  return out;
}

inline const std::string pack_head =
    "pack: 1\n"
    "id: house\n"
    "version: \"1\"\n"
    "title: House rules\n"
    "defaults: {severity: error, level: essential, gate: assess, scope: campaign, ask: marketing}\n";

// A pack in a single file with one rule `house/rule`, of which `body` gives `require` and all else.
inline std::string one_rule(std::string_view body) {
  std::string text = pack_head + "rules:\n  - id: rule\n    title: It is as it should be\n";
  if (!body.starts_with("message:") && body.find("\nmessage:") == std::string_view::npos)
    text += "    message: It is wrong.\n";
  return text + indented(body, 4);
}

inline std::shared_ptr<const policy::CompiledPack> compile(const FileSystem& files, const std::string& path,
                                                           Diagnostics& diagnostics) {
  const auto written = policy::read_pack(path, language()->pack, files, diagnostics);
  if (!written || !diagnostics.empty()) return nullptr;
  return policy::compile_pack(*written, *language(), {}, diagnostics);
}

// The one pack in a file of memory.
inline PolicySet policies_of(const std::string& pack) {
  MemoryFileSystem files;
  files.add("/house.yaml", pack);
  Diagnostics diagnostics;
  const auto compiled = compile(files, "/house.yaml", diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    FAIL_CHECK(diagnostic.location.begin.line << ":" << diagnostic.location.begin.column << ": " << diagnostic.message
                                              << " (" << diagnostic.hint << ")\n"
                                              << pack);
  }
  if (compiled == nullptr) return PolicySet(language(), {});
  return PolicySet(language(), {compiled});
}

inline const std::string campaign_head = "scruple: 1\nkind: campaign\n";
inline const std::string organization_head = "scruple: 1\nkind: organization\n";

inline LintOptions options_for(std::vector<std::string> paths) {
  LintOptions options;
  options.paths = std::move(paths);
  options.today = "2026-01-05";
  options.jobs = 1;
  return options;
}

// "fail house/rule at assets[mail] 7:5 missing path: `assets[mail].path` is not declared"
inline std::string line_of(const Finding& finding) {
  std::string line =
      concat(to_string(finding.outcome), " ", finding.rule, " at ", finding.place.empty() ? "the root" : finding.place,
             " ", finding.location.begin.line, ":", finding.location.begin.column);
  if (!finding.missing.empty()) line += concat(" missing ", finding.missing);
  return concat(line, ": ", finding.message);
}

inline std::vector<std::string> lines_of(const LintResult& result) {
  std::vector<std::string> lines;
  for (const Finding& finding : result.findings) lines.push_back(line_of(finding));
  return lines;
}

// "2 pass, 1 fail": the outcomes of a rule in a manifest.
inline std::string counts_of(const LintResult& result, std::size_t rule = 0, std::size_t unit = 0) {
  REQUIRE(unit < result.units.size());
  if (result.units[unit].counts.empty()) return "not judged";
  std::vector<std::string> parts;
  const RuleCounts& counts = result.units[unit].counts.at(rule);
  for (std::size_t i = 0; i < outcome_count; ++i) {
    if (counts.outcomes[i] != 0) parts.push_back(concat(counts.outcomes[i], " ", to_string(static_cast<Outcome>(i))));
  }
  return parts.empty() ? "nothing" : join(parts, ", ");
}

// A campaign (after its head), its files, one pack.
struct Bench {
  std::string pack;
  std::string campaign;                                      // "campaign: {id: spring}\n…"
  std::vector<std::pair<std::string, std::string>> files{};  // further ones, by path below /
  LintOptions options = options_for({"/campaign.yaml"});

  LintResult lint() const {
    MemoryFileSystem memory;
    memory.add("/campaign.yaml", campaign_head + campaign);
    for (const auto& [path, text] : files) memory.add("/" + path, text);
    return scruple::lint(options, policies_of(pack), memory);
  }
};

}  // namespace scruple::test
