// The facts of an image file (JPEG, PNG, WebP, GIF, SVG): what its bytes say of where it comes from and what it gives
// away. The picture itself is not looked at. The span of each fact is where it stands in the file; of a binary file a
// position is its first line, since it has none.
//
//   format               "jpeg", "png", "webp", "gif", "svg", by the content, whatever the file is called
//   width?, height?      in pixels
//   source_types         [{value, found_in}]: IPTC digital source types in XMP and in content credentials, such as
//                        "trainedAlgorithmicMedia"
//   content_credentials  whether it holds a C2PA manifest store; that it is genuine is not checked
//   tools                [{name, tag, found_in}]: programs that made or changed it, as EXIF (Software), XMP
//   (CreatorTool,
//                        history), PNG (Software), SVG or content credentials (claim_generator, softwareAgent) name
//                        them
//   credits              [{name, tag, found_in}]: who is to be named with it (Artist, Creator, Credit, By-line): people
//                        and companies, so that no name here makes a program
//   texts                [{key, text, found_in}]: the texts of a PNG file by their keys, comments, descriptions; cut at
//                        4096 bytes
//   location             [{tag, found_in}]: tags that say where it was taken (GPSLatitude, City, …), never what they
//   say owner                [{tag, found_in}]: tags that tell whose camera it was (CameraOwnerName, BodySerialNumber,
//   …)
//
// `found_in` is "exif", "thumbnail" (the EXIF data of the small picture inside of the EXIF data), "xmp", "iptc",
// "c2pa", or the format itself. A tag that holds nothing, such as a place of 0/0, is not there.
#pragma once

#include "evidence/image_metadata.h"
#include "evidence/problem.h"
#include "scruple/document.h"

#include <memory>

namespace scruple::evidence {

// A problem if the file is of another format, is cut off or damaged, or holds metadata that cannot be read: what is not
// found in the rest would prove nothing.
Result<std::shared_ptr<const Document>> image_facts(const SourcePtr& source, const ImageLimits& limits = {});

}  // namespace scruple::evidence
