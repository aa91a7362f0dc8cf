#include "authoring/digest_writer.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "schema/hint.h"
#include "schema/validator.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace scruple::authoring {

namespace {

// `text` in place of bytes [begin, end) of the source.
struct Edit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
};

using Digest = std::pair<std::string, std::string>;  // asset and SHA-256

// 64 hexadecimal digits could be read as a number, rarely.
bool looks_like_number(std::string_view hex) {
  return std::ranges::all_of(hex, [](char c) { return is_digit(c) || c == 'e'; });
}

// Finds the edits for one document.
class Editor {
 public:
  explicit Editor(const Document& document)
      : document_(document),
        source_(document.source().text()),
        json_(to_lower_ascii(document.source().name()).ends_with(".json")),
        newline_(source_.find("\r\n") == std::string_view::npos ? "\n" : "\r\n") {
    count_references();
  }

  void fill(const ApprovalRecord& approval) {
    std::vector<Digest> missing;
    const Member* digests = document_.find(approval.node, "digests");
    const bool has_map = digests != nullptr && document_.node(digests->value).kind == NodeKind::map;
    for (const CoveredFile& file : approval.files) {
      if (file.state != CoveredFile::State::not_recorded && file.state != CoveredFile::State::differs) continue;
      const Member* old = has_map ? document_.find(digests->value, file.asset) : nullptr;
      ++changes;
      if (old != nullptr) {
        if (may_edit(approval, digests, old)) replace(*old, file);
      } else {
        missing.emplace_back(file.asset, file.actual);
      }
    }
    if (missing.empty() || !may_edit(approval, digests, nullptr)) return;
    if (has_map) {
      append(digests->value, entries(missing));
    } else if (digests == nullptr) {
      append(approval.node,
             {concat(key("digests"),
                     document_.node(approval.node).flow ? " " + map_of(missing) : block_of(missing, approval.node))});
    } else if (!is_in_the_way(approval, *digests)) {
      put_map(*digests, approval, missing);
    }
  }

  std::vector<Edit> edits;
  std::vector<std::string> problems;
  std::size_t changes = 0;

 private:
  // How often each node is reached; more than once: a reference (`*name`) or a merge leads there as well.
  void count_references() {
    references_.assign(document_.node_count(), 0);
    std::vector<NodeId> open = {document_.root()};
    while (!open.empty()) {
      const NodeId node = open.back();
      open.pop_back();
      for (const Member& member : document_.members(node)) {
        if (references_[member.value]++ == 0) open.push_back(member.value);
      }
    }
  }

  bool is_shared(const Member& member) const { return member.merged || references_[member.value] > 1; }

  // What is there and is neither a digest nor empty was meant as something else.
  bool is_in_the_way(const ApprovalRecord& approval, const Member& member) {
    const Node& node = document_.node(member.value);
    if (node.kind == NodeKind::null || (node.kind == NodeKind::string && schema::is_placeholder(node.text)))
      return false;
    problems.push_back(concat(place(approval), ": `", visible(member.key),
                              "` holds something else than digests; see `scruple check`"));
    return true;
  }

  // Whether what stands there stands there alone: an edit would change another place too, or not this one.
  bool may_edit(const ApprovalRecord& approval, const Member* digests, const Member* entry) {
    const Member* oversight = document_.find(document_.root(), "oversight");
    const Member* approvals = document_.find(oversight->value, "approvals");
    const Member& item = document_.members(approvals->value)[approval.index];
    const bool shared = is_shared(*oversight) || is_shared(*approvals) || is_shared(item) ||
                        (digests != nullptr && is_shared(*digests)) || (entry != nullptr && is_shared(*entry));
    if (shared && (problems.empty() || !problems.back().starts_with(place(approval))))
      problems.push_back(
          concat(place(approval), ": it is written by a reference (`&`, `*` or `<<`) that other places share"));
    return !shared;
  }

  static std::string place(const ApprovalRecord& approval) {
    return concat("`oversight.approvals[", approval.index, "]`");
  }

  std::string key(std::string_view name) const { return schema::written(name, json_) + ":"; }

