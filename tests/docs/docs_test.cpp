// Holds the documentation to what the program does. In README.md and in every page below docs/ and examples/:
//
// - a fenced block ```console shows commands after `$ ` and what they print; `...` stands for lines left out;
// - a fenced block ```LANGUAGE file=NAME is a whole file, which the commands of the same page find under that name;
//   where it is a manifest, it has to keep to the schema;
// - a link to a file of the tree has to lead to one.
//
// The commands run in a folder that holds examples/ and these files. `scripts/approve` rewrites the outputs of the
// blocks that leave nothing out.
#include "catch.h"
#include "transcript.h"

#include <algorithm>
#include <regex>
#include <set>

namespace {

namespace fs = std::filesystem;
using namespace scruple::test;

const fs::path source_folder = SCRUPLE_SOURCE_DIR;

std::vector<fs::path> pages() {
  std::vector<fs::path> found = {source_folder / "README.md"};
  for (const char* folder : {"docs", "examples"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source_folder / folder)) {
      if (entry.path().extension() == ".md") found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

// "yaml file=campaign.yaml" -> "campaign.yaml"
std::string file_of(const Block& block) {
  const auto at = block.info.find("file=");
  return at == std::string::npos ? std::string() : block.info.substr(at + 5, block.info.find(' ', at) - at - 5);
}

// A folder in which the commands of one page run.
fs::path scratch_for(const fs::path& page, const std::vector<Block>& blocks) {
  fs::path folder = fs::path(SCRUPLE_SCRATCH_FOLDER) / page.stem();
  fs::remove_all(folder);
  fs::create_directories(folder);
  // The root that evidence may not leave, as in a clone.
  fs::create_directory(folder / ".git");
  fs::copy(source_folder / "examples", folder / "examples", fs::copy_options::recursive);
  for (const Block& block : blocks) {
    if (const std::string name = file_of(block); !name.empty()) write_file(folder / name, block.text);
  }
  return folder;
}

std::string without_last_empty_lines(std::string text) {
  while (text.ends_with("\n\n")) text.pop_back();
  return text == "\n" ? std::string() : text;
}

}  // namespace

TEST_CASE("what the documentation shows is what the program prints") {
  std::size_t commands = 0;
  for (const fs::path& page : pages()) {
    std::string markdown = read_file(page);
    const auto blocks = fenced_blocks(markdown);
    const fs::path folder = scratch_for(page, blocks);
    for (const Block& block : blocks) {
      if (block.info != "console") continue;
      INFO(page.string() << ":" << block.line);
      Transcript transcript = read_transcript(block.text);
      CHECK(transcript.preface.empty());
      for (Step& step : transcript.steps) {
        INFO("$ " << step.command);
        ++commands;
        std::string actual = run_command(step.command, folder);
        // A page need not show the exit code: where it matters, the output speaks of it.
        if (step.expected.find("[exit code ") == std::string::npos) {
          actual = std::regex_replace(actual, std::regex("\\[exit code [0-9]+\\]\n$"), "");
        }
        // Empty lines before the next command are there for the eye.
        const std::string expected = without_last_empty_lines(step.expected);
        actual = without_last_empty_lines(actual);
        if (approves() && expected.find("...\n") == std::string::npos) {
          step.expected = actual + step.expected.substr(expected.size());
        } else if (!matches(expected, actual)) {
          CHECK(actual == expected);
        }
      }
      if (approves()) {
        if (const auto at = markdown.find(block.text); !block.text.empty() && at != std::string::npos) {
          markdown.replace(at, block.text.size(), write_transcript(transcript));
        }
      }
    }
    if (approves()) write_file(page, markdown);
  }
  if (!approves()) CHECK(commands > 10);
}

// Pages that the program writes itself: those of the rules.
TEST_CASE("generated pages are what the program writes now") {
  const fs::path folder = source_folder / "docs" / "rules";
  const auto keep = [](const fs::path& file, const std::string& command) {
    INFO(file.string() << ": scripts/approve writes it again");
    const std::string page = run_command(command, source_folder);
    CHECK_FALSE(has_crashed(page));
    if (!approves()) {
      CHECK((fs::exists(file) ? read_file(file) : std::string()) == page);
      return;
    }
    fs::create_directories(file.parent_path());
    write_file(file, page);
  };
  const fs::path index = folder / "README.md";
  keep(index, "scruple rules --format markdown");
  const std::string list = read_file(index);
  const std::regex link(R"(\]\(([a-z-]+/[a-z0-9-]+)\.md\))");
  std::set<fs::path> pages = {index};
  for (auto it = std::sregex_iterator(list.begin(), list.end(), link); it != std::sregex_iterator(); ++it) {
    const std::string rule = (*it)[1].str();
    pages.insert(folder / (rule + ".md"));
    keep(folder / (rule + ".md"), "scruple explain --format markdown " + rule);
  }
  CHECK(pages.size() > 30);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    INFO(entry.path().string() << " is no page of a rule");
    CHECK((entry.is_directory() || pages.contains(entry.path())));
  }
}

TEST_CASE("the fields of the manifest's page are those of the schema") {
  const fs::path page = source_folder / "docs" / "manifest.md";
  const std::string begin = "<!-- fields: scripts/approve writes what follows -->\n";
  const std::string end = "\n<!-- end of fields -->";
  std::string markdown = read_file(page);
  const std::size_t from = markdown.find(begin) + begin.size();
  const std::size_t to = markdown.find(end, from);
  REQUIRE(to != std::string::npos);
  const std::string fields = run_command("scruple schema manifest --format markdown", source_folder);
  CHECK(fields.find("### assets[]") != std::string::npos);
  if (approves()) {
    write_file(page, markdown.replace(from, to - from, fields));
  } else {
    INFO("scripts/approve writes them again");
    CHECK(markdown.substr(from, to - from) == fields);
  }
}

TEST_CASE("manifests in the documentation keep to the schema") {
  std::size_t manifests = 0;
  for (const fs::path& page : pages()) {
    const auto blocks = fenced_blocks(read_file(page));
    const fs::path folder = scratch_for(page, blocks);
    for (const Block& block : blocks) {
      const std::string name = file_of(block);
      if (name.empty() || !block.text.starts_with("scruple: 1\n")) continue;
      INFO(page.string() << ":" << block.line);
      ++manifests;
      const std::string output = run_command("scruple check --today 2026-03-01 " + name, folder);
      CHECK(output.find("Exit code 2") == std::string::npos);
      CHECK(output.find("[manifest/") == std::string::npos);
    }
  }
  CHECK(manifests > 0);
}

TEST_CASE("links in the documentation lead to files that are there") {
  const std::regex link(R"(\]\(([^)#:\s]+)(#[^)]*)?\))");
  for (const fs::path& page : pages()) {
    const std::string markdown = read_file(page);
    for (auto it = std::sregex_iterator(markdown.begin(), markdown.end(), link); it != std::sregex_iterator(); ++it) {
      INFO(page.string() << ": " << (*it)[1].str());
      CHECK(fs::exists(page.parent_path() / (*it)[1].str()));
    }
  }
}
