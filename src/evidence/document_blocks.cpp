#include "evidence/document_blocks.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/front_matter.h"
#include "evidence/markdown_lines.h"
#include "evidence/text.h"

#include <algorithm>
#include <optional>

namespace scruple::evidence {

namespace {

constexpr std::uint8_t deepest_heading = 6;
constexpr std::size_t longest_heading = 90;

struct Line {
  std::string_view text;  // without its line break
  std::uint32_t begin = 0;
  std::uint32_t end() const { return begin + static_cast<std::uint32_t>(text.size()); }
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back({line, static_cast<std::uint32_t>(at)});
    at = end + 1;
  }
  return lines;
}

bool is_blank(std::string_view line) { return trim_ascii(line).empty(); }

// Text with white space folded to single spaces.
void append_folded(std::string& out, std::string_view text) {
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
}

// Marks of Markdown that a reader does not see. Links are told.
class Inline {
 public:
  Inline(std::string_view text, std::uint32_t begin, std::vector<TextLink>& links)
      : text_(text), begin_(begin), links_(links) {}

  std::string run() {
    std::string out;
    for (std::size_t at = 0; at < text_.size();) {
      const char c = text_[at];
      if (c == '\\' && at + 1 < text_.size() && markdown_escapable.find(text_[at + 1]) != std::string_view::npos) {
        out += text_[at + 1];
        at += 2;
      } else if (c == '[' || (c == '!' && text_.substr(at + 1).starts_with('['))) {
        at = take_link(at, out);
      } else if (c == '<') {
        at = take_angle(at, out);
      } else if (c == '*' || c == '`' || is_emphasis(at)) {
        ++at;
      } else {
        out += c;
        ++at;
      }
    }
    return out;
  }

 private:
  // `_so_`, but not `snake_case` and not a line to be filled in.
  bool is_emphasis(std::size_t at) const {
    if (text_[at] != '_') return false;
    const auto is_gap = [this](std::size_t i) {
      return i >= text_.size() || std::string_view(" \t\n.,;:!?()\"'").find(text_[i]) != std::string_view::npos;
    };
    const bool opens = (at == 0 || is_gap(at - 1)) && !is_gap(at + 1) && text_[at + 1] != '_';
    const bool closes = at > 0 && !is_gap(at - 1) && text_[at - 1] != '_' && is_gap(at + 1);
    return opens || closes;
  }

  void add_link(std::string text, std::string_view href, std::size_t begin, std::size_t end) {
    links_.push_back({std::move(text),
                      std::string(href),
                      {begin_ + static_cast<std::uint32_t>(begin), begin_ + static_cast<std::uint32_t>(end)}});
  }

  // `[text](address "title")`; an image says what its alt text says.
  std::size_t take_link(std::size_t at, std::string& out) {
    constexpr std::size_t longest = 2000;
    const std::size_t open = at + (text_[at] == '!' ? 1 : 0);
    const std::string_view window = text_.substr(0, std::min(text_.size(), open + longest));
    const auto close = window.find(']', open);
    if (close == window.npos || close + 1 >= window.size() || window[close + 1] != '(') {
      out += text_[at];
      return at + 1;
    }
    const auto end = window.find(')', close);
    if (end == window.npos) {
      out += text_[at];
      return at + 1;
    }
    const std::string_view label = window.substr(open + 1, close - open - 1);
    std::string_view href = trim_ascii(window.substr(close + 2, end - close - 2));
    href = href.substr(0, href.find_first_of(" \t\n"));
    std::string shown;
    append_folded(shown, label);
    std::erase_if(shown, [](char c) { return c == '*' || c == '`'; });
    if (open == at) add_link(shown, href, at, end + 1);
    out += shown;
    return end + 1;
  }

