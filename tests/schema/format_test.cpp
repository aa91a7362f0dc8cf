#include "schema/format.h"

#include "catch.h"

#include <string>

namespace scruple::schema {

TEST_CASE("texts that have their format") {
  struct Row {
    Format format;
    const char* text;
  };
  const std::string digest(64, 'a');
  const Row rows[] = {
      {Format::date, "2026-03-01"},
      {Format::date_time, "2026-03-01T10:00:00Z"},
      {Format::market, "DE"},
      {Format::market, "US-CA"},
      {Format::market, "GB-ENG"},
      {Format::market, "EU"},
      {Format::language, "de"},
      {Format::language, "en-GB"},
      {Format::language, "zh-Hant-TW"},
      {Format::language, "gsw"},
      {Format::host, "www.example.com"},
      {Format::host, "*.example.com"},
      {Format::host, "localhost"},
      {Format::uri, "https://www.example.com/a?b=c#d"},
      {Format::uri, "http://example.com:8080"},
      {Format::uri, "tel:+4912345"},
      {Format::email_or_uri, "privacy@example.com"},
      {Format::email_or_uri, "https://example.com/privacy"},
      {Format::email_or_uri, "mailto:privacy@example.com"},
      {Format::sha256, digest.c_str()},
      {Format::path, "any/path at all"},
      {Format::id, "any id at all"},
      {Format::person, "Ada Example"},
      {Format::none, "anything"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK_FALSE(check_format(row.format, row.text).has_value());
  }
}

TEST_CASE("texts that do not, and what to write instead") {
  struct Row {
    Format format;
    const char* text;
    const char* replacement;
  };
  const std::string upper = "SHA256:" + std::string(64, 'A');
  const std::string lower(64, 'a');
  const Row rows[] = {
      {Format::date, "01.03.2026", "2026-03-01"},
      {Format::date, "soon", ""},
      {Format::date_time, "2026-03-01", "2026-03-01T00:00:00Z"},
      {Format::date_time, "noon", ""},
      {Format::market, "Germany", "DE"},
      {Format::market, "UK", "GB"},
      {Format::market, "usa", "US"},
      {Format::market, "California", "US-CA"},
      {Format::market, "de", "DE"},
      {Format::market, "us_ca", "US-CA"},
      {Format::market, "XX", ""},
      {Format::market, "D E", ""},
      {Format::market, "DE-", ""},
      {Format::market, "US-TOOLONG", ""},
      {Format::language, "English", "en"},
      {Format::language, "de_DE", "de-DE"},
      {Format::language, "jp", "ja"},
      {Format::language, "xx", ""},
      {Format::language, "de-", ""},
      {Format::language, "d", ""},
      {Format::host, "https://cdn.example.com/pixel.gif", "cdn.example.com"},
      {Format::host, "example.com/path", "example.com"},
      {Format::host, "two words", ""},
      {Format::host, ".example.com", ""},
      {Format::uri, "www.example.com/x", "https://www.example.com/x"},
      {Format::uri, "not an address", ""},
      {Format::uri, "https://", ""},
      {Format::uri, "C:", ""},
      {Format::email_or_uri, "Privacy <privacy@example.com>", "privacy@example.com"},
      {Format::email_or_uri, "the help desk", ""},
      {Format::email_or_uri, "@example.com", ""},
      {Format::sha256, upper.c_str(), lower.c_str()},
      {Format::sha256, "abc", ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto problem = check_format(row.format, row.text);
    REQUIRE(problem.has_value());
    CHECK(problem->replacement == row.replacement);
    CHECK_FALSE(problem->reason.empty());
    // Somebody is always told what to write.
    CHECK_FALSE((problem->replacement.empty() && problem->advice.empty()));
  }
}

TEST_CASE("a date that can mean two days is not guessed") {
  const auto problem = check_format(Format::date, "3/1/2026");
  REQUIRE(problem.has_value());
  CHECK(problem->replacement.empty());
  CHECK(problem->advice == "write `2026-01-03` for 3 January 2026, or `2026-03-01` for 1 March 2026");
}

TEST_CASE("a replacement has the format itself") {
  for (const Format format : {Format::date, Format::date_time, Format::market, Format::language, Format::host,
                              Format::uri, Format::email_or_uri, Format::sha256}) {
    for (const auto* text :
         {"Germany", "english", "1.3.2026", "2026-03-01", "www.example.com", "http://a.b/c", "<a@b.c>", "us", "A"}) {
      const auto problem = check_format(format, text);
      if (!problem || problem->replacement.empty()) continue;
      INFO(text << " as " << to_string(format) << ": " << problem->replacement);
      CHECK_FALSE(check_format(format, problem->replacement).has_value());
    }
  }
}

}  // namespace scruple::schema
