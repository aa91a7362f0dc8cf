#include "policy/types.h"

#include "bench.h"
#include "evidence/html.h"

namespace scruple::policy {

TEST_CASE("types: the manifest's schema") {
  const Types types = make_types(test::language()->manifest);
  const auto type_of = [&](const char* record, const char* field) {
    const cel::Record* found = types.records.find(record);
    const cel::Type* type = found == nullptr ? nullptr : found->find(field);
    return type == nullptr ? std::string("none") : to_string(*type);
  };
  struct Row {
    const char* record;
    const char* field;
    const char* type;
  };
  const Row rows[] = {
      {"manifest", "assets", "list(assets)"},
      {"manifest", "organization", "organization"},
      {"manifest", "ai_systems", "list(ai_systems)"},  // a bare id stands for the item
      {"manifest", "x-own", "dyn"},
      {"campaign", "launch_date", "timestamp"},
      {"campaign", "status", "string"},
      {"campaign", "automated", "bool"},
      {"campaign", "markets", "list(string)"},
      {"campaign.brief", "path", "path"},
      {"assets", "path", "path"},
      {"oversight", "decision_log_path", "path"},  // as text or as a mapping
      {"oversight.approvals", "digests", "map(string, string)"},
      {"audience", "size", "int"},
      {"organization.people", "left_on", "timestamp"},
      {"organization_file", "organization", "organization"},
      {"organization_file", "assets", "dyn"},
      {"manifest", "asets", "none"},
  };
  for (const Row& row : rows) {
    INFO(row.record << "." << row.field);
    CHECK(type_of(row.record, row.field) == row.type);
  }
  const cel::Type* status = types.records.find("campaign")->find("status");
  REQUIRE(status->choices());
  CHECK(status->choices()->size() == 6);
}

// Every fact that a page can give has its type, so that no rule is told that it does not exist.
TEST_CASE("types: facts of pages") {
  const Types types = make_types(test::language()->manifest);
  const auto source = std::make_shared<const Source>(
      "page.html",
      "<!doctype html><html lang=de><title>T</title><meta name=a content=b><body><h1>H</h1><p>text {{ name|default:'x' "
      "}}"
      "<a href='https://a.example/x' rel=r title=t aria-label=l><img src=i.png alt=a width=1 height=1></a>"
      "<form id=f action='https://b.example'><label>L<input type=checkbox name=n value=v checked></label>"
      "<select name=s multiple><option selected value=1>one</select></form>"
      "<div role=checkbox aria-checked=true id=c>box</div><footer>end</footer><script "
      "src='https://c.example/s.js'></script>");
  const auto facts = evidence::html_facts(source);
  REQUIRE(facts);
  const Document& document = **facts;
  std::size_t seen = 0;
  const auto walk = [&](const auto& self, NodeId id, const cel::Type& type) -> void {
    if (document.node(id).kind == NodeKind::list) {
      REQUIRE(type.is(cel::Type::Tag::list));
      for (const Member& item : document.members(id)) self(self, item.value, type.arguments()[0]);
    } else if (document.node(id).kind == NodeKind::map) {
      const cel::Record* record = types.records.find(type.name());
      REQUIRE(record != nullptr);
      for (const Member& member : document.members(id)) {
        INFO(type.name() << "." << member.key);
        const cel::Type* field = record->find(member.key);
        REQUIRE(field != nullptr);
        self(self, member.value, *field);
        ++seen;
      }
    } else {
      using Tag = cel::Type::Tag;
      const NodeKind kind = document.node(id).kind;
      const Tag tag = kind == NodeKind::boolean   ? Tag::boolean
                      : kind == NodeKind::integer ? Tag::integer
                      : kind == NodeKind::real    ? Tag::real
                                                  : Tag::string;
      CHECK(type.is(tag));
    }
  };
  walk(walk, document.root(), cel::Type::record("html"));
  CHECK(seen > 80);
}

}  // namespace scruple::policy
