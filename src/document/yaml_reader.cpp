// All that sees yaml-cpp: its event parser decides what is structure where the outline steps aside, a follower over the
// same text checks each step.
#include "document/yaml_reader.h"

#include "document/text_check.h"
#include "document/yaml_errors.h"
#include "document/yaml_follower.h"
#include "document/yaml_outline.h"

#include "scruple/document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>
#include <utility>

namespace scruple {
namespace {

// yaml-cpp refuses a tab on a line that is otherwise empty, which many editors leave behind. It is given a line break
// instead: no offset moves, and what scalars say is not taken from it.
std::string without_blank_tabs(std::string_view text) {
  std::string out(text);
  for (std::size_t tab = out.find('\t'); tab != std::string::npos; tab = out.find('\t', tab + 1)) {
    const std::size_t before = out.find_last_not_of(" \t", tab);
    const std::size_t after = out.find_first_not_of(" \t\r", tab);
    const bool line_begins = before == std::string::npos || out[before] == '\n';
    if (line_begins && (after == std::string::npos || out[after] == '\n')) {
      const std::size_t end = std::min(after, out.size());
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(before + 1), out.begin() + static_cast<std::ptrdiff_t>(end),
                '\n');
      tab = end - 1;
    } else {
      tab = std::min(after, out.size()) - 1;
    }
  }
  return out;
}

// A stream over text that is already in memory.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only read from
    setg(begin, begin, begin + text.size());
  }
};

// yaml-cpp tells its errors apart by their texts alone; some texts go on with a detail.
YamlComplaint complaint_of(std::string_view message) {
  namespace Msg = YAML::ErrorMsg;
  struct Row {
    std::string_view message;
    YamlComplaint complaint;
  };
  const Row rows[] = {
      {Msg::EOF_IN_SCALAR, YamlComplaint::in_quotes},
      {Msg::DOC_IN_SCALAR, YamlComplaint::in_quotes},
      {Msg::INVALID_HEX, YamlComplaint::in_quotes},
      {Msg::INVALID_ESCAPE, YamlComplaint::in_quotes},
      {Msg::INVALID_UNICODE, YamlComplaint::in_quotes},
      {Msg::TAB_IN_INDENTATION, YamlComplaint::tab},
      {Msg::MAP_VALUE, YamlComplaint::map_value},
      {Msg::MAP_KEY, YamlComplaint::map_key},
      {Msg::BLOCK_ENTRY, YamlComplaint::list_item},
      {Msg::END_OF_MAP_FLOW, YamlComplaint::flow_end},
      {Msg::END_OF_SEQ_FLOW, YamlComplaint::flow_end},
      {Msg::END_OF_MAP, YamlComplaint::block_end},
      {Msg::END_OF_SEQ, YamlComplaint::block_end},
      {Msg::FLOW_END, YamlComplaint::bracket},
      {Msg::UNKNOWN_TOKEN, YamlComplaint::first_character},
      {Msg::UNKNOWN_ANCHOR, YamlComplaint::unknown_alias},
      {Msg::ALIAS_NOT_FOUND, YamlComplaint::alias_name},
      {Msg::CHAR_IN_ALIAS, YamlComplaint::alias_name},
      {Msg::ANCHOR_NOT_FOUND, YamlComplaint::anchor_name},
      {Msg::CHAR_IN_ANCHOR, YamlComplaint::anchor_name},
      {Msg::MULTIPLE_ANCHORS, YamlComplaint::two_anchors},
      {Msg::MULTIPLE_TAGS, YamlComplaint::two_tags},
      {Msg::CHAR_IN_TAG_HANDLE, YamlComplaint::tag},
      {Msg::TAG_WITH_NO_SUFFIX, YamlComplaint::tag},
      {Msg::END_OF_VERBATIM_TAG, YamlComplaint::tag},
      {Msg::ZERO_INDENT_IN_BLOCK, YamlComplaint::block_header},
      {Msg::CHAR_IN_BLOCK, YamlComplaint::block_header},
      {Msg::YAML_DIRECTIVE_ARGS, YamlComplaint::version},
      {Msg::YAML_VERSION, YamlComplaint::version},
      {Msg::YAML_MAJOR_VERSION, YamlComplaint::version},
      {Msg::REPEATED_YAML_DIRECTIVE, YamlComplaint::two_versions},
      {Msg::TAG_DIRECTIVE_ARGS, YamlComplaint::tag_directive},
      {Msg::REPEATED_TAG_DIRECTIVE, YamlComplaint::tag_directive},
  };
  for (const Row& row : rows) {
    if (message.starts_with(row.message)) return row.complaint;
  }
  return YamlComplaint::other;
}

