#include "report/baseline_writer.h"

#include "report/json_reporter.h"
#include "report/ledger_json.h"

namespace scruple::report {

void write_baseline(const std::vector<KnownFinding>& findings, std::ostream& out) {
  out << "{\n  \"baseline\": 1,\n  \"findings\": [";
  const char* separator = "\n    ";
  for (const KnownFinding& known : findings) {
    Json json{{"rule", known.rule}};
    put_text(json, "document", known.document);
    put_text(json, "place", known.place);
    put_text(json, "missing", known.missing);
    json["fingerprint"] = known.fingerprint;
    out << separator << inert(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    separator = ",\n    ";
  }
  out << (findings.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace scruple::report
