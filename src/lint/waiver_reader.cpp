#include "lint/waiver_reader.h"

#include "base/strings.h"
#include "schema/validator.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace scruple::linting {

namespace {

// Of the words of a comment; a longer one is no waiver that people write.
constexpr std::size_t longest_comment = 2000;

class ListReader {
 public:
  ListReader(const Document& document, Waiver::Source source) : document_(document), source_(source) {}

  WrittenWaiver read(NodeId item, std::string place) {
    WrittenWaiver written;
    Waiver& waiver = written.waiver;
    waiver.source = source_;
    waiver.location = locate(document_.source(), first_line(document_.node(item).span));
    written.at = std::move(place);
    waiver.rule = text(item, "rule", written);
    waiver.reason = text(item, "reason", written);
    waiver.by = text(item, "by", written);
    waiver.until = text(item, "until", written);
    // These may be left out.
    const std::vector<std::string> missing = written.missing;
    waiver.place = text(item, "place", written);
    waiver.campaign = text(item, "campaign", written);
    written.missing = missing;
    written.malformed = written.malformed || (!waiver.until.empty() && !schema::is_date(waiver.until));
    return written;
  }

 private:
  Span first_line(Span span) const {
    const std::size_t end = document_.source().text().substr(0, span.end).find_first_of("\r\n", span.begin);
    return end == std::string_view::npos ? span : Span{span.begin, static_cast<std::uint32_t>(end)};
  }

  std::string text(NodeId item, std::string_view name, WrittenWaiver& written) const {
    const Member* member = document_.node(item).kind == NodeKind::map ? document_.find(item, name) : nullptr;
    const Node* node = member == nullptr ? nullptr : &document_.node(member->value);
    if (node == nullptr || node->kind == NodeKind::null ||
        (node->kind == NodeKind::string && schema::is_placeholder(node->text))) {
      written.missing.emplace_back(name);
      return {};
    }
    written.malformed = written.malformed || node->kind != NodeKind::string;
    return node->kind == NodeKind::string ? std::string(trim_ascii(node->text)) : std::string{};
  }

  const Document& document_;
  Waiver::Source source_;
};

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    text = trim_ascii(text);
    if (text.empty()) return words;
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

struct Directive {
  std::string_view verb;
  std::string_view rest;
};

// `scruple: waive …`; nothing if the comment says something else. Other linters have other words for it.
std::optional<Directive> directive_in(std::string_view comment) {
  if (comment.size() > longest_comment) return std::nullopt;
  while (comment.starts_with('#')) comment.remove_prefix(1);
  const auto take = [&](std::string_view word) {
    comment = trim_ascii(comment);
    if (to_lower_ascii(comment.substr(0, word.size())) != word) return false;
    comment.remove_prefix(word.size());
    return true;
  };
  if (!take("scruple")) return std::nullopt;
  const bool addressed = take(":");
  comment = trim_ascii(comment);
  const std::string_view verb = comment.substr(0, comment.find_first_of(" \t:"));
  constexpr std::string_view known[] = {"waive", "waiver", "ignore", "disable", "allow", "accept", "skip"};
  const bool meant = std::ranges::find(known, to_lower_ascii(verb)) != std::end(known);
  if (!meant || !(addressed || verb.starts_with("waive"))) return std::nullopt;
  comment.remove_prefix(verb.size());
  while (comment.starts_with(':')) comment.remove_prefix(1);
  return Directive{verb, trim_ascii(comment)};
}

WrittenWaiver read_comment(const Directive& directive) {
  const std::string_view text = directive.rest;
  WrittenWaiver written;
  Waiver& waiver = written.waiver;
  waiver.source = Waiver::Source::comment;
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) waiver.reason = trim_ascii(text.substr(colon + 1));
  const auto words = words_of(text.substr(0, colon));
  std::size_t at = 0;
  if (!words.empty() && words[0] != "until" && words[0] != "by") waiver.rule = words[at++];
  for (; at < words.size(); ++at) {
    std::string* field = words[at] == "until" ? &waiver.until : words[at] == "by" ? &waiver.by : nullptr;
    if (field == nullptr || !field->empty() || at + 1 == words.size()) {
      written.mistake = concat("`", shorten(words[at], 40), "` is not understood there");
      break;
    }
    *field = words[++at];
  }
  const std::pair<std::string_view, std::string*> fields[] = {
      {"rule", &waiver.rule}, {"until", &waiver.until}, {"by", &waiver.by}, {"reason", &waiver.reason}};
  for (const auto& [name, value] : fields) {
    if (schema::is_placeholder(*value)) value->clear();
    if (value->empty()) written.missing.emplace_back(name);
  }
  if (directive.verb != "waive") written.mistake = concat("the word is `waive`, not `", directive.verb, "`");
  if (written.mistake.empty() && !waiver.until.empty() && !schema::is_date(waiver.until))
    written.mistake = concat("`", shorten(waiver.until, 40), "` is no day of the calendar");
  return written;
}

