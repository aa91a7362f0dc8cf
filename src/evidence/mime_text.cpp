#include "evidence/mime_text.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

namespace scruple::evidence {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// The byte that `=XX` at a place stands for; -1 if there is none.
int quoted_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

MimeText decode_quoted_printable(std::string_view bytes, std::uint32_t base) {
  MimeText out;
  const auto span = [base](std::size_t begin, std::size_t end) {
    return Span{base + static_cast<std::uint32_t>(begin), base + static_cast<std::uint32_t>(end)};
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t next = std::min(bytes.find('=', at), bytes.size());
    out.text += bytes.substr(at, next - at);
    out.map.add(static_cast<std::uint32_t>(next - at), span(at, next), true);
    if (next == bytes.size()) break;
    // White space at the end of a soft line break was added on the way.
    std::size_t end = next + 1;
    while (end < bytes.size() && (bytes[end] == ' ' || bytes[end] == '\t')) ++end;
    if (end == bytes.size() || bytes[end] == '\n' || bytes.substr(end, 2) == "\r\n") {
      at = end == bytes.size() ? end : end + (bytes[end] == '\r' ? 2 : 1);
      continue;
    }
    const int byte = quoted_byte(bytes, next);
    out.text += byte < 0 ? '=' : static_cast<char>(byte);
    at = next + (byte < 0 ? 1 : 3);
    out.map.add(1, span(next, at), byte < 0);
  }
  return out;
}

int base64_digit(char c) {
  if (is_upper(c)) return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Pieces of the map are lines of the file: more cannot be told of what nobody can read there.
MimeText decode_base64(std::string_view bytes, std::uint32_t base) {
  MimeText out;
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t line = 0;
  std::size_t written = 0;
  const auto end_line = [&](std::size_t end) {
    out.map.add(static_cast<std::uint32_t>(out.text.size() - written),
                {base + static_cast<std::uint32_t>(line), base + static_cast<std::uint32_t>(end)}, false);
    written = out.text.size();
    line = end + 1;
  };
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] == '\n') end_line(at);
    const int digit = base64_digit(bytes[at]);
    if (digit < 0) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.text += static_cast<char>(bits >> count & 0xFF);
  }
  end_line(bytes.size());
  return out;
}

enum class CharsetKind { utf8, single_byte, other };

struct Charset {
  std::string_view name;
  CharsetKind kind;
  const char* convert_as;
};

// Latin-1 and ASCII are read as Windows-1252, as browsers and mail programs do.
constexpr Charset charsets[] = {
    {"", CharsetKind::utf8, "WINDOWS-1252"},
    {"utf-8", CharsetKind::utf8, "WINDOWS-1252"},
    {"utf8", CharsetKind::utf8, "WINDOWS-1252"},
    {"us-ascii", CharsetKind::utf8, "WINDOWS-1252"},
    {"ascii", CharsetKind::utf8, "WINDOWS-1252"},
    {"iso-8859-1", CharsetKind::single_byte, "WINDOWS-1252"},
    {"latin1", CharsetKind::single_byte, "WINDOWS-1252"},
    {"windows-1252", CharsetKind::single_byte, "WINDOWS-1252"},
    {"cp1252", CharsetKind::single_byte, "WINDOWS-1252"},
    {"iso-8859-2", CharsetKind::single_byte, "ISO-8859-2"},
    {"iso-8859-5", CharsetKind::single_byte, "ISO-8859-5"},
    {"iso-8859-7", CharsetKind::single_byte, "ISO-8859-7"},
    {"iso-8859-8", CharsetKind::single_byte, "ISO-8859-8"},
    {"iso-8859-9", CharsetKind::single_byte, "ISO-8859-9"},
    {"iso-8859-15", CharsetKind::single_byte, "ISO-8859-15"},
    {"windows-1250", CharsetKind::single_byte, "WINDOWS-1250"},
    {"windows-1251", CharsetKind::single_byte, "WINDOWS-1251"},
    {"windows-1253", CharsetKind::single_byte, "WINDOWS-1253"},
    {"windows-1254", CharsetKind::single_byte, "WINDOWS-1254"},
    {"windows-1257", CharsetKind::single_byte, "WINDOWS-1257"},
    {"koi8-r", CharsetKind::single_byte, "KOI8-R"},
    {"koi8-u", CharsetKind::single_byte, "KOI8-U"},
    {"gb2312", CharsetKind::other, "GB18030"},
    {"gbk", CharsetKind::other, "GB18030"},
    {"gb18030", CharsetKind::other, "GB18030"},
    {"big5", CharsetKind::other, "BIG5"},
    {"shift_jis", CharsetKind::other, "SHIFT_JIS"},
    {"euc-jp", CharsetKind::other, "EUC-JP"},
    {"iso-2022-jp", CharsetKind::other, "ISO-2022-JP"},
    {"euc-kr", CharsetKind::other, "EUC-KR"},
    {"ks_c_5601-1987", CharsetKind::other, "EUC-KR"},
};

