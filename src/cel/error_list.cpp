#include "cel/error_list.h"

#include <algorithm>

namespace scruple::cel {
namespace {

// One cause that is met twice is one error, wherever in the expression it was met.
bool same_cause(const Error& a, const Error& b) {
  return a.kind == b.kind && a.origin == b.origin && a.missing == b.missing && a.message == b.message;
}

}  // namespace

void ErrorList::add(const Value& error) {
  marks_ = static_cast<Marks>(marks_ | error.marks());
  if (first_.is_unset()) {
    first_ = error;
    return;
  }
  if (&first_.as_error() == &error.as_error()) return;
  if (distinct_.empty()) {
    for (const Error* e = &first_.as_error(); e != nullptr; e = e->next) append(*e);
  }
  for (const Error* e = &error.as_error(); e != nullptr; e = e->next) append(*e);
}

void ErrorList::append(const Error& error) {
  if (distinct_.size() >= Evaluation::most_errors) return;
  evaluation_.charge(1);
  const bool known = std::any_of(distinct_.begin(), distinct_.end(),
                                 [&](const Error* other) { return other == &error || same_cause(*other, error); });
  if (!known) distinct_.push_back(&error);
}

Value ErrorList::value() const {
  if (distinct_.size() < 2) return first_.with_marks(marks_);
  const Error* chain = nullptr;
  for (auto error = distinct_.rbegin(); error != distinct_.rend(); ++error) {
    Error* copy = evaluation_.create<Error>(**error);
    copy->next = chain;
    chain = copy;
  }
  return Value::error(*chain).with_marks(marks_);
}

}  // namespace scruple::cel
