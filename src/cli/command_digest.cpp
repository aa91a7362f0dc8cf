#include "authoring/digest_writer.h"
#include "authoring/digests.h"
#include "base/strings.h"
#include "cli/run.h"
#include "cli/session.h"
#include "lint/manifest_loader.h"
#include "report/diagnostic_printer.h"

#include <memory>

namespace scruple::cli {

namespace {

struct DigestOptions {
  std::string file;
  RunOptions run;
  bool write = false;
};

std::string_view word_for(authoring::CoveredFile::State state) {
  using State = authoring::CoveredFile::State;
  switch (state) {
    case State::matches: return "matches";
    case State::differs: return "differs";
    case State::not_recorded: return "not recorded";
    case State::superseded: return "superseded";
    case State::unreadable: return "unreadable";
  }
  return "";
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t length = count_code_points(text);
  return text.append(length < width ? width - length : 0, ' ');
}

void print(const authoring::DigestReport& report, std::ostream& out) {
  std::size_t width = 0;
  for (const auto& approval : report.approvals) {
    for (const auto& file : approval.files) width = std::max(width, count_code_points(visible(file.asset)));
  }
  const auto or_nobody = [](const std::string& text, std::string_view otherwise) {
    return text.empty() ? std::string(otherwise) : visible(text);
  };
  for (const auto& approval : report.approvals) {
    out << "oversight.approvals[" << approval.index << "]: approved by " << or_nobody(approval.by, "(nobody named)")
        << (approval.role.empty() ? "" : concat(" (", visible(approval.role), ")")) << " on "
        << or_nobody(approval.on, "(no day)") << '\n';
    for (const auto& file : approval.files) {
      out << "  " << padded(std::string(word_for(file.state)), 12) << "  " << padded(visible(file.asset), width) << "  "
          << (file.actual.empty() ? file.problem : concat(file.actual, "  ", visible(file.path))) << '\n';
      if (file.state == authoring::CoveredFile::State::differs)
        out << "  " << padded("", 12) << "  " << padded("", width) << "  " << visible(file.recorded)
            << "  is what was approved\n";
    }
  }
  if (report.approvals.empty()) out << "Nothing is approved here: `oversight.approvals` is not there, or empty.\n";
  if (report.unapproved.empty()) return;
  out << "Not in any approval:";
  for (const std::string& id : report.unapproved)
    out << (&id == &report.unapproved.front() ? " " : ", ") << visible(id);
  out << '\n';
}

// What keeps `--write` from recording all that was approved.
std::vector<std::string> unreadable_files(const std::vector<authoring::DigestReport>& reports) {
  std::vector<std::string> problems;
  for (const auto& report : reports) {
    for (const auto& approval : report.approvals) {
      for (const auto& file : approval.files) {
        if (file.state == authoring::CoveredFile::State::unreadable)
          problems.push_back(concat("`oversight.approvals[", approval.index, "]` covers `", visible(file.asset),
                                    "`, of which no digest can be taken: ", file.problem));
      }
    }
  }
  return problems;
}

int write(const DigestOptions& options, const std::vector<Document>& documents,
          const std::vector<authoring::DigestReport>& reports, const Streams& streams, FileSystem& files) {
  const std::string name = visible(options.file);
  const auto filled = authoring::fill_digests(documents, reports);
  auto problems = unreadable_files(reports);
  problems.insert(problems.end(), filled.problems.begin(), filled.problems.end());
  if (!problems.empty()) {
    for (const std::string& problem : problems) streams.err << "scruple: " << problem << '\n';
    return fail(streams, concat("nothing was written to `", name, "`"));
  }
  if (filled.changes == 0) {
    streams.out << "Nothing is to be written to " << name << '\n';
    return exit_ok;
  }
  const std::string folder(path::folder(options.file));
  if (files.info_beneath(folder, std::string(path::file_name(options.file))).status == FileStatus::symbolic_link)
    return fail(streams, concat("`", name, "` is a symbolic link; give the file that it leads to"));
  if (files.read(options.file, DocumentLimits{}.bytes).bytes != documents.front().source().text())
    return fail(streams, concat("`", name, "` changed in the meantime; nothing was written"));
  if (!files.write(options.file, filled.text)) return fail(streams, concat("`", name, "` cannot be written"));
  streams.out << "Wrote " << plural(filled.changes, "digest") << " to " << name << '\n';
  return exit_ok;
}

int digest(const DigestOptions& options, const CommonOptions& common, const Streams& streams, FileSystem& files) {
  FileContents contents = files.read(options.file, DocumentLimits{}.bytes);
  if (contents.status != FileStatus::ok)
    return fail(streams, concat("`", visible(options.file), "` ", to_string(contents.status)));
  const linting::LoadedFile file = linting::load_file(std::move(contents), options.file);
  if (!file.problems.empty()) {
    report::print_diagnostics(file.problems, style_for(common, streams), streams.err);
    return exit_failure;
  }
  const auto policies = load_packs(common, streams, files);
  const auto settings = policies ? settings_at(options.file, options.run, *policies, common, streams, files) : nullptr;
  if (settings == nullptr) return exit_failure;
  const auto location = config::locate_manifest(options.file, options.run.root, files);
  evidence::Store store(files, files.canonical("."));
  const std::string folder(path::folder(location.relative));
  std::vector<authoring::DigestReport> reports;
  for (const Document& document : file.documents) {
    const Member* kind =
        document.node(document.root()).kind == NodeKind::map ? document.find(document.root(), "kind") : nullptr;
    if (kind == nullptr || document.node(kind->value).text != "campaign")
      return fail(streams,
                  concat("`", visible(options.file), "` is no campaign manifest: it does not say `kind: campaign`"));
    reports.push_back(authoring::read_digests(document, [&](const std::string& path) {
      return store.open(location.root, folder, path, &settings->evidence_roots);
    }));
    print(reports.back(), streams.out);
  }
  return options.write ? write(options, file.documents, reports, streams, files) : exit_ok;
}

}  // namespace

Command add_digest(CLI::App& app) {
  auto options = std::make_shared<DigestOptions>();
  CLI::App* command = app.add_subcommand("digest", "Show which files approvals cover, with their SHA-256");
  command->footer(
      "An approval covers bytes: what is changed afterwards has not been approved.\n"
      "--write records the files as they are now. Have them approved first.");
  command->add_option("MANIFEST", options->file, "A campaign manifest")->required();
  command->add_flag("--write", options->write, "Fill the digests in; nothing else is changed");
  add_evidence_options(*command, options->run);
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return digest(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
