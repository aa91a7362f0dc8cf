#include "report/ledger_json.h"

namespace scruple::report {

namespace {

Json known_json(const std::vector<KnownFinding>& findings) {
  Json list = Json::array();
  for (const KnownFinding& known : findings) {
    Json json{{"fingerprint", known.fingerprint}, {"rule", known.rule}};
    put_text(json, "document", known.document);
    put_text(json, "place", known.place);
    put_text(json, "missing", known.missing);
    put_text(json, "message", known.message);
    put_text(json, "file", known.file);
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

void put_text(Json& object, const char* key, std::string_view text) {
  if (!text.empty()) object[key] = text;
}

void put_location(Json& object, const Location& location) {
  if (location.file.empty()) return;
  Json json{{"file", location.file},
            {"line", location.begin.line},
            {"column", location.begin.column},
            {"end_line", location.end.line},
            {"end_column", location.end.column}};
  if (!location.line.empty()) {
    json["text"] = location.line;
    json["text_column"] = location.line_column;
  }
  object["location"] = std::move(json);
}

Json suppression_json(const Suppression& suppression) {
  Json json{{"kind", to_string(suppression.kind)}};
  put_text(json, "justification", suppression.justification);
  put_text(json, "by", suppression.by);
  put_text(json, "until", suppression.until);
  put_location(json, suppression.location);
  return json;
}

Json waiver_json(const Waiver& waiver) {
  Json json{{"source", to_string(waiver.source)}, {"state", to_string(waiver.state)}};
  put_text(json, "rule", waiver.rule);
  put_text(json, "place", waiver.place);
  put_text(json, "campaign", waiver.campaign);
  put_text(json, "reason", waiver.reason);
  put_text(json, "by", waiver.by);
  put_text(json, "until", waiver.until);
  put_location(json, waiver.location);
  json["findings"] = waiver.findings;
  return json;
}

Json config_json(const ConfigInfo& config) {
  Json json{{"file", config.file}, {"sha256", config.sha256}, {"given", config.given}, {"extended", config.extended}};
  json["overrides"] = Json::array();
  for (const ConfigInfo::Override& override : config.overrides) {
    Json one{{"rule", override.rule}, {"text", override.text}};
    put_location(one, override.location);
    json["overrides"].push_back(std::move(one));
  }
  json["manifests"] = config.manifests;
  return json;
}

Json baseline_json(const BaselineInfo& baseline) {
  return {{"file", baseline.file},
          {"known", baseline.known},
          {"stale", known_json(baseline.stale)},
          {"not_compared", baseline.not_compared}};
}

Json since_json(const Comparison& since, const std::vector<Finding>& findings) {
  Json added = Json::array();
  for (const std::size_t i : since.added) added.push_back(findings[i].fingerprint);
  Json json{{"file", since.file}};
  put_text(json, "today", since.today);
  json["fixed"] = known_json(since.fixed);
  json["new"] = std::move(added);
  json["not_compared"] = since.not_compared;
  return json;
}

}  // namespace scruple::report
