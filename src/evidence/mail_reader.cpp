#include "evidence/mail_reader.h"

#include "base/strings.h"
#include "evidence/mime_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace scruple::evidence {

namespace {

bool is_name_character(char c) { return c > ' ' && c < '\x7F' && c != ':'; }

// `text/html; charset="utf-8"; name*=utf-8''x.html`: the value before the first semicolon, and one parameter.
std::string_view plain_value(std::string_view value) { return trim_ascii(value.substr(0, value.find(';'))); }

std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t at = 1; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    out += text[at];
  }
  return out;
}

// The next `;` that stands in no quotes, from `at` on; the end if there is none.
std::size_t parameter_end(std::string_view value, std::size_t at) {
  bool in_quotes = false;
  for (; at < value.size(); ++at) {
    if (value[at] == '\\' && in_quotes) {
      ++at;
    } else if (value[at] == '"') {
      in_quotes = !in_quotes;
    } else if (value[at] == ';' && !in_quotes) {
      return at;
    }
  }
  return value.size();
}

std::string parameter(std::string_view value, std::string_view name) {
  for (std::size_t at = parameter_end(value, 0); at < value.size();) {
    const std::size_t end = parameter_end(value, at + 1);
    const std::string_view item = trim_ascii(value.substr(at + 1, end - at - 1));
    at = end;
    const auto equals = item.find('=');
    if (equals == item.npos) continue;
    const std::string key = to_lower_ascii(trim_ascii(item.substr(0, equals)));
    const std::string_view text = trim_ascii(item.substr(equals + 1));
    if (key == name)
      return text.starts_with('"') ? unquoted(text) : std::string(text.substr(0, text.find_first_of(" \t(")));
    // The extended form of RFC 2231 is read for its name alone.
    if (key == concat(name, "*")) return std::string(text.substr(std::min(text.rfind('\'') + 1, text.size())));
  }
  return {};
}

class MailParser {
 public:
  MailParser(const Source& file, const MailLimits& limits) : file_(file), text_(file.text()), limits_(limits) {}

  Result<Mail> run() {
    if (text_.size() > limits_.bytes) {
      return problem_of(file_, Problem::Kind::too_large, "is larger than a mail can be here.",
                        "Export the mail without its attachments.");
    }
    std::uint32_t at = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    if (text_.substr(at).starts_with("From ")) at = line_end(at);  // a mailbox's own line
    const std::uint32_t size = static_cast<std::uint32_t>(text_.size());
    read_entity({at, size}, 0, mail_.headers);
    if (problem_) return *std::move(problem_);
    const bool known = std::ranges::any_of(mail_.headers, [](const MailHeader& header) {
      const std::string name = to_lower_ascii(header.name);
      return name == "from" || name == "subject" || name == "mime-version" || name == "content-type";
    });
    if (!known) {
      return problem_of(file_, Problem::Kind::malformed, "does not begin as a mail does, with `From:` or `Subject:`.",
                        "Save the mail as a file of type .eml, with all its headers.");
    }
    return std::move(mail_);
  }

 private:
  // One past the line break.
  std::uint32_t line_end(std::uint32_t at) const {
    const auto end = text_.find('\n', at);
    return static_cast<std::uint32_t>(end == text_.npos ? text_.size() : end + 1);
  }
  bool is_blank(std::uint32_t begin, std::uint32_t end) const {
    return trim_ascii(text_.substr(begin, end - begin)).empty();
  }

  // The headers at the beginning of an entity; where its body begins.
  std::uint32_t read_headers(Span entity, std::vector<MailHeader>& headers) {
    std::uint32_t at = entity.begin;
    while (at < entity.end) {
      std::uint32_t end = std::min(line_end(at), entity.end);
      if (is_blank(at, end)) return end;
      const std::string_view line = text_.substr(at, end - at);
      const auto colon = line.find(':');
      const std::string_view name = colon == line.npos ? std::string_view{} : trim_ascii(line.substr(0, colon));
      if (name.empty() || !std::ranges::all_of(name, is_name_character)) return at;  // a body without headers
      while (end < entity.end && (text_[end] == ' ' || text_[end] == '\t') &&
             !is_blank(end, std::min(line_end(end), entity.end)))
        end = std::min(line_end(end), entity.end);
      if (headers.size() == limits_.headers || end - at > limits_.header_bytes) {
        problem_ = problem_of(file_, Problem::Kind::too_large, "has more headers, or longer ones, than a mail can.");
        return entity.end;
      }
      const auto value_begin = at + static_cast<std::uint32_t>(colon) + 1;
      Span span{value_begin, end};
      while (span.begin < span.end && std::string_view(" \t\r\n").find(text_[span.begin]) != std::string_view::npos)
        ++span.begin;
      while (span.begin < span.end && std::string_view(" \t\r\n").find(text_[span.end - 1]) != std::string_view::npos)
        --span.end;
      headers.push_back({std::string(name), decode_header(text_.substr(value_begin, end - value_begin)), span});
      at = end;
    }
    return at;
  }

  static std::string header(const std::vector<MailHeader>& headers, std::string_view name) {
    for (const MailHeader& header : headers) {
      if (to_lower_ascii(header.name) == name) return header.value;
    }
    return {};
  }

