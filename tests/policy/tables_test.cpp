#include "policy/tables.h"

#include "bench.h"
#include "policy/context.h"
#include "policy/dates.h"
#include "policy/marks.h"
#include "policy/types.h"

#include <array>
#include <deque>

namespace scruple::policy {
namespace {

using test::campaign_head;
using test::document_of;
using test::language;

// A campaign with a log of decisions, rows of its own and a ledger that is nobody's business.
struct Site {
  explicit Site(const std::string& fields = {}, std::span<const TablePreset> presets = {})
      : spoken(*language()),
        campaign(document_of(campaign_head + fields +
                                 "campaign: {id: spring, markets: [DE], purposes: [news]}\n"
                                 "x-limit: 100\n",
                             "shop/campaign.yaml")),
        store(files, "/") {
    files.add("/shop/log.csv",
              "day,system,amount,count,segment\n"
              "2026-01-02,score,0.10,3,young\n"
              "2026-01-03,score,0.20,4,old\n"
              "2026-01-04,bids,100.00,5,young\n");
    files.add("/shop/log.jsonl",
              "{\"day\": \"2026-01-02\", \"amount\": 0.1}\n"
              "{\"day\": \"2026-01-03\", \"amount\": 2, \"note\": \"late\"}\n");
    files.add("/shop/people.csv", "id,city\np1,Ulm\np2,Ulm\np3,Ulm\np4,Ulm\np5,Ulm\np6,Bonn\np7,news\n");
    files.add("/shop/stop.csv", "id\np2\np9\n");
    files.add("/shop/ragged.csv", "a,b\n1,2\n3\n");
    files.add("/shop/export.csv", "Record ID;Opt-in type\n17;Web form\n18;Import\n");
    manifest.type = language()->manifest.definition("campaign_manifest");
    manifest.root = "/";
    manifest.document = &campaign;
    manifest.folder = "shop";
    manifest.organization_folder = ".";
    spoken.presets = presets;
    context.emplace(spoken, manifest, store, *parse_day("2026-01-05"));
    evaluation.host = &*context;
  }

  cel::Value value(const std::string& expression) {
    cel::Environment environment;
    environment.functions = &language()->functions;
    environment.variables = {{"manifest", cel::Type::dyn(), 0}};
    cel::Compiled compiled = cel::compile(expression, environment);
    for (const auto& issue : compiled.issues) FAIL(expression << ": " << issue.message);
    programs.push_back(std::move(*compiled.program));
    std::array<cel::Value, 1> slots{context->view().root()};
    return cel::evaluate(programs.back(), {slots, nullptr, nullptr, &language()->functions}, evaluation);
  }

  std::string shown(const std::string& expression) {
    const cel::Value found = value(expression);
    if (!found.is_error()) return context->show(found, evaluation, true);
    const cel::Error& error = found.as_error();
    return concat("error: ", error.message, error.hint.empty() ? "" : concat("; ", error.hint));
  }

