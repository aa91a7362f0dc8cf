#include "evidence/text_page.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/front_matter.h"
#include "evidence/markdown_lines.h"
#include "evidence/url.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace scruple::evidence {

namespace {

constexpr auto npos = std::string_view::npos;

// Where an address in text ends: full stops and closing brackets after it belong to the sentence.
std::size_t address_end(std::string_view text, std::size_t begin) {
  constexpr std::size_t longest = 2000;
  text = text.substr(0, begin + longest);
  std::size_t end = std::min(text.find_first_of(" \t\r\n<>\"", begin), text.size());
  while (end > begin && std::string_view(".,;:!?)]}'").find(text[end - 1]) != npos) --end;
  return end;
}

// One past a web address that begins here; `at` if none does.
std::size_t web_address_end(std::string_view text, std::size_t at) {
  const std::string scheme = to_lower_ascii(text.substr(at, 8));
  if (!scheme.starts_with("https://") && !scheme.starts_with("http://")) return at;
  const std::size_t end = address_end(text, at);
  return host_of(text.substr(at, end - at)).empty() ? at : end;
}

// A page that is put together from a text, piece by piece so that each has its place.
class PageWriter {
 public:
  explicit PageWriter(const PlacedSource& source) : source_(source), text_(source.text->text()) {}

  std::string_view text() const { return text_; }

  // Markup of the page that stands for bytes [begin, end) of the text.
  void add(std::string_view markup, std::size_t begin, std::size_t end) {
    page_ += markup;
    map_.add(position(markup.size()), {position(begin), position(end)}, false);
  }
  void add(std::string_view markup, std::size_t at) { add(markup, at, at); }
  // What is HTML already, or holds no character that would be.
  void keep(std::size_t begin, std::size_t end) {
    page_ += text_.substr(begin, end - begin);
    map_.add(position(end - begin), {position(begin), position(end)}, true);
  }
  // Text as it is to be read.
  void escape(std::size_t begin, std::size_t end) {
    const std::string_view text = text_.substr(0, end);
    for (std::size_t at = begin; at < end;) {
      const std::size_t next = std::min(text.find_first_of("&<>\"\n", at), end);
      keep(at, next);
      if (next == end) return;
      const char c = text_[next];
      add(c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : "<br>", next, next + 1);
      at = next + 1;
    }
  }
  void open_link(std::size_t begin, std::size_t end, std::string_view scheme = {}) {
    add(concat("<a href=\"", scheme), begin);
    escape(begin, end);
    add("\">", end);
  }
  void link(std::size_t begin, std::size_t end, std::string_view scheme = {}) {
    open_link(begin, end, scheme);
    escape(begin, end);
    add("</a>", end);
  }

  PlacedSource take() {
    PlacedSource page = source_;
    page.text = std::make_shared<const Source>(source_.file->name(), std::move(page_));
    page.maps.insert(page.maps.begin(), std::move(map_));
    return page;
  }

 private:
  static std::uint32_t position(std::size_t at) { return static_cast<std::uint32_t>(at); }

  const PlacedSource& source_;
  std::string_view text_;
  std::string page_;
  ByteMap map_;
};

std::size_t after_byte_order_mark(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

// One past the line break of the line at `at`.
std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == npos ? text.size() : end + 1;
}

std::string_view line_at(std::string_view text, std::size_t at) {
  return trim_ascii(text.substr(at, next_line(text, at) - at));
}

class MarkdownPage {
 public:
  explicit MarkdownPage(const PlacedSource& source) : page_(source), text_(page_.text()) {}

  PlacedSource make() {
    page_.add("<body>", 0);
    at_ = after_byte_order_mark(text_);
    if (const std::size_t data = end_of_front_matter(text_); data != npos) at_ = next_line(text_, data);
    while (at_ < text_.size()) read_line();
    return page_.take();
  }

