// From a path to a manifest with its organization file, and what is wrong with either before any rule is asked.
#pragma once

#include "config/manifest_location.h"
#include "lint/evaluator.h"
#include "policy/context.h"
#include "policy/language.h"
#include "schema/validator.h"

#include "scruple/document.h"
#include "scruple/linter.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace scruple::linting {

// The documents of one file. Organization files are read once a run and shared.
struct LoadedFile {
  FileStatus status = FileStatus::ok;
  std::string name;  // as it is shown
  std::vector<Document> documents;
  Diagnostics problems;
};

// Safe to use from several threads.
class OrganizationFiles {
 public:
  explicit OrganizationFiles(const FileSystem& files) : files_(files) {}

  // `relative` below `root`; `name` is how the file is shown.
  std::shared_ptr<const LoadedFile> load(const std::string& root, const std::string& relative, const std::string& name);

 private:
  const FileSystem& files_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const LoadedFile>> loaded_;
};

LoadedFile load_file(FileContents contents, std::string name);

// One document of a manifest's file, ready to be judged. `manifest` points into `organization` and the document.
struct LoadedManifest {
  policy::Manifest manifest;
  std::string organization_path;  // relative to the root; empty if none is named
  std::shared_ptr<const LoadedFile> organization;
  std::vector<Judged> findings;  // of `manifest/…`
  // What a misspelt or misplaced field was meant to be, by its place: the finding about it is why it is absent.
  std::map<std::string, Cause> misspelt;
  // The ids of other things in its documents; unset if one of these breaks its schema, since then some may be missed.
  std::optional<std::vector<schema::IdUse>> ids;
};

// `evidence_roots` outlive the manifest.
LoadedManifest load_manifest(const Document& document, const config::ManifestLocation& location,
                             const evidence::Roots& evidence_roots, const policy::Language& language,
                             OrganizationFiles& organizations);

// A finding of the rule `manifest/CODE` at a location; its place is the caller's to fill in.
Judged manifest_finding(std::string_view code, std::string message, std::string hint, Location location);

// A problem of a manifest's text as a finding.
Judged syntax_finding(const Diagnostic& diagnostic);

}  // namespace scruple::linting
