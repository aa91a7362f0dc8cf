// What decided a requirement: the trace of its evaluation as lines that a person can weigh.
#pragma once

#include "lint/blame.h"
#include "lint/parts.h"

#include "scruple/finding.h"

#include <cstdint>
#include <string>
#include <vector>

namespace scruple::linting {

// A value that was read or computed on the way, before it is put into words.
struct Claim {
  Reason::Kind kind = Reason::Kind::value;
  int weight = 0;  // the least is the most telling
  std::string name;
  std::string expression;
  std::string words;  // instead of the expression, for people
  cel::Value value;
  std::string note;
  std::optional<Counterfactual> would_pass{};
  std::vector<Figure> figures{};
  bool in_macro = false;  // read by a macro's range or body
};

struct Argument {
  std::vector<Claim> claims;   // in the order of the expression
  cel::Value failing_element;  // of the first `all` that failed, or `exists` that should not have held; else unset
  std::string marker;          // what a function says of its result
};

// Of a requirement, from the trace of all its conjuncts.
Argument argue(const ItemFrame& item, const Part& requirement, const cel::Trace& trace);

// Of a conjunct of `when`: why the rule applies.
void add_condition(const ItemFrame& item, const Part& when, const cel::Trace& trace, Argument& argument);

// The claims as reasons, the most telling first, each once.
std::vector<Reason> reasons_of(const ItemFrame& item, const Argument& argument);

}  // namespace scruple::linting