 private:
  void read_line() {
    const std::string_view line = line_at(text_, at_);
    const std::size_t next = next_line(text_, at_);
    while (at_ < next && is_blank(text_[at_])) ++at_;
    const bool quoted = line.starts_with('>');
    if (line.empty() || is_rule(line)) {
      page_.add("<p>", at_);
      at_ = next;
    } else if (line.starts_with("```") || line.starts_with("~~~")) {
      read_fence(line.substr(0, 3), next);
    } else if (const std::size_t level = heading_level(line); level > 0) {
      at_ += level;
      read_heading(level, next);
    } else if (const std::size_t below = underline_level(line_at(text_, next)); below > 0 && next < text_.size()) {
      read_heading(below, next);
      at_ = next_line(text_, next);
    } else if (line.starts_with('|') && line.find_first_not_of("|-: ") == npos) {
      at_ = next;  // the line under a table's head
    } else {
      if (quoted) ++at_;
      const std::size_t mark = item_mark(text_.substr(at_, next - at_));
      in_row_ = line.starts_with('|');
      if (mark > 0 || in_row_) page_.add("<p>", at_);
      at_ += mark;
      read_inline(next, true);
    }
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  // A line across the page.
  static bool is_rule(std::string_view line) {
    return line.size() > 2 && line.find_first_not_of("-*_ ") == npos && line.find(line[0], 1) != npos;
  }

  void read_heading(std::size_t level, std::size_t next) {
    std::size_t end = next;
    while (end > at_ && (is_blank(text_[end - 1]) || text_[end - 1] == '#')) --end;
    page_.add(concat("<h", level, ">"), at_);
    read_inline(end, true);
    page_.add(concat("</h", level, ">"), at_);
    at_ = std::max(at_, next);
  }

  // Code is text, whatever it looks like.
  void read_fence(std::string_view fence, std::size_t next) {
    page_.add("<p>", at_);
    for (at_ = next; at_ < text_.size(); at_ = next_line(text_, at_)) {
      if (line_at(text_, at_).starts_with(fence)) {
        at_ = next_line(text_, at_);
        break;
      }
      page_.escape(at_, next_line(text_, at_));
    }
    page_.add("<p>", at_);
  }

  // Up to `end`, or further where a tag ends only there.
  void read_inline(std::size_t end, bool with_links) {
    constexpr std::string_view marks = "\\[!<&>*_`{hH|";
    while (at_ < end) {
      const std::size_t next = std::min(text_.substr(0, end).find_first_of(marks, at_), end);
      page_.keep(at_, next);
      at_ = next;
      if (at_ < end && !read_mark(text_[at_], with_links)) {
        page_.escape(at_, at_ + 1);
        ++at_;
      }
    }
  }

  // False if the character stands for itself.
  bool read_mark(char c, bool with_links) {
    const std::string_view rest = text_.substr(at_);
    switch (c) {
      case '\\':
        if (rest.size() < 2 || markdown_escapable.find(rest[1]) == npos) return false;
        page_.escape(at_ + 1, at_ + 2);
        at_ += 2;
        return true;
      case '[': return with_links && read_link();
      case '!': return rest.starts_with("![") && read_image();
      case '<': return read_tag();
      case '&': return keep_through(";", 12);
      case '`': return read_code();
      case '{':
        return (rest.starts_with("{{") && keep_through("}}", 200)) ||
               (rest.starts_with("{%") && keep_through("%}", 200));
      case '*':
        if (rest.starts_with("*|") && keep_through("|*", 200)) return true;
        return skip_emphasis();
      case '_': return is_word_edge() && skip_emphasis();
      case '|':
        if (!in_row_) return false;
        page_.add(" ", at_, at_ + 1);
        ++at_;
        return true;
      case 'h':
      case 'H':
        if (const std::size_t end = web_address_end(text_, at_); with_links && end > at_) {
          page_.link(at_, end);
          at_ = end;
          return true;
        }
        return false;
      default: return false;
    }
  }

  // What the mail tool or the browser reads itself.
  bool keep_through(std::string_view close, std::size_t most) {
    const std::size_t end = text_.substr(at_, most).find(close);
    if (end == npos || text_.substr(at_, end).find('\n') != npos) return false;
    page_.keep(at_, at_ + end + close.size());
    at_ += end + close.size();
    return true;
  }

  // Marks with text on one side of them; `5 * 3` holds none.
  bool skip_emphasis() {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] == text_[at_]) ++end;
    const bool gap_before = at_ == 0 || is_blank(text_[at_ - 1]);
    const bool gap_behind = end == text_.size() || is_blank(text_[end]);
    if ((gap_before && gap_behind) || end - at_ > 3) {
      page_.keep(at_, end);
    }
    at_ = end;
    return true;
  }
  // Not within `snake_case`.
  bool is_word_edge() const {
    const auto in_word = [](char c) { return is_letter_or_digit(c) || is_beyond_ascii(c); };
    std::size_t end = at_;
    while (end < text_.size() && text_[end] == '_') ++end;
    return at_ == 0 || !in_word(text_[at_ - 1]) || end == text_.size() || !in_word(text_[end]);
  }

  bool read_code() {
    const std::size_t end = text_.substr(at_, 500).find('`', 1);
    if (end == npos) return false;
    page_.escape(at_ + 1, at_ + end);
    at_ += end + 1;
    return true;
  }

