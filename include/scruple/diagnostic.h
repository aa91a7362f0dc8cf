// Diagnostics: what is wrong with an *input* (a manifest's syntax, a pack, an option). What is wrong with a
// campaign is a Finding. Libraries return diagnostics; they never print, log or exit.
#pragma once

#include "scruple/source.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

enum class Severity : std::uint8_t { error, warning, info };

std::string_view to_string(Severity severity);

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;     // a stable name of the kind of problem, such as `manifest/syntax`
  std::string message;  // one sentence: what is wrong
  std::string hint;     // what to do: a "did you mean", a line to write; may be empty
  Location location;
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace scruple
