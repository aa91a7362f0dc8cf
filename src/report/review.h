// How far one manifest is along the review steps: what is done at each, what is open, and who can mend it.
#pragma once

#include "scruple/linter.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::report {

inline constexpr std::size_t ask_count = 7;

enum class StepState { done, open, later, empty };

// Rules by index into LintResult::rules. Those above the level and those left out by hand are no part of a step.
struct ReviewStep {
  Gate gate = Gate::assess;
  std::vector<std::size_t> open;  // failed, or undecided
  std::size_t done = 0;           // hold
  std::size_t waived = 0;
  std::size_t not_applicable = 0;  // ask nothing of this campaign
  std::size_t waiting = 0;         // not due before this step

  std::size_t rules() const { return open.size() + done + waived + not_applicable + waiting; }
  StepState state() const;
};

struct Review {
  const Unit* unit = nullptr;
  std::array<ReviewStep, 5> steps;             // by Gate
  std::vector<const Finding*> own;             // of its manifest's form: `manifest/…`
  std::array<std::size_t, 5> added_by_next{};  // rules that the next level would add, by Gate
  bool is_ready() const;                       // nothing is open
};

Review review_of(const LintResult& result, const Unit& unit);

// "technical review"
std::string_view step_name(Gate gate);

// "open: 2 of 5 rules (marketing 1, leadership 1)", or "done: 5 rules hold"
std::string describe(const ReviewStep& step, const LintResult& result);

// How many of these rules each can mend, the most first; nobody who can mend none.
std::vector<std::pair<Ask, std::size_t>> count_asks(const std::vector<std::size_t>& rules, const LintResult& result);

// "marketing 2, leadership 1"
std::string name_asks(const std::vector<std::size_t>& rules, const LintResult& result);

// The level above that of the run; the same if there is none.
Level next_level(Level level);

}  // namespace scruple::report
