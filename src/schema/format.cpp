#include "schema/format.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "schema/date.h"
#include "schema/validator.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

namespace scruple::schema {

namespace {

using Words = std::pair<std::string_view, std::string_view>;  // what people write, what they mean

// Codes of two letters, sorted, each with a blank after it.
constexpr bool are_codes(std::string_view codes) {
  for (std::size_t at = 3; at < codes.size(); at += 3) {
    if (codes[at - 1] != ' ' || codes.substr(at - 3, 2) >= codes.substr(at, 2)) return false;
  }
  return codes.size() % 3 == 0;
}

// ISO 3166-1.
constexpr std::string_view countries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";
static_assert(are_codes(countries));

// ISO 639-1.
constexpr std::string_view languages =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so "
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";
static_assert(are_codes(languages));

constexpr Words country_words[] = {
    {"australia", "AU"},
    {"austria", "AT"},
    {"belgium", "BE"},
    {"brazil", "BR"},
    {"britain", "GB"},
    {"bulgaria", "BG"},
    {"california", "US-CA"},
    {"canada", "CA"},
    {"china", "CN"},
    {"colorado", "US-CO"},
    {"croatia", "HR"},
    {"cyprus", "CY"},
    {"czechia", "CZ"},
    {"denmark", "DK"},
    {"deutschland", "DE"},
    {"england", "GB"},
    {"estonia", "EE"},
    {"europe", "EU"},
    {"european union", "EU"},
    {"finland", "FI"},
    {"france", "FR"},
    {"germany", "DE"},
    {"great britain", "GB"},
    {"greece", "GR"},
    {"hungary", "HU"},
    {"india", "IN"},
    {"ireland", "IE"},
    {"israel", "IL"},
    {"italy", "IT"},
    {"japan", "JP"},
    {"latvia", "LV"},
    {"lithuania", "LT"},
    {"luxembourg", "LU"},
    {"malta", "MT"},
    {"mexico", "MX"},
    {"netherlands", "NL"},
    {"new york", "US-NY"},
    {"new zealand", "NZ"},
    {"norway", "NO"},
    {"poland", "PL"},
    {"portugal", "PT"},
    {"quebec", "CA-QC"},
    {"romania", "RO"},
    {"schweiz", "CH"},
    {"slovakia", "SK"},
    {"slovenia", "SI"},
    {"south korea", "KR"},
    {"spain", "ES"},
    {"sweden", "SE"},
    {"switzerland", "CH"},
    {"texas", "US-TX"},
    {"uk", "GB"},
    {"united kingdom", "GB"},
    {"united states", "US"},
    {"usa", "US"},
    {"virginia", "US-VA"},
    {"österreich", "AT"},
};

constexpr Words language_words[] = {
    {"arabic", "ar"},    {"chinese", "zh"}, {"czech", "cs"},      {"cz", "cs"},        {"danish", "da"},
    {"deutsch", "de"},   {"dk", "da"},      {"dutch", "nl"},      {"english", "en"},   {"finnish", "fi"},
    {"french", "fr"},    {"gb", "en-GB"},   {"german", "de"},     {"greek", "el"},     {"gr", "el"},
    {"hungarian", "hu"}, {"italian", "it"}, {"japanese", "ja"},   {"jp", "ja"},        {"korean", "ko"},
    {"norwegian", "no"}, {"polish", "pl"},  {"portuguese", "pt"}, {"romanian", "ro"},  {"russian", "ru"},
    {"spanish", "es"},   {"swedish", "sv"}, {"turkish", "tr"},    {"ukrainian", "uk"}, {"us", "en-US"},
};

template <std::size_t Size>
std::string_view meaning(const std::string& word, const Words (&words)[Size]) {
  for (const auto& [written, meant] : words) {
    if (written == word) return meant;
  }
  return {};
}

bool holds_only(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char c) { return is_letter_or_digit(c) || others.find(c) != others.npos; });
}

