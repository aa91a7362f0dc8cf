// Findings as other programs take them: each at its place in the repository, with its texts on one line. All formats
// but the text, JSON and HTML are fed by this, so that they name the same findings at the same places.
#pragma once

#include "scruple/linter.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple::report {

// Texts hold nothing invisible and no line breaks; each format escapes for its own medium.
struct Entry {
  const Finding* finding = nullptr;
  std::string path;  // from the top of the repository, `/` as separator
  Position begin;    // 1:1 where a whole file is meant
  Position end;      // exclusive, never before `begin`
  std::string message;
  std::string remedy;       // may be empty
  std::string fingerprint;  // unique in the report
};

// In the report's order, with what was waived or stands in the baseline.
std::vector<Entry> entries_of(const LintResult& result);

// The same without these.
std::vector<Entry> open_entries(const LintResult& result);

// "waived until 2026-12-31 by dana: migration under way", "in the baseline"
std::string told(const Suppression& suppression);

// Whether a rule holds for something in a manifest, and nothing was found.
bool holds(const RuleCounts& counts);

// From the top of the repository; the path as it is shown where that is not known.
std::string repository_path(const LintResult& result, const std::string& file);

// Trimmed, on one line, and nothing in it invisible.
std::string plain(std::string_view text);

// Two texts as sentences one after the other; either may be empty.
std::string sentences(std::string first, std::string_view second);

}  // namespace scruple::report
