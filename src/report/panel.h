// One framed message: a headline, the source line with its marker, and labelled sections below. Findings and
// diagnostics look the same, since this prints both.
#pragma once

#include "report/terminal_text.h"
#include "scruple/reporter.h"
#include "scruple/source.h"

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace scruple::report {

struct Section {
  std::string label;               // at most seven columns: "because"
  std::vector<std::string> lines;  // laid out: of at most section_width columns, with or without colour
  std::optional<Tone> tone;        // of the label; strong if it has none
  bool apart = false;              // set off from the section above
};

struct Panel {
  Tone tone = Tone::error;
  std::string label;    // "error[transparency/ai-content-disclosed]"
  std::string message;  // any text
  Location location;    // a panel without a file has no frame around a source line
  std::string place;    // shown beside the file's name; may be empty
  std::string marker;   // a phrase at the marked text; may be empty
  std::vector<Section> sections;
};

// Columns of a line: as asked for, but not too few to lay anything out.
std::size_t line_width(const ReportStyle& style);

// Columns of text in the sections of a panel about this location.
std::size_t section_width(const Location& location, const ReportStyle& style);

// "campaigns/spring/campaign.yaml:42:11"
std::string file_position(const Location& location);

void print_panel(const Panel& panel, const ReportStyle& style, std::ostream& out);

// A line of text without trailing blanks, and nothing in it that a CI runner would obey.
void print_line(std::string_view line, std::ostream& out);

}  // namespace scruple::report
