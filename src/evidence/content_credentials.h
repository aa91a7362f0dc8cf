// Content Credentials: a C2PA manifest store, kept in JUMBF boxes. Read is that there is one, which digital source
// types its actions name and which programs wrote it. Signatures and hashes are not checked: scruple knows no list of
// trusted signers, and opens no connection to ask.
// https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html
#pragma once

#include "evidence/image_metadata.h"

namespace scruple::evidence {

// Adds what the boxes tell; boxes of other purposes than C2PA tell nothing.
MetadataProblem read_content_credentials(const MetadataPiece& jumbf, const ImageLimits& limits,
                                         ImageMetadata& metadata);

// "trainedAlgorithmicMedia" of "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", and of a bare
// "digsrctype:trainedAlgorithmicMedia".
std::string_view source_type_name(std::string_view value);

}  // namespace scruple::evidence
