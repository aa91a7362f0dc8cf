// IPTC-IIM, the older form of captions and credits that Photoshop keeps in a JPEG file beside XMP.
// https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf
#pragma once

#include "evidence/image_metadata.h"

#include <optional>

namespace scruple::evidence {

// The IIM data of a Photoshop resource block (8BIM); nothing if it has none.
std::optional<MetadataPiece> iptc_of_photoshop(const MetadataPiece& resources);

// Adds what the data sets tell.
MetadataProblem read_iptc(const MetadataPiece& iim, const ImageLimits& limits, ImageMetadata& metadata);

}  // namespace scruple::evidence
