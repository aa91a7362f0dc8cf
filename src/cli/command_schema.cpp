#include "base/suggest.h"
#include "builtin/builtin.h"
#include "cli/commands.h"

#include <array>
#include <memory>

namespace scruple::cli {

Command add_schema(CLI::App& app) {
  constexpr static std::array<std::string_view, 3> names = {"manifest", "pack", "report"};
  auto name = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of a format");
  command->add_option("NAME", *name, "manifest, pack or report")->required();
  return [name](const CommonOptions&, const Streams& streams, FileSystem&) {
    const std::string_view text = builtin::schema_text(*name);
    if (text.empty()) {
      streams.err << "scruple: there is no schema of that name; " << did_you_mean(*name, names) << '\n';
      return exit_failure;
    }
    streams.out << text;
    return exit_ok;
  };
}

}  // namespace scruple::cli
