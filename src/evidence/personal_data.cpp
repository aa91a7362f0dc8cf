#include "evidence/personal_data.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>
#include <array>
#include <optional>

namespace scruple::evidence {

namespace {

bool is_token_part(char c) { return is_digit(c) || is_letter(c) || c == '_' || is_beyond_ascii(c); }
int digit(char c) { return c - '0'; }

// ---- checksums, over digits alone ----

bool passes_luhn(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = digit(digits[digits.size() - 1 - i]);
    if (i % 2 == 1) value = value > 4 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
}

// By the prefix of its network, and not one digit again and again.
bool is_payment_card(std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19) return false;
  const int first = digit(digits[0]);
  const int two = first * 10 + digit(digits[1]);
  const int four = two * 100 + digit(digits[2]) * 10 + digit(digits[3]);
  const bool known = (first == 4 && (digits.size() == 13 || digits.size() == 16 || digits.size() == 19)) ||
                     (((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) && digits.size() == 16) ||
                     ((two == 34 || two == 37) && digits.size() == 15) ||
                     ((two == 30 || two == 36 || two == 38) && digits.size() == 14) ||
                     ((two == 35 || two == 60 || two == 62 || two == 64 || two == 65) && digits.size() >= 16);
  return known && digits.find_first_not_of(digits[0]) != digits.npos && passes_luhn(digits);
}

bool is_german_tax_id(std::string_view digits) {
  if (digits.size() != 11 || digits[0] == '0') return false;
  std::array<int, 10> counts{};
  int product = 10;
  for (std::size_t i = 0; i < 10; ++i) {
    ++counts[static_cast<std::size_t>(digit(digits[i]))];
    int sum = (digit(digits[i]) + product) % 10;
    if (sum == 0) sum = 10;
    product = sum * 2 % 11;
  }
  const auto repeated = std::ranges::count_if(counts, [](int count) { return count > 1; });
  if (repeated != 1 || std::ranges::max(counts) > 3) return false;
  return (11 - product) % 10 == digit(digits[10]);
}

bool is_french_nir(std::string_view digits) {
  if (digits.size() != 15 || (digits[0] != '1' && digits[0] != '2')) return false;
  const int month = digit(digits[3]) * 10 + digit(digits[4]);
  if (month == 0 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false;
  std::int64_t number = 0;
  for (const char c : digits.substr(0, 13)) number = number * 10 + digit(c);
  return 97 - number % 97 == digit(digits[13]) * 10 + digit(digits[14]);
}

bool is_aadhaar(std::string_view digits) {
  if (digits.size() != 12 || digits[0] < '2') return false;
  // Verhoeff: multiplication in the dihedral group of order 10, and a permutation by position.
  constexpr std::array<std::string_view, 10> product = {"0123456789", "1234067895", "2340178956", "3401289567",
                                                        "4012395678", "5987604321", "6598710432", "7659821043",
                                                        "8765932104", "9876543210"};
  constexpr std::array<std::string_view, 8> permutation = {"0123456789", "1576283094", "5803796142", "8916043527",
                                                           "9453126870", "4286573901", "2793806415", "7046913258"};
  std::size_t check = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto value = static_cast<std::size_t>(digit(digits[digits.size() - 1 - i]));
    check = static_cast<std::size_t>(digit(product[check][static_cast<std::size_t>(digit(permutation[i % 8][value]))]));
  }
  return check == 0;
}

bool is_brazilian_cpf(std::string_view digits) {
  if (digits.size() != 11 || digits.find_first_not_of(digits[0]) == digits.npos) return false;
  for (const std::size_t length : {9u, 10u}) {
    int sum = 0;
    for (std::size_t i = 0; i < length; ++i) sum += digit(digits[i]) * static_cast<int>(length + 1 - i);
    if (sum * 10 % 11 % 10 != digit(digits[length])) return false;
  }
  return true;
}

bool is_iban(std::string_view compact) {
  constexpr std::size_t least = 15;
  constexpr std::size_t most = 34;
  if (compact.size() < least || compact.size() > most) return false;
  int rest = 0;
  for (std::size_t i = 0; i < compact.size(); ++i) {
    const char c = compact[(i + 4) % compact.size()];
    rest = is_digit(c) ? (rest * 10 + digit(c)) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
  }
  return rest == 1;
}

char spanish_letter(std::int64_t number) {
  return std::string_view("TRWAGMYFPDXBNJZSQVHLCKE")[static_cast<std::size_t>(number % 23)];
}

bool is_italian_fiscal_code(std::string_view code) {
  constexpr std::string_view form = "AAAAAA99A99A999A";
  for (std::size_t i = 0; i < form.size(); ++i) {
    // Letters stand in for digits where two people would have the same code.
    const bool right =
        form[i] == 'A' ? is_upper(code[i])
                       : is_digit(code[i]) || std::string_view("LMNPQRSTUV").find(code[i]) != std::string_view::npos;
    if (!right) return false;
  }
  constexpr std::array<int, 26> odd_letters = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                               20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  int sum = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    const auto value = static_cast<std::size_t>(is_digit(code[i]) ? digit(code[i]) : code[i] - 'A');
    sum += i % 2 == 0 ? odd_letters[value] : static_cast<int>(value);
  }
  return 'A' + sum % 26 == code[15];
}

// ---- the scan ----

// Whether there is enough in a text for any of the kinds. Most cells of a table are done with this.
bool may_hold_something(std::string_view text) {
  std::size_t digits = 0;
  std::size_t capitals = 0;
  bool at_sign = false;
  for (const char c : text) {
    digits += is_digit(c) ? 1 : 0;
    capitals += is_upper(c) ? 1 : 0;
    at_sign = at_sign || c == '@';
  }
  // The shortest number is that of National Insurance, the shortest code in which letters can stand for all digits an
  // IBAN.
  return at_sign || digits >= 6 || digits + capitals >= 15;
}

// A list that needs no memory of its own: texts are looked through cell by cell, ten million times in a run.
template <typename T, std::size_t most>
class ShortList {
 public:
  void push_back(T item) { items_[size_++] = item; }
  void pop_back() { --size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t i) const { return items_[i]; }
  const T& front() const { return items_[0]; }
  const T& back() const { return items_[size_ - 1]; }
  const T* data() const { return items_.data(); }

