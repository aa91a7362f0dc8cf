// What a CEL expression evaluates to, and the two things a host adds to it: where a value comes from (Origin)
// and what is known of how it came about (Marks).
//
// A Value is small and trivially copyable. It owns nothing: text, lists and errors that an evaluation computes live
// in that Evaluation's arena; strings and containers of the host live as long as the host's data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scruple::cel {

class Evaluation;
class Container;
class RowSource;
struct Error;

enum class Kind : std::uint8_t {
  unset,  // no value: a missing key, a slot that is not filled yet. Never the result of an expression.
  error,
  null,
  boolean,
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  list,
  map,
  timestamp,
  duration,
  type,
  optional,
  opaque,  // a host's object: has a type name, may have fields; no other operation looks inside
};
inline constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::opaque) + 1;

// Where a value stands in the host's data: 0 = computed. cel only carries it. Selection and indexing take it from
// the container; filter, map, sort, orValue, `?:` and bound names keep an element's; arithmetic and concatenation drop
// it.
using Origin = std::uint64_t;

// Eight bits whose meaning is the host's. A result carries the union of the marks of all that was evaluated for it,
// with the function row's `adds`, without its `clears`.
using Marks = std::uint8_t;

// An instant: seconds since 1970-01-01T00:00:00Z and 0 <= nanos < 1e9.
struct Timestamp {
  std::int64_t seconds = 0;
  std::uint32_t nanos = 0;
  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

class Value {
 public:
  Value() = default;  // unset

  static Value null() { return Value(Kind::null); }
  static Value boolean(bool b) {
    Value v(Kind::boolean);
    v.payload_.integer = b ? 1 : 0;
    return v;
  }
  static Value integer(std::int64_t i) {
    Value v(Kind::integer);
    v.payload_.integer = i;
    return v;
  }
  static Value unsigned_integer(std::uint64_t u) {
    Value v(Kind::unsigned_integer);
    v.payload_.unsigned_integer = u;
    return v;
  }
  static Value real(double d) {
    Value v(Kind::real);
    v.payload_.real = d;
    return v;
  }
  // The text is not copied; see Evaluation::copy.
  static Value string(std::string_view text) { return text_value(Kind::string, text); }
  static Value bytes(std::string_view octets) { return text_value(Kind::bytes, octets); }
  static Value type(std::string_view name) { return text_value(Kind::type, name); }
  static Value timestamp(Timestamp t) {
    Value v(Kind::timestamp);
    v.payload_.integer = t.seconds;
    v.extra_ = t.nanos;
    return v;
  }
  static Value duration(std::int64_t nanos) {
    Value v(Kind::duration);
    v.payload_.integer = nanos;
    return v;
  }
  // `kind` is list, map or opaque; `handle` is the container's own name for this one.
  static Value container(Kind kind, const Container& container, std::uint32_t handle) {
    Value v(kind);
    v.payload_.container = &container;
    v.extra_ = handle;
    return v;
  }
  static Value optional(const Value* value) {  // nullptr: none
    Value v(Kind::optional);
    v.payload_.value = value;
    return v;
  }
  static Value error(const Error& error) {
    Value v(Kind::error);
    v.payload_.error = &error;
    return v;
  }

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool is_error() const { return kind_ == Kind::error; }
  bool is_unset() const { return kind_ == Kind::unset; }
  bool is_true() const { return kind_ == Kind::boolean && payload_.integer != 0; }
  bool is_false() const { return kind_ == Kind::boolean && payload_.integer == 0; }
  bool is_number() const { return kind_ == Kind::integer || kind_ == Kind::unsigned_integer || kind_ == Kind::real; }

  // Each is valid only for its kind.
  bool as_boolean() const { return payload_.integer != 0; }
  std::int64_t as_integer() const { return payload_.integer; }
  std::uint64_t as_unsigned() const { return payload_.unsigned_integer; }
  double as_real() const { return payload_.real; }
  std::string_view as_text() const { return {payload_.text, extra_}; }  // string, bytes, type
  Timestamp as_timestamp() const { return {payload_.integer, extra_}; }
  std::int64_t as_duration() const { return payload_.integer; }  // nanoseconds
  const Container& as_container() const { return *payload_.container; }
  std::uint32_t handle() const { return extra_; }
  const Value* as_optional() const { return payload_.value; }
  const Error& as_error() const { return *payload_.error; }

