#include "evidence/facts_builder.h"

#include "base/strings.h"

#include <array>
#include <charconv>
#include <utility>

namespace scruple::evidence {

namespace {

Node text_node(std::string_view text, Span span) {
  Node node;
  node.kind = NodeKind::string;
  node.style = ScalarStyle::double_quoted;
  node.span = span;
  node.text = text;
  return node;
}

}  // namespace

FactsBuilder::FactsBuilder(const PlacedSource& source, std::size_t most_items, Diagnostics& diagnostics)
    : FactsBuilder(source, {0, static_cast<std::uint32_t>(source.text->text().size())}, most_items, diagnostics) {}

FactsBuilder::FactsBuilder(const PlacedSource& source, Span whole, std::size_t most_items, Diagnostics& diagnostics)
    : source_(source), builder_(source.file, DocumentLimits{}, diagnostics), whole_(whole), items_left_(most_items) {}

std::optional<Document> FactsBuilder::finish() {
  ok_ = ok_ && builder_.end(place(whole_).end);
  if (!ok_) return std::nullopt;
  return builder_.finish(place(whole_));
}

void FactsBuilder::text(std::string_view key, std::string_view value, Span span) {
  const std::string_view source = builder_.source().text();
  const bool in_source = value.data() >= source.data() && value.data() + value.size() <= source.data() + source.size();
  this->key(span, key);
  scalar(text_node(value.empty() ? std::string_view{}
                   : in_source   ? value
                                 : builder_.keep(std::string(value)),
                   place(span)));
}

void FactsBuilder::text(std::string_view key, PlacedText placed) {
  this->key(placed.span, key);
  scalar(text_node(builder_.keep(std::move(placed.text)), place(placed.span)));
}

void FactsBuilder::flag(std::string_view key, bool value, Span span) {
  this->key(span, key);
  Node node;
  node.kind = NodeKind::boolean;
  node.boolean = value;
  node.span = place(span);
  node.text = value ? "true" : "false";
  scalar(node);
}

void FactsBuilder::number(std::string_view key, std::int64_t value, Span span) {
  this->key(span, key);
  Node node;
  node.kind = NodeKind::integer;
  node.integer = value;
  node.span = place(span);
  node.text = builder_.keep(concat(value));
  scalar(node);
}

void FactsBuilder::number(std::string_view key, std::optional<double> value, Span span) {
  if (!value) return;
  this->key(span, key);
  Node node;
  node.kind = NodeKind::real;
  node.real = *value;
  node.span = place(span);
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *value);
  node.text = builder_.keep(std::string(digits.data(), end.ptr));
  scalar(node);
}

void FactsBuilder::begin_map(std::string_view key, Span span) {
  this->key(span, key);
  ok_ = ok_ && builder_.start_map(place(span), true);
}

void FactsBuilder::begin_list(std::string_view key, Span span) {
  this->key(span, key);
  ok_ = ok_ && builder_.start_list(place(span), true);
}

bool FactsBuilder::begin_item(Span span) {
  if (items_left_ == 0) ok_ = false;
  if (!ok_) return false;
  --items_left_;
  builder_.item(place(span));
  ok_ = builder_.start_map(place(span), true);
  return ok_;
}

void FactsBuilder::text_item(std::string_view value, Span span) {
  builder_.item(place(span));
  scalar(text_node(builder_.keep(std::string(value)), place(span)));
}

void FactsBuilder::same_item(Span span, std::size_t name) {
  builder_.item(place(span));
  ok_ = ok_ && builder_.alias(place(span), builder_.keep(std::to_string(name)));
}

}  // namespace scruple::evidence