  // `<https://fern.example>`, `<privacy@fern.example>`; tags and comments are taken out, anything else stays.
  std::size_t take_angle(std::size_t at, std::string& out) {
    constexpr std::size_t longest = 2000;
    const std::string_view window = text_.substr(at, longest);
    if (window.starts_with("<!--")) {
      const auto end = window.find("-->");
      if (end != window.npos) return at + end + 3;
    }
    const auto close = window.find('>');
    const std::string_view inside = close == window.npos ? std::string_view{} : window.substr(1, close - 1);
    const bool address =
        inside.find(' ') == inside.npos && (inside.find("://") != inside.npos || inside.find('@') != inside.npos);
    if (address) {
      const bool mail = inside.find("://") == inside.npos;
      add_link(std::string(inside), mail ? concat("mailto:", inside) : std::string(inside), at, at + close + 1);
      out += inside;
      return at + close + 1;
    }
    constexpr std::string_view tags[] = {"br",  "b",   "i",  "em", "strong", "p",  "a",       "div",     "span", "u",
                                         "sub", "sup", "hr", "td", "tr",     "th", "summary", "details", "kbd",  "img"};
    const std::string_view tag = inside.substr(inside.starts_with('/') ? 1 : 0);
    const std::string name = to_lower_ascii(tag.substr(0, tag.find_first_of(" /")));
    if (close != window.npos && std::ranges::find(tags, name) != std::end(tags)) {
      if (name == "br") out += ' ';
      return at + close + 1;
    }
    out += text_[at];
    return at + 1;
  }

  std::string_view text_;
  std::uint32_t begin_;
  std::vector<TextLink>& links_;
};

// Addresses that stand in text as they are.
void add_bare_links(std::string_view text, std::uint32_t begin, std::vector<TextLink>& links) {
  for (auto at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) {
    std::size_t first = at;
    while (first > 0 && text[first - 1] >= 'a' && text[first - 1] <= 'z') --first;
    const std::string_view scheme = text.substr(first, at - first);
    if (scheme != "http" && scheme != "https") continue;
    if (first > 0 && (text[first - 1] == '(' || text[first - 1] == '<')) continue;  // told as a link already
    std::size_t end = std::min(text.find_first_of(" \t\r\n<>\"", at), text.size());
    while (end > at && std::string_view(".,;:!?)]'").find(text[end - 1]) != std::string_view::npos) --end;
    const std::string url(text.substr(first, end - first));
    links.push_back({url, url, {begin + static_cast<std::uint32_t>(first), begin + static_cast<std::uint32_t>(end)}});
  }
}

class MarkdownReader {
 public:
  explicit MarkdownReader(std::string_view text) : text_(text), lines_(lines_of(text)) {}

  TextBlocks run() {
    for (std::size_t i = skip_front_matter(); i < lines_.size(); ++i) i = read_line(i);
    flush();
    return std::move(found_);
  }

 private:
  // Data before the text: the first line behind it.
  std::size_t skip_front_matter() const {
    const std::size_t end = end_of_front_matter(text_);
    if (end == text_.npos) return 0;
    const auto behind = std::ranges::find_if(lines_, [end](const Line& line) { return line.begin > end; });
    return static_cast<std::size_t>(behind - lines_.begin());
  }

  // The last line that was read.
  std::size_t read_line(std::size_t i) {
    const Line& line = lines_[i];
    const std::string_view text = trim_ascii(line.text);
    if (text.starts_with("```") || text.starts_with("~~~")) return read_fence(i);
    if (text.empty()) {
      flush();
    } else if (const std::uint8_t heading = heading_level(text); heading > 0) {
      flush();
      std::string_view title = trim_ascii(text.substr(heading));
      while (title.ends_with('#')) title.remove_suffix(1);
      begin_ = line.begin;
      end_ = line.end();
      add_block(trim_ascii(title), heading);
    } else if (const std::uint8_t level = open_ ? underline_level(text) : std::uint8_t{0}; level > 0) {
      flush(level);
    } else if (text.find_first_not_of("-*_ ") == text.npos && text.size() > 2) {
      flush();  // a line across the page
    } else {
      const bool row = text.starts_with('|');
      if (row && text.find_first_not_of("|-: ") == text.npos) return i;  // the line under a table's head
      const std::string_view content = text.starts_with('>') ? trim_ascii(text.substr(1)) : text;
      const std::size_t mark = item_mark(content);
      if (mark > 0 || row || was_row_) flush();
      was_row_ = row;
      open(line, content.substr(std::min(mark, content.size())));
    }
    return i;
  }

  // Code is text, line by line, and holds no headings.
  std::size_t read_fence(std::size_t i) {
    flush();
    const std::string_view fence = trim_ascii(lines_[i].text).substr(0, 3);
    for (++i; i < lines_.size() && !trim_ascii(lines_[i].text).starts_with(fence); ++i) {
      if (!is_blank(lines_[i].text)) open(lines_[i], trim_ascii(lines_[i].text));
    }
    flush();
    return i;
  }

  void open(const Line& line, std::string_view content) {
    if (!open_) begin_ = line.begin;
    open_ = true;
    end_ = line.end();
    if (!raw_.empty()) raw_ += '\n';
    raw_ += content;
  }

