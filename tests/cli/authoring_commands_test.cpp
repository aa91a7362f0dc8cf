// init, digest and new rule in process, on files in memory. What they print is in tests/golden.
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

Run run(const std::vector<std::string>& arguments, MemoryFileSystem& files, const std::string& typed = {}) {
  std::istringstream in(typed);
  std::ostringstream out;
  std::ostringstream err;
  const bool terminal = !typed.empty();
  const cli::Streams streams{in, out, err, terminal, terminal, 100, true, "2026-03-01", terminal};
  const int code = cli::run(arguments, streams, files);
  return {code, out.str(), err.str()};
}

std::string text_of(const MemoryFileSystem& files, const std::string& path) { return files.read(path, 1 << 20).bytes; }

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("init writes a campaign, its organization file and the schema, and check leads on from there") {
  MemoryFileSystem files;
  const Run written = run({"init", "spring", "--channel", "email,web", "--market", "DE", "--language", "de",
                           "--language", "en", "--ai", "writes,talks", "--owner", "Ada Amsel"},
                          files);
  CHECK(written.err.empty());
  CHECK(written.code == 0);
  CHECK(holds(written.out, "Wrote spring/campaign.yaml\n"));
  const std::string campaign = text_of(files, "/spring/campaign.yaml");
  CHECK(campaign.starts_with("# yaml-language-server: $schema=.scruple/manifest.schema.json\n"));
  CHECK(holds(campaign, "\n  owner: ada\n"));
  CHECK(holds(campaign, "\n  status: idea\n"));
  CHECK(holds(text_of(files, "/spring/organization.yaml"), "name: Ada Amsel\n"));
  CHECK(holds(text_of(files, "/spring/.scruple/manifest.schema.json"), "\"$defs\""));

  const Run checked = run({"check", "spring"}, files);
  CHECK(checked.code == 1);
  CHECK_FALSE(holds(checked.out, "[manifest/"));
  CHECK(holds(checked.out, "judged at the gate `assess`"));
}

TEST_CASE("init never overwrites") {
  MemoryFileSystem files;
  files.add("/spring/campaign.yml", "mine");
  const Run refused = run({"init", "spring"}, files);
  CHECK(refused.code == 2);
  CHECK(refused.err == "scruple: `spring/campaign.yml` exists already and is not overwritten\n");
  CHECK(files.list("/spring").size() == 1);

  files.add("/notes", "a file");
  CHECK(run({"init", "notes"}, files).err == "scruple: `notes` is no folder\n");

  MemoryFileSystem company;
  company.add("/organization.yaml", "scruple: 1\nkind: organization\n");
  CHECK(run({"init", "spring"}, company).code == 0);
  CHECK(text_of(company, "/organization.yaml") == "scruple: 1\nkind: organization\n");
  CHECK(holds(text_of(company, "/spring/campaign.yaml"), "\norganization: \"../organization.yaml\"\n"));
  CHECK(company.info("/spring/organization.yaml").status == FileStatus::not_found);
}

TEST_CASE("bad answers of init are explained, all at once, and nothing is written") {
  struct Row {
    std::vector<std::string> arguments;
    std::vector<std::string> says;
  };
  const Row rows[] = {
      {{"--market", "Germany", "--language", "english", "--channel", "emial"},
       {"`Germany` is no market code; did you mean `DE`?", "did you mean `en`?", "did you mean `email`?"}},
      {{"--ai", "write"}, {"did you mean `writes`?"}},
      {{"--ai", "none,talks"}, {"cannot be combined"}},
      {{"--from", "nowhere"}, {"`nowhere` is no folder"}},
      {{"--root", "nowhere"}, {"the root `nowhere` is no folder"}},
  };
  for (const Row& row : rows) {
    MemoryFileSystem files;
    std::vector<std::string> arguments = {"init"};
    arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
    const Run refused = run(arguments, files);
    CHECK(refused.code == 2);
    for (const std::string& part : row.says) {
      INFO(part << " in: " << refused.err);
      CHECK(holds(refused.err, part));
    }
    CHECK(files.list("/").empty());
  }
}

TEST_CASE("on a terminal init asks for what the options do not say, until the answer will do") {
  MemoryFileSystem files;
  const Run asked = run({"init", "spring", "--name", "Spring mail"}, files,
                        "Ada Amsel\nmail\nemail\nGermany\nDE, US-CA\nde\ny\nperhaps\nn\nno\n");
  INFO(asked.out);
  CHECK(asked.code == 0);
  CHECK_FALSE(holds(asked.out, "Name of the campaign"));
  CHECK(holds(asked.out, "did you mean `DE`?"));
  CHECK(holds(asked.out, "Write y for yes or n for no."));
  const std::string campaign = text_of(files, "/spring/campaign.yaml");
  CHECK(holds(campaign, "\n  markets: [DE, US-CA]\n"));
  CHECK(holds(campaign, "\nai_systems: [writing-ai]\n"));

  MemoryFileSystem nothing;
  const Run left = run({"init"}, nothing, "Spring\n");
  CHECK(left.code == 2);
  CHECK(holds(left.err, "nothing was written"));
  CHECK(nothing.list("/").empty());
}

