// Patterns of personal data in text, with their checksums where they have one.
//
//   email            post@fern.example
//   phone            +49 40 1234567, (415) 555-0132, 040 / 123 45 67
//   payment_card     13 to 19 digits of a card network, Luhn
//   iban             ISO 13616, modulo 97
//   us_ssn           123-45-6789, without numbers that are never given
//   gb_nino          AB 12 34 56 C, without prefixes that are never given
//   de_tax_id        Steuer-Identifikationsnummer: 11 digits, ISO 7064 MOD 11,10, one digit twice or three times
//   fr_nir           13 digits and a key, modulo 97
//   es_dni, es_nie   8 digits, or a letter and 7, and a letter, modulo 23
//   it_fiscal_code   codice fiscale: 16 characters, check letter
//   in_aadhaar       12 digits, Verhoeff
//   br_cpf           123.456.789-09, two check digits
//
// A match is what looks like such data, not proof. Numbers without a checksum are taken only in the form in which
// people write them, so that order numbers, dates and amounts stay out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::evidence {

enum class PersonalDataKind : std::uint8_t {
  email,
  phone,
  payment_card,
  iban,
  us_ssn,
  gb_nino,
  de_tax_id,
  fr_nir,
  es_dni,
  es_nie,
  it_fiscal_code,
  in_aadhaar,
  br_cpf,
};

std::string_view to_string(PersonalDataKind kind);  // "email", "payment_card", …
std::string_view in_words(PersonalDataKind kind);   // "an email address", "a payment card number", …

struct PersonalData {
  PersonalDataKind kind;
  std::size_t begin = 0;  // bytes, half-open
  std::size_t end = 0;
};

// In order, not overlapping; at most so many. Time grows with the text alone.
std::vector<PersonalData> find_personal_data(std::string_view text, std::size_t limit);

// The text with a bullet for each character of a match but its separators, so that lengths and columns stay.
std::string mask_personal_data(std::string_view text);

}  // namespace scruple::evidence
