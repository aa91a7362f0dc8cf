#include "document/yaml_outline.h"

#include "document/scalar_extent.h"
#include "document/yaml_characters.h"

namespace scruple {
namespace {

using namespace yaml;

constexpr int most_levels = 64;
// yaml-cpp refuses keys of more than 1024 characters, whatever stands between them and their colon.
constexpr std::uint32_t longest_outlined_key = 500;

// Functions return false to step aside.
class Outliner {
 public:
  Outliner(std::string_view text, std::uint32_t begin) : text_(text), at_(begin), line_begin_(begin) {
    steps_.reserve(text.size() / 8);
  }

  std::optional<std::vector<YamlStep>> run() {
    if (!skip_gap()) return std::nullopt;
    if (at_marker()) {
      if (text_[at_] != '-') return std::nullopt;
      take(3);
      if (!skip_gap() || !fresh_ || at_marker()) return std::nullopt;
    }
    if (at_end() || text_[at_] == '%' || !value(-1, true)) return std::nullopt;
    if (!skip_gap() || !at_end()) return std::nullopt;
    return std::move(steps_);
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  int column() const { return static_cast<int>(at_ - line_begin_); }
  bool at_marker() const { return column() == 0 && is_document_marker(text_, at_); }
  bool at_dash() const { return text_[at_] == '-' && is_space_at(text_, at_ + 1); }
  void add(YamlStep step) { steps_.push_back(step); }
  void take(std::uint32_t length) {
    at_ += length;
    fresh_ = false;
  }

  // White space and comments up to the next token; `fresh_` then tells whether it is the first on its line.
  bool skip_gap() {
    bool spaced = at_ == line_begin_;
    fresh_ = fresh_ || spaced;
    while (!at_end()) {
      const char c = text_[at_];
      if (c == ' ') {
        ++at_;
        spaced = true;
      } else if (is_break(c)) {
        at_ += static_cast<std::uint32_t>(break_length(text_, at_));
        line_begin_ = at_;
        spaced = fresh_ = true;
      } else if (c == '#' && spaced) {
        at_ = static_cast<std::uint32_t>(line_end(text_, at_));
      } else {
        return c != '\t';
      }
    }
    fresh_ = true;
    return true;
  }

  bool take_scalar(int indent, bool flow, ScalarExtent& extent) {
    extent = find_extent(text_, at_, line_begin_, {indent, flow});
    if (extent.span.begin == extent.span.end || !extent.problem.empty()) return false;
    // yaml-cpp takes a `?` within brackets for the mark of a key, wherever it stands.
    if (flow && extent.style == ScalarStyle::plain && text_.substr(at_, extent.resume - at_).find('?') != text_.npos)
      return false;
    at_ = extent.resume;
    line_begin_ = extent.line_begin;
    fresh_ = false;
    return true;
  }

  // A key ends before its colon, on its line.
  bool at_colon(const ScalarExtent& extent, bool flow) {
    if (extent.multiline || extent.style >= ScalarStyle::literal) return false;
    std::uint32_t colon = at_;
    while (colon < text_.size() && text_[colon] == ' ') ++colon;
    return colon < text_.size() && text_[colon] == ':' && is_space_at(text_, colon + 1) &&
           colon - extent.span.begin <= longest_outlined_key && (!flow || colon == at_);
  }
  void take_colon() {
    while (text_[at_] != ':') ++at_;
    take(1);
  }

  // A value begins here, below a block list or map in column `indent`. `compact`: a block list or map may begin here.
  bool value(int indent, bool compact) {
    if (levels_ >= most_levels || at_marker()) return false;
    switch (text_[at_]) {
      case '[':
      case '{': return flow(indent);
      case '&':
      case '*':
      case '!':
      case '%':
      case '@':
      case '`': return false;
      case '?':
      case ':':
        if (is_space_at(text_, at_ + 1)) return false;
        break;
      case '-':
        if (at_dash()) return compact && block_list();
        break;
      default: break;
    }
    const std::uint32_t begin = at_;
    const std::uint32_t line = line_begin_;
    const bool fresh = fresh_;
    ScalarExtent extent;
    if (!take_scalar(indent, false, extent)) return false;
    if (!at_colon(extent, false)) {
      add(YamlStep::scalar);
      return true;
    }
    at_ = begin;
    line_begin_ = line;
    fresh_ = fresh;
    return compact && block_map();
  }

  bool block_list() {
    const int indent = column();
    add(YamlStep::block_list);
    ++levels_;
    do {
      take(1);
      if (!skip_gap()) return false;
      if (at_end() || (fresh_ && column() <= indent)) {
        add(YamlStep::absent);
      } else if (!value(indent, true) || !skip_gap() || !fresh_) {
        return false;
      }
      if (!at_end() && column() > indent) return false;
    } while (!at_end() && column() == indent && !at_marker() && at_dash());
    --levels_;
    add(YamlStep::end);
    return true;
  }

  bool block_map() {
    const int indent = column();
    add(YamlStep::block_map);
    ++levels_;
    do {
      ScalarExtent key;
      if (at_marker() || text_[at_] == '?' || text_[at_] == '[' || text_[at_] == '{' || at_dash() ||
          !take_scalar(indent, false, key) || !at_colon(key, false)) {
        return false;
      }
      add(YamlStep::scalar);
      take_colon();
      if (!skip_gap()) return false;
      const bool list_below = !at_end() && fresh_ && column() == indent && at_dash() && !at_marker();
      if (at_end() || (fresh_ && column() <= indent && !list_below)) {
        add(YamlStep::absent);
      } else if (!value(indent, fresh_) || !skip_gap() || !fresh_) {
        return false;
      }
      if (!at_end() && column() > indent) return false;
    } while (!at_end() && column() == indent && !at_marker() && !at_dash());
    --levels_;
    add(YamlStep::end);
    return true;
  }

  // A list or map in brackets.
  bool flow(int indent) {
    if (levels_ >= most_levels) return false;
    const bool map = text_[at_] == '{';
    const char bracket = map ? '}' : ']';
    add(map ? YamlStep::flow_map : YamlStep::flow_list);
    ++levels_;
    take(1);
    bool first = true;
    while (true) {
      if (!skip_gap() || at_end()) return false;
      if (text_[at_] == bracket && first) break;
      if (map && !flow_key(indent)) return false;
      if (at_end() || !flow_value(indent)) return false;
      first = false;
      if (!skip_gap() || at_end()) return false;
      if (text_[at_] == bracket) break;
      if (text_[at_] != ',') return false;
      take(1);
    }
    take(1);
    --levels_;
    add(YamlStep::end);
    // Brackets can be a key; such a map is not of the simple kind.
    std::uint32_t next = at_;
    while (next < text_.size() && text_[next] == ' ') ++next;
    return next >= text_.size() || text_[next] != ':';
  }

  bool flow_key(int indent) {
    ScalarExtent key;
    if (!begins_flow_scalar() || !take_scalar(indent, true, key) || !at_colon(key, true)) return false;
    add(YamlStep::scalar);
    take_colon();
    return skip_gap();
  }

  bool flow_value(int indent) {
    if (text_[at_] == '[' || text_[at_] == '{') return flow(indent);
    ScalarExtent scalar;
    if (!begins_flow_scalar() || !take_scalar(indent, true, scalar) || scalar.multiline) return false;
    std::uint32_t next = at_;
    while (next < text_.size() && text_[next] == ' ') ++next;
    if (next < text_.size() && text_[next] == ':') return false;
    add(YamlStep::scalar);
    return true;
  }

  // No other character that has a meaning of its own.
  bool begins_flow_scalar() const {
    const char c = text_[at_];
    return std::string_view("-?:,]}#&*!|>%@`").find(c) == std::string_view::npos ||
           (c == '-' && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9');
  }

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t line_begin_;
  bool fresh_ = true;
  int levels_ = 0;
  std::vector<YamlStep> steps_;
};

}  // namespace

std::optional<std::vector<YamlStep>> outline_yaml(std::string_view text, std::uint32_t begin) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.find('\t') != std::string_view::npos || text.find(byte_order_mark, begin) != std::string_view::npos)
    return std::nullopt;
  return Outliner(text, begin).run();
}

}  // namespace scruple
