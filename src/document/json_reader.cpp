// All that sees nlohmann/json: its SAX parser over an iterator that counts, so that the end of each token is known.
#include "scruple/document.h"

#include "document/document_builder.h"
#include "document/json_errors.h"
#include "document/text_check.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

namespace scruple {
namespace {

// Knows which copy of itself the parser goes forward with: it is moved from one owner to the next before anything is
// read, so that this is the last one. After a string, a bracket or a literal the parser has read up to the exact end of
// the token; after a number one character further.
class TrackedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  explicit TrackedIterator(const char* at, const TrackedIterator** last = nullptr) : at_(at), last_(last) { track(); }
  TrackedIterator(const TrackedIterator& other) : at_(other.at_), last_(other.last_) { track(); }
  TrackedIterator& operator=(const TrackedIterator&) = delete;
  ~TrackedIterator() = default;

  const char* at() const { return at_; }

  reference operator*() const { return *at_; }
  TrackedIterator& operator++() {
    ++at_;
    return *this;
  }
  friend bool operator==(const TrackedIterator& a, const TrackedIterator& b) { return a.at_ == b.at_; }

 private:
  void track() {
    if (last_ != nullptr) *last_ = this;
  }

  const char* at_;
  const TrackedIterator** last_;
};

class Handler {
 public:
  explicit Handler(DocumentBuilder& builder)
      : builder_(builder), text_(builder.source().text()), token_end_(byte_order_mark(text_)) {}

  TrackedIterator begin_iterator() { return TrackedIterator(text_.data() + token_end_, &parser_); }
  TrackedIterator end_iterator() { return TrackedIterator(text_.data() + text_.size()); }

  bool null() { return literal(NodeKind::null, false); }
  bool boolean(bool value) { return literal(NodeKind::boolean, value); }

  bool number_integer(std::int64_t value) {
    Node node = number(NodeKind::integer);
    node.integer = value;
    return value_read(node);
  }

  bool number_unsigned(std::uint64_t value) {
    Node node = number(NodeKind::integer);
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return too_large(node.span);
    node.integer = static_cast<std::int64_t>(value);
    return value_read(node);
  }

  bool number_float(double value, const std::string& written) {
    Node node = number(NodeKind::real);
    // A whole number that does not fit comes as a float.
    if (written.find_first_of(".eE") == std::string::npos) return too_large(node.span);
    node.real = value;
    return value_read(node);
  }

  bool string(std::string& value) {
    Node node;
    node.kind = NodeKind::string;
    node.style = ScalarStyle::double_quoted;
    node.span = string_span();
    node.text = text_of(node.span, value);
    return value_read(node);
  }

  bool binary(nlohmann::json::binary_t&) { return false; }

  bool start_object(std::size_t) {
    const Span span = bracket();
    opened_.push_back(span.begin);
    return builder_.start_map(span, true);
  }

  bool start_array(std::size_t) {
    const Span span = bracket();
    opened_.push_back(span.begin);
    return builder_.start_list(span, true);
  }

  bool key(std::string& value) {
    const Span span = string_span();
    builder_.key(span, text_of(span, value));
    after_key_ = true;
    return true;
  }

  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) {
    constexpr int number_overflow = 406;
    if (error.id == number_overflow) {
      too_large(number(NodeKind::real).span);
    } else {
      JsonProblem problem = explain_json(text_, state());
      builder_.report(problem.span, std::move(problem.message), std::move(problem.hint));
    }
    return false;
  }

  Span whole() const { return {0, static_cast<std::uint32_t>(text_.size())}; }

 private:
  std::uint32_t position() const { return static_cast<std::uint32_t>(parser_->at() - text_.data()); }

  // The next token begins after white space and what separates it from the one before.
  std::uint32_t token_begin() const {
    std::uint32_t at = token_end_;
    while (at < text_.size()) {
      const char c = text_[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != ',' && c != ':') break;
      ++at;
    }
    return at;
  }

  Span token(std::uint32_t end) {
    const Span span{token_begin(), end};
    token_end_ = end;
    return span;
  }

  Span string_span() { return token(position()); }

  Span bracket() {
    const Span span = token(position());
    announce(span);
    return span;
  }

  void announce(Span span) {
    if (!opened_.empty() && !after_key_) builder_.item({span.begin, span.begin});
    after_key_ = false;
    started_ = true;
  }

  // The parser has read one character past a number, so that its end is found by its grammar.
  Node number(NodeKind kind) {
    std::size_t end = token_begin();
    const auto digits = [&] {
      while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') ++end;
    };
    const auto at = [&](std::string_view one_of) {
      return end < text_.size() && one_of.find(text_[end]) != std::string_view::npos;
    };
    if (at("-")) ++end;
    if (at("0")) {
      ++end;
    } else {
      digits();
    }
    if (at(".")) {
      ++end;
      digits();
    }
    if (at("eE")) {
      ++end;
      if (at("+-")) ++end;
      digits();
    }
    Node node;
    node.kind = kind;
    node.span = token(static_cast<std::uint32_t>(end));
    node.text = text_.substr(node.span.begin, node.span.end - node.span.begin);
    return node;
  }

  bool literal(NodeKind kind, bool value) {
    Node node;
    node.kind = kind;
    node.span = token(position());
    node.text = text_.substr(node.span.begin, node.span.end - node.span.begin);
    node.boolean = value;
    return value_read(node);
  }

  bool value_read(const Node& node) {
    announce(node.span);
    return builder_.scalar(node);
  }

  // Every escape is longer than what it stands for.
  std::string_view text_of(Span span, std::string& decoded) {
    const std::size_t raw = span.end - span.begin - 2;
    return raw == decoded.size() ? text_.substr(span.begin + 1, raw) : builder_.keep(std::move(decoded));
  }

  bool close() {
    token_end_ = position();
    opened_.pop_back();
    return builder_.end(token_end_);
  }

  bool too_large(Span span) {
    builder_.report(span, "This number is too large.",
                    "Put it in quotes if it is a number by name only, such as an account.");
    return false;
  }

  JsonState state() const {
    JsonState state;
    state.at = token_end_;
    if (opened_.empty()) {
      state.expects = started_ ? JsonState::Expects::nothing : JsonState::Expects::value;
      return state;
    }
    state.opened = {opened_.back(), opened_.back() + 1};
    const bool list = text_[opened_.back()] == '[';
    if (after_key_) {
      state.expects = JsonState::Expects::colon;
    } else if (token_end_ == opened_.back() + 1) {
      state.expects = list ? JsonState::Expects::first_item : JsonState::Expects::first_key;
    } else {
      state.expects = list ? JsonState::Expects::next_item : JsonState::Expects::next_key;
    }
    return state;
  }

  DocumentBuilder& builder_;
  std::string_view text_;
  std::uint32_t token_end_;                  // of the last token that was understood
  const TrackedIterator* parser_ = nullptr;  // how far it has read
  std::vector<std::uint32_t> opened_;
  bool after_key_ = false;
  bool started_ = false;
};

}  // namespace

std::optional<Document> read_json(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics) {
  DocumentBuilder builder(std::move(source), limits, diagnostics);
  if (!check_text(builder, ControlCharacters::allow)) return std::nullopt;
  Handler handler(builder);
  if (!nlohmann::json::sax_parse(handler.begin_iterator(), handler.end_iterator(), &handler)) return std::nullopt;
  return builder.finish(handler.whole());
}

}  // namespace scruple
