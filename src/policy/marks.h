// What the marks of cel's values mean here: assurance and sensitivity.
#pragma once

#include "cel/value.h"

#include "scruple/finding.h"

namespace scruple::policy {

inline constexpr cel::Marks mark_computed = 1;
inline constexpr cel::Marks mark_recorded = 2;
inline constexpr cel::Marks mark_verified = 4;
inline constexpr cel::Marks mark_sensitive = 8;  // can hold personal data: shown as type and place only

inline Assurance assurance_of(cel::Marks marks) {
  if ((marks & mark_verified) != 0) return Assurance::verified;
  if ((marks & mark_recorded) != 0) return Assurance::recorded;
  return (marks & mark_computed) != 0 ? Assurance::computed : Assurance::declared;
}

}  // namespace scruple::policy