  Origin origin() const { return origin_; }
  Marks marks() const { return marks_; }
  Value with_origin(Origin origin) const {
    Value v = *this;
    v.origin_ = origin;
    return v;
  }
  Value with_marks(Marks marks) const {
    Value v = *this;
    v.marks_ = marks;
    return v;
  }
  Value adding_marks(Marks marks) const { return with_marks(static_cast<Marks>(marks_ | marks)); }
  // In place: for a value that was just made, where a copy would cost more than what made it.
  // Nothing is written if nothing changes: reading a whole value right after a part of it was written stalls.
  void set_marks(Marks marks) {
    if (marks_ != marks) marks_ = marks;
  }
  void add_marks(Marks marks) { set_marks(static_cast<Marks>(marks_ | marks)); }

 private:
  explicit Value(Kind kind) : kind_(kind) {}
  static Value text_value(Kind kind, std::string_view text) {
    Value v(kind);
    v.payload_.text = text.data();
    v.extra_ = static_cast<std::uint32_t>(text.size());
    return v;
  }

  Kind kind_ = Kind::unset;
  Marks marks_ = 0;
  std::uint32_t extra_ = 0;  // size of a text, nanoseconds of a timestamp, handle of a container
  union {
    std::int64_t integer = 0;
    std::uint64_t unsigned_integer;
    double real;
    const char* text;
    const Container* container;
    const Value* value;
    const Error* error;
  } payload_;
  Origin origin_ = 0;
};
static_assert(sizeof(Value) == 24);

// Lists, maps and objects that are not cel's own come in through this interface; cel's own implement it too.
// `handle` is what Value::container was given: one Container can stand for all nodes of a document.
class Container {
 public:
  virtual ~Container() = default;

  // "list", "map", or the type name of an opaque object.
  virtual std::string_view type_name(std::uint32_t handle) const = 0;

  // Elements of a list, entries of a map; 0 for an opaque object.
  virtual std::size_t size(std::uint32_t handle, Evaluation& evaluation) const = 0;

  // Element `index` < size of a list; the value of entry `index` of a map. May be an error (an element that is
  // not of the type that was promised, a placeholder).
  virtual Value at(std::uint32_t handle, std::size_t index, Evaluation& evaluation) const = 0;

  // The key of entry `index` of a map, in the order of the data.
  virtual Value key_at(std::uint32_t handle, std::size_t index, Evaluation& evaluation) const = 0;

  // The value of a key or field. Unset if it is missing; an error of kind `absence` if the key stands there but
  // holds nothing (has() is false for both); any other error if it cannot be told.
  virtual Value find(std::uint32_t handle, std::string_view key, Evaluation& evaluation) const = 0;

  // The same for a key that is no string. Containers of documents have string keys only: unset.
  virtual Value find(std::uint32_t handle, const Value& key, Evaluation& evaluation) const = 0;

  // For an object that folds go over (see rows.h); null for any other.
  virtual const RowSource* rows(std::uint32_t) const { return nullptr; }
};

enum class ErrorKind : std::uint8_t {
  absence,     // something that is not there: `origin` is the deepest ancestor that exists, `missing` the name below it
  wrong_type,  // a value of the host that is not of its promised type: `origin` is the value
  unavailable,  // something that cannot be read (a file, a part of it): `origin` is what names it
  undecidable,  // a function that cannot tell, and says what would let it
  limit,        // a budget or bound; the message names it
  evaluation,   // everything else: no such overload, overflow, bad argument, unknown name …
};

// Errors are values. When several meet, all are kept in the order of the expression: `next`.
struct Error {
  ErrorKind kind = ErrorKind::evaluation;
  std::string_view message;
  std::string_view hint;  // a line to write; may be empty
  Origin origin = 0;
  std::string_view missing;  // absence: the key, or `[3]` for an index
  std::uint32_t node = 0;    // the node of the program that raised it
  const Error* next = nullptr;
};

}  // namespace scruple::cel
