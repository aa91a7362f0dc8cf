#include "base/file_system.h"

namespace scruple::path {

namespace {

std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto end = path.find('/');
    const auto part = path.substr(0, end);
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
    if (part.empty() || part == ".") continue;
    parts.push_back(part);
  }
  return parts;
}

std::string joined(const std::vector<std::string_view>& parts, bool absolute) {
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += '/';
    out += parts[i];
  }
  return out.empty() ? "." : out;
}

}  // namespace

bool is_absolute(std::string_view path) { return path.starts_with('/'); }

std::string normalize(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const auto part : components(path)) {
    if (part != "..") {
      kept.push_back(part);
    } else if (!kept.empty() && kept.back() != "..") {
      kept.pop_back();
    } else if (!is_absolute(path)) {
      kept.push_back(part);
    }
  }
  return joined(kept, is_absolute(path));
}

std::string join(std::string_view folder, std::string_view path) {
  if (is_absolute(path) || folder.empty()) return std::string(path);
  std::string out(folder);
  if (!out.ends_with('/')) out += '/';
  return out.append(path);
}

std::string_view folder(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

std::string_view file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_within(std::string_view path, std::string_view folder) {
  if (folder == "/") return is_absolute(path);
  return path == folder || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

std::string relative_to(std::string_view path, std::string_view folder) {
  const auto to = components(path);
  const auto from = components(folder);
  std::size_t common = 0;
  while (common < to.size() && common < from.size() && to[common] == from[common]) ++common;
  std::vector<std::string_view> parts(from.size() - common, "..");
  parts.insert(parts.end(), to.begin() + static_cast<std::ptrdiff_t>(common), to.end());
  return joined(parts, false);
}

}  // namespace scruple::path
