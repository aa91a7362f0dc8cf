#include "evidence/image.h"

#include "base/strings.h"
#include "evidence/content_credentials.h"
#include "evidence/exif.h"
#include "evidence/facts_builder.h"
#include "evidence/image_container.h"
#include "evidence/iptc.h"
#include "evidence/xmp.h"

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

// An empty key leaves out the tag's name, or its value.
void write_tags(std::string_view key, const std::vector<ImageTag>& list, std::string_view name_key,
                std::string_view value_key, FactsBuilder& facts) {
  facts.begin_list(key);
  for (const ImageTag& tag : list) {
    if (!facts.begin_item(tag.span)) return;
    if (!value_key.empty()) facts.text(value_key, tag.value, tag.span);
    if (!name_key.empty()) facts.text(name_key, tag.name, tag.span);
    facts.text("found_in", tag.found_in, tag.span);
    facts.end_item(tag.span);
  }
  facts.end_list();
}

std::optional<Document> write(const Facts& found, FactsBuilder& facts) {
  const ImageMetadata& metadata = found.metadata;
  facts.begin();
  facts.text("format", found.container.format, facts.whole());
  if (found.container.width) facts.number("width", std::int64_t{*found.container.width}, facts.whole());
  if (found.container.height) facts.number("height", std::int64_t{*found.container.height}, facts.whole());
  write_tags("source_types", metadata.source_types, "", "value", facts);
  facts.flag("content_credentials", metadata.content_credentials, facts.whole());
  write_tags("tools", metadata.tools, "tag", "name", facts);
  write_tags("credits", metadata.credits, "tag", "name", facts);
  write_tags("texts", metadata.texts, "key", "text", facts);
  write_tags("location", metadata.location, "tag", "", facts);
  write_tags("owner", metadata.owner, "tag", "", facts);
  return facts.finish();
}

}  // namespace

Result<std::shared_ptr<const Document>> image_facts(const SourcePtr& source, const ImageLimits& limits) {
  using Kind = Problem::Kind;
  constexpr std::string_view too_much = "says more of itself than a picture does.";
  constexpr std::string_view export_anew = "Export the picture anew; if your tool cannot, write its metadata anew.";
  auto container = read_container(source->text(), limits);
  if (const auto* wrong = std::get_if<ContainerProblem>(&container)) {
    switch (wrong->kind) {
      case ContainerProblem::Kind::other_format:
        return problem_of(
            *source, Kind::wrong_kind, concat(wrong->message, ", and scruple reads JPEG, PNG, WebP, GIF and SVG."),
            "Name the JPEG, PNG or WebP file that goes out beside it, or have its metadata looked at by hand.");
      case ContainerProblem::Kind::too_large:
        return problem_of(*source, Kind::too_large, concat(wrong->message, "."), export_anew);
      case ContainerProblem::Kind::damaged: break;
    }
    return problem_of(*source, Kind::malformed, concat(wrong->message, "."), export_anew);
  }
  Facts facts{std::move(*std::get_if<ImageContainer>(&container)), {}};
  for (const ImageContainer::Piece& piece : facts.container.pieces) {
    if (const auto wrong = read_piece(piece, limits, facts))
      return problem_of(*source, Kind::malformed, concat(*wrong, "."), export_anew);
  }
  sort_texts(facts);
  if (facts.metadata.size() >= limits.tags) return problem_of(*source, Kind::too_large, too_much, export_anew);

  // Text keeps its lines; of other bytes no line can be shown.
  const bool is_text = facts.container.format == "svg" && find_invalid_utf8(source->text()) == std::string_view::npos;
  const SourcePtr shown = is_text ? source : std::make_shared<const Source>(source->name(), std::string());
  const PlacedSource placed{source, shown, {}};
  Diagnostics diagnostics;
  FactsBuilder builder(placed, facts.metadata.size(), diagnostics);
  auto document = write(facts, builder);
  if (!document) return problem_of(*source, Kind::too_large, too_much, export_anew);
  return std::make_shared<const Document>(*std::move(document));
}

}  // namespace scruple::evidence