 private:
  std::array<T, most> items_;
  std::size_t size_ = 0;
};

// Digits with what people put between them.
struct Number {
  static constexpr std::size_t longest = 32;
  ShortList<char, longest> digits;
  ShortList<char, longest> form;           // "9" for a digit, separators as written
  ShortList<std::size_t, longest> ends;    // how many digits there are up to the end of each group
  ShortList<std::size_t, longest> places;  // of each digit in the text
};

class PatternScanner {
 public:
  PatternScanner(std::string_view text, std::size_t limit) : text_(text), limit_(limit) {}

  std::vector<PersonalData> run() {
    for (std::size_t at = 0; at < text_.size() && found_.size() < limit_;) {
      const char c = text_[at];
      const bool starts = at == 0 || !is_token_part(text_[at - 1]);
      std::size_t end = at;
      if (c == '@') {
        end = email(at);
      } else if (starts &&
                 (is_digit(c) || ((c == '+' || c == '(') && at + 1 < text_.size() && is_digit(text_[at + 1])))) {
        end = number(at);
      } else if (starts && is_upper(c)) {
        end = code(at);
      }
      at = std::max(end, at + 1);
    }
    return std::move(found_);
  }

 private:
  std::size_t add(PersonalDataKind kind, std::size_t begin, std::size_t end) {
    found_.push_back({kind, begin, end});
    return end;
  }

  bool ends_word(std::size_t at) const { return at >= text_.size() || !is_token_part(text_[at]); }

  // `at` is the sign in the middle.
  std::size_t email(std::size_t at) {
    constexpr std::size_t longest_name = 64;
    constexpr std::size_t longest_host = 253;
    const auto in_name = [](char c) {
      return is_digit(c) || is_letter(c) || std::string_view("._%+-").find(c) != std::string_view::npos;
    };
    const std::size_t floor = found_.empty() ? 0 : found_.back().end;
    std::size_t begin = at;
    while (begin > floor && at - begin < longest_name && in_name(text_[begin - 1])) --begin;
    while (begin < at && !is_digit(text_[begin]) && !is_letter(text_[begin])) ++begin;
    std::size_t end = at + 1;
    std::size_t last_dot = 0;
    while (end < text_.size() && end - at < longest_host &&
           (is_digit(text_[end]) || is_letter(text_[end]) || text_[end] == '.' || text_[end] == '-')) {
      if (text_[end] == '.') last_dot = end;
      ++end;
    }
    while (end > at + 1 && (text_[end - 1] == '.' || text_[end - 1] == '-')) --end;
    if (last_dot >= end) last_dot = text_.substr(0, end).rfind('.');
    // Pictures for sharp screens are named `icon@2x.png`.
    constexpr std::array<std::string_view, 6> pictures = {"png", "jpg", "jpeg", "gif", "svg", "webp"};
    if (last_dot < end && std::ranges::find(pictures, text_.substr(last_dot + 1, end - last_dot - 1)) != pictures.end())
      return at;
    const bool whole = begin < at && last_dot != text_.npos && last_dot > at + 1 && end >= last_dot + 3 &&
                       is_letter(text_[last_dot + 1]);
    return whole ? add(PersonalDataKind::email, begin, end) : at;
  }

