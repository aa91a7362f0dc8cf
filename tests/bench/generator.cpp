#include "generator.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace scruple::bench {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view mail =
    "<html lang=\"en\"><head><title>News</title></head><body><h1>News from the garden</h1><p>Seeds for March are "
    "here.</p>"
    "<p><a href=\"https://fern.example/unsubscribe\">Unsubscribe</a></p></body></html>";

Json asset(const std::string& id, const char* market) {
  return {{"id", id},
          {"kind", "email"},
          {"path", "mail.html"},
          {"language", "en"},
          {"market", market},
          {"subject", "News"},
          {"ai_role", "none"},
          {"author", "ada"},
          {"personalized", false},
          {"reviewed_by", "ben"},
          {"reviewed_on", "2026-02-20"},
          {"transactional", false}};
}

Json person(const std::string& id) {
  return {{"id", id},
          {"name", id + " Example"},
          {"role", "campaign_manager"},
          {"department", "marketing"},
          {"joined_on", "2024-01-08"}};
}

Json dataset(std::size_t number) {
  return {{"id", "dataset-" + std::to_string(number)},
          {"kind", "crm"},
          {"personal", true},
          {"location", "Frankfurt"},
          {"collection_channels", {"web", "store"}},
          {"retention_days", 365}};
}

Json manifest(std::size_t items) {
  Json people = {person("ada"), person("ben"), person("cleo")};
  Json datasets = Json::array();
  for (std::size_t i = 0; i < items; ++i) {
    people.push_back(person("person-" + std::to_string(i)));
    datasets.push_back(dataset(i));
  }
  return {{"scruple", 1},
          {"kind", "campaign"},
          {"campaign",
           {{"id", "spring"},
            {"name", "Spring"},
            {"owner", "ada"},
            {"status", "built"},
            {"launch_date", "2026-03-16"},
            {"end_date", "2026-04-30"},
            {"markets", {"DE", "US-CA"}},
            {"languages", {"en"}},
            {"automated", false},
            {"channels", {"email"}}}},
          {"organization",
           {{"name", "Example Ltd"}, {"size", "small"}, {"own_hosts", {"fern.example"}}, {"people", people}}},
          {"ai_systems", Json::array()},
          {"assets", {asset("mail-de", "DE"), asset("mail-us", "US-CA")}},
          {"data", {{"datasets", datasets}, {"collection_points", Json::array()}, {"recipients", Json::array()}}}};
}

// The block style that people write.
void write_yaml(const Json& value, std::size_t indent, std::ostream& out) {
  const std::string blanks(indent, ' ');
  bool first = true;
  for (const auto& [key, member] : value.items()) {
    if (!first) out << blanks;
    first = false;
    out << key << ':';
    if (member.is_object()) {
      out << '\n' << std::string(indent + 2, ' ');
      write_yaml(member, indent + 2, out);
    } else if (member.is_array() && !member.empty() && member.front().is_object()) {
      out << '\n';
      for (const auto& item : member) {
        out << blanks << "  - ";
        write_yaml(item, indent + 4, out);
      }
    } else if (member.is_string() && member.get<std::string>().find(", ") == std::string::npos) {
      out << ' ' << member.get<std::string>() << '\n';
    } else {
      out << ' ' << member.dump() << '\n';
    }
  }
}

}  // namespace

std::map<std::string, std::string> generate_campaign(std::size_t bytes, Format format) {
  const auto write = [&](std::size_t items) {
    const Json value = manifest(items);
    if (format == Format::json) return value.dump(2) + "\n";
    std::ostringstream out;
    write_yaml(value, 0, out);
    return out.str();
  };
  const std::size_t fixed = write(1).size();
  const std::size_t each = (write(101).size() - fixed) / 100;
  return {{format == Format::json ? "campaign.json" : "campaign.yaml",
           write(bytes > fixed ? 1 + (bytes - fixed) / each : 1)},
          {"mail.html", std::string(mail)}};
}

}  // namespace scruple::bench
