// What the readers of an image's metadata (exif.h, iptc.h, xmp.h, content_credentials.h) are given, and what they find.
#pragma once

#include "scruple/source.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::evidence {

struct ImageLimits {
  std::size_t parts = 4096;          // pieces of metadata in one file
  std::size_t tags = 2000;           // entries of metadata of which facts are kept
  std::size_t text_bytes = 4096;     // of one text; what is longer is cut
  std::size_t unpacked = 4u << 20;   // what the compressed pieces of one file may come to
  std::size_t xml_bytes = 4u << 20;  // of one XMP packet, or of an SVG file
  std::size_t xml_depth = 100;
};

// A piece of metadata as it was cut out of its file.
struct MetadataPiece {
  std::string bytes;
  Span span;               // in the file
  bool as_written = true;  // the bytes are those of the file, in one run; false if they were unpacked or put together

  Span place(std::size_t offset, std::size_t size) const;
};

// An entry of metadata. `name` is what EXIF calls it, wherever it stands: "GPSLatitude", "Software".
struct ImageTag {
  std::string name;
  std::string value;          // UTF-8; empty where it would tell where somebody was, or who they are
  std::string_view found_in;  // "exif", "xmp", "iptc", "c2pa", "png", …
  Span span;
};

struct ImageMetadata {
  std::vector<ImageTag> source_types;  // IPTC digital source types; the value is the last part of the address
  std::vector<ImageTag> tools;         // programs that made or changed it
  std::vector<ImageTag> credits;       // people and companies to be named with it
  std::vector<ImageTag> texts;         // texts of PNG, comments, descriptions
  std::vector<ImageTag> location;      // where it was taken
  std::vector<ImageTag> owner;         // whose camera it was, and which one
  bool content_credentials = false;    // a C2PA manifest store; whether it is genuine is not checked

  std::size_t size() const {
    return source_types.size() + tools.size() + credits.size() + texts.size() + location.size() + owner.size();
  }
};

// Why a piece of metadata cannot be read: completes "its EXIF data …".
using MetadataProblem = std::optional<std::string>;

// Any bytes as UTF-8: as they are if they are that, else as Latin-1. Up to a NUL, without white space at its ends, cut
// at `limit` bytes.
std::string metadata_text(std::string_view bytes, std::size_t limit);

}  // namespace scruple::evidence
