#include "policy/context.h"

#include "bench.h"
#include "policy/dates.h"
#include "policy/marks.h"

#include <array>
#include <deque>

namespace scruple::policy {
namespace {

using test::campaign_head;
using test::document_of;
using test::language;
using test::organization_head;

// A campaign of memory with everything that its evaluation rests on.
struct Site {
  explicit Site(const std::string& campaign_text, const std::string& organization_text = "")
      : campaign(document_of(campaign_head + campaign_text, "shop/campaign.yaml")),
        organization(document_of(organization_head + organization_text, "organization.yaml")),
        store(files, "/") {
    files.add("/shop/page.html", "<title>Page</title><p>Hello</p>");
    files.add("/shop/notes.json", "{\"people\": [{\"id\": \"ada\"}]}");
    files.add("/shop/broken.json", "{\"a\": SECRET}");
    files.add("/shop/mail.txt", "of the shop");
    files.add("/mail.txt", "of the company");
    manifest.type = language()->manifest.definition("campaign_manifest");
    manifest.root = "/";
    manifest.document = &campaign;
    manifest.folder = "shop";
    manifest.organization_folder = ".";
    if (!organization_text.empty()) manifest.organization = &organization;
    context.emplace(*language(), manifest, store, *parse_day("2026-01-05"));
    evaluation.host = &*context;
  }

  cel::Value value(const std::string& expression) {
    cel::Environment environment;
    environment.functions = &language()->functions;
    environment.variables = {{"manifest", cel::Type::dyn(), 0}};
    cel::Compiled compiled = cel::compile(expression, environment);
    for (const auto& issue : compiled.issues) FAIL(expression << ": " << issue.message);
    // Values point into what they were computed by.
    programs.push_back(std::move(*compiled.program));
    std::array<cel::Value, 1> slots{context->view().root()};
    return cel::evaluate(programs.back(), {slots, nullptr, nullptr, &language()->functions}, evaluation);
  }

  std::string shown(const std::string& expression, bool quoted = false) {
    return context->show(value(expression), evaluation, quoted);
  }

  std::string where(const std::string& expression) {
    const cel::Value found = value(expression);
    REQUIRE(found.origin() != 0);
    return told(context->where(found.origin()));
  }

  // Where the absence at the end of an expression is blamed.
  std::string missing(const std::string& expression, Scope scope = Scope::campaign) {
    const cel::Value found = value(expression);
    REQUIRE(found.is_error());
    const cel::Error& error = found.as_error();
    return concat(told(context->where_missing(error.origin, error.missing, scope)), " lacks ", error.missing);
  }

  static std::string told(const Context::Where& where) {
    return concat(where.place.empty() ? "the root" : where.place, " in ", where.location.file, " ",
                  where.location.begin.line, ":", where.location.begin.column,
                  where.location.line.empty() ? ", hidden" : "");
  }

  MemoryFileSystem files;
  Document campaign;
  Document organization;
  evidence::Store store;
  Manifest manifest;
  std::optional<Context> context;
  cel::Evaluation evaluation;
  std::deque<cel::Program> programs;
};

const std::string shop =
    "organization: ../organization.yaml\n"                                                            // 3
    "campaign: {id: spring, markets: [DE]}\n"                                                         // 4
    "assets: [{id: page, path: page.html, review_notes_path: notes.json}, {id: b, path: no.html}]\n"  // 5
    "x-none: broken.json\n";
const std::string company =
    "organization: {name: Example, guidelines: {path: mail.txt}, ethics_lead: {notes_path: n.json}}\n"  // 3
    "data: {laws: [{id: gdpr, assessment_path: mail.txt}]}\n";                                          // 4

}  // namespace

TEST_CASE("where values stand") {
  struct Row {
    const char* expression;
    const char* where;
  };
  const Row rows[] = {
      {"manifest.campaign.id", "campaign.id in shop/campaign.yaml 4:16"},
      {"manifest.campaign.markets[0]", "campaign.markets[0] in shop/campaign.yaml 4:34"},
      {"manifest.assets[0]", "assets[page] in shop/campaign.yaml 5:10"},
      {"manifest.organization.name", "organization:organization.name in organization.yaml 3:22"},
      {"manifest.data.laws[0].id", "organization:data.laws[gdpr].id in organization.yaml 4:20"},
      {"file(manifest.assets[0].path)", "assets[page].path in shop/campaign.yaml 5:27"},
      {"file(manifest.assets[0].path).text", "assets[page].path in shop/campaign.yaml 5:27"},
      {"file(manifest.assets[0].path).html.title", "assets[page].path!html.title in shop/page.html 1:8"},
      // Of a file that can hold personal data no line is shown, and items have no names.
      {"file(manifest.assets[0].review_notes_path).json.people[0].id",
       "assets[page].review_notes_path!people[0].id in shop/notes.json 1:20, hidden"},
      // A passage stands where it stands in its text.
      {"text.passage([file(manifest.assets[0].path).html.visible_text], 'lo')",
       "assets[page].path!html.visible_text in shop/page.html 1:26"},
      {"text.passage([file(manifest.assets[0].path).text], 'hello')", "assets[page].path!text in shop/page.html 1:23"},
      {"text.passage([file(manifest.assets[0].review_notes_path).json.people[0].id], 'da')",
       "assets[page].review_notes_path!people[0].id in shop/notes.json 1:22, hidden"},
      {"text.passage([file(manifest.assets[0].review_notes_path).text], 'ada')",
       "assets[page].review_notes_path!text in shop/notes.json 1:21, hidden"},
      {"text.passage([manifest.organization.name], 'ample')",
       "organization:organization.name in organization.yaml 3:22"},
  };
  Site site(shop, company);
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(site.where(row.expression) == row.where);
  }
}

