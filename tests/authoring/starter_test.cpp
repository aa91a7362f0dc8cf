#include "authoring/starter.h"

#include "authoring/init.h"
#include "builtin/builtin.h"
#include "catch.h"
#include "schema/validator.h"

#include <memory>

using namespace scruple;
using namespace scruple::authoring;

namespace {

// Every combination of answers that changes which sections are written.
std::vector<Answers> all_answers() {
  std::vector<Answers> all;
  for (int ai = -1; ai < 8; ++ai) {
    for (const std::vector<std::string>& channels :
         {std::vector<std::string>{},
          {"email"},
          {"email", "web", "chat", "voice", "social", "ads", "post", "sms", "push"}}) {
      for (const std::vector<std::string>& languages : {std::vector<std::string>{}, {"de"}, {"de", "en-GB", "no"}}) {
        Answers answers;
        answers.name = "Frühling: \"#1\"";
        if (!channels.empty()) answers.owner = "Ada Amsel", answers.company = "Pod & Co";
        answers.channels = channels;
        answers.languages = languages;
        if (!languages.empty()) answers.markets = {"DE", "US-CA"};
        if (ai >= 0) answers.ai = AiUse{(ai & 1) != 0, (ai & 2) != 0, (ai & 4) != 0};
        all.push_back(std::move(answers));
      }
    }
  }
  return all;
}

void check_keeps_to_schema(const std::string& text, const char* definition) {
  const schema::Schema schema(builtin::manifest_schema());
  INFO(text);
  Diagnostics diagnostics;
  const auto documents = read_yaml(std::make_shared<const Source>("a.yaml", text), DocumentLimits{}, diagnostics);
  REQUIRE(diagnostics.empty());
  REQUIRE(documents.size() == 1);
  const auto violations = schema::validate(documents[0], documents[0].root(), schema, schema.definition(definition));
  for (const auto& violation : violations) UNSCOPED_INFO(violation.message);
  CHECK(violations.empty());
}

// The examples in comments, as if somebody had taken their marks away: `    # - id: ada` in the place of `    - id:
// ada`.
std::string with_examples(const std::string& text) {
  std::string out;
  bool in_example = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t mark = line.find("# ");
    const bool comment = mark != std::string::npos && line.find_first_not_of(' ') == mark;
    const bool begins = comment && line.compare(mark + 2, 2, "- ") == 0;
    in_example = comment && (begins || (in_example && line.compare(mark + 2, 2, "  ") == 0));
    if (in_example) line.erase(mark, 2);
    out += line + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a starter keeps to the schema, whatever was answered, and so do the examples in it") {
  const schema::Schema schema(builtin::manifest_schema());
  for (const Answers& answers : all_answers()) {
    StarterInput input;
    input.answers = answers;
    input.organization_path = "organization.yaml";
    const Starter starter = write_starter(input, schema);
    check_keeps_to_schema(starter.campaign, "campaign_manifest");
    check_keeps_to_schema(starter.organization, "organization_file");
    CHECK(with_examples(starter.organization) != starter.organization);
    check_keeps_to_schema(with_examples(starter.campaign), "campaign_manifest");
    check_keeps_to_schema(with_examples(starter.organization), "organization_file");
  }
}

TEST_CASE("only what the answers need is written") {
  const schema::Schema schema(builtin::manifest_schema());
  StarterInput input;
  input.organization_path = "organization.yaml";
  input.answers = {"Spring", "", "", {"email"}, {"DE"}, {"de"}, AiUse{true, false, false}};
  const Starter mail = write_starter(input, schema);
  CHECK(mail.campaign.find("chatbot") == mail.campaign.find("image, video, audio, chatbot"));
  CHECK(mail.campaign.find("overseers") == std::string::npos);
  CHECK(mail.organization.find("stop_switch") == std::string::npos);
  CHECK(mail.organization.find("sale_opt_out_url") == std::string::npos);

  input.answers.ai = AiUse{false, false, true};
  input.answers.markets = {"US-CA"};
  const Starter bot = write_starter(input, schema);
  CHECK(bot.campaign.find("kind: chatbot") != std::string::npos);
  CHECK(bot.campaign.find("ai_role: generated") != std::string::npos);
  CHECK(bot.organization.find("stop_switch:") != std::string::npos);
  CHECK(bot.organization.find("sale_opt_out_url:") != std::string::npos);

  input.answers.ai = AiUse{};
  const Starter none = write_starter(input, schema);
  CHECK(none.campaign.find("ai_systems: []") != std::string::npos);
  CHECK(none.campaign.find("ai_role: none") != std::string::npos);
}

TEST_CASE("an organization file that is there is named, and its register used") {
  MemoryFileSystem files;
  files.add("/work/organization.yaml",
            "kind: organization\nai_systems:\n  - {id: quill, tasks: [generate]}\n  - {id: score, tasks: [score]}\n");
  files.add("/work/.scruple/manifest.schema.json", "{}");
  const schema::Schema schema(builtin::manifest_schema());
  const Site site = survey(files, "/work", "campaigns/spring");
  const auto written =
      starter_files(site, {"Spring", "", "", {"email"}, {}, {}, AiUse{true, false, true}}, {}, schema, "{}");
  REQUIRE(written.size() == 1);
  CHECK(written[0].path == "campaigns/spring/campaign.yaml");
  const std::string& text = written[0].text;
  CHECK(text.starts_with("# yaml-language-server: $schema=../../.scruple/manifest.schema.json\n"));
  CHECK(text.find("\norganization: \"../../organization.yaml\"\n") != std::string::npos);
  CHECK(text.find("id: quill\n") != std::string::npos);
  CHECK(text.find("ai_system: quill\n") != std::string::npos);
  CHECK(text.find("id: score") == std::string::npos);
  CHECK(text.find("id: talking-ai\n") != std::string::npos);
  check_keeps_to_schema(text, "campaign_manifest");
}

TEST_CASE("an organization file that cannot be read is named all the same") {
  for (const char* text : {"", "[]", "ai_systems: 3", "ai_systems: [3, {id: 4}, {tasks: 7, id: x}]", "{"}) {
    MemoryFileSystem files;
    files.add("/work/organization.yaml", text);
    const Site site = survey(files, "/work", ".");
    CHECK(site.organization == "organization.yaml");
    CHECK(site.registered.has_value());
  }
}

TEST_CASE("guessed assets are written with what the guess rests on") {
  const schema::Schema schema(builtin::manifest_schema());
  StarterInput input;
  input.answers.name = "Spring";
  input.organization_path = "organization.yaml";
  input.guessed.assets = {{"mail/a.html", "email", "de", "the kind from its name", ""},
                          {"page/a.html", "landing_page", "", "holds a form", "signup_form"},
                          {"od: d\n#.png", "image", "", "by its ending .png", ""}};
  const std::string text = write_starter(input, schema).campaign;
  CHECK(text.find("# Guessed: the kind from its name.") != std::string::npos);
  CHECK(text.find("- id: a-2\n") != std::string::npos);
  CHECK(text.find("path: \"od: d\\n#.png\"") != std::string::npos);
  CHECK(text.find("- id: a-2-form\n") != std::string::npos);
  CHECK(text.find("channels: [email, web]") != std::string::npos);
  CHECK(text.find("languages: [de]") != std::string::npos);
  check_keeps_to_schema(text, "campaign_manifest");
}

namespace {

// What a person wrote or left standing: everything that is no list and no map, and is not empty.
std::size_t count_values(const std::string& file) {
  const auto files = make_native_file_system();
  FileContents contents = files->read(file, 1 << 20);
  REQUIRE(contents.status == FileStatus::ok);
  Diagnostics diagnostics;
  const auto documents =
      read_yaml(std::make_shared<const Source>(file, std::move(contents.bytes)), DocumentLimits{}, diagnostics);
  REQUIRE(documents.size() == 1);
  const Document& document = documents[0];
  std::size_t count = 0;
  for (NodeId id = 0; id < document.node_count(); ++id) {
    const NodeKind kind = document.node(id).kind;
    count += kind != NodeKind::list && kind != NodeKind::map && kind != NodeKind::null ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("a campaign can be written down by hand") {
  const std::string walk = SCRUPLE_SOURCE_DIR "/tests/golden/init-walk/";
  // One mail, company included.
  CHECK(count_values(walk + "mail/campaign.yaml") + count_values(walk + "mail/organization.yaml") <= 60);
  // Mail, page, chatbot and an own model.
  CHECK(count_values(walk + "whole/campaign.yaml") + count_values(walk + "whole/organization.yaml") <= 150);
}
