#include "report/html_text.h"

#include "base/strings.h"
#include "report/entries.h"
#include "report/markup.h"
#include "report/terminal_text.h"

namespace scruple::report {

std::string html_prose(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  std::string_view rest = line;
  while (true) {
    const auto open = rest.find('`');
    const auto close = open == std::string_view::npos ? open : rest.find('`', open + 1);
    if (close == std::string_view::npos) return out + escape_markup(rest);
    out += escape_markup(rest.substr(0, open));
    out += html_code(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
}

std::string html_code(std::string_view text) { return concat("<code>", escape_markup(text), "</code>"); }

std::string html_link(std::string_view address, std::string_view text) {
  if (!address.starts_with("https://") && !address.starts_with("http://")) return escape_markup(text);
  return concat("<a href=\"", escape_markup(address), "\">", escape_markup(text), "</a>");
}

std::string anchor(std::size_t finding) { return concat("finding-", finding + 1); }

std::string title_of(const RuleInfo& rule) { return plain(rule.title.empty() ? rule.id : rule.title); }

}  // namespace scruple::report
