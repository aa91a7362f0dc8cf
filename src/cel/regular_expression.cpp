#include "cel/regular_expression.h"

#include <re2/re2.h>

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
    : re2_(std::make_unique<re2::RE2>(piece(pattern), options())) {}
RegularExpression::~RegularExpression() = default;
RegularExpression::RegularExpression(RegularExpression&&) noexcept = default;
RegularExpression& RegularExpression::operator=(RegularExpression&&) noexcept = default;

bool RegularExpression::valid() const { return re2_->ok(); }

std::string RegularExpression::error() const { return re2_->error(); }

std::size_t RegularExpression::group_count() const {
  return static_cast<std::size_t>(std::max(re2_->NumberOfCapturingGroups(), 0));
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