class Handler : public YAML::EventHandler {
 public:
  explicit Handler(YamlFollower& follower) : follower_(follower) {}

  void OnDocumentStart(const YAML::Mark&) override { follower_.start_document(); }
  void OnDocumentEnd() override { follower_.end_document(); }
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { follower_.scalar(true); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { follower_.alias(); }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string& value) override {
    follower_.scalar(value.empty());
  }
  void OnSequenceStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(NodeKind::list, tag, anchor, style);
  }
  void OnSequenceEnd() override { follower_.end(); }
  void OnMapStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(NodeKind::map, tag, anchor, style);
  }
  void OnMapEnd() override { follower_.end(); }

 private:
  void start(NodeKind kind, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    const bool block = style == YAML::EmitterStyle::Block;
    const bool has_properties = anchor != 0 || tag != "?";
    follower_.start(kind, block ? YamlFollower::Style::block : YamlFollower::Style::flow, has_properties);
  }

  YamlFollower& follower_;
};

// What yaml-cpp sees; the last resort for what is wrong with a text.
void follow_events(DocumentBuilder& builder, YamlFollower& follower) {
  const std::string_view text = builder.source().text();
  const std::uint32_t begin = byte_order_mark(text);
  const bool has_tabs = text.find('\t') != std::string_view::npos;
  const std::string replaced = has_tabs ? without_blank_tabs(text.substr(begin)) : std::string();
  ViewBuffer buffer(has_tabs ? replaced : text.substr(begin));
  std::istream stream(&buffer);
  Handler handler(follower);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
    }
    follower.finish();
  } catch (const YamlFollower::Reported&) {
  } catch (const SyntaxError& error) {
    builder.report(error.span, error.message, error.hint);
  } catch (const YAML::Exception& error) {
    const std::uint32_t at =
        error.mark.pos < 0 ? follower.well_formed_end() : begin + static_cast<std::uint32_t>(error.mark.pos);
    const SyntaxError explained = explain_yaml(text, complaint_of(error.msg), at, follower.well_formed_end());
    builder.report(explained.span, explained.message, explained.hint);
  }
}

// False if the steps do not lead to the end of the text.
bool follow_steps(const std::vector<YamlStep>& steps, YamlFollower& follower) {
  using Style = YamlFollower::Style;
  try {
    follower.start_document();
    for (const YamlStep step : steps) {
      switch (step) {
        case YamlStep::block_list: follower.start(NodeKind::list, Style::block, false); break;
        case YamlStep::block_map: follower.start(NodeKind::map, Style::block, false); break;
        case YamlStep::flow_list: follower.start(NodeKind::list, Style::flow, false); break;
        case YamlStep::flow_map: follower.start(NodeKind::map, Style::flow, false); break;
        case YamlStep::scalar: follower.scalar(false); break;
        case YamlStep::absent: follower.scalar(true); break;
        case YamlStep::end: follower.end(); break;
      }
    }
    follower.end_document();
    follower.finish();
    return true;
  } catch (const YamlFollower::Reported&) {
  } catch (const SyntaxError&) {
  }
  return false;
}

}  // namespace

std::vector<Document> read_yaml(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics) {
  DocumentBuilder builder(source, limits, diagnostics);
  if (!check_text(builder, ControlCharacters::reject) || !check_token_count(builder)) return {};
  const std::uint32_t begin = byte_order_mark(source->text());
  if (const auto steps = outline_yaml(source->text(), begin)) {
    Diagnostics unsaid;  // what is wrong is said below
    DocumentBuilder outlined(source, limits, unsaid);
    YamlFollower follower(outlined, begin);
    if (follow_steps(*steps, follower)) return follower.take_documents();
  }
  return read_yaml_by_events(builder);
}

std::vector<Document> read_yaml_by_events(DocumentBuilder& builder) {
  YamlFollower follower(builder, byte_order_mark(builder.source().text()));
  follow_events(builder, follower);
  return follower.take_documents();
}

}  // namespace scruple