  Number read_number(std::size_t at) const {
    Number number;
    const std::size_t begin = at;
    std::size_t gap = 0;
    for (; at < text_.size() && at - begin < Number::longest; ++at) {
      const char c = text_[at];
      if (is_digit(c)) {
        number.form.push_back('9');
        number.digits.push_back(c);
        number.places.push_back(at);
        gap = 0;
        if (at + 1 >= text_.size() || !is_digit(text_[at + 1])) number.ends.push_back(number.digits.size());
      } else if (std::string_view(" -./()+").find(c) != std::string_view::npos && (c != '+' || at == begin) &&
                 gap < 3) {
        number.form.push_back(c);
        ++gap;
      } else {
        break;
      }
    }
    // Letters behind the last digit make it something else, such as `123abc`; groups before it may still be a number.
    if (!number.places.empty() && !ends_word(number.places.back() + 1) && !number.ends.empty()) number.ends.pop_back();
    return number;
  }

  // `12345678Z`, `12345678-Z`
  std::size_t spanish_id(std::size_t begin) {
    constexpr std::size_t digits = 8;
    if (text_.size() < begin + digits + 1 || !std::ranges::all_of(text_.substr(begin, digits), is_digit)) return begin;
    const std::size_t letter = begin + digits + (text_[begin + digits] == '-' ? 1 : 0);
    if (letter >= text_.size() || !ends_word(letter + 1)) return begin;
    std::int64_t number = 0;
    for (const char c : text_.substr(begin, digits)) number = number * 10 + digit(c);
    return text_[letter] == spanish_letter(number) ? add(PersonalDataKind::es_dni, begin, letter + 1) : begin;
  }

  // The end of a longer number is no telephone number.
  bool follows_number(std::size_t begin) const {
    while (begin > 0 && std::string_view(" -./").find(text_[begin - 1]) != std::string_view::npos) --begin;
    return begin > 0 && is_digit(text_[begin - 1]);
  }

  std::size_t number(std::size_t begin) {
    if (const std::size_t end = spanish_id(begin); end > begin) return end;
    const Number number = read_number(begin);
    // The longest first: a card number can have an expiry date behind it.
    for (std::size_t group = number.ends.size(); group-- > 0;) {
      const std::size_t count = number.ends[group];
      const std::size_t after = number.places[count - 1] + 1;
      const std::string_view digits(number.digits.data(), count);
      const std::string_view form(number.form.data(), after - begin);
      const auto kind = kind_of(digits, form);
      if (kind && (*kind != PersonalDataKind::phone || !follows_number(begin))) return add(*kind, begin, after);
    }
    if (number.ends.empty()) return number.places.empty() ? begin : number.places.back() + 1;
    return number.places[number.ends.front() - 1] + 1;
  }

  static std::optional<PersonalDataKind> kind_of(std::string_view digits, std::string_view form) {
    using enum PersonalDataKind;
    const bool spaced = form.find_first_not_of("9 -") == form.npos;
    const auto dash = form.find('-');
    if (form == "999-99-9999") {
      const std::string_view area = digits.substr(0, 3);
      const bool given =
          area != "000" && area != "666" && area[0] != '9' && digits.substr(3, 2) != "00" && digits.substr(5) != "0000";
      if (given) return us_ssn;
    }
    if (form == "999.999.999-99" && is_brazilian_cpf(digits)) return br_cpf;
    if (spaced && is_payment_card(digits)) return payment_card;
    if (spaced && dash == form.npos) {
      if (is_french_nir(digits)) return fr_nir;
      if ((form == "99999999999" || form == "99 999 999 999") && is_german_tax_id(digits)) return de_tax_id;
      if ((form == "999999999999" || form == "9999 9999 9999") && is_aadhaar(digits)) return in_aadhaar;
    }
    if (is_phone(digits, form)) return phone;
    return std::nullopt;
  }

  // With the code of a country; as Americans write it; or with a zero in front and set apart, as Europeans do.
  static bool is_phone(std::string_view digits, std::string_view form) {
    if (form.find("..") != form.npos || form.find("--") != form.npos || form == "999-99-9999") return false;
    if (form.starts_with('+')) return digits.size() >= 8 && digits.size() <= 15;
    if (form == "(999) 999-9999" || form == "(999)999-9999" || form == "999-999-9999" || form == "999.999.9999" ||
        form == "1-999-999-9999" || form == "9 (999) 999-9999")
      return digits[digits.size() == 11 ? 1 : 0] >= '2';
    if (digits.size() < 9) return false;
    const bool national = digits[0] == '0' && digits[1] != '0' && digits.size() <= 12;
    const bool international =
        digits.starts_with("00") && digits[2] != '0' && digits.size() >= 10 && digits.size() <= 17;
    const bool apart = form.find_first_of(" /-") != form.npos || form.starts_with('(');
    // A day such as 01.03.2026 has eight digits and points.
    return (national || international) && apart;
  }

