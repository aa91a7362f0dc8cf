#include "authoring/commented_yaml.h"

#include "builtin/builtin.h"
#include "catch.h"

using namespace scruple;
using namespace scruple::authoring;

TEST_CASE("fields stand below what the schema says of them, once") {
  const schema::Schema schema(builtin::manifest_schema());
  const Entry root =
      map("", {text("scruple", "1"), map("campaign", {text("id", "a"), open("launch_date"), open("automated")}),
               list("assets", {map("", {text("id", "one"), open("personalized")}),
                               map("", {text("id", "two"), open("personalized")}, "A note.")})});
  CHECK(write_commented(root, schema, schema.definition("campaign_manifest")) ==
        "# The version of the manifest format.\n"
        "scruple: 1\n"
        "\n"
        "# What the campaign is, who answers for it, when and where it runs.\n"
        "campaign:\n"
        "  # A short, stable name of the campaign; reports and logs use it.\n"
        "  id: a\n"
        "  # The first day on which it reaches customers. For example: 2026-03-01\n"
        "  launch_date:\n"
        "  # Whether parts of it run without a person starting each step. Write true or false.\n"
        "  automated:\n"
        "\n"
        "# Every file that customers will meet.\n"
        "assets:\n"
        "  # The id by which reports and reviews name it.\n"
        "  - id: one\n"
        "    # Whether its content differs from person to person. Write true or false.\n"
        "    personalized:\n"
        "  # A note.\n"
        "  - id: two\n"
        "    personalized:\n");
}

TEST_CASE("texts are quoted where YAML would read something else") {
  const schema::Schema schema(builtin::manifest_schema());
  const Entry root = map("", {map("campaign", {text("id", "x"), text("name", "Mail: the first #1 \"spring\"\nline"),
                                               choice("languages", {"no", "de"})})});
  const std::string yaml = write_commented(root, schema, schema.definition("campaign_manifest"));
  Diagnostics diagnostics;
  const auto documents = read_yaml(std::make_shared<const Source>("a.yaml", yaml), DocumentLimits{}, diagnostics);
  REQUIRE(diagnostics.empty());
  const Document& document = documents.at(0);
  const NodeId campaign = document.find(document.root(), "campaign")->value;
  CHECK(document.node(document.find(campaign, "name")->value).text == "Mail: the first #1 \"spring\"\nline");
  CHECK(document.node(document.members(document.find(campaign, "languages")->value)[0].value).text == "no");
}

TEST_CASE("an example of a list is a comment that becomes YAML without its marks") {
  const schema::Schema schema(builtin::manifest_schema());
  const Entry root = map(
      "",
      {map("oversight", {open("approvals", "Note.", {choice("assets", {"mail"}), text("by", "ada"), open("on")})})});
  CHECK(write_commented(root, schema, schema.definition("campaign_manifest"))
            .ends_with("  # Note.\n"
                       "  approvals:\n"
                       "    # - assets: [mail]\n"
                       "    #   by: ada\n"
                       "    #   on: 2026-03-01\n"));
}
