#include "evidence/personal_data.h"

#include "base/strings.h"
#include "catch.h"

#include <ctime>
#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

std::string found(std::string_view text) {
  std::string out;
  for (const PersonalData& match : find_personal_data(text, 100)) {
    if (!out.empty()) out += "; ";
    out += concat(to_string(match.kind), " ", text.substr(match.begin, match.end - match.begin));
  }
  return out;
}

}  // namespace

TEST_CASE("Patterns of personal data are found where their checksum holds") {
  struct Row {
    std::string text;
    std::string found;
  };
  const Row rows[] = {
      {"Write to post@fern.example.", "email post@fern.example"},
      {"a.b+c@mail.fern.example, d@x.org", "email a.b+c@mail.fern.example; email d@x.org"},
      {"'jo'@fern.example", ""},
      {"@fern and a@b and x@localhost", ""},
      {"icon@2x.png and logo@3x.webp", ""},
      {"+49 40 1234567", "phone +49 40 1234567"},
      {"Tel. 040 / 123 45 67", "phone 040 / 123 45 67"},
      {"(415) 555-0132", "phone (415) 555-0132"},
      {"415-555-0132", "phone 415-555-0132"},
      {"020 7946 0018", "phone 020 7946 0018"},
      {"0612345678", ""},
      {"06 12 34 56 78", "phone 06 12 34 56 78"},
      {"4111 1111 1111 1111", "payment_card 4111 1111 1111 1111"},
      {"4111111111111111", "payment_card 4111111111111111"},
      {"4111-1111-1111-1111 12/27", "payment_card 4111-1111-1111-1111"},
      {"378282246310005", "payment_card 378282246310005"},
      {"4111 1111 1111 1112", ""},
      {"4111111111111111a", ""},
      {"0000 0000 0000 0000", ""},
      {"DE89 3704 0044 0532 0130 00", "iban DE89 3704 0044 0532 0130 00"},
      {"IBAN DE89370400440532013000, thanks", "iban DE89370400440532013000"},
      {"GB82 WEST 1234 5698 7654 32", "iban GB82 WEST 1234 5698 7654 32"},
      {"FR14 2004 1010 0505 0001 3M02 606", "iban FR14 2004 1010 0505 0001 3M02 606"},
      {"DE88 3704 0044 0532 0130 00", ""},
      {"078-05-1120", "us_ssn 078-05-1120"},
      {"666-05-1120 and 900-05-1120 and 078-00-1120", ""},
      {"AB 12 34 56 C", "gb_nino AB 12 34 56 C"},
      {"AB123456C", "gb_nino AB123456C"},
      {"GB123456C QQ123456A AB123456E", ""},
      {"86095742719", "de_tax_id 86095742719"},
      {"86095742718", ""},
      {"12345678901", ""},
      {"2 55 08 14 168 025 38", "fr_nir 2 55 08 14 168 025 38"},
      {"255081416802538", "fr_nir 255081416802538"},
      {"255081416802539", ""},
      {"12345678Z", "es_dni 12345678Z"},
      {"12345678-Z", "es_dni 12345678-Z"},
      {"12345678A", ""},
      {"X1234567L", "es_nie X1234567L"},
      {"X1234567M", ""},
      {"RSSMRA85T10A562S", "it_fiscal_code RSSMRA85T10A562S"},
      {"RSSMRA85T10A562T", ""},
      {"2341 2341 2346", "in_aadhaar 2341 2341 2346"},
      {"2341 2341 2345", ""},
      {"111.444.777-35", "br_cpf 111.444.777-35"},
      {"111.444.777-36", ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(found(row.text) == row.found);
  }
}

TEST_CASE("What people write in campaigns is no personal data") {
  for (const std::string_view text : {
           "20 % off until 2026-03-31, 18:00",
           "From 01.03.2026 to 31.03.2026 for 19.99 EUR",
           "Order 4500123456, invoice 2026-000123",
           "ISO 3166, RFC 8058, 10.0.0.1, version 2.13.4",
           "192.168.100.200",
           "© 1998-2026 Fern & Co, § 147 AO",
           "FAQ AND MORE FOR YOU IN 2026",
           "#FF00AA, U+202E, 1234567890123",
           "0,5 l for 1.234.567 people, 100 000 000 EUR",
           "00000000-0000-0000-0000-000000000000",
           "3614db59773571caa12e72b7a82067c30113d3ac78145fcfb9f157363b23c00d",
           "https://fern.example/p/123456789012?utm_id=98765432101",
       }) {
    INFO(text);
    CHECK(found(text).empty());
  }
}

TEST_CASE("Masking keeps lengths and separators") {
  CHECK(mask_personal_data("Card 4111 1111 1111 1111.") == "Card •••• •••• •••• ••••.");
  CHECK(mask_personal_data("Ask a@b.example!") == "Ask •@•.•••••••!");
  CHECK(mask_personal_data("Nothing here: 2026-03-01") == "Nothing here: 2026-03-01");
  for (const std::string_view text : {"für +49 40 1234567 übrig", "DE89370400440532013000"})
    CHECK(count_code_points(mask_personal_data(text)) == count_code_points(text));
}

TEST_CASE("No text makes the search for personal data slow") {
  const std::clock_t start = std::clock();
  for (const std::string_view piece : {"1", "1 ", "@", "a@", "A", "A1 ", "+1(", "AB12", "a.@.", "0/0-"}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    CHECK(find_personal_data(text, 10).size() <= 10);
  }
  // A fraction of a second, and ten times that under the sanitizers; minutes if it were quadratic.
  CHECK((std::clock() - start) / CLOCKS_PER_SEC < 20);
}
