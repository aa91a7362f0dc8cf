// Why a fact of a file cannot be told. A Problem is complete for the person who keeps the campaign: what is wrong
// with which file, and what to do.
#pragma once

#include "scruple/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace scruple::evidence {

struct Problem {
  enum class Kind : std::uint8_t {
    absent,        // no such file, or it is empty: counts as not given
    bad_path,      // the path as written names no file that may be opened: an address, absolute, empty, …
    outside_root,  // the path leads out of the root
    unreadable,    // a folder, a link, a device; no permission
    malformed,     // not what it claims to be: broken UTF-8, broken JSON
    wrong_kind,    // a file of another kind than the fact needs: a PDF where text is read
    too_large,     // over a limit on size, nesting or number of parts
    not_fetched,   // a Git LFS pointer stands in place of the content
    changed,       // differs on a second reading
  };

  Kind kind = Kind::unreadable;
  std::string message;  // a sentence that names the file; never quotes what stands in it
  std::string hint;     // what to do; may be empty
  std::string detail;   // what the reader of the format said; may quote the file: for files that anyone may see
  std::optional<Location> location;  // in the file; its line is never filled in, since the file may hold personal data
};

// About a whole file: "`mail/hero.html` " and what is said of it, a sentence to its end.
Problem problem_of(const Source& file, Problem::Kind kind, std::string_view said, std::string_view hint = {});

// A fact, or why it cannot be told.
template <typename T>
class Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Problem problem) : state_(std::in_place_index<1>, std::move(problem)) {}

  explicit operator bool() const { return state_.index() == 0; }
  // Only if there is a value.
  const T& operator*() const { return *std::get_if<0>(&state_); }
  T& operator*() { return *std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  // Only if there is none.
  const Problem& problem() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Problem> state_;
};

}  // namespace scruple::evidence