  void flush(std::uint8_t level = 0) {
    if (open_) add_block(raw_, level);
    open_ = false;
    raw_.clear();
  }

  void add_block(std::string_view raw, std::uint8_t level) {
    add_bare_links(text_.substr(begin_, end_ - begin_), begin_, found_.links);
    std::vector<TextLink> links;
    std::string text;
    append_folded(text, Inline(raw, 0, links).run());
    for (TextLink& link : links) {
      link.span = {begin_, end_};
      found_.links.push_back(std::move(link));
    }
    while (text.ends_with(' ')) text.pop_back();
    if (text.empty()) return;
    found_.blocks.push_back({std::move(text), {begin_, end_}, level});
  }

  std::string_view text_;
  std::vector<Line> lines_;
  TextBlocks found_;
  std::string raw_;  // of the block that is open
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  bool open_ = false;
  bool was_row_ = false;
};

// `2`, `2.1`, `IV.`, `§ 3`, `Art. 5` before a title: the level; 0 if there is no number.
std::uint8_t numbered_level(std::string_view line) {
  for (const std::string_view word : {"§", "Art.", "Article", "Artikel", "Section", "Abschnitt", "Teil", "Part"}) {
    if (line.starts_with(word) && line.find_first_of("0123456789") < word.size() + 3) return 1;
  }
  std::size_t at = 0;
  std::uint8_t level = 0;
  while (at < line.size() && is_digit(line[at])) {
    std::size_t end = at;
    while (end < line.size() && is_digit(line[end])) ++end;
    if (end - at > 2) return 0;  // a year, an amount
    ++level;
    at = end;
    if (at < line.size() && (line[at] == '.' || line[at] == ')')) ++at;
  }
  if (level > 0) return at < line.size() && line[at] == ' ' ? std::min(level, deepest_heading) : std::uint8_t{0};
  std::size_t roman = 0;
  while (roman < line.size() && std::string_view("IVX").find(line[roman]) != std::string_view::npos) ++roman;
  return roman > 0 && line.substr(roman).starts_with(". ") ? std::uint8_t{1} : std::uint8_t{0};
}

bool is_in_capitals(std::string_view line) {
  std::size_t letters = 0;
  for (const char c : line) {
    if (is_lower(c)) return false;
    letters += is_upper(c);
  }
  return letters >= 3;
}

class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : text_(text), lines_(lines_of(text)) {}

  TextBlocks run() {
    add_bare_links(text_, 0, found_.links);
    for (std::size_t i = 0; i < lines_.size();) {
      if (is_blank(lines_[i].text)) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < lines_.size() && !is_blank(lines_[end].text)) ++end;
      read_paragraph(i, end);
      i = end;
    }
    return std::move(found_);
  }

 private:
  void read_paragraph(std::size_t begin, std::size_t end) {
    if (end - begin > 1) {
      if (const std::uint8_t level = underline_level(lines_[begin + 1].text)) {
        add(begin, begin + 1, level);
        begin += 2;
      }
    } else if (const std::uint8_t level = heading_level(trim_ascii(lines_[begin].text))) {
      add(begin, end, level);
      return;
    }
    for (std::size_t first = begin; first < end;) {
      std::size_t last = first + 1;
      while (last < end && item_mark(trim_ascii(lines_[last].text)) == 0) ++last;
      add(first, last, 0);
      first = last;
    }
  }

  static std::uint8_t heading_level(std::string_view line) {
    if (line.size() > longest_heading || std::string_view(".!?,;").find(line.back()) != std::string_view::npos)
      return 0;
    if (const std::uint8_t level = numbered_level(line)) return level;
    return is_in_capitals(line) ? 1 : 0;
  }

  void add(std::size_t begin, std::size_t end, std::uint8_t heading) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
      if (!text.empty()) append_folded(text, " ");
      std::string_view line = trim_ascii(lines_[i].text);
      if (heading == 0 && i == begin) line = line.substr(std::min(item_mark(line), line.size()));
      append_folded(text, line);
    }
    if (text.empty()) return;
    found_.blocks.push_back({std::move(text), {lines_[begin].begin, lines_[end - 1].end()}, heading});
  }

  std::string_view text_;
  std::vector<Line> lines_;
  TextBlocks found_;
};

}  // namespace

TextBlocks markdown_blocks(std::string_view text) { return MarkdownReader(text).run(); }

TextBlocks plain_blocks(std::string_view text) { return PlainReader(text).run(); }

}  // namespace scruple::evidence