TEST_CASE("a folder of files becomes assets") {
  MemoryFileSystem files;
  files.add("/spring/mail.de.html", "<html lang=\"de\"><p>Hallo {{name}}</p></html>");
  files.add("/spring/notes.docx", "x");
  const Run written = run({"init", "spring", "--from", "spring"}, files);
  CHECK(written.code == 0);
  CHECK(holds(written.out, "Guessed 1 asset from the files in spring; look them over.\nNot recognized: notes.docx\n"));
  CHECK(holds(text_of(files, "/spring/campaign.yaml"), "    path: mail.de.html\n"));
}

TEST_CASE("digest shows what approvals cover, and --write makes the check pass") {
  MemoryFileSystem files;
  const std::string manifest =
      "scruple: 1\nkind: campaign\ncampaign: {id: c}\norganization: {people: [{id: ada, name: Ada}]}\n"
      "assets: [{id: a, path: a.txt}]\n"
      "oversight:\n  approvals:\n    - {assets: [a], by: ada, on: 2026-02-01}  # looked at\n";
  files.add("/campaign.yaml", manifest);
  files.add("/a.txt", "a");
  const Run shown = run({"digest", "campaign.yaml"}, files);
  CHECK(shown.code == 0);
  CHECK(holds(shown.out, "not recorded  a  ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a.txt\n"));
  CHECK(text_of(files, "/campaign.yaml") == manifest);

  const std::vector<std::string> check = {
      "check", "--gate", "approve", "--select", "accountability/approved-file-unchanged", "campaign.yaml"};
  CHECK(run(check, files).code == 1);
  const Run written = run({"digest", "--write", "campaign.yaml"}, files);
  CHECK(written.code == 0);
  CHECK(holds(written.out, "Wrote 1 digest to campaign.yaml\n"));
  CHECK(run(check, files).code == 0);
  CHECK(holds(run({"digest", "--write", "campaign.yaml"}, files).out, "Nothing is to be written"));

  files.add("/a.txt", "changed");
  CHECK(holds(run({"digest", "campaign.yaml"}, files).out, "differs"));
  CHECK(run(check, files).code == 1);
}

TEST_CASE("digest says why it cannot be done, and writes nothing") {
  struct Row {
    std::string manifest;
    const char* says;
  };
  const std::string head = "scruple: 1\nkind: campaign\ncampaign: {id: c}\nassets: [{id: a, path: a.txt}]\n";
  const Row rows[] = {
      {head + "oversight: {approvals: [{assets: [a]}]}\n", "does not exist"},
      {head + "oversight: {approvals: [{assets: [b]}]}\n", "there is no asset of this id"},
      {"scruple: 1\nkind: organization\n", "is no campaign manifest"},
      {"scruple: [1\n", "error[manifest/syntax]"},
      {"- a\n", "is no campaign manifest"},
  };
  for (const Row& row : rows) {
    MemoryFileSystem files;
    files.add("/campaign.yaml", row.manifest);
    const Run refused = run({"digest", "--write", "campaign.yaml"}, files);
    INFO(refused.err);
    CHECK(refused.code == 2);
    CHECK(holds(refused.err, row.says));
    CHECK(text_of(files, "/campaign.yaml") == row.manifest);
  }
  MemoryFileSystem files;
  CHECK(run({"digest", "none.yaml"}, files).err == "scruple: `none.yaml` does not exist\n");
}

TEST_CASE("a new rule passes its own tests, in a new pack and in one that is there") {
  MemoryFileSystem files;
  const Run first = run({"new", "rule", "short-subject", "--pack", "/house"}, files);
  CHECK(first.err.empty());
  CHECK(first.code == 0);
  CHECK(run({"test", "/house"}, files).out == "1 rule in 1 pack: 3 passed, 0 failed\n");
  CHECK(run({"new", "rule", "second-one", "--pack", "/house"}, files).code == 0);
  CHECK(run({"test", "/house"}, files).out == "2 rules in 1 pack: 6 passed, 0 failed\n");
  const Run again = run({"new", "rule", "second-one", "--pack", "/house"}, files);
  CHECK(again.code == 2);
  CHECK(holds(again.err, "exists already"));
  CHECK(holds(run({"new", "pack", "x"}, files).err, "`new` makes a `rule`"));
  CHECK(holds(run({"new", "rule", "x", "--pack", "/privacy"}, files).err, "is a built-in pack"));
}

TEST_CASE("the manual tells every command and option, and each line is plain to troff") {
  MemoryFileSystem files;
  const Run written = run({"manual", "--today", "2026-03-02"}, files);
  CHECK(written.code == 0);
  CHECK(written.out.starts_with(".TH SCRUPLE 1 2026-03-02 "));
  for (const char* text : {".SS \"scruple check PATH\"", "\\fB\\-\\-fail\\-on\\fR \\fISEVERITY\\fR",
                           "\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR", ".SH \"OPTIONS OF ALL COMMANDS\"\n.TP\n"}) {
    INFO(text);
    CHECK(holds(written.out, text));
  }
  // An option of all commands is told once.
  CHECK(written.out.find("\\-\\-color") == written.out.rfind("\\-\\-color"));
}

TEST_CASE("completions know every command and option") {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    MemoryFileSystem files;
    const Run written = run({"completions", shell}, files);
    INFO(shell);
    CHECK(written.code == 0);
    for (const char* word : {"check", "init", "digest", "fail-on", "from", "write"}) CHECK(holds(written.out, word));
  }
  MemoryFileSystem files;
  CHECK(run({"completions", "fisch"}, files).err ==
        "scruple: there are no completions for `fisch`; did you mean `fish`?\n");
}