  struct Target {
    std::size_t begin = 0;  // of the address
    std::size_t end = 0;
    std::size_t behind = 0;  // the closing bracket
  };
  // `(address "title")` at an offset; `behind` is 0 if there is none.
  Target target_at(std::size_t open) const {
    constexpr std::size_t longest = 2000;
    if (open >= text_.size() || text_[open] != '(') return {};
    const std::size_t close = text_.substr(open, longest).find(')');
    if (close == npos) return {};
    Target target{open + 1, open + close, open + close + 1};
    while (target.begin < target.end && is_blank(text_[target.begin])) ++target.begin;
    target.end = std::min(text_.substr(0, target.end).find_first_of(" \t\r\n", target.begin), target.end);
    return target;
  }
  // The bracket that closes a label; npos if none does.
  std::size_t label_end(std::size_t begin) const {
    const std::size_t end = text_.substr(begin, 1000).find(']');
    return end == npos ? npos : begin + end;
  }

  // `[text](address)`; the text may be a picture.
  bool read_link() {
    const std::size_t begin = at_ + 1;
    std::size_t end = label_end(begin);
    if (end != npos && text_.substr(begin).starts_with("![")) {
      const Target picture = target_at(end + 1);
      end = picture.behind != 0 ? label_end(picture.behind) : npos;
    }
    const Target target = end == npos ? Target{} : target_at(end + 1);
    if (target.behind == 0) return false;
    page_.open_link(target.begin, target.end);
    at_ = begin;
    read_inline(end, false);
    page_.add("</a>", end);
    at_ = std::max(at_, target.behind);
    return true;
  }

  bool read_image() {
    const std::size_t begin = at_ + 2;
    const std::size_t end = label_end(begin);
    const Target target = end == npos ? Target{} : target_at(end + 1);
    if (target.behind == 0) return false;
    page_.add("<img src=\"", at_);
    page_.escape(target.begin, target.end);
    page_.add("\" alt=\"", begin);
    page_.escape(begin, end);
    page_.add("\">", target.behind);
    at_ = target.behind;
    return true;
  }

  // `<https://fern.example>`, `<privacy@fern.example>`; a tag or a comment is kept.
  bool read_tag() {
    constexpr std::size_t longest = 4000;
    const std::string_view rest = text_.substr(at_, longest);
    if (rest.size() < 2 || !(is_letter(rest[1]) || rest[1] == '/' || rest[1] == '!')) return false;
    std::size_t end = rest.find('>');
    const std::string_view inside = end == npos ? std::string_view{} : rest.substr(1, end - 1);
    if (inside.find_first_of(" \n") == npos && inside.find("://") != npos) {
      page_.link(at_ + 1, at_ + end);
      at_ += end + 1;
      return true;
    }
    if (inside.find_first_of(" \n") == npos && inside.find('@') != npos) {
      page_.link(at_ + 1, at_ + end, "mailto:");
      at_ += end + 1;
      return true;
    }
    for (Raw& raw : raws_) {
      if (!to_lower_ascii(rest.substr(0, raw.open.size())).starts_with(raw.open) || raw.unclosed) continue;
      const std::size_t close = text_.find(raw.close, at_);
      raw.unclosed = close == npos;
      end = raw.unclosed ? npos : close + raw.close.size() - 1 - at_;
    }
    if (end == npos) return false;
    page_.keep(at_, at_ + end + 1);
    at_ += end + 1;
    return true;
  }

  // What holds no Markdown. What is not closed once is looked for no more.
  struct Raw {
    std::string_view open;
    std::string_view close;
    bool unclosed = false;
  };

  PageWriter page_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool in_row_ = false;  // of a table
  std::array<Raw, 3> raws_ = {{{"<!--", "-->"}, {"<script", "</script>"}, {"<style", "</style>"}}};
};

}  // namespace

PlacedSource page_of_text(const PlacedSource& source) {
  PageWriter page(source);
  const std::string_view text = page.text();
  page.add("<body>", 0);
  std::size_t at = after_byte_order_mark(text);
  while (at < text.size()) {
    const std::size_t next = std::min(text.find_first_of("\nhH", at), text.size());
    page.escape(at, next);
    at = next;
    if (at == text.size()) break;
    if (const std::size_t end = web_address_end(text, at); end > at) {
      page.link(at, end);
      at = end;
    } else if (text[at] == '\n' && at + 1 < text.size() && line_at(text, at + 1).empty()) {
      page.add("<p>", at, at + 1);
      at = next_line(text, at + 1);
    } else {
      page.escape(at, at + 1);
      ++at;
    }
  }
  return page.take();
}

PlacedSource page_of_markdown(const PlacedSource& source) { return MarkdownPage(source).make(); }

}  // namespace scruple::evidence
