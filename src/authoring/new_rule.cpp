#include "authoring/new_rule.h"

#include "authoring/answers.h"
#include "base/ascii.h"
#include "base/strings.h"
#include "policy/rule_compiler.h"
#include "scruple/document.h"

#include <algorithm>
#include <memory>

namespace scruple::authoring {

namespace {

constexpr std::uint64_t pack_limit = 4u << 20;

// Its tests bring a manifest of their own, so that they hold in any pack.
constexpr std::string_view rule_text =
    R"(# An example to change: what must hold, for what, and three tests. `scruple test` runs them.
id: @ID@
title: Subject lines fit on a telephone
severity: warning
level: standard
gate: technical
scope: campaign
ask: marketing
for: asset in manifest.assets
when: asset.kind == "email"
require: size(asset.subject) <= params.most_characters
message: "The subject of {asset.id} has {size(asset.subject)} characters; {params.most_characters} fit on a telephone."
remediation: >
  Say the most important thing first, and cut the rest.
rationale: >
  Most people see the first half of a long subject, and guess the other half.
params:
  most_characters:
    type: integer
    default: 45
    minimum: 20
    maximum: 100
    description: The most characters that a subject may have.
tests:
  - pass: a short one
    manifest:
      scruple: 1
      kind: campaign
      campaign: {id: spring}
      assets:
        - {id: mail, kind: email, subject: The first radishes}
  - fail: a long one
    manifest:
      scruple: 1
      kind: campaign
      campaign: {id: spring}
      assets:
        - {id: mail, kind: email, subject: The first radishes can go into the earth this very week}
    finds: [{at: "assets[mail].subject", message: 55 characters}]
  - undecided: nobody said what it is
    manifest:
      scruple: 1
      kind: campaign
      campaign: {id: spring}
      assets:
        - {id: mail, subject: The first radishes}
    finds: [{at: "assets[mail]", missing: kind}]
)";

constexpr std::string_view pack_text =
    R"(# A pack: one file a rule stands beside this one. `scruple test` runs their tests, and
# `scruple check --pack` with this folder adds them to the built-in rules.
pack: 1
id: @ID@
version: 0.1.0
title: House rules
today: @TODAY@                    # the day by which the tests judge

# What holds for each rule here that does not say otherwise.
defaults: {severity: warning, level: standard, gate: technical, scope: campaign, ask: marketing}
)";

std::string filled(std::string_view text, std::string_view mark, std::string_view value) {
  std::string out(text);
  const std::size_t at = out.find(mark);
  return out.replace(at, mark.size(), value);
}

bool is_id(std::string_view text) {
  return !text.empty() && is_lower(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

NewRule refused(std::string problem) { return {{}, std::move(problem)}; }

// "`Rule 1` is no id: …; did you mean `rule-1`?"
std::string bad_id(std::string_view id, std::string_view otherwise) {
  return concat("`", visible(shorten(id, 60)),
                "` is no id: it begins with a letter, and has lower-case letters, digits and hyphens; did you mean `",
                id_from(id, otherwise), "`?");
}

// The id that `pack.yaml` gives; empty if it gives none.
std::string pack_id(const FileSystem& files, const std::string& file) {
  FileContents contents = files.read(file, pack_limit);
  Diagnostics ignored;
  const auto documents =
      read_yaml(std::make_shared<const Source>(file, std::move(contents.bytes)), DocumentLimits{}, ignored);
  if (documents.empty() || documents[0].node(documents[0].root()).kind != NodeKind::map) return {};
  const Member* id = documents[0].find(documents[0].root(), "id");
  return id == nullptr ? std::string{} : std::string(documents[0].node(id->value).text);
}

}  // namespace

NewRule new_rule(const RuleRequest& request, std::span<const std::string> builtin_packs, const FileSystem& files) {
  const std::size_t slash = request.id.rfind('/');
  const std::string id = slash == std::string::npos ? request.id : request.id.substr(slash + 1);
  std::string pack = slash == std::string::npos ? std::string{} : request.id.substr(0, slash);
  if (!is_id(id)) return refused(bad_id(id, "my-rule"));
  if (!pack.empty() && !is_id(pack)) return refused(bad_id(pack, "house"));

  const FileStatus status = files.info(request.folder).status;
  const std::string folder = visible(request.folder);
  if (status == FileStatus::ok)
    return refused(concat("`", folder, "` is a pack in a single file: write the rule below its `rules:`"));
  if (status == FileStatus::not_found && (request.folder.ends_with(".yaml") || request.folder.ends_with(".yml")))
    return refused(concat("`", folder, "` does not exist; give the folder of a pack"));
  if (status != FileStatus::is_folder && status != FileStatus::not_found)
    return refused(concat("`", folder, "` ", to_string(status)));

  NewRule made;
  const std::string pack_file = path::normalize(path::join(request.folder, "pack.yaml"));
  if (files.info(pack_file).status == FileStatus::ok) {
    const std::string there = pack_id(files, pack_file);
    if (!pack.empty() && pack != there)
      return refused(concat("the pack in `", folder, "` has the id `", visible(there), "`, not `", pack, "`"));
  } else {
    if (pack.empty()) {
      std::string real = files.canonical(request.folder);
      if (real.empty()) real = path::normalize(request.folder);
      pack = id_from(path::file_name(real), "house");
    }
    if (policy::is_reserved_pack_id(pack))
      return refused(concat("the pack id `", pack, "` is reserved; give another: `scruple new rule PACK/", id, "`"));
    if (std::ranges::find(builtin_packs, pack) != builtin_packs.end()) {
      return refused(concat("`", pack, "` is a built-in pack, and a new pack of that id would take its place; give ",
                            "another: `scruple new rule PACK/", id, "`"));
    }
    made.files.push_back({pack_file, filled(filled(pack_text, "@ID@", pack), "@TODAY@", request.today)});
  }
  const std::string rule_file = path::normalize(path::join(request.folder, id + ".yaml"));
  if (files.info(rule_file).status != FileStatus::not_found)
    return refused(concat("`", visible(rule_file), "` exists already and is not overwritten"));
  made.files.push_back({rule_file, filled(rule_text, "@ID@", id)});
  return made;
}

}  // namespace scruple::authoring
