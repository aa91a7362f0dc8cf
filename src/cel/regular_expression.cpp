#include "cel/regular_expression.h"

#include "cel/look_ahead.h"

#include <re2/re2.h>

#include <algorithm>
#include <vector>

namespace scruple::cel {
namespace {

constexpr std::int64_t memory_limit = 4 << 20;

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory_limit);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

RegularExpression::RegularExpression(std::string_view pattern)
    : re2_(std::make_unique<re2::RE2>(piece(pattern), options())), look_ahead_(cel::look_ahead(pattern)) {}
RegularExpression::~RegularExpression() = default;
RegularExpression::RegularExpression(RegularExpression&&) noexcept = default;
RegularExpression& RegularExpression::operator=(RegularExpression&&) noexcept = default;

std::string_view RegularExpression::pattern() const { return re2_->pattern(); }

bool RegularExpression::valid() const { return re2_->ok(); }

std::string RegularExpression::error() const { return re2_->error(); }

std::size_t RegularExpression::group_count() const {
  return static_cast<std::size_t>(std::max(re2_->NumberOfCapturingGroups(), 0));
}

std::uint64_t RegularExpression::compile_steps() const {
  return 100 + static_cast<std::uint64_t>(std::max(re2_->ProgramSize(), 0)) / 4;
}

std::uint64_t RegularExpression::search_steps(std::size_t bytes) const {
  // At worst each byte is held against every part of the pattern; far fewer are alive at most times.
  constexpr std::uint64_t parts_a_step = 32;
  return bytes / 64 * (1 + static_cast<std::uint64_t>(std::max(re2_->ProgramSize(), 0)) / parts_a_step);
}

bool RegularExpression::matches(std::string_view text) const { return re2::RE2::PartialMatch(piece(text), *re2_); }

bool RegularExpression::find(std::string_view text, std::size_t from, std::span<std::string_view> groups) const {
  std::vector<re2::StringPiece> pieces(groups.size());
  if (!re2_->Match(piece(text), from, text.size(), re2::RE2::UNANCHORED, pieces.data(),
                   static_cast<int>(pieces.size()))) {
    return false;
  }
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = {pieces[i].data(), pieces[i].size()};
  return true;
}

}  // namespace scruple::cel
