#include "evidence/image_container.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/byte_reader.h"
#include "evidence/inflate.h"
#include "evidence/iptc.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace scruple::evidence {

namespace {

using namespace std::string_view_literals;

ContainerProblem damaged(std::string_view message) { return {ContainerProblem::Kind::damaged, std::string(message)}; }

// What the readers of all formats share: the file, and where its pieces go.
class ChunkReader {
 public:
  ChunkReader(std::string_view bytes, const ImageLimits& limits, ImageContainer& found,
              ByteOrder order = ByteOrder::big)
      : file_(bytes, order), limits_(limits), found_(found) {}

 protected:
  Span span(std::size_t begin, std::size_t size) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
  }

  std::optional<ContainerProblem> add(PieceKind kind, std::string bytes, Span where, bool as_written) {
    if (found_.pieces.size() + found_.texts.size() >= limits_.parts) {
      return ContainerProblem{ContainerProblem::Kind::too_large, "holds more pieces of metadata than a picture has"};
    }
    found_.pieces.push_back({kind, {std::move(bytes), where, as_written}});
    return std::nullopt;
  }
  std::optional<ContainerProblem> add(PieceKind kind, std::size_t begin, std::string_view bytes) {
    return add(kind, std::string(bytes), span(begin, bytes.size()), true);
  }

  std::optional<ContainerProblem> add_text(std::string_view key, std::string_view text, std::size_t begin,
                                           std::size_t size) {
    if (found_.pieces.size() + found_.texts.size() >= limits_.parts) {
      return ContainerProblem{ContainerProblem::Kind::too_large, "holds more texts than a picture has"};
    }
    std::string name = metadata_text(key, limits_.text_bytes);
    found_.texts.push_back(
        {std::move(name), metadata_text(text, limits_.text_bytes), found_.format, span(begin, size)});
    return std::nullopt;
  }

  void set_size(std::optional<std::uint32_t> width, std::optional<std::uint32_t> height) {
    found_.width = width;
    found_.height = height;
  }

  ByteReader file_;
  const ImageLimits& limits_;
  ImageContainer& found_;
};

// ---- JPEG: segments, each a marker and a length ----

class JpegReader : ChunkReader {
 public:
  using ChunkReader::ChunkReader;

  std::optional<ContainerProblem> read() {
    std::size_t at = 2;
    while (true) {
      auto marker = file_.number(at + 1, 1);
      while (file_.number(at, 1) == 0xFFu && marker == 0xFFu) marker = file_.number(++at + 1, 1);  // fill bytes
      if (file_.number(at, 1) != 0xFFu || !marker) return damaged("ends, or is damaged, before its picture begins");
      if (*marker == start_of_scan) break;
      if (*marker == 0x01 || (*marker >= 0xD0 && *marker <= 0xD7)) {  // these have no length
        at += 2;
        continue;
      }
      const auto length = file_.number(at + 2, 2);
      const auto content = length && *length >= 2 ? file_.slice(at + 4, *length - 2) : std::nullopt;
      if (!content) return damaged("ends, or is damaged, before its picture begins");
      if (auto problem = segment(*marker, at + 4, *content)) return problem;
      at += 2 + *length;
    }
    return put_together();
  }

 private:
  static constexpr std::uint32_t start_of_scan = 0xDA;