bool is_code(std::string_view codes, std::string_view word) {
  const auto code = [codes](std::size_t number) { return codes.substr(3 * number, 2); };
  return std::ranges::binary_search(std::views::iota(std::size_t{0}, codes.size() / 3), word, {}, code);
}

std::string to_upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool is_market(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  const std::string_view country = text.substr(0, dash);
  if (country != "EU" && country != "EEA" && !is_code(countries, country)) return false;
  if (dash == text.size()) return true;
  const std::string_view part = text.substr(dash + 1);
  return !part.empty() && part.size() <= 3 && to_upper_ascii(part) == part && holds_only(part, "");
}

std::optional<FormatProblem> check_market(std::string_view text) {
  if (is_market(text)) return std::nullopt;
  FormatProblem problem{"it is no country code of ISO 3166", std::string(meaning(to_lower_ascii(text), country_words)),
                        "write a code such as `DE`, `US-CA` or `EU`"};
  if (problem.replacement.empty()) {
    std::string upper = to_upper_ascii(text);
    std::ranges::replace(upper, '_', '-');
    if (is_market(upper)) problem.replacement = std::move(upper);
  }
  return problem;
}

bool is_language(std::string_view text) {
  bool first = true;
  while (true) {
    const std::size_t dash = std::min(text.find('-'), text.size());
    const std::string_view part = text.substr(0, dash);
    if (part.empty() || part.size() > 8 || !holds_only(part, "")) return false;
    if (first && part.size() == 2 && !is_code(languages, to_lower_ascii(part))) return false;
    if (first && part.size() != 2 && part.size() != 3) return false;
    if (dash == text.size()) return true;
    text.remove_prefix(dash + 1);
    first = false;
  }
}

std::optional<FormatProblem> check_language(std::string_view text) {
  if (is_language(text)) return std::nullopt;
  FormatProblem problem{"it is no language tag", std::string(meaning(to_lower_ascii(text), language_words)),
                        "write a tag such as `de` or `en-GB`"};
  if (problem.replacement.empty()) {
    std::string dashed(text.substr(0, 20));
    std::ranges::replace(dashed, '_', '-');
    if (is_language(dashed)) problem.replacement = std::move(dashed);
  }
  return problem;
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 && holds_only(text, "-._*") && !text.starts_with('.') &&
         !text.ends_with('.') && text.find("..") == text.npos;
}

std::string_view without_scheme(std::string_view text) {
  const std::size_t scheme = text.find("://");
  return scheme == text.npos ? text : text.substr(scheme + 3);
}

std::optional<FormatProblem> check_host(std::string_view text) {
  if (is_host(text)) return std::nullopt;
  FormatProblem problem{"it is no host name", {}, "write a name such as `www.example.com`"};
  const std::string_view rest = without_scheme(text);
  const std::string_view host = rest.substr(0, std::min(rest.find_first_of("/:?#"), rest.size()));
  if (is_host(host)) {
    problem.reason = "it is an address; a host name is expected";
    problem.replacement = std::string(host);
  }
  return problem;
}

bool is_visible(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 127; });
}

bool is_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (!is_visible(text) || colon == text.npos || colon == 0 || !holds_only(text.substr(0, colon), "+-.")) return false;
  const std::string scheme = to_lower_ascii(text.substr(0, colon));
  if (scheme != "http" && scheme != "https") return colon + 1 < text.size() && scheme.size() > 1;
  const std::string_view rest = text.substr(colon + 1);
  if (!rest.starts_with("//")) return false;
  return is_host(rest.substr(2, std::min(rest.find_first_of("/:?#", 2), rest.size()) - 2));
}

std::optional<FormatProblem> check_uri(std::string_view text) {
  if (is_uri(text)) return std::nullopt;
  FormatProblem problem{"it is no web address", {}, "write an address such as `https://www.example.com/page`"};
  const std::string completed = concat("https://", text);
  if (text.find('.') != text.npos && text.find('@') == text.npos && is_uri(completed)) problem.replacement = completed;
  return problem;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return is_visible(text) && at != text.npos && at != 0 && at <= 64 && is_host(text.substr(at + 1)) &&
         text.find_first_of("<>,;()") == text.npos;
}

