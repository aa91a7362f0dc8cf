#include "authoring/new_rule.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "builtin/builtin.h"
#include "cli/session.h"

#include <array>
#include <memory>

namespace scruple::cli {

namespace {

struct NewOptions {
  std::string what;
  std::string id;
};

int make_rule(const NewOptions& options, const CommonOptions& common, const Streams& streams, FileSystem& files) {
  constexpr static std::array<std::string_view, 1> known = {"rule"};
  if (options.what != "rule")
    return fail(streams,
                concat("`new` makes a `rule`, no `", visible(options.what), "`; ", did_you_mean(options.what, known)));
  if (common.packs.size() > 1) return fail(streams, "a rule belongs to one pack; give `--pack` once");
  std::vector<std::string> builtin_packs;
  for (const policy::PackTables* pack : builtin::packs()) builtin_packs.emplace_back(pack->id);
  const std::string folder = common.packs.empty() ? "." : common.packs.front();
  const auto made = authoring::new_rule({options.id, folder, day_of(common, streams)}, builtin_packs, files);
  if (!made.problem.empty()) return fail(streams, made.problem);
  for (const auto& file : made.files) {
    const FileStatus status = files.create(file.path, file.text);
    if (status != FileStatus::ok) {
      return fail(streams,
                  concat("`", visible(file.path), "` ",
                         status == FileStatus::exists ? "exists already and is not overwritten" : "cannot be written"));
    }
    streams.out << "Wrote " << visible(file.path) << '\n';
  }
  streams.out << "It holds an example with three tests. Change it, and run them: scruple test " << visible(folder)
              << '\n';
  return exit_ok;
}

}  // namespace

Command add_new(CLI::App& app) {
  auto options = std::make_shared<NewOptions>();
  CLI::App* command = app.add_subcommand("new", "Write a rule of the house, with its tests");
  command->footer(
      "The pack is the folder that --pack names, or this one; it gets a pack.yaml if it\n"
      "has none. Nothing is ever overwritten.\n"
      "Example: scruple new rule short-subject --pack house-rules");
  command->add_option("WHAT", options->what, "rule")->required();
  command->add_option("ID", options->id, "Id of the rule: what has to be true, in lower-case\nwords with hyphens")
      ->required();
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return make_rule(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
