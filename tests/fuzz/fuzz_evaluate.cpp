// Whatever a text asks for, its evaluation ends within its budget, and comes to the same with and without a trace.
#include "../cel/harness.h"
#include "cel/dump.h"
#include "fuzz.h"

namespace {

using namespace scruple::cel;

// Values of every kind under short names.
struct World {
  World() {
    const Value inner = document.map({{"a", Value::integer(1)}, {"b", Value::string("x")}});
    harness.declare("a", document.map({{"a", inner}, {"b", document.list({inner, Value::null()})}}));
    harness.declare("b", Value::real(0.5));
    harness.declare("list", document.list({Value::integer(3), Value::string("a"), inner}));
    harness.declare("day", Value::timestamp({1'772'323'200, 0}));
    harness.declare("span", Value::duration(5'400'000'000'000));
    harness.declare("text", Value::string("Grüße\n\t\xF0\x9F\x8C\xB1 %s"));
    harness.declare("object", document.object({{"kind", Value::string("email")}}));
    harness.define("def", {"x"}, "[x, x]");
    harness.environment.unknown_names_are_errors = false;
    harness.evaluation.step_limit = 20'000;
  }

  Document document;
  Harness harness;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  Harness& harness = world.harness;
  const Compiled compiled = compile({reinterpret_cast<const char*>(data), size}, harness.environment);
  if (!compiled.program) return 0;
  harness.evaluation.reset();
  const std::string plain = harness.show(evaluate(*compiled.program, harness.frame(), harness.evaluation));
  harness.evaluation.reset();
  Trace trace;
  const Value traced =
      evaluate_traced(*compiled.program, compiled.program->root(), harness.frame(), harness.evaluation, trace);
  scruple::fuzz::require(harness.show(traced) == plain);
  scruple::fuzz::require(!dump(trace, *compiled.program, harness.evaluation).empty());
  return 0;
}
