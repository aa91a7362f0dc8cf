#include "evidence/html_tree.h"

#include "base/strings.h"

#include <gumbo.h>
#include <time.h>

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>

namespace scruple::evidence {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// All memory of one parse, with a bound. gumbo has no way to fail, so going over the bound leaves it by longjmp, and
// the arena frees what it held: unclosed formatting tags can make it clone elements without end.
class ParseMemory {
 public:
  explicit ParseMemory(std::size_t limit) : limit_(limit), started_(processor_seconds()) {}
  ParseMemory(const ParseMemory&) = delete;
  ParseMemory& operator=(const ParseMemory&) = delete;
  ~ParseMemory() {
    while (first_ != nullptr) {
      Block* next = first_->next;
      std::free(first_);
      first_ = next;
    }
  }

  std::jmp_buf& escape() { return escape_; }

  static void* allocate(void* self, std::size_t size) { return static_cast<ParseMemory*>(self)->allocate(size); }
  static void release(void* self, void* bytes) { static_cast<ParseMemory*>(self)->release(bytes); }

 private:
  struct alignas(std::max_align_t) Block {
    Block* next;
    Block* previous;
    std::size_t size;
  };

  // What guard_html admits parses in well under a second. This is the net below it, for markup that was built to
  // slip through; honest files never come near.
  static constexpr double most_seconds = 5;
  static constexpr std::size_t allocations_between_checks = 4096;

  static double processor_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }

  void* allocate(std::size_t size) {
    if (++allocations_ % allocations_between_checks == 0 && processor_seconds() - started_ > most_seconds) {
      std::longjmp(escape_, 1);
    }
    if (size > limit_ || used_ + size + sizeof(Block) > limit_) std::longjmp(escape_, 1);
    auto* block = static_cast<Block*>(std::malloc(sizeof(Block) + size));
    if (block == nullptr) std::longjmp(escape_, 1);
    *block = {first_, nullptr, size + sizeof(Block)};
    if (first_ != nullptr) first_->previous = block;
    first_ = block;
    used_ += block->size;
    return block + 1;
  }

  void release(void* bytes) {
    if (bytes == nullptr) return;
    Block* block = static_cast<Block*>(bytes) - 1;
    if (block->previous != nullptr) block->previous->next = block->next;
    if (block->next != nullptr) block->next->previous = block->previous;
    if (first_ == block) first_ = block->next;
    used_ -= block->size;
    std::free(block);
  }

  std::jmp_buf escape_{};
  Block* first_ = nullptr;
  std::size_t used_ = 0;
  std::size_t limit_;
  std::size_t allocations_ = 0;
  double started_;
};

// Null if a bound was hit. No object with a destructor may live in this function: longjmp passes it by.
const GumboOutput* parse_within(ParseMemory& memory, const GumboOptions& options, const char* text, std::size_t size) {
  if (setjmp(memory.escape()) != 0) return nullptr;
  return gumbo_parse_with_options(&options, text, size);
}

bool is_tree_element(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

bool is_tree_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}

}  // namespace

// Copies what gumbo made into the arena, in the order of the document.
class HtmlTreeBuilder {
 public:
  HtmlTreeBuilder(SourcePtr source) { tree_.source_ = std::move(source); }

  HtmlTree build(const GumboNode& root) {
    struct Open {
      const GumboNode* node;
      unsigned next_child;
      HtmlNodeId id;
      HtmlNodeId last_element;
    };
    std::vector<Open> open;
    open.push_back({&root, 0, add_element(root, no_html_node, no_html_node), no_html_node});
    while (!open.empty()) {
      Open& top = open.back();
      const GumboVector& children = top.node->v.element.children;
      if (top.next_child == children.length) {
        tree_.nodes_[top.id].end = tree_.size();
        if (top.node->v.element.tag == GUMBO_TAG_FORM) last_form_ = top.id;
        open.pop_back();
        continue;
      }
      const auto& child = *static_cast<const GumboNode*>(children.data[top.next_child++]);
      if (is_tree_text(child)) {
        add_text(child, top.id);
      } else if (is_tree_element(child)) {
        const HtmlNodeId id = add_element(child, top.id, top.last_element);
        top.last_element = id;
        open.push_back({&child, 0, id, no_html_node});
      }
    }
    return std::move(tree_);
  }

