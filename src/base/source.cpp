#include "scruple/source.h"

#include "base/strings.h"

#include <algorithm>
#include <utility>

namespace scruple {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
// An excerpt shows at most this much before and after the place, so that a minified file stays readable.
constexpr std::size_t window_before = 60;
constexpr std::size_t window_after = 180;
constexpr std::uint32_t count_step = 4096;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

}  // namespace

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

const std::vector<std::uint32_t>& Source::line_starts() const {
  std::call_once(indexed_, [this] {
    line_starts_.push_back(text_.starts_with(byte_order_mark) ? 3 : 0);
    // A lone CR is a line break in YAML; CR LF is one break.
    const bool any_return = text_.find('\r') != std::string::npos;
    const auto next = [&](std::size_t from) {
      return any_return ? text_.find_first_of("\r\n", from) : text_.find('\n', from);
    };
    for (auto at = next(0); at != std::string::npos; at = next(at + 1)) {
      const bool is_break = text_[at] == '\n' || at + 1 == text_.size() || text_[at + 1] != '\n';
      if (is_break) line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
  });
  return line_starts_;
}

// How many there are before each step, for lines that are long.
const std::vector<std::uint32_t>& Source::code_points() const {
  std::call_once(counted_, [this] {
    std::size_t count = 0;
    for (std::size_t i = 0; i <= text_.size(); i += count_step) {
      counts_.push_back(static_cast<std::uint32_t>(count));
      count += count_code_points(std::string_view(text_).substr(i, count_step));
    }
  });
  return counts_;
}

std::size_t Source::code_points_between(std::uint32_t begin, std::uint32_t end) const {
  const auto count = [this](std::uint32_t from, std::uint32_t to) {
    return count_code_points(std::string_view(text_).substr(from, to - from));
  };
  if (end - begin <= count_step) return count(begin, end);
  const auto before = [&](std::uint32_t offset) {
    const std::uint32_t step = offset / count_step;
    return code_points()[step] + count(step * count_step, offset);
  };
  return before(end) - before(begin);
}

Position Source::position(std::uint32_t offset) const {
  const auto& starts = line_starts();
  offset = std::clamp(offset, starts.front(), std::max(starts.front(), static_cast<std::uint32_t>(text_.size())));
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - starts.begin());
  // A text that is cut within a character has bytes that begin none.
  const std::size_t before = code_points_between(*(next - 1), offset);
  return {line, static_cast<std::uint32_t>(before) + 1};
}

std::string_view Source::line(std::uint32_t number) const {
  const auto& starts = line_starts();
  if (number == 0 || number > starts.size()) return {};
  const std::size_t begin = starts[number - 1];
  const std::size_t end = number < starts.size() ? starts[number] : text_.size();
  auto line = std::string_view(text_).substr(begin, end - begin);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

Location locate(const Source& source, Span span, Excerpt excerpt) {
  Location location;
  location.file = source.name();
  location.span = span;
  location.begin = source.position(span.begin);
  location.end = source.position(std::max(span.begin, span.end));
  if (excerpt == Excerpt::hide) return location;
  std::string_view line = source.line(location.begin.line);
  if (line.size() > window_before + window_after) {
    const auto line_begin = static_cast<std::size_t>(line.data() - source.text().data());
    const std::size_t at = std::min<std::size_t>(span.begin > line_begin ? span.begin - line_begin : 0, line.size());
    std::size_t from = at > window_before ? at - window_before : 0;
    while (from > 0 && is_continuation(line[from])) --from;
    std::size_t to = std::min(line.size(), at + window_after);
    while (to < line.size() && is_continuation(line[to])) ++to;
    location.line_column = source.position(static_cast<std::uint32_t>(line_begin + from)).column;
    line = line.substr(from, to - from);
  }
  location.line = line;
  return location;
}

}  // namespace scruple
