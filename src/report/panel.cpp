#include "report/panel.h"

#include "base/strings.h"
#include "report/excerpt.h"

#include <algorithm>
#include <utility>

namespace scruple::report {

namespace {

constexpr std::size_t label_columns = 9;    // "because" and two blanks
constexpr std::size_t smallest_width = 40;  // below it nothing could be laid out

std::string blanks(std::size_t count) { return std::string(count, ' '); }

std::size_t gutter_width(const Location& location) {
  const std::size_t digits = std::to_string(location.begin.line).size();
  return std::max<std::size_t>(digits, 2);
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

class Frame {
 public:
  Frame(const Panel& panel, const ReportStyle& style, std::ostream& out)
      : panel_(panel), out_(out), ink_(style.color), width_(line_width(style)), gutter_(gutter_width(panel.location)) {}

  void print() {
    headline();
    std::vector<Section> sections = panel_.sections;
    if (!panel_.location.file.empty()) {
      const auto excerpt = excerpt_line(panel_.location, width_ - gutter_ - 2);
      // Where no line is shown, the phrase for it still is.
      if (!excerpt && !panel_.marker.empty()) {
        const auto columns = width_ - gutter_ - 2 - label_columns;
        sections.insert(sections.begin(), {"here", wrap(visible(panel_.marker), columns), std::nullopt, false});
      }
      position(excerpt.has_value() || !sections.empty());
      if (excerpt) source_line(*excerpt);
      if (!sections.empty()) rule("");
    }
    for (const Section& section : sections) {
      if (section.apart && &section != &sections.front()) rule("");
      print(section, &section == &sections.back());
    }
  }

 private:
  void headline() {
    const std::string label = visible(panel_.label) + ":";
    const auto lines = wrap(concat(label, " ", visible(trim_ascii(panel_.message))), width_, 2);
    for (const auto& line : lines) {
      if (line.starts_with(label)) {
        print_line(ink_(panel_.tone, label) + ink_(Tone::strong, std::string_view(line).substr(label.size())), out_);
      } else {
        print_line(ink_(Tone::strong, line), out_);
      }
    }
  }

  void position(bool more_follows) {
    const std::string where = file_position(panel_.location);
    const std::string place = visible(panel_.place);
    std::string line = ink_(Tone::faint, concat(blanks(gutter_), more_follows ? "┌─ " : "└─ ")) + where;
    const bool fits = gutter_ + 3 + display_width(where) + 2 + display_width(place) <= width_;
    if (!place.empty() && fits) line += "  " + ink_(Tone::faint, place);
    print_line(line, out_);
    if (!place.empty() && !fits) {
      for (const auto& part : wrap(place, width_ - gutter_ - 3)) rule("  " + ink_(Tone::faint, part));
    }
  }

  void source_line(const ExcerptLine& excerpt) {
    const std::string number = std::to_string(panel_.location.begin.line);
    rule("");
    const std::string gutter = concat(blanks(gutter_ - number.size()), number, "│");
    print_line(concat(ink_(Tone::faint, gutter), " ", excerpt.before, excerpt.marked, excerpt.after), out_);
    mark(display_width(excerpt.before), std::max<std::size_t>(display_width(excerpt.marked), 1));
  }

  void mark(std::size_t offset, std::size_t length) {
    const std::string line = blanks(offset) + ink_(panel_.tone, repeated("━", length));
    if (panel_.marker.empty()) return rule(" " + line);
    const std::size_t room = width_ - gutter_ - 2;
    const std::size_t used = offset + length + 1;
    const std::string phrase = visible(trim_ascii(panel_.marker));
    const bool beside = used < room && (display_width(phrase) <= room - used || room - used >= room / 3);
    // Beside the marker if it reads well there, else below it, as far to the right as leaves half of the line.
    const std::size_t indent = beside ? used : std::min(offset, room / 2);
    const auto lines = wrap(phrase, room - indent);
    rule(" " + line + (beside ? " " + ink_(panel_.tone, lines.front()) : ""));
    for (std::size_t i = beside ? 1 : 0; i < lines.size(); ++i) {
      rule(concat(" ", blanks(indent), ink_(panel_.tone, lines[i])));
    }
  }

  void print(const Section& section, bool last) {
    for (const auto& line : section.lines) {
      const bool first = &line == &section.lines.front();
      const std::string_view branch = first ? (last ? "└ " : "├ ") : (last ? "  " : "│ ");
      const std::string label = first ? section.label : "";
      const std::size_t columns = display_width(label);
      print_line(concat(blanks(gutter_), ink_(Tone::faint, branch), ink_(section.tone.value_or(Tone::strong), label),
                        blanks(columns < label_columns ? label_columns - columns : 1), line),
                 out_);
    }
  }

  void rule(const std::string& text) { print_line(ink_(Tone::faint, blanks(gutter_) + "│") + text, out_); }

  const Panel& panel_;
  std::ostream& out_;
  Ink ink_;
  std::size_t width_;
  std::size_t gutter_;
};

}  // namespace

std::size_t line_width(const ReportStyle& style) { return std::max(style.width, smallest_width); }

std::size_t section_width(const Location& location, const ReportStyle& style) {
  return line_width(style) - gutter_width(location) - 2 - label_columns;
}

std::string file_position(const Location& location) {
  return concat(visible(location.file), ":", location.begin.line, ":", location.begin.column);
}

void print_panel(const Panel& panel, const ReportStyle& style, std::ostream& out) { Frame(panel, style, out).print(); }

void print_line(std::string_view line, std::ostream& out) {
  while (line.ends_with(' ')) line.remove_suffix(1);
  out << without_runner_commands(line) << '\n';
}

}  // namespace scruple::report