  std::optional<ContainerProblem> segment(std::uint32_t marker, std::size_t at, std::string_view content) {
    constexpr std::string_view exif = "Exif\0\0"sv;
    constexpr std::string_view xmp = "http://ns.adobe.com/xap/1.0/\0"sv;
    constexpr std::string_view extended_xmp = "http://ns.adobe.com/xmp/extension/\0"sv;
    constexpr std::string_view photoshop = "Photoshop 3.0\0"sv;
    const auto after = [&](std::string_view head) { return std::pair(at + head.size(), content.substr(head.size())); };
    const bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame) {
      set_size(file_.number(at + 3, 2), file_.number(at + 1, 2));
    } else if (marker == 0xE1 && content.starts_with(exif)) {
      const auto [begin, bytes] = after(exif);
      return add(PieceKind::exif, begin, bytes);
    } else if (marker == 0xE1 && content.starts_with(xmp)) {
      const auto [begin, bytes] = after(xmp);
      return add(PieceKind::xmp, begin, bytes);
    } else if (marker == 0xE1 && content.starts_with(extended_xmp)) {
      return keep_extended_xmp(after(extended_xmp).second, span(at, content.size()));
    } else if (marker == 0xED && content.starts_with(photoshop)) {
      const auto [begin, bytes] = after(photoshop);
      resources_.bytes += bytes;
      resources_.as_written = resources_.span.end == 0;
      if (resources_.as_written) resources_.span = span(begin, bytes.size());
    } else if (marker == 0xEB && content.starts_with("JP")) {
      return keep_box(content, span(at, content.size()));
    } else if (marker == 0xFE) {
      return add_text("Comment", content, at, content.size());
    }
    return std::nullopt;
  }

  // A packet that is too long for one segment: 32 letters that name it, its length, the offset of this part.
  std::optional<ContainerProblem> keep_extended_xmp(std::string_view content, Span where) {
    if (auto problem = count_part()) return problem;
    const ByteReader reader(content);
    const auto offset = reader.number(36, 4);
    if (!offset) return damaged("is damaged in its XMP");
    auto& packet = extended_[std::string(content.substr(0, 32))];
    if (packet.parts.empty()) packet.span = where;
    packet.parts.emplace_back(*offset, content.substr(40));
    return std::nullopt;
  }

  // A JUMBF box in parts: "JP", the number of the box, the number of the part, then the head of the box, again in each
  // part, and a part of its content.
  std::optional<ContainerProblem> keep_box(std::string_view content, Span where) {
    if (auto problem = count_part()) return problem;
    const ByteReader reader(content);
    const auto box = reader.number(2, 2);
    const auto part = reader.number(4, 4);
    const auto size = reader.number(8, 4);
    if (!box || !part || !size || !reader.slice(12, 4)) return damaged("is damaged in its JUMBF boxes");
    const std::size_t head = *size == 1 ? 16 : 8;
    auto& packet = boxes_[std::string(content.substr(2, 2))];
    if (packet.parts.empty()) packet.span = where;
    const bool first = packet.parts.empty();
    packet.parts.emplace_back(*part, content.substr(first ? 8 : std::min(8 + head, content.size())));
    return std::nullopt;
  }

  std::optional<ContainerProblem> count_part() {
    if (++parts_ <= limits_.parts) return std::nullopt;
    return ContainerProblem{ContainerProblem::Kind::too_large, "holds metadata in more parts than a picture has"};
  }

  struct Packet {
    Span span;
    std::vector<std::pair<std::uint32_t, std::string_view>> parts;
  };

  std::optional<ContainerProblem> put_together() {
    const auto add_all = [&](std::map<std::string, Packet>& packets,
                             PieceKind kind) -> std::optional<ContainerProblem> {
      for (auto& [name, packet] : packets) {
        std::ranges::stable_sort(packet.parts, {}, &std::pair<std::uint32_t, std::string_view>::first);
        std::string bytes;
        for (const auto& [number, part] : packet.parts) bytes += part;
        if (auto problem = add(kind, std::move(bytes), packet.span, false)) return problem;
      }
      return std::nullopt;
    };
    if (auto problem = add_all(extended_, PieceKind::xmp)) return problem;
    if (auto problem = add_all(boxes_, PieceKind::content_credentials)) return problem;
    auto iptc = iptc_of_photoshop(resources_);
    if (!iptc) return std::nullopt;
    return add(PieceKind::iptc, std::move(iptc->bytes), iptc->span, iptc->as_written);
  }

  std::map<std::string, Packet> extended_;
  std::map<std::string, Packet> boxes_;
  MetadataPiece resources_;
  std::size_t parts_ = 0;  // of packets and boxes
};

// ---- PNG: chunks, each a length, a name, its content, a checksum ----

class PngReader : ChunkReader {
 public:
  using ChunkReader::ChunkReader;

