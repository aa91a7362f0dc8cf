#include "evidence/merge_tag.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>
#include <array>

namespace scruple::evidence {

namespace {

constexpr std::size_t longest_value = 500;
constexpr std::size_t longest_logic = 20'000;

bool is_upper_name(char c) { return is_upper(c) || is_digit(c) || c == '_'; }
bool is_name(char c) { return is_upper_name(c) || is_letter(c) || c == '.' || c == '-' || c == '@' || c == '$'; }

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [text](std::string_view prefix) { return text.starts_with(prefix); });
}

bool is_any(std::string_view text, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

std::string_view first_name(std::string_view text) {
  text = trim_ascii(text);
  std::size_t end = 0;
  while (end < text.size() && is_name(text[end])) ++end;
  return text.substr(0, end);
}

// The text between the first pair of quotes from `at` on; `at` moves past it.
std::optional<std::string_view> quoted(std::string_view text, std::size_t& at) {
  const auto open = text.find_first_of("'\"", at);
  if (open == text.npos) return std::nullopt;
  const auto close = text.find(text[open], open + 1);
  if (close == text.npos) return std::nullopt;
  at = close + 1;
  return text.substr(open + 1, close - open - 1);
}

// Each reads what stands between its delimiters; false if that is no tag.

// HubSpot, Klaviyo, Liquid and Handlebars share the double braces.
bool read_braces(std::string_view inside, MergeTag& tag) {
  // `{{~name~}}` takes away the white space around it.
  if (inside.starts_with('~')) inside.remove_prefix(1);
  if (inside.ends_with('~')) inside.remove_suffix(1);
  const std::string_view content = trim_ascii(inside);
  if (content.empty()) return false;
  const bool is_else = content == "else" || content.starts_with("else ");
  if (starts_with_any(content, {"#", "/", "^", ">", "&"}) || is_else) {
    tag.tool = "handlebars";
    tag.logic = content[0] != '&' && content[0] != '>';
    tag.name = first_name(content.substr(is_else ? 0 : 1));
    return true;
  }
  if (content.starts_with("personalization_token(")) {
    tag.tool = "hubspot";
    std::size_t at = 0;
    tag.name = quoted(content, at).value_or(std::string_view{});
    tag.fallback = quoted(content, at);
    return true;
  }
  const auto bar = content.find('|');
  const std::string_view base = trim_ascii(content.substr(0, bar));
  const std::string_view filters = bar == content.npos ? std::string_view{} : content.substr(bar + 1);
  tag.name = base;
  if (base.starts_with("${")) {
    tag.name = trim_ascii(base.substr(2, base.size() - (base.ends_with('}') ? 3 : 2)));
    tag.tool = "liquid";
  } else if (starts_with_any(base, {"contact.", "company.", "owner.", "deal.", "content.", "subscription.",
                                    "site_settings.", "unsubscribe_"})) {
    tag.tool = "hubspot";
  } else if (starts_with_any(base, {"person.", "event.", "organization."}) || filters.starts_with("lookup:")) {
    tag.tool = "klaviyo";
  } else if (const auto filter = filters.find("default:"); filter != filters.npos) {
    tag.tool = filters.substr(filter + 8).starts_with(' ') ? "liquid" : "klaviyo";
  } else if (!filters.empty() || starts_with_any(base, {"customer.", "shop.", "order.", "subscriber.", "user."})) {
    tag.tool = "liquid";
  } else if (inside.starts_with(' ') && is_any(base, {"first_name", "last_name", "email", "phone_number"})) {
    tag.tool = "klaviyo";
  } else {
    tag.tool = "handlebars";
  }
  if (const auto filter = filters.find("default"); filter != filters.npos) {
    std::size_t at = filter;
    tag.fallback = quoted(filters, at);
  }
  return true;
}

bool read_percent_braces(std::string_view inside, MergeTag& tag) {
  std::string_view content = trim_ascii(inside);
  while (content.starts_with('-')) content = trim_ascii(content.substr(1));
  tag.name = first_name(content);
  const bool klaviyo_value = is_any(tag.name, {"unsubscribe", "unsubscribe_link", "manage_preferences",
                                               "manage_preferences_link", "web_view", "web_view_link"});
  tag.logic = !klaviyo_value;
  tag.tool = klaviyo_value ? "klaviyo" : content.find("contact.") != content.npos ? "hubspot" : "liquid";
  return !tag.name.empty();
}

bool read_mailchimp(std::string_view inside, MergeTag& tag) {
  if (inside.empty() || !is_letter(inside[0]) || inside.find('\n') != inside.npos) return false;
  tag.tool = "mailchimp";
  tag.name = inside.substr(0, inside.find(':'));
  tag.logic = is_any(tag.name, {"IF", "IFNOT", "ELSEIF", "ELSE", "END", "INTERESTED"});
  if (!tag.logic) tag.name = inside;
  return true;
}

// `First Name`, `=v(@name)=`
bool read_percents(std::string_view inside, MergeTag& tag) {
  if (inside.find('\n') != inside.npos) return false;
  tag.tool = "salesforce";
  if (!inside.starts_with('=')) {
    tag.name = trim_ascii(inside);
    return !tag.name.empty();
  }
  // AMPscript. `v` prints a variable, `AttributeValue` a field; other functions compute what is shown.
  inside = trim_ascii(inside.substr(1, inside.size() - (inside.size() > 1 && inside.ends_with('=') ? 2 : 1)));
  const auto open = inside.find('(');
  const std::string_view function = trim_ascii(inside.substr(0, open));
  tag.name = function;
  if (open == inside.npos || !inside.ends_with(')')) return !tag.name.empty();
  const std::string lower = to_lower_ascii(function);
  if (lower == "v" || lower == "attributevalue") {
    std::size_t at = 0;
    const std::string_view argument = trim_ascii(inside.substr(open + 1, inside.size() - open - 2));
    tag.name = quoted(argument, at).value_or(argument);
  } else {
    tag.logic = true;
  }
  return !tag.name.empty();
}

bool read_percent_block(std::string_view inside, MergeTag& tag) {
  tag.tool = "salesforce";
  tag.logic = true;
  tag.name = first_name(inside);
  return true;
}

bool read_plain_name(std::string_view inside, MergeTag& tag) {
  tag.tool = "other";
  tag.name = trim_ascii(inside);
  return !tag.name.empty() && is_letter(tag.name[0]) && std::all_of(tag.name.begin(), tag.name.end(), is_name);
}

bool read_salesforce_field(std::string_view inside, MergeTag& tag) {
  const bool plain = read_plain_name(inside, tag);
  tag.tool = "salesforce";
  return plain;
}

bool read_template(std::string_view inside, MergeTag& tag) {
  tag.tool = "other";
  tag.name = trim_ascii(inside);
  return !tag.name.empty();
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<MergeTag> run() {
    while (true) {
      at_ = text_.find_first_of("*{%$[<", at_);
      if (at_ == text_.npos) return std::move(tags_);
      if (!read_tag()) ++at_;
    }
  }

 private:
  struct Closer {
    std::string_view text;
    std::size_t next = 0;  // its first place not before the last one that was asked for
  };
  enum Close : std::size_t {
    bar_star,
    three_braces,
    two_braces,
    percent_brace,
    brace,
    percent_block,
    percents,
    brackets,
    percent_angle,
  };

  bool at(std::string_view opener) const { return text_.substr(at_).starts_with(opener); }

  // Each closer's next place is remembered, so that openers without a closer cost nothing.
  std::size_t find(Close close, std::size_t begin) {
    Closer& closer = closers_[close];
    if (closer.next < begin) closer.next = std::min(text_.find(closer.text, begin), text_.size());
    return closer.next;
  }

  // Takes the text up to the closer as a tag.
  bool take(std::size_t opener, Close close, bool (*read)(std::string_view, MergeTag&)) {
    const std::size_t begin = at_ + opener;
    const std::size_t end = find(close, begin);
    const std::size_t longest = close == percent_block ? longest_logic : longest_value;
    if (end == text_.size() || end - begin > longest) return false;
    MergeTag tag;
    tag.text = text_.substr(at_, end + closers_[close].text.size() - at_);
    if (!read(text_.substr(begin, end - begin), tag)) return false;
    at_ += tag.text.size();
    tags_.push_back(tag);
    return true;
  }

  // `{{${first_name}}}`: the first of three braces closes `${`.
  bool take_braze() {
    const bool bare = text_.substr(find(two_braces, at_ + 2)).starts_with("}}}");
    return take(2, bare ? three_braces : two_braces, read_braces);
  }

  bool read_tag() {
    if (at("*|")) return take(2, bar_star, read_mailchimp);
    if (at("{{!")) return skip_comment();
    if (at("{{{")) return take(3, three_braces, read_braces);
    if (at("{{${")) return take_braze();
    if (at("{{")) return take(2, two_braces, read_braces);
    if (at("{%")) return take(2, percent_brace, read_percent_braces);
    if (at("{!")) return take(2, brace, read_salesforce_field);
    if (at("%%[")) return take(3, percent_block, read_percent_block);
    if (at("%%")) return take(2, percents, read_percents);
    if (at("%")) return read_percent_name();
    if (at("${")) return take(2, brace, read_plain_name);
    if (at("[[")) return take(2, brackets, read_plain_name);
    if (at("<%=")) return take(3, percent_angle, read_template);
    return false;
  }

  // Of Handlebars: `{{! not shown }}`.
  bool skip_comment() {
    const std::size_t end = find(two_braces, at_ + 3);
    if (end == text_.size()) return false;
    at_ = end + 2;
    return true;
  }

  // `%FIRSTNAME%`: capitals only, since "10 % of 20 %" is text.
  bool read_percent_name() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_upper_name(text_[end])) ++end;
    const bool named = end - at_ > 2 && end < text_.size() && text_[end] == '%' && text_[at_ + 1] >= 'A';
    if (!named) return false;
    MergeTag tag;
    tag.text = text_.substr(at_, end + 1 - at_);
    tag.name = text_.substr(at_ + 1, end - at_ - 1);
    tag.tool = "other";
    tags_.push_back(tag);
    at_ = end + 1;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<MergeTag> tags_;
  std::array<Closer, 9> closers_{{{"|*"}, {"}}}"}, {"}}"}, {"%}"}, {"}"}, {"]%%"}, {"%%"}, {"]]"}, {"%>"}}};
};

}  // namespace

std::vector<MergeTag> find_merge_tags(std::string_view text) { return Scanner(text).run(); }

}  // namespace scruple::evidence
