// Any text is a program or a list of issues: lexer, parser, planner.
#include "cel/cel.h"
#include "fuzz.h"

namespace {

using namespace scruple;

struct Language {
  Language() {
    cel::register_standard_library(functions);
    environment.functions = &functions;
    environment.variables = {{"a", cel::Type::dyn(), 0}, {"list", cel::Type::dyn(), 1}, {"x.y", cel::Type::dyn(), 2}};
    cel::Definition definition;
    definition.name = "def";
    definition.parameters = {{"x", cel::Type::dyn(), 0}};
    definition.body = "[x, x]";
    definition.source = 1;
    environment.definitions.push_back(definition);
  }

  cel::FunctionRegistry functions;
  cel::Environment environment;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Language language;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const cel::Compiled compiled = cel::compile(text, language.environment);
  fuzz::require(compiled.program.has_value() == compiled.issues.empty());
  for (const cel::Issue& issue : compiled.issues) {
    fuzz::require(!issue.message.empty());
    fuzz::require(issue.span.begin <= issue.span.end);
    fuzz::require(issue.source != 0 || issue.span.end <= text.size());
  }
  return 0;
}