  std::optional<ContainerProblem> read() {
    for (std::size_t at = 8;;) {
      const auto length = file_.number(at, 4);
      const auto name = file_.slice(at + 4, 4);
      const auto content = length && name ? file_.slice(at + 8, *length) : std::nullopt;
      if (!content) return damaged("ends in the middle, or says that a part of it is longer than it is");
      if (*name == "IEND") return std::nullopt;
      if (auto problem = chunk(*name, at + 8, *content)) return problem;
      at += 12 + std::size_t{*length};
    }
  }

 private:
  std::optional<ContainerProblem> chunk(std::string_view name, std::size_t at, std::string_view content) {
    if (name == "IHDR") {
      set_size(file_.number(at, 4), file_.number(at + 4, 4));
    } else if (name == "eXIf") {
      return add(PieceKind::exif, at, content);
    } else if (name == "caBX") {
      return add(PieceKind::content_credentials, at, content);
    } else if (name == "tEXt" || name == "zTXt" || name == "iTXt") {
      return text_chunk(name, at, content);
    }
    return std::nullopt;
  }

  // Each begins with a key and a NUL. zTXt goes on with the method of compression, iTXt with a flag, the method, two
  // texts about the language that end with a NUL each.
  std::optional<ContainerProblem> text_chunk(std::string_view name, std::size_t at, std::string_view content) {
    const auto key_end = content.find('\0');
    if (key_end == content.npos) return damaged("is damaged in its texts");
    const std::string_view key = content.substr(0, key_end);
    std::size_t begin = key_end + 1;
    bool packed = name == "zTXt";
    if (packed) ++begin;
    if (name == "iTXt") {
      packed = begin < content.size() && content[begin] == 1;
      begin += 2;
      for (int i = 0; i < 2; ++i) {
        const auto end = content.find('\0', begin);
        if (end == content.npos) return damaged("is damaged in its texts");
        begin = end + 1;
      }
    }
    if (begin > content.size()) return damaged("is damaged in its texts");
    const std::string_view text = content.substr(begin);
    const bool is_xmp = key == "XML:com.adobe.xmp";
    const bool is_profile = key.starts_with("Raw profile type ");
    const std::size_t limit = is_xmp || is_profile ? unpacked_left() : limits_.text_bytes;
    std::string unpacked;
    if (packed) {
      auto inflated = inflate_zlib(text, limit);
      if (!inflated) return damaged("is damaged in its compressed texts");
      unpacked_ += inflated->bytes.size();
      if ((is_xmp || is_profile) && !inflated->complete) {
        return ContainerProblem{ContainerProblem::Kind::too_large, "unpacks to more than a picture says of itself"};
      }
      unpacked = std::move(inflated->bytes);
    }
    const Span where = span(at + begin, text.size());
    if (is_xmp) return add(PieceKind::xmp, packed ? std::move(unpacked) : std::string(text), where, !packed);
    if (is_profile) return profile(key.substr(17), packed ? std::string_view(unpacked) : text, where);
    return add_text(key, packed ? std::string_view(unpacked) : text, at, content.size());
  }

  // ImageMagick's form for metadata that PNG had no place for: a name, a length and hexadecimal digits.
  std::optional<ContainerProblem> profile(std::string_view name, std::string_view text, Span where) {
    for (int i = 0; i < 2; ++i) {
      text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    }
    std::string bytes;
    int high = -1;
    for (const char c : text) {
      const int digit = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) continue;
      if (high >= 0) bytes += static_cast<char>(high * 16 + digit);
      high = high < 0 ? digit : -1;
    }
    constexpr std::string_view exif = "Exif\0\0"sv;
    constexpr std::string_view xmp = "http://ns.adobe.com/xap/1.0/\0"sv;
    if (bytes.starts_with(exif)) return add(PieceKind::exif, bytes.substr(exif.size()), where, false);
    if (bytes.starts_with(xmp)) return add(PieceKind::xmp, bytes.substr(xmp.size()), where, false);
    if (name == "xmp") return add(PieceKind::xmp, std::move(bytes), where, false);
    if (name == "iptc") {
      auto iptc = iptc_of_photoshop({std::move(bytes), where, false});
      return iptc ? add(PieceKind::iptc, std::move(iptc->bytes), where, false) : std::nullopt;
    }
    return std::nullopt;
  }

  std::size_t unpacked_left() const { return limits_.unpacked - std::min(unpacked_, limits_.unpacked); }

  std::size_t unpacked_ = 0;
};

