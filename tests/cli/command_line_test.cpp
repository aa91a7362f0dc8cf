// The whole tool in process, on files in memory. Whole outputs are in tests/golden.
#include "cli/command_line.h"

#include "catch.h"

#include <sstream>
#include <string>
#include <vector>

using namespace scruple;

namespace {

struct Run {
  int code = 0;
  std::string out, err;
};

constexpr const char* manifest = "scruple: 1\nkind: campaign\ncampaign: {id: c, name: C, owner: eve}\n";

Run run(const std::vector<std::string>& arguments, MemoryFileSystem& files, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const cli::Streams streams{in, out, err, false, false, 100, false, "2026-03-01"};
  const int code = cli::run(arguments, streams, files);
  return {code, out.str(), err.str()};
}

Run run(const std::vector<std::string>& arguments) {
  MemoryFileSystem files;
  files.add("/campaign.yaml", manifest);
  return run(arguments, files);
}

}  // namespace

TEST_CASE("help reads well at 80 columns") {
  for (const char* command : {"", "init", "check", "status", "rules", "explain", "test", "eval", "schema", "digest",
                              "new", "completions", "manual"}) {
    const Run help = *command == '\0' ? run({"--help"}) : run({command, "--help"});
    CHECK(help.code == 0);
    std::istringstream lines(help.out);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(line.size() <= 80);
    }
  }
}

TEST_CASE("a command line that cannot be carried out is exit code 2, and says why") {
  struct Row {
    std::vector<std::string> arguments;
    std::string says;
  };
  const Row rows[] = {{{}, "Usage: scruple"},
                      {{"chek"}, "did you mean `check`?"},
                      {{"check", "--gate", "noon"}, "--gate: `noon` is none of assess"},
                      {{"check", "--format", "xml"}, "there is no format `xml`"},
                      {{"check", "--format", "text", "--format", "json"}, "only one format can go to standard output"},
                      {{"check", "--format", "json="}, "names no file"},
                      {{"check", "--today", "01.03.2026"}, "is no day of the calendar"},
                      {{"check", "--root", "/none"}, "the root `/none` is no folder"},
                      {{"check", "/none"}, "`/none` does not exist"},
                      {{"check", "--select", "unsubscribe", "/"}, "did you mean `privacy/unsubscribe-visible`?"},
                      {{"check", "--pack", "/none", "/"}, "does not exist"},
                      {{"explain", "unsubscribe"}, "there is no rule `unsubscribe`"},
                      {{"schema", "manifst"}, "did you mean `manifest`?"},
                      {{"eval", "1 +"}, "<expression>"},
                      {{"eval", "x"}, "`x`"}};
  for (const Row& row : rows) {
    const Run result = run(row.arguments);
    INFO(row.says << " in: " << result.err);
    CHECK(result.code == 2);
    CHECK(result.err.find(row.says) != std::string::npos);
  }
}

TEST_CASE("options that take one value leave the paths alone") {
  const Run result = run({"check", "--select", "privacy", "--format", "json", "/campaign.yaml"});
  CHECK(result.err.empty());
  CHECK(result.out.find("\"/campaign.yaml\"") != std::string::npos);
}

TEST_CASE("findings fail the run, and --fail-on says which") {
  CHECK(run({"check", "/campaign.yaml"}).code == 1);
  MemoryFileSystem files;
  files.add("/campaign.yaml", manifest);
  CHECK(
      run({"check", "--select", "fairness/creative-accessible", "--level", "complete", "/campaign.yaml"}, files).code ==
      0);
  CHECK(run({"check", "--select", "fairness/creative-accessible", "--level", "complete", "--fail-on", "info",
             "/campaign.yaml"},
            files)
            .code == 1);
}

TEST_CASE("a report goes to a file, and never over an input") {
  MemoryFileSystem files;
  files.add("/campaign.yaml", manifest);
  const Run written = run({"check", "--format", "json=/report.json", "/campaign.yaml"}, files);
  CHECK(written.code == 1);
  CHECK(written.out.empty());
  CHECK(files.read("/report.json", 1 << 20).bytes.starts_with("{\n"));
  const Run refused = run({"check", "--format", "json=/campaign.yaml", "/campaign.yaml"}, files);
  CHECK(refused.code == 2);
  CHECK(refused.err.find("is an input of this run") != std::string::npos);
  CHECK(files.read("/campaign.yaml", 1 << 20).bytes == manifest);
}

TEST_CASE("standard input is a manifest under the name that it is given") {
  MemoryFileSystem files;
  const Run yaml = run({"check", "-", "--stdin-filename", "spring.campaign.yaml"}, files, manifest);
  CHECK(yaml.code == 1);
  CHECK(yaml.out.find("spring.campaign.yaml:1:1") != std::string::npos);
  const Run json = run({"check", "-", "--stdin-filename", "campaign.json"}, files, manifest);
  CHECK(json.out.find("manifest/syntax") != std::string::npos);
}

TEST_CASE("eval shows values as JSON, and errors with a caret") {
  CHECK(run({"eval", "manifest.campaign.id", "/campaign.yaml"}).out == "\"c\"\n");
  CHECK(run({"eval", "[1, 2].map(x, x * 2)"}).out == "[\n  2,\n  4\n]\n");
  CHECK(run({"eval", "date('2026-03-01') - days(1)"}).out == "\"2026-02-28\"\n");
  const Run failed = run({"eval", "1 / 0"});
  CHECK(failed.code == 1);
  CHECK(failed.err.find("division by zero") != std::string::npos);
  CHECK(failed.err.find("1 / 0") != std::string::npos);
}

TEST_CASE("a manifest that is no mapping is a finding, whatever it is") {
  for (const char* text : {"", "- a\n", "hello\n", "# nothing\n", "[]\n"}) {
    MemoryFileSystem files;
    files.add("/campaign.yaml", text);
    const Run result = run({"check", "/campaign.yaml"}, files);
    INFO(text);
    CHECK(result.code == 1);
    CHECK(result.out.find("error[manifest/") != std::string::npos);
  }
}

TEST_CASE("rules are listed, and explained") {
  CHECK(run({"rules"}).out.find("privacy/unsubscribe-visible") != std::string::npos);
  CHECK(run({"rules", "--format", "json"}).out.starts_with("{\n"));
  CHECK(run({"explain", "unsubscribe-visible"}).out.find("What to do") != std::string::npos);
  CHECK(run({"schema", "manifest"}).out.starts_with("{"));
  CHECK(run({"--version"}).out.starts_with("scruple "));
}