const Charset* find_charset(std::string_view name) {
  const std::string lower = to_lower_ascii(trim_ascii(name));
  const auto* found = std::ranges::find(charsets, lower, &Charset::name);
  return found == std::end(charsets) ? nullptr : found;
}

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // A byte that means nothing in the charset becomes the replacement character.
  void append(std::string& out, std::string_view bytes) {
    std::string copy(bytes);
    char* in = copy.data();
    std::size_t in_left = copy.size();
    std::array<char, 512> buffer{};
    while (in_left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = iconv(handle_, &in, &in_left, &to, &room);
      const int failure = errno;
      out.append(buffer.data(), buffer.size() - room);
      if (result != static_cast<std::size_t>(-1) || failure == E2BIG) continue;
      out += replacement;
      ++in;
      --in_left;
    }
  }

 private:
  iconv_t handle_;
};

// `convert` appends what some bytes mean, and says how many it took.
template <typename Convert>
MimeText convert_bytes(std::string_view bytes, Convert convert) {
  MimeText out;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes.substr(at, 2) == "\r\n") {
      out.text += '\n';
      out.map.add(1, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 2)}, false);
      at += 2;
      continue;
    }
    const std::size_t before = out.text.size();
    const std::size_t taken = convert(out.text, bytes.substr(at));
    const std::string_view made = std::string_view(out.text).substr(before);
    out.map.add(static_cast<std::uint32_t>(made.size()),
                {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + taken)},
                made == bytes.substr(at, taken));
    at += taken;
  }
  return out;
}

// Up to the next line break, which is left unless it comes first.
std::string_view rest_of_line(std::string_view bytes) {
  const std::size_t end = std::min(bytes.find_first_of("\r\n", 1), bytes.size());
  return bytes.substr(0, end);
}

MimeText from_utf8(std::string_view bytes) {
  return convert_bytes(bytes, [](std::string& out, std::string_view rest) {
    const std::string_view line = rest_of_line(rest);
    const std::size_t bad = find_invalid_utf8(line);
    if (bad == 0) {
      out += replacement;
      return std::size_t{1};
    }
    const std::string_view good = line.substr(0, bad);
    out += good;
    return good.size();
  });
}

MimeText from_single_bytes(std::string_view bytes, Converter& converter) {
  std::array<std::string, 256> meanings;
  for (std::size_t byte = 0; byte < meanings.size(); ++byte)
    converter.append(meanings[byte], std::string(1, static_cast<char>(byte)));
  return convert_bytes(bytes, [&meanings](std::string& out, std::string_view rest) {
    std::size_t plain = 0;
    while (plain < rest.size() && static_cast<unsigned char>(rest[plain]) < 0x80 && (plain == 0 || rest[plain] != '\r'))
      ++plain;
    if (plain > 0) {
      out += rest.substr(0, plain);
      return plain;
    }
    out += meanings[static_cast<unsigned char>(rest[0])];
    return std::size_t{1};
  });
}

MimeText from_others(std::string_view bytes, Converter& converter) {
  return convert_bytes(bytes, [&converter](std::string& out, std::string_view rest) {
    const std::string_view line = rest_of_line(rest);
    converter.append(out, line);
    return line.size();
  });
}

std::string unfold(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\r' || c == '\n') continue;
    out += c == '\t' ? ' ' : c;
  }
  return std::string(trim_ascii(out));
}

