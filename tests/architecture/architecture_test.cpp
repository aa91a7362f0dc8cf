// docs/architecture.md says which library rests on which; this reads its tables and holds the sources to them.
#include "catch.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

using Names = std::set<std::string>;
using Row = std::vector<std::string>;

// Headers from outside, and what the table calls the package that they come from.
struct Package {
  std::string_view header;
  std::string_view name;
};
constexpr Package packages[] = {{"CLI/", "CLI11"},
                                {"gumbo.h", "gumbo"},
                                {"nlohmann/", "nlohmann/json"},
                                {"openssl/", "libcrypto"},
                                {"pugixml.hpp", "pugixml"},
                                {"re2/", "RE2"},
                                {"spdlog/", "spdlog"},
                                {"fmt/", "fmt"},
                                {"utf8proc.h", "utf8proc"},
                                {"yaml-cpp/", "yaml-cpp"},
                                {"zlib.h", "zlib"}};

struct Architecture {
  std::vector<std::string> libraries;                 // in the table's order: lowest first
  std::map<std::string, Names> rests_on;              // as written: libraries and packages
  std::map<std::string, std::string> public_headers;  // "document.h" -> "document"

  bool has(const std::string& library) const { return rests_on.contains(library); }

  // The library, what it rests on, and what that rests on; libraries only.
  Names reachable(const std::string& library) const {
    Names found = {library};
    for (const std::string& name : rests_on.at(library)) {
      if (has(name) && name != library) found.merge(reachable(name));
    }
    return found;
  }
};

std::string trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r`");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r`") - begin + 1));
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    parts.push_back(trim(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// The rows below the header whose first cell is `first_column`.
std::vector<Row> read_table(const std::string& markdown, std::string_view first_column) {
  std::vector<Row> rows;
  bool inside = false;
  std::istringstream lines(markdown);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('|')) {
      inside = false;
      continue;
    }
    Row cells = split(std::string_view(line).substr(1), "|");
    if (cells[0] == first_column) {
      inside = true;
    } else if (inside && !cells[0].starts_with("---")) {
      rows.push_back(std::move(cells));
    }
  }
  return rows;
}

// "lint's result types; nlohmann/json (SAX)" names `lint` and `nlohmann/json`.
Names read_rests_on(std::string_view cell) {
  Names names;
  for (const std::string& part : split(cell, ",;")) names.insert(part.substr(0, part.find_first_of(" '(`")));
  names.erase("");
  return names;
}

Architecture read_architecture(const std::string& markdown) {
  Architecture architecture;
  for (const Row& row : read_table(markdown, "library")) {
    architecture.libraries.push_back(row.at(0));
    architecture.rests_on[row.at(0)] = read_rests_on(row.at(2));
  }
  for (const Row& row : read_table(markdown, "public header")) architecture.public_headers[row.at(0)] = row.at(1);
  return architecture;
}

struct Include {
  std::string header;
  bool quoted = false;
};

std::optional<Include> read_include(std::string_view line) {
  const auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return std::nullopt;
  line.remove_prefix(std::string_view("include").size());
  skip_blanks();
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return std::nullopt;
  const bool quoted = line[0] == '"';
  const auto end = line.find(quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{std::string(line.substr(1, end - 1)), quoted};
}

// Why a file of `library` may not include this; nothing if it may.
std::optional<std::string> objection(const Architecture& architecture, const std::string& library,
                                     const Include& include) {
  for (const Package& package : packages) {
    if (!include.header.starts_with(package.header)) continue;
    if (architecture.rests_on.at(library).contains(std::string(package.name))) return std::nullopt;
    return "`" + library + "` does not name " + std::string(package.name);
  }
  const auto slash = include.header.find('/');
  if (!include.quoted || slash == std::string::npos) return std::nullopt;

  std::string used = include.header.substr(0, slash);
  if (used == "scruple") {
    const auto header = architecture.public_headers.find(include.header.substr(slash + 1));
    if (header == architecture.public_headers.end()) return "not a public header";
    used = header->second;
  }
  if (!architecture.has(used)) return "`" + used + "` is not a library";
  if (!architecture.reachable(library).contains(used)) return "`" + library + "` does not rest on `" + used + "`";
  return std::nullopt;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_source(const fs::path& path) { return path.extension() == ".h" || path.extension() == ".cpp"; }

std::vector<std::string> objections_to_file(const Architecture& architecture, const std::string& library,
                                            const fs::path& path) {
  std::vector<std::string> objections;
  std::istringstream lines(read_file(path));
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto include = read_include(line);
    if (!include) continue;
    if (const auto reason = objection(architecture, library, *include)) {
      objections.push_back(path.string() + ":" + std::to_string(number) + ": " + line + ": " + *reason);
    }
  }
  return objections;
}

// Every "scruple::name" in a library's CMakeLists.txt.
Names linked_libraries(const std::string& cmake) {
  constexpr std::string_view prefix = "scruple::";
  Names names;
  for (auto at = cmake.find(prefix); at != std::string::npos; at = cmake.find(prefix, at)) {
    at += prefix.size();
    const auto end = std::min(cmake.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at), cmake.size());
    names.insert(cmake.substr(at, end - at));
  }
  return names;
}

const fs::path source_dir = SCRUPLE_SOURCE_DIR;

Architecture documented() { return read_architecture(read_file(source_dir / "docs/architecture.md")); }