 private:
  // gumbo points into the text that it was given; elements that it made up have no place of their own.
  Span span_of(const char* data, std::size_t length, Span otherwise) const {
    const std::string_view text = tree_.source_->text();
    if (data == nullptr || data < text.data() || data > text.data() + text.size()) return otherwise;
    const auto begin = static_cast<std::size_t>(data - text.data());
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::min(begin + length, text.size()))};
  }

  // A view into the source where it says the same, else a copy.
  std::string_view keep(const char* decoded, Span span) {
    const std::string_view text = decoded == nullptr ? std::string_view{} : std::string_view(decoded);
    const std::string_view written = tree_.source_->text().substr(span.begin, span.end - span.begin);
    if (text == written) return written;
    if (text.empty()) return {};
    return tree_.texts_.emplace_back(text);
  }

  std::string_view tag_of(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece name = element.original_tag;
    gumbo_tag_from_original_text(&name);
    if (name.data == nullptr) return {};
    return tree_.texts_.emplace_back(to_lower_ascii({name.data, name.length}));
  }

  HtmlNodeId add_element(const GumboNode& node, HtmlNodeId parent, HtmlNodeId previous) {
    const GumboElement& element = node.v.element;
    const Span around = parent == no_html_node ? Span{} : tree_.nodes_[parent].span;
    HtmlNode added;
    added.is_element = true;
    added.foreign = element.tag_namespace != GUMBO_NAMESPACE_HTML;
    added.parent = parent;
    added.previous = previous;
    added.text = tag_of(element);
    added.span = span_of(element.original_tag.data, element.original_tag.length, around);
    added.first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
    added.attribute_count = element.attributes.length;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      add_attribute(*static_cast<const GumboAttribute*>(element.attributes.data[i]), added.span);
    }
    const auto id = tree_.size();
    tree_.nodes_.push_back(added);
    return id;
  }

  void add_attribute(const GumboAttribute& attribute, Span element) {
    const Span name = span_of(attribute.original_name.data, attribute.original_name.length, element);
    Span span = span_of(attribute.original_value.data, attribute.original_value.length, name);
    Span inner = span;
    const std::string_view text = tree_.source_->text();
    if (inner.end - inner.begin >= 2 && (text[inner.begin] == '"' || text[inner.begin] == '\'')) {
      ++inner.begin;
      --inner.end;
    }
    span.begin = std::min(span.begin, name.begin);
    span.end = std::max(span.end, name.end);
    tree_.attributes_.push_back({lower_name(attribute.name, name), keep(attribute.value, inner), span});
  }

  std::string_view lower_name(const char* name, Span span) {
    const std::string lower = to_lower_ascii(name);
    return keep(lower.c_str(), span);
  }

  // What gumbo gives as written may reach over the end tags that follow the text.
  Span without_end_tags(Span span, std::string_view text) const {
    const std::string_view source = tree_.source_->text();
    const std::string_view end = trim_ascii(text);
    while (span.begin < span.end) {
      const std::string_view written = trim_ascii(source.substr(span.begin, span.end - span.begin));
      if (!written.ends_with('>') || end.ends_with('>')) break;
      const auto open = source.substr(0, span.end).rfind('<');
      if (open == source.npos || open <= span.begin) break;
      span.end = static_cast<std::uint32_t>(open);
    }
    return span;
  }

  void add_text(const GumboNode& node, HtmlNodeId parent) {
    const GumboText& text = node.v.text;
    const Span span = span_of(text.original_text.data, text.original_text.length, tree_.nodes_[parent].span);
    const std::string_view decoded = keep(text.text, span);
    if (add_last_text_of_form(parent, span, decoded)) return;
    add_text(parent, decoded.size() == span.end - span.begin ? span : without_end_tags(span, decoded), decoded);
  }

  void add_text(HtmlNodeId parent, Span span, std::string_view decoded) {
    HtmlNode added;
    added.span = span;
    added.parent = parent;
    added.text = decoded;
    added.end = tree_.size() + 1;
    tree_.nodes_.push_back(added);
  }

  // gumbo puts the last text before `</form>` behind the form, together with what follows: `<form>…b</form>c` has a
  // text `bc` after its form. True if this was such a text.
  bool add_last_text_of_form(HtmlNodeId parent, Span span, std::string_view decoded) {
    if (last_form_ == no_html_node) return false;
    HtmlNode& form = tree_.nodes_[last_form_];
    if (form.end != tree_.size() || form.parent != parent) return false;
    const std::string_view written = tree_.source_->text().substr(span.begin, span.end - span.begin);
    const std::size_t tag = to_lower_ascii(written).find("</form");
    if (tag == std::string::npos) return false;
    const std::string_view inside = written.substr(0, tag);
    const bool apart = decoded.starts_with(inside);
    form.end = tree_.size() + 1;
    const auto end = static_cast<std::uint32_t>(span.begin + tag);
    add_text(last_form_, {span.begin, end}, apart ? decoded.substr(0, tag) : decoded);
    if (apart && decoded.size() > tag) {
      const std::size_t after = std::min(written.find('>', tag), written.size() - 1) + 1;
      const Span rest{static_cast<std::uint32_t>(span.begin + after), span.end};
      add_text(parent, without_end_tags(rest, decoded.substr(tag)), decoded.substr(tag));
    }
    return true;
  }

  HtmlTree tree_;
  HtmlNodeId last_form_ = no_html_node;  // the form that was closed last
};

const HtmlAttribute* HtmlTree::attribute(HtmlNodeId id, std::string_view name) const {
  for (const HtmlAttribute& attribute : attributes(id)) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

std::variant<HtmlTree, HtmlProblem> parse_html(SourcePtr source, const HtmlLimits& limits) {
  std::string_view text = source->text();
  if (text.size() > limits.bytes) {
    return HtmlProblem{concat("is larger than ", limits.bytes >> 10, " KB, too large to be read as HTML"), 0};
  }
  if (auto problem = guard_html(text, limits)) return *std::move(problem);
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());

  ParseMemory memory(limits.tree_bytes);
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &ParseMemory::allocate;
  options.deallocator = &ParseMemory::release;
  options.userdata = &memory;
  options.tab_stop = 1;
  options.max_errors = 0;
  const GumboOutput* output = parse_within(memory, options, text.data(), text.size());
  if (output == nullptr) return HtmlProblem{"has markup so tangled that it cannot be read within bounds", 0};
  return HtmlTreeBuilder(std::move(source)).build(*output->root);
}

}  // namespace scruple::evidence