  void read_entity(Span entity, std::size_t depth, std::vector<MailHeader>& headers) {
    const std::uint32_t body = read_headers(entity, headers);
    if (problem_) return;
    const std::string content = header(headers, "content-type");
    const std::string type = content.empty() ? "text/plain" : to_lower_ascii(plain_value(content));
    const std::string boundary = parameter(content, "boundary");
    if (type.starts_with("multipart/") && !boundary.empty()) {
      if (depth == limits_.depth) {
        problem_ = problem_of(file_, Problem::Kind::too_large, "nests parts too deeply.");
        return;
      }
      read_multipart({body, entity.end}, boundary, depth);
      return;
    }
    if (mail_.parts.size() == limits_.parts) {
      problem_ = problem_of(file_, Problem::Kind::too_large, "has more parts than a mail can.");
      return;
    }
    const std::string disposition = header(headers, "content-disposition");
    MailPart part;
    part.type = type;
    part.charset = to_lower_ascii(parameter(content, "charset"));
    part.encoding = to_lower_ascii(trim_ascii(header(headers, "content-transfer-encoding")));
    part.file_name = parameter(disposition, "filename");
    if (part.file_name.empty()) part.file_name = parameter(content, "name");
    part.attachment = to_lower_ascii(plain_value(disposition)) == "attachment";
    part.body = {body, entity.end};
    mail_.parts.push_back(std::move(part));
  }

  // Parts stand between lines that begin with the boundary; what comes before the first is for old programs.
  void read_multipart(Span body, std::string_view boundary, std::size_t depth) {
    std::optional<std::uint32_t> part;
    const auto finish = [&](std::uint32_t end) {
      if (!part || problem_) return;
      // The line break before a boundary belongs to it.
      if (end > *part && text_[end - 1] == '\n') --end;
      if (end > *part && text_[end - 1] == '\r') --end;
      std::vector<MailHeader> headers;
      read_entity({*part, end}, depth + 1, headers);
    };
    for (std::uint32_t at = body.begin; at < body.end && !problem_; at = std::min(line_end(at), body.end)) {
      const std::string_view line = text_.substr(at, std::min(line_end(at), body.end) - at);
      if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) continue;
      const std::string_view rest = trim_ascii(line.substr(2 + boundary.size()));
      if (!rest.empty() && rest != "--") continue;
      finish(at);
      part = std::nullopt;
      if (rest == "--") return;
      part = std::min(line_end(at), body.end);
    }
    finish(body.end);
  }

  const Source& file_;
  std::string_view text_;
  const MailLimits& limits_;
  Mail mail_;
  std::optional<Problem> problem_;
};

}  // namespace

Result<Mail> read_mail(const Source& file, const MailLimits& limits) { return MailParser(file, limits).run(); }

Result<PlacedSource> text_of(const SourcePtr& file, const MailPart& part, const MailLimits& limits) {
  const std::string_view written = file->text().substr(part.body.begin, part.body.end - part.body.begin);
  MimeText bytes = decode_transfer(written, part.body.begin, part.encoding);
  if (bytes.text.size() > limits.text_bytes) {
    return problem_of(*file, Problem::Kind::too_large, "holds a text larger than a mail's can be.",
                      "Check that this is the mail that people get.");
  }
  auto text = decode_charset(bytes.text, part.charset);
  if (!text) {
    return problem_of(*file, Problem::Kind::malformed, "holds a text in a charset that scruple does not know.",
                      "Export the mail in UTF-8.");
  }
  // Seen by nobody, and no text has it.
  std::replace(text->text.begin(), text->text.end(), '\0', ' ');
  PlacedSource placed;
  placed.text = std::make_shared<const Source>(file->name(), std::move(text->text));
  placed.file = file;
  placed.maps = {std::move(text->map), std::move(bytes.map)};
  return placed;
}

const MailPart* find_part(const Mail& mail, std::string_view type) {
  const auto found =
      std::ranges::find_if(mail.parts, [type](const MailPart& part) { return part.type == type && !part.attachment; });
  return found == mail.parts.end() ? nullptr : &*found;
}

const MailHeader* find_header(const Mail& mail, std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  const auto found = std::ranges::find_if(
      mail.headers, [&lower](const MailHeader& header) { return to_lower_ascii(header.name) == lower; });
  return found == mail.headers.end() ? nullptr : &*found;
}

Mailbox read_mailbox(std::string_view written) {
  Mailbox box;
  bool in_quotes = false;
  std::size_t depth = 0;  // of comments
  std::string comment;
  std::string text;
  std::string value(written);
  std::erase_if(value, [](char c) { return c == '\r' || c == '\n'; });
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\\' && at + 1 < value.size() && (in_quotes || depth > 0)) {
      (depth > 0 ? comment : text) += value[++at];
    } else if (c == '"' && depth == 0) {
      in_quotes = !in_quotes;
    } else if (in_quotes) {
      text += c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && depth > 0) {
      --depth;
    } else if (depth > 0) {
      comment += c;
    } else if (c == '<') {
      const auto end = value.find('>', at);
      box.address = trim_ascii(std::string_view(value).substr(at + 1, end == value.npos ? end : end - at - 1));
      break;
    } else if (c == ',') {
      break;
    } else {
      text += c;
    }
  }
  box.name = trim_ascii(text);
  if (box.address.empty()) box.address = std::exchange(box.name, std::string(trim_ascii(comment)));
  box.name = decode_header(box.name);
  return box;
}

}  // namespace scruple::evidence