// ---- WebP: chunks of RIFF, numbers the other way round ----

class WebpReader : ChunkReader {
 public:
  WebpReader(std::string_view bytes, const ImageLimits& limits, ImageContainer& found)
      : ChunkReader(bytes, limits, found, ByteOrder::little) {}

  std::optional<ContainerProblem> read() {
    const auto size = file_.number(4, 4);
    if (!size || *size > file_.size() - 8) return damaged("ends in the middle, or says that it is longer than it is");
    const std::size_t end = 8 + std::size_t{*size};
    for (std::size_t at = 12; at + 8 <= end;) {
      const auto name = file_.slice(at, 4);
      const auto length = file_.number(at + 4, 4);
      const auto content = name && length ? file_.slice(at + 8, *length) : std::nullopt;
      if (!content) return damaged("ends in the middle, or says that a part of it is longer than it is");
      if (auto problem = chunk(*name, at + 8, *content)) return problem;
      at += 8 + ((std::size_t{*length} + 1) & ~std::size_t{1});
    }
    return std::nullopt;
  }

 private:
  std::optional<ContainerProblem> chunk(std::string_view name, std::size_t at, std::string_view content) {
    constexpr std::string_view exif = "Exif\0\0"sv;
    const auto plus_one = [](std::optional<std::uint32_t> number) {
      return number ? std::optional<std::uint32_t>(*number + 1) : std::nullopt;
    };
    if (name == "VP8X") {
      set_size(plus_one(file_.number(at + 4, 3)), plus_one(file_.number(at + 7, 3)));
    } else if (name == "VP8L" && !found_.width) {
      const auto bits = file_.number(at + 1, 4);
      if (bits) set_size((*bits & 0x3FFF) + 1, ((*bits >> 14) & 0x3FFF) + 1);
    } else if (name == "VP8 " && !found_.width) {
      const auto width = file_.number(at + 6, 2);
      const auto height = file_.number(at + 8, 2);
      if (width && height) set_size(*width & 0x3FFF, *height & 0x3FFF);
    } else if (name == "EXIF") {
      const std::size_t head = content.starts_with(exif) ? exif.size() : 0;  // some writers take it over from JPEG
      return add(PieceKind::exif, at + head, content.substr(head));
    } else if (name == "XMP ") {
      return add(PieceKind::xmp, at, content);
    } else if (name == "C2PA") {
      return add(PieceKind::content_credentials, at, content);
    }
    return std::nullopt;
  }
};

// ---- GIF: blocks, their content in sub-blocks of up to 255 bytes ----

class GifReader : ChunkReader {
 public:
  GifReader(std::string_view bytes, const ImageLimits& limits, ImageContainer& found)
      : ChunkReader(bytes, limits, found, ByteOrder::little) {}

  std::optional<ContainerProblem> read() {
    set_size(file_.number(6, 2), file_.number(8, 2));
    const auto flags = file_.number(10, 1);
    if (!flags) return cut();
    std::size_t at = 13 + colors(*flags);
    while (true) {
      const auto block = file_.number(at, 1);
      if (block == 0x3Bu) return std::nullopt;
      if (block == 0x2Cu) {  // a picture: its descriptor, colours, the size of codes
        const auto local = file_.number(at + 9, 1);
        if (!local) return cut();
        at += 10 + colors(*local) + 1;
        if (!skip(at)) return cut();
      } else if (block == 0x21u) {
        if (auto problem = extension(at)) return problem;
      } else {
        return cut();
      }
    }
  }

 private:
  static ContainerProblem cut() { return damaged("ends in the middle, or is damaged"); }
  static std::size_t colors(std::uint32_t flags) {
    return (flags & 0x80) != 0 ? std::size_t{3} << ((flags & 7) + 1) : 0;
  }

