// Facts of a file on their way into a Document: maps, lists and scalars, each with its span in the file.
//
//   FactsBuilder facts(placed_source, most_items, diagnostics);
//   facts.begin();
//   facts.text("subject", subject, span);
//   facts.begin_list("links");
//   if (facts.begin_item(span)) { facts.flag("hidden", false, span); facts.end_item(span); }
//   facts.end_list();
//   std::optional<Document> document = facts.finish();   // none: there were too many parts
#pragma once

#include "document/document_builder.h"
#include "evidence/byte_map.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scruple::evidence {

// Text that was put together from the file, and where it stands there.
struct PlacedText {
  std::string text;
  Span span;  // from its first to its last character in the file; of empty text that of what was asked
};

class FactsBuilder {
 public:
  // Spans are given as they stand in the text, and kept as they stand in the file. At most so many items of lists are
  // written. The source has to outlive the builder.
  FactsBuilder(const PlacedSource& source, std::size_t most_items, Diagnostics& diagnostics);
  // Facts of a part of the text only.
  FactsBuilder(const PlacedSource& source, Span whole, std::size_t most_items, Diagnostics& diagnostics);

  void begin() { ok_ = builder_.start_map(place(whole_), true); }
  std::optional<Document> finish();

  bool ok() const { return ok_; }
  void fail() { ok_ = false; }
  bool has_room() const { return items_left_ > 0; }
  Span whole() const { return whole_; }

  // What is not the source's own text is copied.
  void text(std::string_view key, std::string_view value, Span span);
  void text(std::string_view key, PlacedText placed);
  void flag(std::string_view key, bool value, Span span);
  void number(std::string_view key, std::int64_t value, Span span);
  void number(std::string_view key, std::optional<double> value, Span span);  // left out if there is none

  void begin_map(std::string_view key, Span span);
  void end_map(Span span) { ok_ = ok_ && builder_.end(place(span).end); }
  void begin_list(std::string_view key, Span span);
  void begin_list(std::string_view key) { begin_list(key, whole_); }
  void end_list(Span span) { ok_ = ok_ && builder_.end(place(span).end); }
  void end_list() { end_list(whole_); }
  // A map in the list that is open. False once there are too many: nothing more is written.
  bool begin_item(Span span);
  void end_item(Span span) { ok_ = ok_ && builder_.end(place(span).end); }

  // A text in the list that is open.
  void text_item(std::string_view value, Span span);

  // The next item gets a name, by which another list can hold the same item.
  void name_next(std::size_t name) { builder_.anchor(builder_.keep(std::to_string(name))); }
  void same_item(Span span, std::size_t name);

 private:
  Span place(Span span) const { return source_.place(span); }
  void key(Span span, std::string_view text) { builder_.key(place(span), text); }
  void scalar(const Node& node) { ok_ = ok_ && builder_.scalar(node); }

  const PlacedSource& source_;
  DocumentBuilder builder_;
  Span whole_;
  std::size_t items_left_;
  bool ok_ = true;
};

}  // namespace scruple::evidence
