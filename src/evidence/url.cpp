#include "evidence/url.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>

namespace scruple::evidence {

namespace {

bool is_slash(char c) { return c == '/' || c == '\\'; }  // browsers take a backslash for a slash

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Browsers drop line breaks and tabs wherever they stand, and spaces and controls around an address.
std::string cleaned(std::string_view url) {
  std::string out;
  // Past this no host begins: an inline image of megabytes is not copied.
  constexpr std::size_t enough = 4096;
  for (const char c : url) {
    if (c == '\n' || c == '\r' || c == '\t') continue;
    if (out.empty() && static_cast<unsigned char>(c) <= ' ') continue;
    out += c;
    if (out.size() >= enough) break;
  }
  while (!out.empty() && static_cast<unsigned char>(out.back()) <= ' ') out.pop_back();
  return out;
}

std::size_t scheme_length(std::string_view url) {
  if (url.empty() || !is_letter(url[0])) return 0;
  std::size_t end = 1;
  while (end < url.size() &&
         (is_letter(url[end]) || is_digit(url[end]) || url[end] == '+' || url[end] == '-' || url[end] == '.')) {
    ++end;
  }
  return end < url.size() && url[end] == ':' ? end : 0;
}

bool can_be_in_host(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || is_beyond_ascii(c);
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::string scheme_of(std::string_view url) {
  const std::string clean = cleaned(url);
  return to_lower_ascii(std::string_view(clean).substr(0, scheme_length(clean)));
}

std::string host_of(std::string_view url) {
  const std::string clean = cleaned(url);
  std::string_view rest = clean;
  const std::size_t scheme = scheme_length(rest);
  const std::string name = to_lower_ascii(rest.substr(0, scheme));
  if (scheme != 0) rest.remove_prefix(scheme + 1);
  const bool web = name == "http" || name == "https" || name == "ws" || name == "wss" || name == "ftp";
  if (!web && (rest.size() < 2 || !is_slash(rest[0]) || !is_slash(rest[1]))) return {};
  while (!rest.empty() && is_slash(rest[0])) rest.remove_prefix(1);
  rest = rest.substr(0, rest.find_first_of("/\\?#"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  if (rest.starts_with('[')) {
    const auto close = rest.find(']');
    return close == std::string_view::npos ? std::string{} : to_lower_ascii(rest.substr(0, close + 1));
  }
  std::string host = to_lower_ascii(percent_decoded(rest.substr(0, rest.find(':'))));
  while (host.ends_with('.')) host.pop_back();
  for (const char c : host) {
    if (!can_be_in_host(c)) return {};
  }
  return host;
}

std::string path_of(std::string_view url) {
  const std::string clean = cleaned(url);
  std::string_view rest = clean;
  const std::size_t scheme = scheme_length(rest);
  const std::string name = to_lower_ascii(rest.substr(0, scheme));
  if (name == "data" || name == "javascript" || name == "mailto") return {};
  if (scheme != 0) rest.remove_prefix(scheme + 1);
  if (name == "cid") return percent_decoded(rest.substr(0, rest.find('@')));
  if (rest.size() >= 2 && is_slash(rest[0]) && is_slash(rest[1])) {
    rest.remove_prefix(2);
    rest.remove_prefix(std::min(rest.find_first_of("/\\?#"), rest.size()));
  }
  return percent_decoded(rest.substr(0, rest.find_first_of("?#")));
}

}  // namespace scruple::evidence
