// The pieces of metadata of an image file, cut out of what holds them: the segments of JPEG, the chunks of PNG and
// WebP, the blocks of GIF. The picture itself is never decoded.
#pragma once

#include "evidence/image_metadata.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace scruple::evidence {

enum class PieceKind : std::uint8_t { exif, xmp, iptc, content_credentials, svg };

struct ImageContainer {
  struct Piece {
    PieceKind kind;
    MetadataPiece data;
  };

  std::string_view format;  // "jpeg", "png", "webp", "gif", "svg"
  std::optional<std::uint32_t> width;
  std::optional<std::uint32_t> height;
  std::vector<Piece> pieces;
  std::vector<ImageTag> texts;  // that the container itself holds
};

struct ContainerProblem {
  enum class Kind : std::uint8_t { other_format, damaged, too_large };
  Kind kind = Kind::damaged;
  std::string message;  // completes a sentence that begins with the file's name
};

std::variant<ImageContainer, ContainerProblem> read_container(std::string_view bytes, const ImageLimits& limits);

}  // namespace scruple::evidence