std::optional<FormatProblem> check_email_or_uri(std::string_view text) {
  if (is_email(text)) return std::nullopt;
  auto problem = check_uri(text);
  if (!problem) return problem;
  problem->reason = "it is neither a mail address nor a web address";
  problem->advice = "write an address such as `privacy@example.com` or `https://www.example.com/privacy`";
  // "Privacy team <privacy@example.com>"
  const std::size_t open = text.find('<'), close = text.find('>');
  if (open != text.npos && close != text.npos && open < close && is_email(text.substr(open + 1, close - open - 1))) {
    problem->replacement = std::string(text.substr(open + 1, close - open - 1));
  }
  return problem;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

std::optional<FormatProblem> check_sha256(std::string_view text) {
  if (is_sha256(text)) return std::nullopt;
  FormatProblem problem{"it is no SHA-256 digest of 64 hexadecimal digits", {}, "`sha256sum FILE` prints it"};
  std::string lower = to_lower_ascii(trim_ascii(text.substr(0, 80)));
  if (lower.starts_with("sha256:")) lower.erase(0, 7);
  if (is_sha256(lower)) problem.replacement = std::move(lower);
  return problem;
}

std::optional<FormatProblem> check_date(std::string_view text) {
  if (is_date(text)) return std::nullopt;
  FormatProblem problem{why_no_date(text), {}, {}};
  const auto meant = possible_dates(text);
  if (problem.reason.empty()) problem.reason = "a date is written as year, month and day";
  if (meant.size() == 1) {
    problem.replacement = to_string(meant[0]);
  } else if (meant.size() == 2) {
    problem.reason = "it can mean two days";
    problem.advice = concat("write `", to_string(meant[0]), "` for ", spelled(meant[0]), ", or `", to_string(meant[1]),
                            "` for ", spelled(meant[1]));
  } else {
    problem.advice = "write a day such as `2026-03-01`";
  }
  return problem;
}

std::optional<FormatProblem> check_date_time(std::string_view text) {
  if (is_date_time(text)) return std::nullopt;
  FormatProblem problem{"a time is written as in RFC 3339", {}, "write a time such as `2026-03-01T10:00:00Z`"};
  if (is_date(text)) problem.replacement = concat(text, "T00:00:00Z");
  return problem;
}

}  // namespace

std::optional<FormatProblem> check_format(Format format, std::string_view text) {
  switch (format) {
    case Format::date: return check_date(text);
    case Format::date_time: return check_date_time(text);
    case Format::language: return check_language(text);
    case Format::market: return check_market(text);
    case Format::host: return check_host(text);
    case Format::uri: return check_uri(text);
    case Format::email_or_uri: return check_email_or_uri(text);
    case Format::sha256: return check_sha256(text);
    case Format::none:
    case Format::path:
    case Format::id:
    case Format::person:
    case Format::ai_system:
    case Format::asset:
    case Format::dataset:
    case Format::segment:
    case Format::purpose:
    case Format::use: return std::nullopt;
  }
  return std::nullopt;
}

std::string_view expected(Format format) {
  switch (format) {
    case Format::none: return "text";
    case Format::date: return "a date such as `2026-03-01`";
    case Format::date_time: return "a time such as `2026-03-01T10:00:00Z`";
    case Format::path: return "the path of a file";
    case Format::language: return "a language tag such as `de`";
    case Format::market: return "a country code such as `DE`";
    case Format::host: return "a host name";
    case Format::uri: return "a web address";
    case Format::email_or_uri: return "a mail or web address";
    case Format::sha256: return "a SHA-256 digest";
    case Format::id: return "an id";
    case Format::person: return "the id of a person";
    case Format::ai_system: return "the id of an AI system";
    case Format::asset: return "the id of an asset";
    case Format::dataset: return "the id of a dataset";
    case Format::segment: return "the id of a segment";
    case Format::purpose: return "the id of a purpose";
    case Format::use: return "the id of a use of AI";
  }
  return "text";
}

}  // namespace scruple::schema
