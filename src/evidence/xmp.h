// XMP: RDF in XML, in every kind of image. https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
//
// Only this reader sees pugixml. The XML is small by a limit, declares no document type (so that no entity can be
// defined), and nests to a limit; the parser itself expands no entities and opens no files.
#pragma once

#include "evidence/image_metadata.h"

#include <cstdint>
#include <optional>

namespace scruple::evidence {

MetadataProblem read_xmp(const MetadataPiece& packet, const ImageLimits& limits, ImageMetadata& metadata);

struct SvgSize {
  std::optional<std::uint32_t> width;  // in pixels; none if it is given in per cent, or not at all
  std::optional<std::uint32_t> height;
};

// An SVG file: its size, the XMP in its <metadata>, the program that its comments and attributes name.
MetadataProblem read_svg(const MetadataPiece& file, const ImageLimits& limits, SvgSize& size, ImageMetadata& metadata);

}  // namespace scruple::evidence
