#include "generator.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace scruple::bench {

namespace {

using Json = nlohmann::ordered_json;

Json asset(std::size_t number) {
  const std::string id = "mail-" + std::to_string(number);
  return {{"id", id},
          {"kind", "email"},
          {"path", "mail/" + id + ".html"},
          {"language", number % 2 == 0 ? "en" : "de"},
          {"market", number % 2 == 0 ? "US-CA" : "DE"},
          {"subject", "News from the garden, number " + std::to_string(number)},
          {"ai_role", "none"},
          {"author", "ada"},
          {"personalized", false},
          {"reviewed_by", "ben"},
          {"reviewed_on", "2026-02-20"}};
}

Json manifest(std::size_t assets) {
  Json list = Json::array();
  for (std::size_t i = 0; i < assets; ++i) list.push_back(asset(i));
  Json people = Json::array();
  for (const char* id : {"ada", "ben", "cleo"}) {
    people.push_back({{"id", id},
                      {"name", std::string(id) + " Example"},
                      {"role", "campaign_manager"},
                      {"department", "marketing"}});
  }
  return {{"scruple", 1},
          {"kind", "campaign"},
          {"campaign",
           {{"id", "spring"},
            {"name", "Spring"},
            {"owner", "ada"},
            {"status", "in_review"},
            {"launch_date", "2026-03-16"},
            {"markets", {"DE", "US-CA"}},
            {"channels", {"email"}}}},
          {"organization", {{"name", "Example Ltd"}, {"size", "small"}, {"people", people}}},
          {"ai_systems", Json::array()},
          {"assets", list}};
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

std::string generate_manifest(std::size_t bytes, Format format) {
  const auto write = [&](std::size_t assets) {
    const Json value = manifest(assets);
    if (format == Format::json) return value.dump(2) + "\n";
    std::ostringstream out;
    write_yaml(value, 0, out);
    return out.str();
  };
  const std::size_t fixed = write(1).size();
  const std::size_t each = write(101).size() / 100 - fixed / 100;
  return write(bytes > fixed ? 1 + (bytes - fixed) / each : 1);
}

}  // namespace scruple::bench
