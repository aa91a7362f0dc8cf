// What a finding follows from.
#pragma once

#include "cel/value.h"
#include "policy/context.h"

#include "scruple/finding.h"

#include <optional>
#include <string>

namespace scruple::linting {

// What an evaluation error says of the manifest.
struct ErrorAccount {
  policy::Context::Where where;
  std::string missing;         // the name below the place that is absent
  std::string message;         // one sentence: "`assets[mail].path` is not declared"
  std::string hint;            // what to write; may be empty
  std::optional<Cause> cause;  // none for what follows from nothing else
};

// Of one error; `scope` is the rule's.
ErrorAccount account_for(const cel::Error& error, Scope scope, const policy::Context& context);

// A hint as a remedy says it: it begins in upper case, as a sentence.
std::string as_sentence(std::string hint);

// Something that is missing in a manifest or in evidence. What is missing in a map or list that a rule computed itself
// is an ordinary error.
bool is_absence(const cel::Error& error);

// The error among those that met which decides the outcome: an absence if there is one, else the first.
const cel::Error& leading_error(const cel::Value& value);

}  // namespace scruple::linting
