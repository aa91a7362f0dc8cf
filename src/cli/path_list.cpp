#include "cli/path_list.h"

#include "base/strings.h"

#include <iterator>

namespace scruple::cli {

namespace {

constexpr std::uint64_t longest_list = 64u << 20;

bool is_octal(char c) { return c >= '0' && c <= '7'; }

// "b\\303\\274ro.html" as git writes it without -z.
std::string unquoted(std::string_view line) {
  if (line.size() < 2 || line.front() != '"' || line.back() != '"') return std::string(line);
  line = line.substr(1, line.size() - 2);
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      text += line[i];
      continue;
    }
    const char next = line[++i];
    if (i + 2 < line.size() && is_octal(next) && is_octal(line[i + 1]) && is_octal(line[i + 2])) {
      text += static_cast<char>((next - '0') * 64 + (line[i + 1] - '0') * 8 + (line[i + 2] - '0'));
      i += 2;
    } else {
      text += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
    }
  }
  return text;
}

}  // namespace

std::vector<std::string> split_paths(std::string_view text) {
  const char end = text.find('\0') != std::string_view::npos ? '\0' : '\n';
  std::vector<std::string> paths;
  while (!text.empty()) {
    const std::size_t at = text.find(end);
    std::string_view path = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    if (end == '\n' && path.ends_with('\r')) path.remove_suffix(1);
    if (!path.empty()) paths.push_back(end == '\n' ? unquoted(path) : std::string(path));
  }
  return paths;
}

std::optional<std::vector<std::string>> read_path_list(const std::string& file, const Streams& streams,
                                                       const FileSystem& files) {
  if (file == "-") return split_paths(std::string(std::istreambuf_iterator<char>(streams.in), {}));
  const FileContents contents = files.read(file, longest_list);
  if (contents.status == FileStatus::ok) return split_paths(contents.bytes);
  streams.err << "scruple: the list `" << visible(file) << "` " << to_string(contents.status) << '\n';
  return std::nullopt;
}

}  // namespace scruple::cli
