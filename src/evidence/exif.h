// EXIF: numbered tags in a TIFF structure, in JPEG, PNG and WebP.
// https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E
#pragma once

#include "evidence/image_metadata.h"

namespace scruple::evidence {

// Adds what the tags tell, those of the thumbnail's own EXIF data included.
MetadataProblem read_exif(const MetadataPiece& tiff, const ImageLimits& limits, ImageMetadata& metadata);

}  // namespace scruple::evidence
