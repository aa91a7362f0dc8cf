// Builds documents along the structure that a YAML parser sees, and checks each step of it against the text.
//
// The parser tells what comes next: a scalar, an alias, the begin or end of a list or map. Everything else is found
// in the text, by the rules of YAML 1.2: where it stands, how it is written, what it says. What is left between two
// tokens must be what belongs there, so that nothing is passed over in silence, whatever the parser let pass.
#pragma once

#include "document/document_builder.h"
#include "document/scalar_extent.h"
#include "document/yaml_cursor.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple {

class YamlFollower {
 public:
  // Thrown when the builder has reported a problem. All members below that follow the parser throw it or SyntaxError.
  struct Reported {};

  enum class Style { block, flow };

  // `begin` is where the text begins, after a byte order mark.
  YamlFollower(DocumentBuilder& builder, std::uint32_t begin);

  void start_document();
  void end_document();
  // The parser cannot always tell an empty value from one that is not there.
  void scalar(bool may_be_absent);
  void alias();
  void start(NodeKind kind, Style style, bool has_properties);
  void end();
  // After the last document: nothing may be left.
  void finish();

  std::vector<Document> take_documents() { return std::move(documents_); }
  // What is known to be well-formed ends here, or at the outermost bracket that is open.
  std::uint32_t well_formed_end() const;

 private:
  enum class Context { document, block_list, block_map, flow_list, flow_map, flow_pair };

  struct Level {
    Context context;
    int indent;               // column of the innermost block list or map
    std::uint32_t begin = 0;  // first character
    std::size_t entries = 0;  // begun so far
    bool expects_value = false;
    bool explicit_key = false;
    std::uint32_t key_begin = 0;
  };

  // Where the next value stands: what is known after its dash, key or comma.
  struct Place {
    bool key = false;
    bool compact = false;  // a block list or map may begin on this line
    bool absent = false;   // there is nothing, not even a tag
  };

  Level& level() { return levels_.back(); }
  bool in_flow() const { return levels_.back().context >= Context::flow_list; }

  Place enter();
  Place enter_block_list();
  Place enter_block_map();
  Place enter_flow_list();
  Place enter_flow_map();
  void require_comma();
  void leave();

  bool nothing_here(const Place& place);
  void check_indent(const Place& place);
  void check_flow_indent(int indent);
  NodeProperties read_properties(const Place& place);
  void require_scalar_key(const Place& place);

  void finish_scalar(const Place& place, const NodeProperties& properties, const ScalarExtent& extent, bool absent);
  void finish_key(Span span, std::string_view text, bool merge);
  void resolve(Node& node, const NodeProperties& properties);
  void check_collection_tag(NodeKind kind, const NodeProperties& properties);
  void read_directives();

  void require(bool done);
  [[noreturn]] void fail_missing_key();
  [[noreturn]] void unexpected();

  DocumentBuilder& builder_;
  std::string_view text_;
  YamlCursor cursor_;
  std::vector<Level> levels_;
  std::vector<Document> documents_;
  std::uint32_t document_begin_ = 0;
  bool root_is_block_ = false;
  bool bare_document_allowed_ = true;  // at the begin of the stream and after `...`
};

}  // namespace scruple