  std::string value(std::string_view hex) const {
    return json_ || looks_like_number(hex) ? concat('"', hex, '"') : std::string(hex);
  }

  std::string entry(const Digest& digest) const { return concat(key(digest.first), " ", value(digest.second)); }

  std::vector<std::string> entries(const std::vector<Digest>& digests) const {
    std::vector<std::string> out;
    for (const Digest& digest : digests) out.push_back(entry(digest));
    return out;
  }

  // `{a: …, b: …}`
  std::string map_of(const std::vector<Digest>& digests) const {
    std::string out = "{";
    for (const Digest& digest : digests) out += concat(out.size() > 1 ? ", " : "", entry(digest));
    return out + '}';
  }

  // Lines below a key of the block map `parent`.
  std::string block_of(const std::vector<Digest>& digests, NodeId parent) const {
    std::string out;
    for (const Digest& digest : digests)
      out += concat(newline_, std::string(column_of(parent) + 2, ' '), entry(digest));
    return out;
  }

  // Bytes from the begin of the line.
  std::size_t column(std::uint32_t offset) const {
    const std::size_t before = offset == 0 ? std::string_view::npos : source_.rfind('\n', offset - 1);
    return before == std::string_view::npos ? offset : offset - before - 1;
  }

  // Where the keys of a map begin: those of the last line, since the first may stand behind dashes.
  std::size_t column_of(NodeId map) const { return column(document_.members(map).back().key_span.begin); }

  std::uint32_t end_of_line(std::uint32_t offset) const {
    const std::size_t end = std::min(source_.find('\n', offset), source_.size());
    const bool carriage = end > offset && source_[end - 1] == '\r';
    return static_cast<std::uint32_t>(carriage ? end - 1 : end);
  }

  // The end of a member's value, or of its key where the value is empty.
  std::uint32_t end_of(const Member& member) const {
    const Span span = document_.node(member.value).span;
    return span.begin == span.end ? member.key_span.end : span.end;
  }

  void replace(const Member& member, const CoveredFile& file) {
    const Node& node = document_.node(member.value);
    if (node.kind == NodeKind::list || node.kind == NodeKind::map) {
      problems.push_back(concat("the digest of `", visible(member.key), "` is no text; see `scruple check`"));
      return;
    }
    if (node.span.begin == node.span.end) {  // `mail:`
      const auto colon = static_cast<std::uint32_t>(source_.find(':', member.key_span.end));
      edits.push_back({colon + 1, colon + 1, concat(" ", value(file.actual))});
      return;
    }
    std::string text = value(file.actual);
    if (node.style == ScalarStyle::single_quoted) text = concat('\'', file.actual, '\'');
    if (node.style == ScalarStyle::double_quoted) text = concat('"', file.actual, '"');
    edits.push_back({node.span.begin, node.span.end, std::move(text)});
  }

  // Adds entries behind the last one of a map.
  void append(NodeId map, const std::vector<std::string>& added) {
    const Node& node = document_.node(map);
    const auto members = document_.members(map);
    if (members.empty()) {  // `{}`
      edits.push_back({node.span.begin + 1, node.span.begin + 1, join(added, ", ")});
      return;
    }
    const std::uint32_t end = end_of(members.back());
    if (!node.flow) {
      const std::uint32_t at = end_of_line(end);
      std::string text;
      for (const std::string& line : added) text += concat(newline_, std::string(column_of(map), ' '), line);
      edits.push_back({at, at, std::move(text)});
      return;
    }
    // One entry a line goes on as one entry a line.
    const bool lines = source_.substr(node.span.begin, members.back().key_span.begin - node.span.begin).find('\n') !=
                       std::string_view::npos;
    const std::string separator = lines ? concat(",", newline_, std::string(column_of(map), ' ')) : ", ";
    std::string text;
    for (const std::string& one : added) text += concat(separator, one);
    edits.push_back({end, end, std::move(text)});
  }