  Language spoken;
  MemoryFileSystem files;
  Document campaign;
  evidence::Store store;
  Manifest manifest;
  std::optional<Context> context;
  cel::Evaluation evaluation;
  std::deque<cel::Program> programs;
};

// As if the table were public: what a fold gives, not what may be shown of it.
std::string plain(Site& site, const std::string& expression) {
  const cel::Value value = site.value(expression);
  return value.is_error() ? concat("error: ", value.as_error().message) : cel::to_display(value, site.evaluation);
}

}  // namespace

TEST_CASE("folds over a file") {
  struct Row {
    const char* expression;
    const char* shown;
  };
  const Row rows[] = {
      {"t.columns", R"(["day", "system", "amount", "count", "segment"])"},
      {"t.row_count", "3"},
      {"t.where(r, r.system == \"score\").row_count", "2"},
      {"t.where(r, r.system == \"score\").where(r, int(r.count) > 3).row_numbers", "[2]"},
      {"t.count(r, r.segment == \"young\")", "2"},
      {"t.count(r, r[\"segment\"] in [\"old\"])", "1"},
      {"t.sum(r, int(r.count))", "12"},
      {"t.sum(r, r.amount)", "100.3"},
      {"t.sum(r, double(r.amount)) == 100.3", "true"},
      {"t.where(r, false).sum(r, r.amount)", "0.0"},
      {"t.where(r, false).sum(r, int(r.count))", "0"},
      {"t.min(r, r.day).value()", "\"2026-01-02\""},
      {"t.max(r, int(r.count)).value()", "5"},
      {"t.where(r, false).max(r, int(r.count)).hasValue()", "false"},
      {"t.distinct(r, r.system)", "2"},
      {"t.keys(r, r.system)", R"(["score", "bids"])"},
      {"t.keys(r, date(r.day) > date(\"2026-01-02\"))", "[false, true]"},
      {"t.group_by(r, {\"system\": r.system})", R"([{"system": "score", "rows": 2}, {"system": "bids", "rows": 1}])"},
      {"t.group_by(r, {\"s\": r.segment}, {\"n\": int(r.count), \"money\": r.amount, \"bids\": r.system == \"bids\"})",
       R"([{"s": "young", "n": 8, "money": 100.1, "bids": 1, "rows": 2}, )"
       R"({"s": "old", "n": 4, "money": 0.2, "bids": 0, "rows": 1}])"},
      {"t.all(r, r.day > \"2026\")", "true"},
      {"t.all(r, int(r.count) < 5)", "false"},
      {"t.exists(r, r.system == \"bids\" && double(r.amount) >= 100.0)", "true"},
      {"t.exists(r, r.system == \"none\")", "false"},
      {"t.rows[1].segment", "\"old\""},
      {"t.where(r, r.segment == \"old\").rows",
       "[{\"day\": \"2026-01-03\", \"system\": \"score\", \"amount\": "
       "\"0.20\", \"count\": \"4\", \"segment\": \"old\"}]"},
      // What the condition takes from around it.
      {"[\"young\", \"old\"].map(s, t.count(r, r.segment == s))", "[2, 1]"},
      {"cel.bind(limit, 50.0 * 2.0, t.count(r, double(r.amount) >= limit))", "1"},
      {"[\"segment\", \"system\"].map(c, t.count(r, r[c] == \"old\"))", "[1, 0]"},
      {"t.where(r, r[r.system == \"bids\" ? \"segment\" : \"system\"] == \"young\").row_numbers", "[3]"},
      {"t.where(r, [1, 2].exists(n, int(r.count) - 3 == n)).row_numbers", "[2, 3]"},
      {"t.where(r, cel.bind(n, int(r.count), n * n == 16)).row_numbers", "[2]"},
      {"t.count(r, r.?segment.orValue(\"\") == \"old\" && !has(r.nothing))", "1"},
      {"t.where(r, has(r.nothing) && r.nothing == \"\").row_count", "0"},
      // Mistakes.
      {"t.sum(r, int(r.amount))", "error: what row 1 below the header holds is not what is needed there"},
      {"t.sum(r, r.segment)", "error: what row 1 below the header holds is not what is needed there"},
      {"t.count(r, r.segmnt == \"old\")",
       "error: `shop/log.csv` has no column `segmnt`; it has `day`, `system`, `amount`, `count`, `segment`"},
      {"[\"segmnt\"].map(c, t.count(r, r[c] == \"old\"))",
       "error: `shop/log.csv` has no column `segmnt`; it has `day`, `system`, `amount`, `count`, `segment`"},
      {"t.where(r, t.count(s, s.day == r.day) > 1).row_count",
       "error: what row 1 below the header holds is not what is needed there"},
      {"t.filter(r, true)", "error: this macro goes over a list or a map, not over a table"},
      {"file(\"ragged.csv\").table.row_count",
       "error: `shop/ragged.csv`: row 2 below the header (line 3) has 1 cell, the header 2."},
      {"file(\"nothing.csv\").table.row_count", "error: `shop/nothing.csv` does not exist."},
      // Two tables.
      {"file(\"people.csv\").table.missing_from(file(\"stop.csv\").table, \"id\").row_count", "6"},
      {"file(\"people.csv\").table.found_in(file(\"stop.csv\").table, \"id\").row_numbers", "[2]"},
      {"file(\"people.csv\").table.found_in(file(\"stop.csv\").table.where(s, s.id > \"p5\"), \"id\").row_count", "0"},
      {"file(\"stop.csv\").table.missing_from(t, \"id\").row_count",
       "error: `shop/log.csv` has no column `id`; it has `day`, `system`, `amount`, `count`, `segment`"},
      // JSON Lines.
      {"file(\"log.jsonl\").table.columns", R"(["day", "amount", "note"])"},
      {"file(\"log.jsonl\").table.sum(r, r.amount)", "2.1"},
      {"file(\"log.jsonl\").table.count(r, r.note == \"\")", "1"},
      {"file(\"log.jsonl\").table.count(r, has(r.note))", "1"},
      {"file(\"log.jsonl\").table.count(r, r.nte == \"\")",
       "error: `shop/log.jsonl` has no column `nte`; it has `day`, `amount`, `note`"},
  };
  Site site;
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(plain(site, concat("cel.bind(t, file(\"log.csv\").table, ", row.expression, ")")) == row.shown);
  }
}

