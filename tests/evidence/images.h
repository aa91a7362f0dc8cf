// Image files made byte by byte: the container, and in it the metadata that a test asks for.
#pragma once

#include "base/strings.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::evidence::images {

using namespace std::string_view_literals;

inline std::string big(std::uint32_t value, std::size_t width) {
  std::string out;
  for (std::size_t i = width; i-- > 0;) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  return out;
}
inline std::string little(std::uint32_t value, std::size_t width) {
  const std::string bytes = big(value, width);
  return {bytes.rbegin(), bytes.rend()};
}
inline std::uint32_t length(std::string_view bytes) { return static_cast<std::uint32_t>(bytes.size()); }

// ---- containers ----

inline std::string segment(std::uint8_t marker, std::string_view content) {
  return concat("\xFF", static_cast<char>(marker), big(length(content) + 2, 2), content);
}
// 3 pixels wide, 2 high.
inline std::string jpeg(std::string_view segments = {}) {
  return concat("\xFF\xD8", segments, segment(0xC0, "\x08\x00\x02\x00\x03\x01\x01\x11\x00"sv),
                segment(0xDA, "\x01\x01\x00\x00\x3F\x00"sv), "\0\xFF\xD9"sv);
}
inline std::string jpeg_exif(std::string_view tiff) { return segment(0xE1, concat("Exif\0\0"sv, tiff)); }
inline std::string jpeg_xmp(std::string_view xmp) {
  return segment(0xE1, concat("http://ns.adobe.com/xap/1.0/\0"sv, xmp));
}

// The checksum is left at 0: scruple does not look at it.
inline std::string chunk(std::string_view name, std::string_view content) {
  return concat(big(length(content), 4), name, content, "\0\0\0\0"sv);
}
inline std::string png(std::string_view chunks = {}) {
  return concat("\x89PNG\r\n\x1A\n", chunk("IHDR", "\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0"sv), chunks, chunk("IDAT", "x"),
                chunk("IEND", ""));
}
inline std::string png_text(std::string_view key, std::string_view text) {
  return chunk("tEXt", concat(key, "\0"sv, text));
}
inline std::string png_xmp(std::string_view xmp) { return chunk("iTXt", concat("XML:com.adobe.xmp\0\0\0\0\0"sv, xmp)); }

inline std::string riff(std::string_view name, std::string_view content) {
  return concat(name, little(length(content), 4), content, content.size() % 2 == 1 ? "\0"sv : ""sv);
}
inline std::string webp(std::string_view chunks = {}) {
  const std::string all = concat("WEBP", riff("VP8X", "\0\0\0\0\x02\0\0\x01\0\0"sv), chunks);
  return concat("RIFF", little(length(all), 4), all);
}

inline std::string gif(std::string_view blocks = {}) {
  return concat("GIF89a\x03\0\x02\0\0\0\0"sv, blocks, ",\0\0\0\0\x03\0\x02\0\0\x02\x02\x4C\x01\0;"sv);
}

// ---- metadata ----

// EXIF: a directory of tags, after which the values follow that have more than four bytes.
class Tiff {
 public:
  explicit Tiff(bool big_endian = true) : big_(big_endian) {}

  Tiff& ascii(std::uint32_t tag, std::string_view text) { return add(tag, 2, length(text) + 1, concat(text, "\0"sv)); }
  Tiff& undefined(std::uint32_t tag, std::string_view bytes) { return add(tag, 7, length(bytes), std::string(bytes)); }
  // As a place is written: degrees, minutes, seconds.
  Tiff& rationals(std::uint32_t tag, std::uint32_t numerator, std::uint32_t denominator) {
    std::string bytes;
    for (int i = 0; i < 3; ++i) bytes += number(numerator, 4) + number(denominator, 4);
    return add(tag, 5, 3, bytes);
  }
  // A directory that a tag of this one names.
  Tiff& directory(std::uint32_t tag, Tiff inner) {
    inners_.emplace_back(entries_.size(), std::move(inner));
    return add(tag, 4, 1, number(0, 4));
  }

  // The whole structure; `thumbnail` is a JPEG file in it.
  std::string bytes(std::string_view thumbnail = {}) const {
    std::string out = concat(big_ ? "MM\0*"sv : "II*\0"sv, number(8, 4));
    const std::size_t link = append_to(out);
    if (thumbnail.empty()) return out;
    Tiff second(big_);
    const std::size_t at = out.size();
    const auto offset = static_cast<std::uint32_t>(at + 2 + 2 * 12 + 4);
    second.add(0x0201, 4, 1, number(offset, 4)).add(0x0202, 4, 1, number(length(thumbnail), 4));
    second.append_to(out);
    out.replace(link, 4, number(static_cast<std::uint32_t>(at), 4));
    return out += thumbnail;
  }

 private:
  struct Entry {
    std::uint32_t tag;
    std::uint32_t type;
    std::uint32_t count;
    std::string value;
  };

  std::string number(std::size_t value, std::size_t width) const {
    const auto small = static_cast<std::uint32_t>(value);
    return big_ ? big(small, width) : little(small, width);
  }
  Tiff& add(std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::string value) {
    entries_.push_back({tag, type, count, std::move(value)});
    return *this;
  }

  // Where the link to the next directory stands.
  std::size_t append_to(std::string& out) const {
    const std::size_t begin = out.size();
    std::size_t values = begin + 2 + entries_.size() * 12 + 4;
    std::string directory = number(entries_.size(), 2);
    std::string behind;
    for (const Entry& entry : entries_) {
      directory += number(entry.tag, 2) + number(entry.type, 2) + number(entry.count, 4);
      const bool small = entry.value.size() <= 4;
      directory += small ? entry.value + std::string(4 - entry.value.size(), '\0') : number(values + behind.size(), 4);
      if (!small) behind += entry.value;
    }
    out += directory + number(0, 4) + behind;
    for (const auto& [entry, inner] : inners_) {
      out.replace(begin + 2 + entry * 12 + 8, 4, number(out.size(), 4));
      inner.append_to(out);
    }
    return values - 4;
  }

  bool big_;
  std::vector<Entry> entries_;
  std::vector<std::pair<std::size_t, Tiff>> inners_;
};

inline std::string gps_exif() {
  return Tiff().directory(0x8825, Tiff().rationals(2, 52, 1).rationals(4, 13, 1)).bytes();
}

// An XMP packet with one description; `attributes` and `content` stand in it.
inline std::string xmp(std::string_view attributes, std::string_view content = {}) {
  return concat(
      R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">)",
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" )",
      R"(xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" )",
      R"(xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" )",
      R"(xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" )",
      R"(xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" )",
      attributes, ">", content, R"(</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>)");
}

inline std::string box(std::string_view name, std::string_view content) {
  return concat(big(length(content) + 8, 4), name, content);
}
// A superbox of JUMBF with a label, as C2PA keeps its manifests in, and what stands in it.
inline std::string jumbf(std::string_view label, std::string_view content) {
  return box("jumb", concat(box("jumd", concat("c2pa\0\x11\0\x10\x80\0\0\xAA\0\x38\x9B\x71\x03"sv, label, "\0"sv)),
                            box("cbor", content)));
}
// A text of CBOR.
inline std::string cbor(std::string_view text) {
  const std::string head = text.size() < 24    ? big(0x60 + length(text), 1)
                           : text.size() < 256 ? "\x78" + big(length(text), 1)
                                               : "\x79" + big(length(text), 2);
  return head + std::string(text);
}

}  // namespace scruple::evidence::images