  // `digests:` is there, and holds nothing.
  void put_map(const Member& digests, const ApprovalRecord& approval, const std::vector<Digest>& missing) {
    const Node& node = document_.node(digests.value);
    const bool empty = node.span.begin == node.span.end;
    if (empty && !document_.node(approval.node).flow) {
      const std::uint32_t at = end_of_line(digests.key_span.end);
      edits.push_back({at, at, block_of(missing, approval.node)});
    } else if (empty) {
      const auto colon = static_cast<std::uint32_t>(source_.find(':', digests.key_span.end));
      edits.push_back({colon + 1, colon + 1, concat(" ", map_of(missing))});
    } else {
      edits.push_back({node.span.begin, node.span.end, map_of(missing)});
    }
  }

  const Document& document_;
  const std::string_view source_;
  const bool json_;
  const std::string_view newline_;
  std::vector<std::uint32_t> references_;
};

// Whether two values say the same; below `skipped` nothing is compared.
bool is_same(const Document& a, NodeId left, const Document& b, NodeId right, std::span<const NodeId> skipped) {
  const Node& first = a.node(left);
  const Node& second = b.node(right);
  if (first.kind != second.kind || first.text != second.text) return false;
  const bool is_approval = std::ranges::find(skipped, left) != skipped.end();
  const auto others = b.members(right);
  std::size_t at = 0;
  const auto skip = [&] {
    while (is_approval && at < others.size() && others[at].key == "digests") ++at;
  };
  for (const Member& member : a.members(left)) {
    if (is_approval && member.key == "digests") continue;
    skip();
    if (at == others.size() || others[at].key != member.key) return false;
    if (!is_same(a, member.value, b, others[at].value, skipped)) return false;
    ++at;
  }
  skip();
  return at == others.size();
}

// What would be written is read again: all that was to be recorded is there, and nothing else has changed.
bool is_filled(const std::string& text, std::span<const Document> documents, std::span<const DigestReport> reports) {
  Diagnostics diagnostics;
  const auto name = documents.front().source().name();
  const auto filled = read_documents(std::make_shared<const Source>(name, text), DocumentLimits{}, diagnostics);
  if (!diagnostics.empty() || filled.size() != documents.size()) return false;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    std::vector<NodeId> approvals;
    for (const ApprovalRecord& approval : reports[i].approvals) approvals.push_back(approval.node);
    if (!is_same(documents[i], documents[i].root(), filled[i], filled[i].root(), approvals)) return false;
    if (reports[i].approvals.empty()) continue;
    const NodeId oversight = filled[i].find(filled[i].root(), "oversight")->value;
    const auto list = filled[i].members(filled[i].find(oversight, "approvals")->value);
    for (const ApprovalRecord& approval : reports[i].approvals) {
      const Member* digests = filled[i].find(list[approval.index].value, "digests");
      for (const CoveredFile& file : approval.files) {
        const bool wanted = file.state != CoveredFile::State::superseded && !file.actual.empty();
        const Member* digest = wanted && digests != nullptr ? filled[i].find(digests->value, file.asset) : nullptr;
        if (wanted && (digest == nullptr || to_lower_ascii(filled[i].node(digest->value).text) != file.actual))
          return false;
      }
    }
  }
  return true;
}

}  // namespace

FilledManifest fill_digests(std::span<const Document> documents, std::span<const DigestReport> reports) {
  FilledManifest filled;
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Editor editor(documents[i]);
    for (const ApprovalRecord& approval : reports[i].approvals) editor.fill(approval);
    filled.changes += editor.changes;
    std::ranges::move(editor.problems, std::back_inserter(filled.problems));
    std::ranges::move(editor.edits, std::back_inserter(edits));
  }
  if (documents.empty()) return filled;
  filled.text = documents.front().source().text();
  std::ranges::stable_sort(edits, {}, &Edit::begin);
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    filled.text.replace(edit->begin, edit->end - edit->begin, edit->text);
  if (filled.problems.empty() && !is_filled(filled.text, documents, reports))
    filled.problems.emplace_back(
        "the digests cannot be filled in here without changing something else; write them by hand");
  return filled;
}

}  // namespace scruple::authoring
