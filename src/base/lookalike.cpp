#include "base/lookalike.h"

#include "base/strings.h"

namespace scruple {

namespace {

struct Row {
  std::string_view character;
  LookalikeKind kind;
  std::string_view name;
};

constexpr Row rows[] = {
    {"\u00A0", LookalikeKind::blank, "a no-break space (U+00A0)"},
    {"\u2002", LookalikeKind::blank, "a wide space (U+2002)"},
    {"\u2003", LookalikeKind::blank, "a wide space (U+2003)"},
    {"\u2007", LookalikeKind::blank, "a figure space (U+2007)"},
    {"\u2009", LookalikeKind::blank, "a thin space (U+2009)"},
    {"\u200A", LookalikeKind::blank, "a hair space (U+200A)"},
    {"\u200B", LookalikeKind::blank, "an invisible space (U+200B)"},
    {"\u200E", LookalikeKind::blank, "an invisible mark (U+200E)"},
    {"\u202F", LookalikeKind::blank, "a narrow no-break space (U+202F)"},
    {"\u2060", LookalikeKind::blank, "an invisible character (U+2060)"},
    {"\u3000", LookalikeKind::blank, "an ideographic space (U+3000)"},
    {"\uFEFF", LookalikeKind::blank, "an invisible character (U+FEFF)"},
    {"\u2010", LookalikeKind::dash, "‐"},
    {"\u2011", LookalikeKind::dash, "‑"},
    {"\u2012", LookalikeKind::dash, "‒"},
    {"\u2013", LookalikeKind::dash, "–"},
    {"\u2014", LookalikeKind::dash, "—"},
    {"\u2015", LookalikeKind::dash, "―"},
    {"\u2022", LookalikeKind::dash, "•"},
    {"\u2212", LookalikeKind::dash, "−"},
    {"\u00B7", LookalikeKind::dash, "·"},
    {"\u00AB", LookalikeKind::quote, "«"},
    {"\u00BB", LookalikeKind::quote, "»"},
    {"\u2018", LookalikeKind::quote, "‘"},
    {"\u2019", LookalikeKind::quote, "’"},
    {"\u201A", LookalikeKind::quote, "‚"},
    {"\u201C", LookalikeKind::quote, "“"},
    {"\u201D", LookalikeKind::quote, "”"},
    {"\u201E", LookalikeKind::quote, "„"},
    {"\u2039", LookalikeKind::quote, "‹"},
    {"\u203A", LookalikeKind::quote, "›"},
    {"\uFF1A", LookalikeKind::colon, "："},
};

}  // namespace

Lookalike lookalike_at(std::string_view text, std::size_t at) {
  // All of them begin with one of these bytes.
  if (at >= text.size() || std::string_view("\xC2\xE2\xE3\xEF").find(text[at]) == std::string_view::npos) return {};
  for (const Row& row : rows) {
    if (text.substr(at).starts_with(row.character)) return {row.kind, row.character.size(), row.name};
  }
  return {};
}

std::string without_lookalikes(std::string_view text) {
  const auto trim = [&] {
    for (bool changed = true; changed;) {
      const std::size_t before = text.size();
      text = trim_ascii(text);
      if (const Lookalike first = lookalike_at(text, 0);
          first.kind == LookalikeKind::blank || first.kind == LookalikeKind::quote) {
        text.remove_prefix(first.length);
      }
      for (const std::size_t length : {2u, 3u}) {
        if (text.size() < length) continue;
        const Lookalike last = lookalike_at(text, text.size() - length);
        const bool whole = last.length == length;
        if (whole && (last.kind == LookalikeKind::blank || last.kind == LookalikeKind::quote)) {
          text.remove_suffix(length);
          break;
        }
      }
      changed = text.size() != before;
    }
  };
  trim();
  if (text.size() > 1 && (text.back() == ',' || text.back() == ';')) {
    text.remove_suffix(1);
    trim();
  }
  return std::string(text);
}

}  // namespace scruple
