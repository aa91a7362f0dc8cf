// Findings: what rules say of one place in one campaign, as plain values. They own everything that a report shows;
// documents and evidence can be gone when they are printed. Texts may hold anything a manifest holds: each reporter
// escapes for its own medium.
#pragma once

#include "scruple/diagnostic.h"
#include "scruple/source.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

enum class Outcome : std::uint8_t { pass, fail, undecided, not_applicable, not_due, waived };
enum class Level : std::uint8_t { essential, standard, complete };
enum class Gate : std::uint8_t { assess, technical, stakeholder, approve, live };
enum class Scope : std::uint8_t { campaign, organization };
enum class Ask : std::uint8_t { marketing, legal, privacy, data, it, service, leadership };
// What a pass rests on, weakest first.
enum class Assurance : std::uint8_t { declared, computed, recorded, verified };

inline constexpr std::size_t outcome_count = 6;
inline constexpr std::size_t assurance_count = 4;

std::string_view to_string(Outcome outcome);
std::string_view to_string(Level level);
std::string_view to_string(Gate gate);
std::string_view to_string(Scope scope);
std::string_view to_string(Ask ask);
std::string_view to_string(Assurance assurance);
std::optional<Severity> severity_from(std::string_view text);
std::optional<Level> level_from(std::string_view text);
std::optional<Gate> gate_from(std::string_view text);
std::optional<Scope> scope_from(std::string_view text);
std::optional<Ask> ask_from(std::string_view text);

// A number in an argument: 212 "words".
struct Figure {
  std::string name;
  std::string value;
  std::string unit;  // may be empty
};

// The smallest change of one value by which a requirement would pass.
struct Counterfactual {
  enum class Relation : std::uint8_t {
    equal,
    other_than,
    one_of,
    none_of,
    at_least,
    more_than,
    at_most,
    less_than,
    on_or_after,
    after,
    on_or_before,
    before,
  };
  Relation relation = Relation::equal;
  std::vector<std::string> values;  // as people read them; one, but for one_of and none_of
};

std::string_view to_string(Counterfactual::Relation relation);
// "at least 30", "one of "ad", "email"", "on or before 2026-03-01"
std::string phrase(const Counterfactual& counterfactual);

// One line of an argument.
struct Reason {
  enum class Kind : std::uint8_t {
    value,          // a part of the requirement that decided it, with its value
    absence,        // something that is not declared
    element,        // the element of a list at which it was decided
    step,           // a name that the rule gave to a part (`let`, a definition), with its value
    applies,        // read by `when`: why the rule applies here
    parameter,      // a setting of the rule
    requirement,    // the conjunct of the requirement that failed, or could not be decided
    not_evaluated,  // a part that no longer mattered
    remark,         // plain words
  };
  std::string expression;  // as written in the rule: `asset.ai_role`; empty for a plain remark
  std::string value;       // as a person reads it: `"generated"`, `2026-03-01`, `not declared`
  std::string note;        // a phrase that explains it; may be empty
  std::string place;       // the place of the value; empty if it was computed
  std::optional<Location> location;
  Kind kind = Kind::value;
  std::string words{};  // the expression in plain words, if it reads like code: `number of asset.claims`; else empty
  std::string name{};   // of a step: `copy`; its expression is what the name stands for
  std::optional<Counterfactual> would_pass{};
  std::vector<Figure> figures{};
};

std::string_view to_string(Reason::Kind kind);

struct Basis {
  enum class Kind : std::uint8_t { law, standard, practice };
  std::string id;
  Kind kind = Kind::practice;
  std::string citation;      // "EU AI Act, Art. 50(4)", or the title of a practice text
  std::string jurisdiction;  // ISO 3166 code, EU, or INT
  std::string url;           // may be empty
  std::string applies_from;  // set if it applies only from this later day: upcoming
  bool see_also = false;     // no source was seen: worth a look, but not shown as law
};

std::string_view to_string(Basis::Kind kind);

// The root from which findings follow. Findings with one cause form a group in text.
struct Cause {
  enum class Kind : std::uint8_t {
    absent,       // a place that is not declared (or holds a placeholder)
    unreadable,   // a file that cannot be read, or a part of it
    schema,       // a finding of `manifest/…`
    undecidable,  // a value with which rules cannot tell: a language without word lists
  };
  std::string id;  // stable within a report: "absent:assets[mail].ai_role"
  Kind kind = Kind::absent;
  std::string message;  // "`assets[mail].ai_role` is not declared"
  std::string hint;     // what to write; may be empty
  std::string place;    // what is missing or broken, with the missing name
  Location location;
};

std::string_view to_string(Cause::Kind kind);

// One occurrence that was merged into a finding.
struct Occurrence {
  std::string document;  // the manifest's file in whose evaluation it occurred
  std::string item;      // place of the item for which the rule was judged; empty for a rule without `for`
};

// Why a finding does not count against the run: a person accepted it, or a baseline knows it.
struct Suppression {
  enum class Kind : std::uint8_t {
    in_source,  // a comment in the file that was checked
    external,   // a waiver of a manifest or of settings
    baseline,   // known since the baseline was recorded
  };
  Kind kind = Kind::external;
  std::string justification;  // the reason, as it was written; empty for a baseline
  std::string by;             // the id of the person; empty for a baseline
  std::string until;          // YYYY-MM-DD, the last day; empty for a baseline
  Location location;          // where it is written
};

std::string_view to_string(Suppression::Kind kind);

// What a rule has to say of something that passes: "Of 4100 decisions, 212 would have gone to a person."
struct Remark {
  std::string rule;
  std::string message;
  std::string place;  // of what it speaks
  Location location;
};

struct Finding {
  std::string rule;                 // "transparency/ai-content-disclosed"
  std::size_t requirement = 0;      // which of the rule's `require`, from 0
  Outcome outcome = Outcome::fail;  // fail or undecided; waived if a waiver covers each of its occurrences
  Severity severity = Severity::error;
  Level level = Level::essential;
  Gate gate = Gate::assess;
  Ask ask = Ask::marketing;
  bool gating = false;  // at or above --fail-on, and neither waived nor in the baseline

  std::string title;        // the rule's: the property that should hold
  std::string message;      // what is wrong here
  std::string remediation;  // what to do
  std::string place;        // `assets[mail].path`; begins with `organization:` for the organization file
  std::string missing;      // the name below `place` that is absent; may be empty
  Location location;
  std::string marker;  // a phrase shown at the marked text; may be empty
  std::vector<Reason> because;
  std::vector<Basis> basis;
  std::optional<std::size_t> cause;     // index into LintResult::causes
  std::string document;                 // in which it stands: campaign.id, or the path of another file
  std::string fingerprint;              // 64 hex digits
  std::vector<Occurrence> occurrences;  // at least one
  // Set if it is waived, or in the baseline: then it is not gating, whatever its outcome.
  std::optional<Suppression> suppression{};
};

}  // namespace scruple