TEST_CASE("a mapping gives columns and values other names") {
  Site site(
      "data: {consent: {ledger_path: {path: export.csv, columns: {contact_id: Record ID, method: Opt-in type}, "
      "values: {method: {Web form: form}}}}}\n");
  const std::string table = "file(manifest.data.consent.ledger_path).table";
  CHECK(plain(site, table + ".columns") == R"(["contact_id", "method"])");
  CHECK(plain(site, table + ".rows") ==
        R"([{"contact_id": "17", "method": "form"}, {"contact_id": "18", "method": "Import"}])");
  CHECK(plain(site, table + ".count(r, r.method == \"form\")") == "1");
  CHECK(site.shown(table + ".count(r, r.record_id == \"17\")") ==
        "error: `shop/export.csv` has no column `record_id`; it has `Record ID`, `Opt-in type`; if the column has "
        "another name there, write `ledger_path: {path: export.csv, columns: {record_id: \"Record ID\"}}`");
}

TEST_CASE("a preset is a mapping that nobody has to write") {
  constexpr TablePreset::Column columns[] = {{"contact_id", "Record ID"}, {"method", "Opt-in type"}, {"market", "CC"}};
  constexpr TablePreset::Value values[] = {{"method", "Web form", "form"}, {"method", "Import", "other"}};
  const TablePreset presets[] = {{"shop-export", columns, values}};
  Site site(
      "data: {consent: {ledger_path: {path: export.csv, preset: shop-export, values: {method: {Import: paper}}}}}\n"
      "audience: {list_path: {path: export.csv, preset: shop-export, columns: {record: Record ID}}, "
      "suppression_path: {path: export.csv, preset: another}}\n",
      presets);
  const std::string table = "file(manifest.data.consent.ledger_path).table";
  CHECK(plain(site, table + ".columns") == R"(["contact_id", "method"])");
  // What is written beside it goes first.
  CHECK(plain(site, table + ".keys(r, r.method)") == R"(["form", "paper"])");
  CHECK(plain(site, "file(manifest.audience.list_path).table.columns") == R"(["record", "method"])");
  CHECK(plain(site, "file(manifest.audience.suppression_path).table.columns") == R"(["Record ID", "Opt-in type"])");
  CHECK(site.shown(table + ".count(r, r.market == \"DE\")") ==
        "error: `shop/export.csv` has no column `CC`, which the manifest, or its preset `shop-export`, names for "
        "`market`; it has `Record ID`, `Opt-in type`; if the column has another name there, write `ledger_path: {path: "
        "export.csv, preset: shop-export, columns: {market: \"the name in the file\"}}`");
}

TEST_CASE("rows that stand in the manifest are a table as well") {
  Site site("oversight: {decision_log_path: [{day: 2026-01-02, count: 3}, {day: 2026-01-03, flag: true}]}\n");
  const std::string table = "file(manifest.oversight.decision_log_path).table";
  CHECK(site.shown(table + ".columns") == R"(["day", "count", "flag"])");
  CHECK(site.shown("file(manifest.oversight.decision_log_path).name") == R"("")");
  CHECK(site.shown(table + ".rows") ==
        R"([{"day": "2026-01-02", "count": "3"}, {"day": "2026-01-03", "flag": "true"}])");
  CHECK(site.shown(table + ".count(r, r.count == \"3\" && r.flag == \"\")") == "1");
  CHECK(site.shown(table + ".sum(r, int(r.count))") ==
        "error: row 2 below the header: \"\" is not a whole number of 64 bits; a whole number is written 1234, without "
        "units and signs between thousands");
  CHECK(site.shown(table + ".all(r, r.amount == \"\")") ==
        "error: no row here says `amount`; write `amount:` in the rows");
  CHECK(site.shown(concat(table, ".count(r, ", table, R"(.group_by(s, {"same": s.day == r.day}).size() > 0))")) ==
        "error: row 1 below the header: a fold cannot stand in another one's condition and depend on its row; compare "
        "two tables with `missing_from` or `found_in`, or take `keys` of one in a `let`");
  CHECK(site.context->where(site.value(table + ".rows[1].flag").origin()).place ==
        "oversight.decision_log_path[1].flag");
}

