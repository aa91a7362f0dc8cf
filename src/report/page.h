// A page for people, made of headed sections; printed on a terminal, or written as Markdown for the documentation.
#pragma once

#include "scruple/reporter.h"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::report {

struct PageBlock {
  enum class Kind {
    text,  // a paragraph
    item,  // of a list
    code,  // kept line by line
  };
  Kind kind = Kind::text;
  std::string text;
  std::string language;  // of code, for Markdown: "yaml"
};

struct PageSection {
  std::string heading;
  std::vector<PageBlock> blocks;
};

struct Page {
  std::string name;   // the id of what it is about
  std::string title;  // a sentence
  std::vector<PageSection> sections;
};

void print_page(const Page& page, const ReportStyle& style, std::ostream& out);
void write_markdown(const Page& page, std::ostream& out);

// Text that Markdown shows as it is; code between backticks stays code.
std::string markdown_text(std::string_view text);

}  // namespace scruple::report