  // Codes that begin with a capital.
  std::size_t code(std::size_t begin) {
    constexpr std::size_t longest = 42;
    ShortList<char, longest> compact;
    ShortList<std::size_t, longest> ends;  // of `compact`, where a group ended
    ShortList<std::size_t, longest> places;
    std::size_t at = begin;
    for (; at < text_.size() && at - begin < longest; ++at) {
      const char c = text_[at];
      if (is_upper(c) || is_digit(c)) {
        compact.push_back(c);
        places.push_back(at);
        if (ends_word(at + 1)) ends.push_back(compact.size());
      } else if (c != ' ' || (at > begin && text_[at - 1] == ' ')) {
        break;
      }
    }
    for (std::size_t group = ends.size(); group-- > 0;) {
      const std::string_view candidate(compact.data(), ends[group]);
      const std::size_t after = places[ends[group] - 1] + 1;
      if (const auto kind = kind_of_code(candidate, after - begin == candidate.size())) return add(*kind, begin, after);
    }
    return ends.empty() ? at : places[ends.front() - 1] + 1;
  }

  static std::optional<PersonalDataKind> kind_of_code(std::string_view code, bool in_one) {
    using enum PersonalDataKind;
    const auto digits_in = [code](std::size_t begin, std::size_t end) {
      return std::ranges::all_of(code.substr(begin, end - begin), is_digit);
    };
    if (code.size() >= 15 && is_upper(code[0]) && is_upper(code[1]) && digits_in(2, 4) && is_iban(code)) return iban;
    if (code.size() == 9 && is_upper(code[1]) && digits_in(2, 8) && code[8] >= 'A' && code[8] <= 'D') {
      constexpr std::string_view never_first = "DFIQUV";
      constexpr std::string_view never_second = "DFIOQUV";
      constexpr std::array<std::string_view, 7> never = {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"};
      const bool given = never_first.find(code[0]) == std::string_view::npos &&
                         never_second.find(code[1]) == std::string_view::npos &&
                         std::ranges::find(never, code.substr(0, 2)) == never.end();
      if (given) return gb_nino;
    }
    if (code.size() == 9 && in_one && code[0] >= 'X' && code[0] <= 'Z' && digits_in(1, 8) && is_upper(code[8])) {
      std::int64_t number = code[0] - 'X';
      for (const char c : code.substr(1, 7)) number = number * 10 + digit(c);
      if (spanish_letter(number) == code[8]) return es_nie;
    }
    if (code.size() == 16 && in_one && is_italian_fiscal_code(code)) return it_fiscal_code;
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t limit_;
  std::vector<PersonalData> found_;
};

}  // namespace

std::string_view to_string(PersonalDataKind kind) {
  constexpr std::array<std::string_view, 13> names = {
      "email",  "phone",  "payment_card", "iban",           "us_ssn",     "gb_nino", "de_tax_id",
      "fr_nir", "es_dni", "es_nie",       "it_fiscal_code", "in_aadhaar", "br_cpf"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view in_words(PersonalDataKind kind) {
  constexpr std::array<std::string_view, 13> names = {"an email address",
                                                      "a telephone number",
                                                      "a payment card number",
                                                      "a bank account (IBAN)",
                                                      "a social security number (US)",
                                                      "a National Insurance number (UK)",
                                                      "a tax number (Germany)",
                                                      "a social security number (France)",
                                                      "an identity number (Spain)",
                                                      "a foreigner's number (Spain)",
                                                      "a fiscal code (Italy)",
                                                      "an Aadhaar number (India)",
                                                      "a CPF number (Brazil)"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<PersonalData> find_personal_data(std::string_view text, std::size_t limit) {
  if (!may_hold_something(text)) return {};
  return PatternScanner(text, limit).run();
}

std::string mask_personal_data(std::string_view text) {
  const auto found = find_personal_data(text, text.size());
  if (found.empty()) return std::string(text);
  std::string out;
  std::size_t at = 0;
  for (const PersonalData& match : found) {
    out += text.substr(at, match.begin - at);
    for (const char c : text.substr(match.begin, match.end - match.begin))
      out += is_digit(c) || is_letter(c) ? "•" : std::string(1, c);
    at = match.end;
  }
  return out += text.substr(at);
}

}  // namespace scruple::evidence