TEST_CASE("what a table tells of single people is not shown") {
  Site site("audience: {list_path: people.csv, suppression_path: {path: ragged.csv}}\n");
  const std::string table = "file(manifest.audience.list_path).table";
  CHECK(site.shown(table + ".row_count") == "7");
  CHECK(site.shown(table + ".columns") == R"(["id", "city"])");
  CHECK(site.shown(table + ".rows[0].city") == "(text at audience.list_path!rows[0].city, not shown)");
  CHECK(site.shown(table + ".count(r, r.city == \"Ulm\")") == "5");
  // A label with five rows or more is shown, and one that the manifest declares.
  CHECK(site.shown(table + ".keys(r, r.city)") == R"(["Ulm", (text, not shown), "news"])");
  const cel::Value groups = site.value(table + ".group_by(r, {\"city\": r.city})[1].city");
  CHECK((groups.marks() & mark_sensitive) != 0);
  CHECK(site.shown(table + ".group_by(r, {\"city\": r.city})[1].rows") == "1");
  CHECK(site.shown(table + ".max(r, r.id)") == "(a value, not shown)");
  CHECK(site.shown(table + ".max(r, size(r.id)).value()") == "2");
  CHECK(site.shown(table + ".where(r, r.city != \"Ulm\").max(r, size(r.id)).value()") == "2");
  CHECK(site.shown(table + ".sum(r, int(r.id))") ==
        "error: what row 1 below the header holds is not what is needed there; a whole number is written 1234, without "
        "units and signs between thousands");
  const cel::Value failed = site.value(table + ".sum(r, int(r.id))");
  CHECK(site.context->where(failed.as_error().origin).place == "audience.list_path!rows[0].id");
  CHECK(site.context->where(failed.as_error().origin).location.begin.line == 2);
}

TEST_CASE("folds are checked before any row is read") {
  const Types types = make_types(language()->manifest);
  const auto compiled = [&](const char* expression) {
    cel::Environment environment;
    environment.functions = &language()->functions;
    environment.records = &types.records;
    environment.variables = {{"t", cel::Type::object("table"), 0}};
    return cel::compile(expression, environment);
  };
  struct Row {
    const char* expression;
    const char* expected;  // the type, or the first issue
  };
  const Row rows[] = {
      {"t.row_count", "int"},
      {"t.where(r, r.a == \"x\").row_numbers", "list(int)"},
      {"t.count(r, r.a == \"x\")", "int"},
      {"t.sum(r, int(r.n))", "int"},
      {"t.sum(r, r.n)", "double"},
      {"t.min(r, date(r.day))", "optional_type(timestamp)"},
      {"t.keys(r, r.a)", "list(string)"},
      {"t.distinct(r, r.a)", "int"},
      {"t.group_by(r, {\"a\": r.a})", "list(map(string, dyn))"},
      {"t.all(r, r.a != \"\")", "bool"},
      {"t.missing_from(t, \"a\").row_count", "int"},
      {"t.count(r, r.a)", "`count` needs true or false; this is `string`"},
      {"t.sum(r, date(r.a))", "only numbers are added up; this is `timestamp`"},
      {"t.group_by(r, r.a)", "`group_by` needs its names written out"},
      {"t.filter(r, true)", "`filter` goes over a list or a map; this is a table"},
      {"[1].where(x, true)", "`where` goes over a table; this is `list(int)`"},
      {"t.rowcount", "there is no field `rowcount` in `table`"},
      {"t.all(i, r, true)", "rows of a table have no index"},
      {"t.count(r)", "`count` is written table.count(r, condition)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    const cel::Compiled result = compiled(row.expression);
    if (result.issues.empty()) {
      CHECK(cel::to_string(result.types[result.program->root()]) == row.expected);
    } else {
      CHECK(result.issues.front().message == row.expected);
    }
  }
}

TEST_CASE("another short word makes another column, however alike it looks") {
  Site site;
  site.files.add("/shop/log.csv", "Time,decided_by\n2026-01-02,ada\n");
  const std::string missing = site.shown("file(\"log.csv\").table.max(r, r.decided_at)");
  INFO(missing);
  CHECK(missing.ends_with("columns: {decided_at: \"the name in the file\"}}`"));
  const std::string misspelt = site.shown("file(\"log.csv\").table.max(r, r.decidedby)");
  INFO(misspelt);
  CHECK(misspelt.ends_with("columns: {decidedby: \"decided_by\"}}`"));
}

TEST_CASE("how much of tables is gone through is bounded") {
  Site site;
  site.evaluation.table_bytes_limit = 250;  // log.csv has 106 bytes
  CHECK(site.shown("file(\"log.csv\").table.columns.map(c, file(\"log.csv\").table.count(r, r[c] != \"\"))") ==
        "error: all rules together would go through more than 0 GB of tables (limit `table-bytes`); name an extract, "
        "with "
        "the columns that are needed");
  site.evaluation.begin_total();
  CHECK(site.shown("file(\"log.csv\").table.count(r, r.day != \"\")") == "3");
}

TEST_CASE("a fold is never run twice, whoever asks") {
  Site site;
  const std::string count = "file(\"log.csv\").table.count(r, int(r.count) > 3)";
  const cel::Value first = site.value(count);
  site.files.add("/shop/log.csv", "day\n");
  // The same question, written elsewhere and with another name for the row.
  CHECK(plain(site, "[7].map(x, file(\"log.csv\").table.count(row, int(row.count) > 3))") == "[2]");
  CHECK(first.as_integer() == 2);
}

}  // namespace scruple::policy