constexpr std::string_view sample = R"(
| word | meaning |
| --- | --- |
| base | not a library here |

| library | what it holds | rests on |
| --- | --- | --- |
| `base` | text | libcrypto |
| `document` | trees | base; yaml-cpp (events), nlohmann/json (SAX) |
| `lint` | all; of it | document |
| `report` | formats | lint's result types |

| public header | library |
| --- | --- |
| `document.h` | `document` |
| `linter.h` | `lint` |
)";

}  // namespace

TEST_CASE("the tables are read as they are written") {
  const Architecture architecture = read_architecture(std::string(sample));
  CHECK(architecture.libraries == std::vector<std::string>{"base", "document", "lint", "report"});
  CHECK(architecture.rests_on.at("document") == Names{"base", "nlohmann/json", "yaml-cpp"});
  CHECK(architecture.rests_on.at("report") == Names{"lint"});
  CHECK(architecture.reachable("report") == Names{"base", "document", "lint", "report"});
  CHECK(architecture.public_headers.at("linter.h") == "lint");
}

TEST_CASE("an include is judged by the tables") {
  struct Case {
    std::string library;
    std::string line;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {"lint", R"(#include "base/glob.h")", ""},
      {"lint", R"(#include "lint/cause.h")", ""},
      {"lint", R"(#include <vector>)", ""},
      {"lint", R"(// #include "report/text.h")", ""},
      {"report", R"(#include "scruple/linter.h")", ""},
      {"document", R"(#include <yaml-cpp/eventhandler.h>)", ""},
      {"document", R"(#include "lint/cause.h")", "`document` does not rest on `lint`"},
      {"document", R"(  #  include "scruple/linter.h")", "`document` does not rest on `lint`"},
      {"lint", R"(#include "scruple/secret.h")", "not a public header"},
      {"lint", R"(#include "lnit/cause.h")", "`lnit` is not a library"},
      {"lint", R"(#include <yaml-cpp/yaml.h>)", "`lint` does not name yaml-cpp"},
      {"base", R"(#include "nlohmann/json.hpp")", "`base` does not name nlohmann/json"},
  };
  const Architecture architecture = read_architecture(std::string(sample));
  for (const Case& c : cases) {
    CAPTURE(c.library, c.line);
    const auto include = read_include(c.line);
    CHECK((include ? objection(architecture, c.library, *include).value_or("") : "") == c.reason);
  }
}

TEST_CASE("the libraries linked are read from CMake") {
  CHECK(linked_libraries("scruple_library(lint PUBLIC scruple::policy scruple::config)") == Names{"config", "policy"});
  CHECK(linked_libraries("scruple_library(base PUBLIC Threads::Threads)").empty());
}

TEST_CASE("every library is in the table and every row is a library") {
  const Architecture architecture = documented();
  Names folders;
  for (const auto& entry : fs::directory_iterator(source_dir / "src")) {
    if (entry.is_directory() && !fs::is_empty(entry)) folders.insert(entry.path().filename().string());
  }
  CHECK(folders == Names(architecture.libraries.begin(), architecture.libraries.end()));
}

TEST_CASE("every public header is in the table and every row is a header") {
  const Architecture architecture = documented();
  Names headers;
  for (const auto& entry : fs::directory_iterator(source_dir / "include/scruple")) {
    headers.insert(entry.path().filename().string());
  }
  Names rows;
  for (const auto& [header, library] : architecture.public_headers) {
    CAPTURE(header, library);
    CHECK(architecture.has(library));
    rows.insert(header);
  }
  CHECK(headers == rows);
}

TEST_CASE("a library rests on libraries above it in the table, so there are no cycles") {
  const Architecture architecture = documented();
  Names above;
  for (const std::string& library : architecture.libraries) {
    for (const std::string& used : architecture.rests_on.at(library)) {
      CAPTURE(library, used);
      const bool is_package = std::any_of(std::begin(packages), std::end(packages),
                                          [&](const Package& package) { return package.name == used; });
      CHECK((is_package || above.contains(used)));
    }
    above.insert(library);
  }
}

TEST_CASE("the sources include only what their library rests on") {
  const Architecture architecture = documented();
  std::size_t files = 0;
  std::vector<std::string> objections;
  const auto check = [&](const std::string& library, const fs::path& path) {
    ++files;
    for (std::string& text : objections_to_file(architecture, library, path)) objections.push_back(std::move(text));
  };
  for (const std::string& library : architecture.libraries) {
    if (!fs::exists(source_dir / "src" / library)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(source_dir / "src" / library)) {
      if (is_source(entry.path())) check(library, entry.path());
    }
  }
  for (const auto& [header, library] : architecture.public_headers) {
    const fs::path path = source_dir / "include/scruple" / header;
    if (fs::exists(path)) check(library, path);
  }
  CHECK(files > 0);
  for (const std::string& text : objections) FAIL_CHECK(text);
}

TEST_CASE("the libraries link only what they rest on") {
  const Architecture architecture = documented();
  for (const std::string& library : architecture.libraries) {
    const Names allowed = architecture.reachable(library);
    for (const std::string& linked : linked_libraries(read_file(source_dir / "src" / library / "CMakeLists.txt"))) {
      CAPTURE(library, linked);
      CHECK(allowed.contains(linked));
    }
  }
}