  // Goes behind the sub-blocks that begin at `at`; false if the file ends before.
  bool skip(std::size_t& at, std::string* content = nullptr) const {
    while (true) {
      const auto size = file_.number(at, 1);
      const auto bytes = size ? file_.slice(at + 1, *size) : std::nullopt;
      if (!bytes) return false;
      if (content != nullptr) *content += *bytes;
      at += 1 + std::size_t{*size};
      if (*size == 0) return true;
    }
  }

  std::optional<ContainerProblem> extension(std::size_t& at) {
    const auto label = file_.number(at + 1, 1);
    if (label == 0xFFu && file_.slice(at + 3, 11) == "XMP DataXMP"sv) {
      // XMP stands there without sub-blocks; 258 bytes behind it lead a reader that expects them to the end.
      constexpr std::size_t trailer = 258;
      const std::size_t begin = at + 14;
      std::size_t end = begin;
      if (!skip(end)) return cut();
      at = end;
      const std::size_t size = end - begin > trailer ? end - begin - trailer : 0;
      return add(PieceKind::xmp, begin, *file_.slice(begin, size));
    }
    const bool c2pa = label == 0xFFu && file_.slice(at + 3, 8) == "C2PA_GIF"sv;
    const std::size_t begin = at + (c2pa ? 14 : 2);
    at = begin;
    std::string content;
    const bool comment = label == 0xFEu;
    if (!skip(at, c2pa || comment ? &content : nullptr)) return cut();
    if (c2pa) return add(PieceKind::content_credentials, std::move(content), span(begin, at - begin), false);
    return comment ? add_text("Comment", content, begin, at - begin) : std::nullopt;
  }
};

// SVG is text, which may begin with a byte order mark, a declaration, comments.
bool is_svg(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  constexpr std::size_t most_before = 4096;
  return trim_ascii(bytes.substr(0, 256)).starts_with('<') && bytes.substr(0, most_before).find("<svg") != bytes.npos;
}

// Formats that are known, and not read.
std::string_view other_format(std::string_view bytes) {
  const std::string_view brand = bytes.size() > 12 && bytes.substr(4, 4) == "ftyp" ? bytes.substr(8, 4) : ""sv;
  if (brand == "avif" || brand == "avis") return "an AVIF image";
  if (brand == "heic" || brand == "heix" || brand == "mif1" || brand == "msf1") return "a HEIC image";
  if (!brand.empty()) return "a film";
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "a TIFF image";
  if (bytes.starts_with("8BPS")) return "a Photoshop file";
  if (bytes.starts_with("%PDF-")) return "a PDF file";
  if (bytes.starts_with("BM")) return "a BMP image";
  if (bytes.starts_with("\xFF\x0A") || bytes.starts_with("\0\0\0\x0CJXL "sv)) return "a JPEG XL image";
  return {};
}

}  // namespace

std::variant<ImageContainer, ContainerProblem> read_container(std::string_view bytes, const ImageLimits& limits) {
  ImageContainer found;
  std::optional<ContainerProblem> problem;
  if (bytes.starts_with("\xFF\xD8\xFF")) {
    found.format = "jpeg";
    problem = JpegReader(bytes, limits, found).read();
  } else if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
    found.format = "png";
    problem = PngReader(bytes, limits, found).read();
  } else if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) {
    found.format = "webp";
    problem = WebpReader(bytes, limits, found).read();
  } else if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) {
    found.format = "gif";
    problem = GifReader(bytes, limits, found).read();
  } else if (is_svg(bytes)) {
    found.format = "svg";
    const auto size = static_cast<std::uint32_t>(bytes.size());
    found.pieces.push_back({PieceKind::svg, {std::string(bytes), {0, size}, true}});
  } else {
    const std::string_view other = other_format(bytes);
    problem = ContainerProblem{ContainerProblem::Kind::other_format,
                               other.empty() ? "is no image that scruple can read" : concat("is ", other)};
  }
  if (problem) return *std::move(problem);
  return found;
}

}  // namespace scruple::evidence