TEST_CASE("where an absence is blamed") {
  struct Row {
    const char* expression;
    Scope scope;
    const char* where;
  };
  const Row rows[] = {
      {"manifest.campaign.name", Scope::campaign, "campaign in shop/campaign.yaml 4:11 lacks name"},
      {"manifest.assets[0].kind", Scope::campaign, "assets[page] in shop/campaign.yaml 5:10 lacks kind"},
      {"manifest.rights", Scope::campaign, "the root in shop/campaign.yaml 1:1 lacks rights"},
      // What could stand in either is the campaign's to say, but in rules of the organization.
      {"manifest.data.consent", Scope::campaign, "data in shop/campaign.yaml 1:1 lacks consent"},
      {"manifest.data.consent", Scope::organization, "organization:data in organization.yaml 4:7 lacks consent"},
      {"manifest.rights", Scope::organization, "organization: in organization.yaml 1:1 lacks rights"},
      {"manifest.organization.people", Scope::campaign,
       "organization:organization in organization.yaml 3:15 lacks people"},
      {"manifest.organization.guidelines.updated_on", Scope::campaign,
       "organization:organization.guidelines in organization.yaml 3:43 lacks updated_on"},
      // What the campaign chooses, no organization's file says.
      {"manifest.ai_systems", Scope::organization, "the root in shop/campaign.yaml 1:1 lacks ai_systems"},
  };
  Site site(shop, company);
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(site.missing(row.expression, row.scope) == row.where);
  }
  Site none(shop, "data: {}\n");
  CHECK(none.missing("manifest.organization.name") == "organization: in organization.yaml 1:1 lacks organization");
  Site alone("campaign: {id: spring}\norganization: {name: Example}\n");
  CHECK(alone.missing("manifest.organization.people", Scope::organization) ==
        "organization in shop/campaign.yaml 4:15 lacks people");
  CHECK(alone.missing("manifest.rights", Scope::organization) == "the root in shop/campaign.yaml 1:1 lacks rights");
}

TEST_CASE("a path is resolved against the file in which it stands") {
  Site site("organization: ../organization.yaml\ncampaign: {id: spring}\nassets: [{id: mail, path: mail.txt}]\n",
            company);
  CHECK(site.value("file(manifest.assets[0].path).text").as_text() == "of the shop");
  CHECK(site.value("file(manifest.organization.guidelines.path).text").as_text() == "of the company");
  CHECK(site.value("file('mail.txt').text").as_text() == "of the shop");
  CHECK(site.value("file('../mail.txt').text").as_text() == "of the company");
}

TEST_CASE("what can hold personal data is marked, and shown by its place") {
  Site site("campaign: {id: spring}\nassets: [{id: a, path: page.html, review_notes_path: notes.json}]\n");
  CHECK(site.shown("file(manifest.assets[0].path).html.title") == "Page");
  CHECK(site.shown("file(manifest.assets[0].review_notes_path).json.people[0].id") ==
        "(text at assets[a].review_notes_path!people[0].id, not shown)");
  CHECK(site.shown("file(manifest.assets[0].review_notes_path).text") ==
        "(text at assets[a].review_notes_path, not shown)");
  CHECK(site.shown("'x' + file(manifest.assets[0].review_notes_path).text") == "(text, not shown)");
  CHECK(site.shown("file('mail.txt').text") == "(text, not shown)");  // a computed path
  CHECK(site.shown("size(file('mail.txt').text)") == "11");
  CHECK(site.shown("file('mail.txt').text == 'x'") == "false");
  CHECK(site.shown("file(manifest.assets[0].review_notes_path).size") == "27");
}

TEST_CASE("values as a message shows them") {
  struct Row {
    const char* expression;
    const char* plain;
    const char* quoted;
  };
  const Row rows[] = {
      {"'Ada'", "Ada", "\"Ada\""},
      {"7", "7", "7"},
      {"2.5", "2.5", "2.5"},
      {"true", "true", "true"},
      {"null", "null", "null"},
      {"date('2026-03-01')", "2026-03-01", "2026-03-01"},
      {"days(3)", "3 days", "3 days"},
      {"[]", "none", "[]"},
      {"['a', 'b']", "a, b", "[\"a\", \"b\"]"},
      {"[date('2026-03-01')]", "2026-03-01", "[2026-03-01]"},
      {"[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]",
       "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, and 2 more", nullptr},
      {"{'a': 1}", "{\"a\": 1}", "{\"a\": 1}"},
      {"optional.of('x')", "x", "\"x\""},
      {"optional.none()", "none", "none"},
      {"manifest.campaign.owner", "(not declared)", "(not declared)"},
      {"manifest.assets[0].path", "page.html", "page.html"},
      {"manifest.campaign.markets", "DE", "[\"DE\"]"},
  };
  Site site(shop, company);
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(site.shown(row.expression) == row.plain);
    if (row.quoted != nullptr) CHECK(site.shown(row.expression, true) == row.quoted);
  }
}

TEST_CASE("what a reader says of a broken file is told of public files only") {
  Site site("campaign: {id: spring}\nassets: [{id: a, path: broken.json, review_notes_path: broken.json}]\n");
  const cel::Value open = site.value("file(manifest.assets[0].path).json.a");
  const cel::Value closed = site.value("file(manifest.assets[0].review_notes_path).json.a");
  REQUIRE(open.is_error());
  REQUIRE(closed.is_error());
  CHECK(open.as_error().kind == cel::ErrorKind::unavailable);
  CHECK(open.as_error().message != closed.as_error().message);
  CHECK(closed.as_error().message.find("SECRET") == std::string_view::npos);
}

}  // namespace scruple::policy
