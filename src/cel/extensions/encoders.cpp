// base64.encode, base64.decode: RFC 4648, standard alphabet.
#include "base/base64.h"
#include "cel/stdlib/library.h"

namespace scruple::cel {
namespace {

Value encode(Evaluation& evaluation, Arguments a) { return evaluation.string(base64_encode(a[0].as_text())); }

Value decode(Evaluation& evaluation, Arguments a) {
  const auto bytes = base64_decode(a[0].as_text());
  return bytes ? evaluation.bytes(*bytes) : failure(evaluation, "this text is no base64");
}

}  // namespace

void register_encoders(FunctionRegistry& registry) {
  using namespace types;
  add_global(registry, "base64.encode", {bytes()}, string(), encode);
  add_global(registry, "base64.decode", {string()}, bytes(), decode);
}

}  // namespace scruple::cel
