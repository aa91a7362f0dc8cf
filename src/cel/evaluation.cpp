#include "cel/evaluation.h"

#include "base/strings.h"
#include "cel/error_list.h"
#include "cel/own_containers.h"
#include "cel/time_zone.h"

#include <algorithm>
#include <cstring>

namespace scruple::cel {
namespace {

// Small at first, since a program's constants have an arena each; then doubling.
constexpr std::size_t first_block = 1024;
constexpr std::size_t largest_block = 256 * 1024;
// Packs have tens of patterns; those that are made from texts of a manifest come and go. Each takes 4 MB at most.
constexpr std::size_t most_regular_expressions = 64;

}  // namespace

struct Evaluation::Block {
  std::unique_ptr<std::byte[]> bytes;
  std::size_t size = 0;
};

Evaluation::Evaluation() = default;
Evaluation::~Evaluation() = default;

void Evaluation::reset() {
  block_ = 0;
  used_ = 0;
  reset_steps();
  levels_ = 0;
  in_fold_ = false;
  stack_.clear();
}

bool Evaluation::is_new_pattern(std::string_view pattern) {
  // As many as are kept compiled: of more, each is compiled again and again.
  if (charged_patterns_.size() == most_regular_expressions) charged_patterns_.clear();
  return charged_patterns_.emplace(pattern).second;
}

const RegularExpression& Evaluation::regular_expression(std::string_view pattern) {
  const auto known = regular_expressions_.find(pattern);
  if (known != regular_expressions_.end()) return known->second;
  if (regular_expressions_.size() == most_regular_expressions) regular_expressions_.clear();
  RegularExpression made(pattern);
  const std::string_view key = made.pattern();
  return regular_expressions_.emplace(key, std::move(made)).first->second;
}

void* Evaluation::allocate(std::size_t bytes, std::size_t alignment) {
  for (; block_ < blocks_.size(); ++block_, used_ = 0) {
    const std::size_t begin = (used_ + alignment - 1) & ~(alignment - 1);
    if (begin <= blocks_[block_].size && bytes <= blocks_[block_].size - begin) {
      used_ = begin + bytes;
      return blocks_[block_].bytes.get() + begin;
    }
  }
  const std::size_t doubled = blocks_.empty() ? first_block : std::min(2 * blocks_.back().size, largest_block);
  const std::size_t size = std::max(doubled, bytes);
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  used_ = bytes;
  return blocks_.back().bytes.get();
}

std::string_view Evaluation::copy(std::string_view text) {
  if (text.empty()) return {};
  charge_bytes(text.size());
  char* bytes = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(bytes, text.data(), text.size());
  return {bytes, text.size()};
}

std::span<Value> Evaluation::allocate_values(std::size_t count) {
  if (count == 0) return {};
  charge(count);
  Value* values = static_cast<Value*>(allocate(count * sizeof(Value), alignof(Value)));
  std::uninitialized_default_construct_n(values, count);
  return {values, count};
}

std::span<std::uint32_t> Evaluation::allocate_words(std::size_t count) {
  if (count == 0) return {};
  auto* words = static_cast<std::uint32_t*>(allocate(count * sizeof(std::uint32_t), alignof(std::uint32_t)));
  std::uninitialized_fill_n(words, count, 0u);
  return {words, count};
}

Value Evaluation::string(std::string_view text) { return Value::string(copy(text)); }

Value Evaluation::bytes(std::string_view octets) { return Value::bytes(copy(octets)); }

Value Evaluation::list(std::span<const Value> elements) {
  if (elements.size() > list_limit) return no_room_for_list(elements.size());
  const std::span<Value> copies = allocate_values(elements.size());
  std::copy(elements.begin(), elements.end(), copies.begin());
  return Value::container(Kind::list, *create<OwnList>(copies), 0);
}

Value Evaluation::map(std::span<const Value> keys_and_values) {
  return own_map(keys_and_values, KeyIndex::build(keys_and_values, 2, *this), *this);
}

Value Evaluation::optional(const Value& value) { return Value::optional(create<Value>(value)); }

Value Evaluation::error(ErrorKind kind, std::string_view message, std::string_view hint, Origin origin,
                        std::string_view missing) {
  Error error;
  error.kind = kind;
  error.message = message;
  error.hint = hint;
  error.origin = origin;
  error.missing = missing;
  return this->error(error);
}

Value Evaluation::error(const Error& error) {
  Error* own = create<Error>(error);
  own->message = copy(error.message);
  own->hint = copy(error.hint);
  own->missing = copy(error.missing);
  return Value::error(*own);
}

Value Evaluation::over_budget() {
  if (total_exhausted()) {
    return error(ErrorKind::limit,
                 concat("all rules together took more than ", total_step_limit, " steps (limit `manifest-steps`)"));
  }
  return error(ErrorKind::limit, concat("this takes more than ", step_limit, " steps (limit `evaluation-steps`)"));
}

Value Evaluation::charge_table(std::uint64_t bytes) {
  if (bytes > table_bytes_limit - table_bytes_) {
    return error(ErrorKind::limit,
                 concat("all rules together would go through more than ", table_bytes_limit / 1'000'000'000,
                        " GB of tables (limit `table-bytes`)"),
                 "name an extract, with the columns that are needed");
  }
  table_bytes_ += bytes;
  return {};
}

Value Evaluation::no_room_for_text(std::uint64_t bytes) {
  if (bytes > text_limit) {
    return error(ErrorKind::limit,
                 concat("this makes a text of more than ", text_limit, " bytes (limit `text-bytes`)"));
  }
  if (can_afford(bytes / 64)) return {};
  charge(step_limit);
  return over_budget();
}

Value Evaluation::no_room_for_list(std::uint64_t elements) {
  if (elements > list_limit) {
    return error(ErrorKind::limit,
                 concat("this makes a list of more than ", list_limit, " elements (limit `list-elements`)"));
  }
  if (can_afford(2 * elements)) return {};
  charge(step_limit);
  return over_budget();
}

Value Evaluation::merge_errors(const Value& first, const Value& second) {
  ErrorList errors(*this);
  errors.add(first);
  errors.add(second);
  return errors.value();
}

TimeZones& Evaluation::time_zones() {
  if (time_zones_ == nullptr) time_zones_ = std::make_unique<TimeZones>();
  return *time_zones_;
}

}  // namespace scruple::cel
