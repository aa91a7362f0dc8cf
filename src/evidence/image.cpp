#include "evidence/image.h"

#include "base/strings.h"
#include "document/document_builder.h"
#include "evidence/content_credentials.h"
#include "evidence/exif.h"
#include "evidence/image_container.h"
#include "evidence/iptc.h"
#include "evidence/xmp.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace scruple::evidence {

namespace {

struct Facts {
  ImageContainer container;
  ImageMetadata metadata;
};

// What is wrong with a piece of metadata, as a sentence that begins with the file's name goes on.
MetadataProblem read_piece(const ImageContainer::Piece& piece, const ImageLimits& limits, Facts& facts) {
  const auto said = [](std::string_view of, const MetadataProblem& problem) -> MetadataProblem {
    if (!problem) return std::nullopt;
    return concat("cannot be judged: its ", of, " ", *problem);
  };
  switch (piece.kind) {
    case PieceKind::exif: return said("EXIF data", read_exif(piece.data, limits, facts.metadata));
    case PieceKind::xmp: return said("XMP", read_xmp(piece.data, limits, facts.metadata));
    case PieceKind::iptc: return said("IPTC data", read_iptc(piece.data, limits, facts.metadata));
    case PieceKind::content_credentials:
      return said("JUMBF box", read_content_credentials(piece.data, limits, facts.metadata));
    case PieceKind::svg: break;
  }
  SvgSize size;
  const auto problem = said("XML", read_svg(piece.data, limits, size, facts.metadata));
  facts.container.width = size.width;
  facts.container.height = size.height;
  return problem;
}

// Texts whose key says that they name a program or a person, and the rest.
void sort_texts(Facts& facts) {
  for (ImageTag& text : facts.container.texts) {
    const bool tool = text.name == "Software" || text.name == "Creation Tool";
    const bool credit = text.name == "Author" || text.name == "Copyright";
    auto& list = tool ? facts.metadata.tools : credit ? facts.metadata.credits : facts.metadata.texts;
    // What names a program has to name one; of other texts the key alone can tell something.
    if ((tool || credit) && text.value.empty()) continue;
    list.push_back(std::move(text));
  }
  facts.container.texts.clear();
}

class FactsWriter {
 public:
  FactsWriter(const SourcePtr& source, Span whole, Diagnostics& diagnostics)
      : whole_(whole), builder_(source, DocumentLimits{}, diagnostics) {}

  std::optional<Document> write(const Facts& facts) {
    const ImageMetadata& metadata = facts.metadata;
    ok_ = builder_.start_map(whole_, true);
    text("format", std::string(facts.container.format), whole_);
    if (facts.container.width) number("width", *facts.container.width);
    if (facts.container.height) number("height", *facts.container.height);
    tags("source_types", metadata.source_types, "", "value");
    flag("content_credentials", metadata.content_credentials);
    tags("tools", metadata.tools, "tag", "name");
    tags("credits", metadata.credits, "tag", "name");
    tags("texts", metadata.texts, "key", "text");
    tags("location", metadata.location, "tag", "");
    tags("owner", metadata.owner, "tag", "");
    ok_ = ok_ && builder_.end(whole_.end);
    if (!ok_) return std::nullopt;
    return builder_.finish(whole_);
  }

 private:
  void text(std::string_view key, std::string value, Span span) {
    builder_.key(span, key);
    Node node;
    node.kind = NodeKind::string;
    node.style = ScalarStyle::double_quoted;
    node.span = span;
    node.text = builder_.keep(std::move(value));
    ok_ = ok_ && builder_.scalar(node);
  }

  void number(std::string_view key, std::uint32_t value) {
    builder_.key(whole_, key);
    Node node;
    node.kind = NodeKind::integer;
    node.integer = value;
    node.span = whole_;
    node.text = builder_.keep(concat(value));
    ok_ = ok_ && builder_.scalar(node);
  }

  void flag(std::string_view key, bool value) {
    builder_.key(whole_, key);
    Node node;
    node.kind = NodeKind::boolean;
    node.boolean = value;
    node.span = whole_;
    node.text = value ? "true" : "false";
    ok_ = ok_ && builder_.scalar(node);
  }

  // An empty key leaves out the tag's name, or its value.
  void tags(std::string_view key, const std::vector<ImageTag>& list, std::string_view name_key,
            std::string_view value_key) {
    builder_.key(whole_, key);
    ok_ = ok_ && builder_.start_list(whole_, true);
    for (const ImageTag& tag : list) {
      builder_.item(tag.span);
      ok_ = ok_ && builder_.start_map(tag.span, true);
      if (!value_key.empty()) text(value_key, tag.value, tag.span);
      if (!name_key.empty()) text(name_key, tag.name, tag.span);
      text("found_in", std::string(tag.found_in), tag.span);
      ok_ = ok_ && builder_.end(tag.span.end);
    }
    ok_ = ok_ && builder_.end(whole_.end);
  }

  Span whole_;
  DocumentBuilder builder_;
  bool ok_ = true;
};

Problem problem(const Source& source, Problem::Kind kind, std::string_view message, std::string_view hint) {
  Problem problem;
  problem.kind = kind;
  problem.message = concat("`", visible(source.name()), "` ", message, ".");
  problem.hint = hint;
  return problem;
}

}  // namespace

Result<std::shared_ptr<const Document>> image_facts(const SourcePtr& source, const ImageLimits& limits) {
  using Kind = Problem::Kind;
  constexpr std::string_view export_anew = "Export the picture anew; if your tool cannot, write its metadata anew.";
  auto container = read_container(source->text(), limits);
  if (const auto* wrong = std::get_if<ContainerProblem>(&container)) {
    switch (wrong->kind) {
      case ContainerProblem::Kind::other_format:
        return problem(
            *source, Kind::wrong_kind, concat(wrong->message, ", and scruple reads JPEG, PNG, WebP, GIF and SVG"),
            "Name the JPEG, PNG or WebP file that goes out beside it, or have its metadata looked at by hand.");
      case ContainerProblem::Kind::too_large: return problem(*source, Kind::too_large, wrong->message, export_anew);
      case ContainerProblem::Kind::damaged: break;
    }
    return problem(*source, Kind::malformed, wrong->message, export_anew);
  }
  Facts facts{std::move(*std::get_if<ImageContainer>(&container)), {}};
  for (const ImageContainer::Piece& piece : facts.container.pieces) {
    if (const auto wrong = read_piece(piece, limits, facts))
      return problem(*source, Kind::malformed, *wrong, export_anew);
  }
  sort_texts(facts);
  if (facts.metadata.size() >= limits.tags)
    return problem(*source, Kind::too_large, "says more of itself than a picture does", export_anew);

  // Text keeps its lines; of other bytes no line can be shown.
  const auto size = static_cast<std::uint32_t>(source->text().size());
  const bool is_text = facts.container.format == "svg" && find_invalid_utf8(source->text()) == std::string_view::npos;
  const SourcePtr shown = is_text ? source : std::make_shared<const Source>(source->name(), std::string());
  Diagnostics diagnostics;
  auto document = FactsWriter(shown, {0, size}, diagnostics).write(facts);
  if (!document) return problem(*source, Kind::too_large, "says more of itself than a picture does", export_anew);
  return std::make_shared<const Document>(*std::move(document));
}

}  // namespace scruple::evidence
