#include "report/page.h"

#include "base/strings.h"
#include "report/panel.h"
#include "report/terminal_text.h"

#include <algorithm>

namespace scruple::report {

namespace {

constexpr std::size_t markdown_width = 116;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

void print_page(const Page& page, const ReportStyle& style, std::ostream& out) {
  constexpr std::size_t indent = 2;
  const Ink ink(style.color);
  const std::size_t width = line_width(style) - indent;
  const auto print_text = [&](std::string_view text, std::size_t hanging) {
    for (const auto& line : wrap(visible(one_line(text)), width, hanging))
      print_line(std::string(indent, ' ') + line, out);
  };
  print_line(ink(Tone::strong, visible(page.name)), out);
  print_text(page.title, 0);
  for (const PageSection& section : page.sections) {
    out << '\n';
    print_line(ink(Tone::strong, visible(section.heading)), out);
    for (const PageBlock& block : section.blocks) {
      if (block.kind != PageBlock::Kind::code) {
        print_text(block.text, block.kind == PageBlock::Kind::item ? 2 : 0);
        continue;
      }
      out << '\n';
      for (const std::string& line : lines_of(block.text))
        print_line(std::string(indent + 2, ' ') + visible(line), out);
      out << '\n';
    }
  }
}

void write_markdown(const Page& page, std::ostream& out) {
  const auto write_text = [&](const std::string& text, std::size_t hanging) {
    for (const auto& line : wrap(text, markdown_width, hanging)) out << line << '\n';
  };
  out << "# " << markdown_text(page.name) << "\n\n";
  write_text(markdown_text(page.title), 0);
  for (const PageSection& section : page.sections) {
    out << "\n## " << markdown_text(section.heading) << '\n';
    bool in_list = false;
    for (const PageBlock& block : section.blocks) {
      const bool item = block.kind == PageBlock::Kind::item;
      if (!in_list || !item) out << '\n';
      in_list = item;
      if (block.kind == PageBlock::Kind::code) {
        out << "```" << block.language << '\n';
        for (const std::string& line : lines_of(block.text)) out << visible(line) << '\n';
        out << "```\n";
      } else {
        write_text((item ? "- " : "") + markdown_text(block.text), item ? 2 : 0);
      }
    }
  }
}

std::string markdown_text(std::string_view text) {
  const std::string line = visible(one_line(text));
  std::string out;
  bool code = false;
  for (const char c : line) {
    if (c == '`') code = !code;
    if (!code && std::string_view("\\*_<>[]|#").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace scruple::report