// `=?charset?Q?text?=`
struct EncodedWord {
  std::string_view charset;
  bool base64 = false;
  std::string_view text;
  std::size_t end = 0;
};

std::optional<EncodedWord> encoded_word(std::string_view value, std::size_t at) {
  constexpr std::size_t longest = 1000;
  const std::string_view rest = value.substr(at, longest);
  if (!rest.starts_with("=?")) return std::nullopt;
  const auto charset_end = rest.find('?', 2);
  if (charset_end == rest.npos || charset_end + 2 >= rest.size() || rest[charset_end + 2] != '?') return std::nullopt;
  const char encoding = rest[charset_end + 1];
  if (std::string_view("QqBb").find(encoding) == std::string_view::npos) return std::nullopt;
  const auto end = rest.find("?=", charset_end + 3);
  if (end == rest.npos) return std::nullopt;
  EncodedWord word;
  // A language may follow the charset: `utf-8*de`.
  word.charset = rest.substr(2, charset_end - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));
  word.base64 = encoding == 'B' || encoding == 'b';
  word.text = rest.substr(charset_end + 3, end - charset_end - 3);
  word.end = at + end + 2;
  return word;
}

std::string bytes_of(const EncodedWord& word) {
  if (word.base64) return decode_base64(word.text, 0).text;
  std::string text(word.text);
  std::replace(text.begin(), text.end(), '_', ' ');
  return decode_quoted_printable(text, 0).text;
}

}  // namespace

MimeText decode_transfer(std::string_view bytes, std::uint32_t base, std::string_view encoding) {
  const std::string lower = to_lower_ascii(trim_ascii(encoding));
  if (lower == "quoted-printable") return decode_quoted_printable(bytes, base);
  if (lower == "base64") return decode_base64(bytes, base);
  MimeText out;
  out.text = bytes;
  out.map.add(static_cast<std::uint32_t>(bytes.size()), {base, base + static_cast<std::uint32_t>(bytes.size())}, true);
  return out;
}

std::optional<MimeText> decode_charset(std::string_view bytes, std::string_view name) {
  const Charset* charset = find_charset(name);
  if (charset == nullptr) return std::nullopt;
  const bool declared_utf8 = charset->kind == CharsetKind::utf8 && charset->name.starts_with("utf");
  // Without a charset, or with ASCII: UTF-8 if it is that, else what Windows writes.
  if (declared_utf8 || (charset->kind == CharsetKind::utf8 && find_invalid_utf8(bytes) == std::string_view::npos))
    return from_utf8(bytes);
  Converter converter(charset->convert_as);
  if (!converter.is_open()) return std::nullopt;
  return charset->kind == CharsetKind::other ? from_others(bytes, converter) : from_single_bytes(bytes, converter);
}

std::string decode_header(std::string_view folded) {
  const std::string value = unfold(folded);
  std::string out;
  // Words of one charset are put together before they are converted: a character may be cut in two.
  std::string bytes;
  std::string_view charset;
  const auto flush = [&] {
    if (bytes.empty()) return;
    const auto text = decode_charset(bytes, charset);
    out += text ? text->text : std::string(replacement);
    bytes.clear();
  };
  for (std::size_t at = 0; at < value.size();) {
    if (const auto word = encoded_word(value, at)) {
      if (to_lower_ascii(word->charset) != to_lower_ascii(charset)) flush();
      charset = word->charset;
      bytes += bytes_of(*word);
      at = word->end;
      continue;
    }
    // White space between two encoded words is not shown.
    const std::size_t text = value.find_first_not_of(' ', at);
    if (!bytes.empty() && text != value.npos && text > at && encoded_word(value, text)) {
      at = text;
      continue;
    }
    flush();
    const std::size_t next = std::min(value.find("=?", at + 1), value.size());
    const std::size_t gap = std::min(value.find(' ', at + 1), value.size());
    const std::size_t end = std::min(next, gap);
    const auto plain = decode_charset(std::string_view(value).substr(at, end - at), {});
    out += plain ? plain->text : std::string(replacement);
    at = end;
  }
  flush();
  return out;
}

}  // namespace scruple::evidence