// The ways to the nodes of a document, where they are written: not by alias or merge.
class Ways {
 public:
  explicit Ways(const Document& document) : steps_(document.node_count(), Step{no_node, 0}), root_(document.root()) {
    std::vector<NodeId> open = {document.root()};
    while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      const auto members = document.members(id);
      for (std::size_t i = 0; i < members.size(); ++i) {
        const Member& member = members[i];
        if (member.merged || document.node(member.value).span.begin < member.key_span.begin) continue;
        steps_[member.value] = {id, static_cast<std::uint32_t>(i)};
        open.push_back(member.value);
      }
    }
  }

  std::optional<schema::Path> to(NodeId node) const {
    schema::Path path;
    for (; node != root_; node = steps_[node].parent) {
      if (node == no_node || steps_[node].parent == no_node) return std::nullopt;
      path.push_back(steps_[node].index);
    }
    std::ranges::reverse(path);
    return path;
  }

 private:
  struct Step {
    NodeId parent;
    std::uint32_t index;
  };
  std::vector<Step> steps_;
  NodeId root_;
};

// Whether a comment stands above all else in its document.
bool heads(const Comment& comment, const Document& document) {
  const auto members = document.members(document.root());
  return !members.empty() && comment.span.end <= members.front().key_span.begin;
}

}  // namespace

std::vector<WrittenWaiver> read_waiver_list(const Document& document, NodeId list, Waiver::Source source) {
  std::vector<WrittenWaiver> waivers;
  if (list == no_node || document.node(list).kind != NodeKind::list) return waivers;
  ListReader reader(document, source);
  for (const Member& item : document.members(list)) {
    std::string place = "waivers";
    schema::append_index_step(place, waivers.size());
    waivers.push_back(reader.read(item.value, std::move(place)));
  }
  return waivers;
}

std::vector<WrittenWaiver> read_waiver_comments(const Document& document) {
  std::vector<WrittenWaiver> waivers;
  std::optional<Ways> ways;
  schema::Places places(document);
  for (const Comment& comment : document.comments()) {
    const auto directive =
        directive_in(document.source().text().substr(comment.span.begin, comment.span.end - comment.span.begin));
    if (!directive) continue;
    WrittenWaiver written = read_comment(*directive);
    written.waiver.location = locate(document.source(), comment.span);
    if (!ways) ways.emplace(document);
    if (!heads(comment, document)) {
      const auto way = ways->to(comment.node);
      if (!way) {
        written.mistake = "there is nothing on its line or below that it could speak of";
      } else {
        written.at = places.name(document.root(), *way);
      }
    }
    written.waiver.place = written.at;
    waivers.push_back(std::move(written));
  }
  return waivers;
}

bool covers(std::string_view covered, std::string_view place, std::string_view missing) {
  if (covered.empty()) return true;
  if (place.starts_with(covered)) {
    const std::string_view rest = place.substr(covered.size());
    if (rest.empty() || rest.front() == '.' || rest.front() == '[' || rest.front() == '!') return true;
  }
  if (missing.empty()) return false;
  std::string absent(place);
  schema::append_key_step(absent, missing);
  return absent == covered;
}

}  // namespace scruple::linting
