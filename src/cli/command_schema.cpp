#include "base/suggest.h"
#include "builtin/builtin.h"
#include "cli/choice.h"
#include "cli/commands.h"
#include "report/field_reference.h"

#include <array>
#include <memory>

namespace scruple::cli {

Command add_schema(CLI::App& app) {
  constexpr static std::array<std::string_view, 4> names = {"manifest", "pack", "config", "report"};
  struct SchemaOptions {
    std::string name;
    std::string format = "json";
  };
  auto options = std::make_shared<SchemaOptions>();
  CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of a format");
  command->add_option("NAME", options->name, "manifest, pack, config or report")->required();
  command->add_option("--format", options->format, "json; for the manifest also markdown: its fields as\ntables")
      ->check(one_of({"json", "markdown"}))
      ->type_name("FORMAT");
  return [options](const CommonOptions&, const Streams& streams, FileSystem&) {
    const std::string_view text = builtin::schema_text(options->name);
    if (text.empty()) {
      streams.err << "scruple: there is no schema of that name; " << did_you_mean(options->name, names) << '\n';
      return exit_failure;
    }
    if (options->format == "json") {
      streams.out << text;
    } else if (options->name == "manifest") {
      report::write_field_reference(schema::Schema(builtin::manifest_schema()), streams.out);
    } else {
      streams.err << "scruple: only the fields of manifests are written as markdown\n";
      return exit_failure;
    }
    return exit_ok;
  };
}

}  // namespace scruple::cli
