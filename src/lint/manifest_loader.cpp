#include "lint/manifest_loader.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "config/discovery.h"
#include "lint/cause.h"
#include "schema/validator.h"

namespace scruple::linting {

namespace {

constexpr std::string_view organization_prefix = "organization:";

// What each kind of finding about a manifest says should hold.
std::string_view title_of(std::string_view code) {
  constexpr std::pair<std::string_view, std::string_view> titles[] = {
      {"syntax", "The manifest can be read"},
      {"unknown-field", "Every field is one that scruple knows"},
      {"wrong-type", "Every value is of the kind that its field takes"},
      {"missing-field", "The manifest has its head, and every item its id"},
      {"not-in-enum", "A value that is chosen from a list is on that list"},
      {"malformed-date", "Every date is a day of the calendar, written 2026-03-01"},
      {"duplicate-id", "Every id is used once in its list"},
      {"unknown-id", "Every id names something that is declared"},
      {"ai-system-as-person", "No AI system stands where a person is meant"},
      {"date-order", "What comes later has the later date"},
      {"looser-than-organization", "A campaign is at most stricter than its organization"},
      {"organization-unreadable", "The organization file that the campaign names can be read"},
      {"status-behind", "The campaign's status keeps up with its dates"},
  };
  for (const auto& [name, title] : titles) {
    if (name == code) return title;
  }
  return "The manifest is as its schema says";
}

void set_cause(Judged& judged, Cause::Kind kind) {
  const Finding& finding = judged.finding;
  Cause cause;
  cause.kind = kind;
  cause.place = finding.place;
  cause.id = concat(to_string(kind), ":", finding.place);
  cause.message = finding.message;
  cause.hint = finding.remediation;
  cause.location = finding.location;
  judged.cause = std::move(cause);
}

// Violations of one document's schema as findings.
void validate(const Document& document, const schema::Schema& schema, schema::TypeId type, std::string_view prefix,
              bool in_organization, LoadedManifest& loaded) {
  schema::Places places(document);
  std::vector<schema::Violation> violations =
      schema::validate(document, document.root(), schema, type, loaded.ids ? &*loaded.ids : nullptr);
  if (!violations.empty()) loaded.ids.reset();
  for (auto& violation : violations) {
    Judged judged = manifest_finding(violation.code, std::move(violation.message), std::move(violation.hint),
                                     locate(document.source(), violation.span));
    judged.finding.place = concat(prefix, places.name(document.root(), violation.path));
    judged.finding.missing = std::move(violation.missing);
    judged.in_organization = in_organization;
    set_cause(judged, Cause::Kind::schema);
    if (!violation.meant.empty()) {
      std::string meant = violation.meant;
      if (!violation.meant_elsewhere) {
        violation.path.pop_back();
        meant = places.name(document.root(), violation.path);
        schema::append_key_step(meant, violation.meant);
      }
      loaded.misspelt.emplace(concat(prefix, meant), *judged.cause);
    }
    loaded.findings.push_back(std::move(judged));
  }
}

// The definition of the manifest's schema for a kind of manifest.
constexpr std::string_view definition_of(Scope kind) {
  return kind == Scope::campaign ? "campaign_manifest" : "organization_file";
}

std::optional<Scope> declared_kind(const Document& document) {
  const Member* kind =
      document.node(document.root()).kind == NodeKind::map ? document.find(document.root(), "kind") : nullptr;
  return kind == nullptr ? std::nullopt : scope_from(document.node(kind->value).text);
}

}  // namespace

Judged manifest_finding(std::string_view code, std::string message, std::string hint, Location location) {
  Judged judged;
  Finding& finding = judged.finding;
  finding.rule = concat("manifest/", code);
  finding.outcome = Outcome::fail;
  finding.severity = Severity::error;
  finding.title = title_of(code);
  finding.message = std::move(message);
  finding.remediation = as_sentence(std::move(hint));
  finding.location = std::move(location);
  finding.occurrences.emplace_back();
  return judged;
}

LoadedFile load_file(FileContents contents, std::string name) {
  LoadedFile file;
  file.status = contents.status;
  file.name = name;
  if (contents.status != FileStatus::ok) return file;
  const auto source = std::make_shared<const Source>(std::move(name), std::move(contents.bytes));
  file.documents = read_documents(source, DocumentLimits{}, file.problems);
  return file;
}

std::shared_ptr<const LoadedFile> OrganizationFiles::load(const std::string& root, const std::string& relative,
                                                          const std::string& name) {
  const std::lock_guard lock(mutex_);
  auto& entry = loaded_[concat(root, '\0', relative, '\0', name)];
  if (!entry)
    entry = std::make_shared<const LoadedFile>(
        load_file(files_.read_beneath(root, relative, DocumentLimits{}.bytes), name));
  return entry;
}

LoadedManifest load_manifest(const Document& document, const config::ManifestLocation& location,
                             const evidence::Roots& evidence_roots, const policy::Language& language,
                             OrganizationFiles& organizations) {
  LoadedManifest loaded;
  loaded.ids.emplace();
  policy::Manifest& manifest = loaded.manifest;
  const bool named_organization = config::is_organization_name(path::file_name(location.shown));
  manifest.kind = declared_kind(document).value_or(named_organization ? Scope::organization : Scope::campaign);
  manifest.type = language.manifest.definition(definition_of(manifest.kind));
  manifest.root = location.root;
  manifest.evidence_roots = &evidence_roots;
  manifest.document = &document;
  manifest.folder = path::folder(location.relative);
  const bool is_organization = manifest.kind == Scope::organization;
  validate(document, language.manifest, manifest.type, is_organization ? organization_prefix : "", is_organization,
           loaded);
  if (is_organization || document.node(document.root()).kind != NodeKind::map) return loaded;

  const Member* named = document.find(document.root(), "organization");
  if (named == nullptr || document.node(named->value).kind != NodeKind::string ||
      schema::is_placeholder(document.node(named->value).text))
    return loaded;
  const Node& value = document.node(named->value);
  std::string root = manifest.root;
  std::string relative = path::normalize(path::join(manifest.folder, value.text));
  std::string shown = path::normalize(path::join(path::folder(location.shown), value.text));
  if (const auto named_root = evidence::split_root(value.text, evidence_roots)) {
    root = named_root->folder;
    relative = path::normalize(named_root->path);
    shown = value.text;
  }
  loaded.organization_path = relative;
  loaded.organization =
      organizations.load(root, path::is_absolute(value.text) ? std::string(value.text) : relative, shown);
  const LoadedFile& file = *loaded.organization;
  std::string message;
  std::string hint;
  if (file.status != FileStatus::ok) {
    message = concat("The organization file `", value.text, "` ", to_string(file.status));
    if (file.status == FileStatus::not_found) {
      hint = value.text.find('\\') != value.text.npos ? "Write `/` in place of `\\`, on Windows too"
                                                      : "Correct the path: it is relative to this manifest";
    }
  } else if (!file.problems.empty()) {
    message = concat("The organization file `", value.text, "` cannot be read: ", file.problems.front().message);
    hint = concat("Mend ", file.name, ":", file.problems.front().location.begin.line);
  } else if (file.documents.size() != 1 || declared_kind(file.documents.front()) != Scope::organization) {
    message = concat("`", value.text, "` is no organization file");
    hint = "An organization file says `kind: organization`";
  }
  if (!message.empty()) {
    manifest.organization_unreadable = true;
    Judged judged = manifest_finding("organization-unreadable", std::move(message), std::move(hint),
                                     locate(document.source(), value.span));
    judged.finding.place = "organization";
    set_cause(judged, Cause::Kind::unreadable);
    loaded.findings.push_back(std::move(judged));
    return loaded;
  }
  manifest.organization = &file.documents.front();
  manifest.organization_folder = path::folder(relative);
  validate(*manifest.organization, language.manifest, language.manifest.definition(definition_of(Scope::organization)),
           organization_prefix, true, loaded);
  return loaded;
}

Judged syntax_finding(const Diagnostic& diagnostic) {
  Judged judged = manifest_finding("syntax", diagnostic.message, diagnostic.hint, diagnostic.location);
  judged.finding.severity = diagnostic.severity;
  return judged;
}

}  // namespace scruple::linting
