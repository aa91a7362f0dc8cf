#include "evidence/exif.h"

#include "base/strings.h"
#include "evidence/byte_reader.h"

#include <array>
#include <cstdint>
#include <optional>

namespace scruple::evidence {

namespace {

enum class Directory : std::uint8_t { image, exif, gps };
enum class Group : std::uint8_t { tool, credit, text, owner, location };

struct KnownTag {
  Directory directory;
  std::uint32_t number;
  Group group;
  std::string_view name;
};

constexpr std::array<KnownTag, 27> known_tags = {{
    {Directory::image, 0x010E, Group::text, "ImageDescription"},
    {Directory::image, 0x0131, Group::tool, "Software"},
    {Directory::image, 0x013B, Group::credit, "Artist"},
    {Directory::image, 0x013C, Group::owner, "HostComputer"},
    {Directory::image, 0x8298, Group::credit, "Copyright"},
    {Directory::image, 0xC62F, Group::owner, "CameraSerialNumber"},
    {Directory::exif, 0x9286, Group::text, "UserComment"},
    {Directory::exif, 0xA430, Group::owner, "CameraOwnerName"},
    {Directory::exif, 0xA431, Group::owner, "BodySerialNumber"},
    {Directory::exif, 0xA435, Group::owner, "LensSerialNumber"},
    {Directory::exif, 0xA437, Group::credit, "Photographer"},
    {Directory::exif, 0xA438, Group::credit, "ImageEditor"},
    {Directory::exif, 0xA439, Group::tool, "CameraFirmware"},
    {Directory::exif, 0xA43A, Group::tool, "RAWDevelopingSoftware"},
    {Directory::exif, 0xA43B, Group::tool, "ImageEditingSoftware"},
    {Directory::exif, 0xA43C, Group::tool, "MetadataEditingSoftware"},
    {Directory::gps, 0x0002, Group::location, "GPSLatitude"},
    {Directory::gps, 0x0004, Group::location, "GPSLongitude"},
    {Directory::gps, 0x0006, Group::location, "GPSAltitude"},
    {Directory::gps, 0x0007, Group::location, "GPSTimeStamp"},
    {Directory::gps, 0x0011, Group::location, "GPSImgDirection"},
    {Directory::gps, 0x0014, Group::location, "GPSDestLatitude"},
    {Directory::gps, 0x0016, Group::location, "GPSDestLongitude"},
    {Directory::gps, 0x001B, Group::location, "GPSProcessingMethod"},
    {Directory::gps, 0x001C, Group::location, "GPSAreaInformation"},
    {Directory::gps, 0x001D, Group::location, "GPSDateStamp"},
    {Directory::gps, 0x001F, Group::location, "GPSHPositioningError"},
}};

constexpr std::uint32_t exif_directory_tag = 0x8769;
constexpr std::uint32_t gps_directory_tag = 0x8825;
constexpr std::uint32_t thumbnail_offset_tag = 0x0201;
constexpr std::uint32_t thumbnail_size_tag = 0x0202;

// Bytes of one value of each type of TIFF; 0 for a type that is none.
constexpr std::array<std::uint32_t, 14> type_widths = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
constexpr std::uint32_t type_rational = 5;
constexpr std::uint32_t type_signed_rational = 10;
constexpr std::uint32_t type_utf8 = 129;

// A tag with its value; no value if it is said to lie outside of the data.
struct Entry {
  std::uint32_t number = 0;
  std::uint32_t type = 0;
  std::size_t at = 0;
  std::optional<std::string_view> value;
};

// Directories can name one another again and again.
constexpr std::size_t most_entries = 20'000;

MetadataProblem read_tiff(const MetadataPiece& piece, bool thumbnail, const ImageLimits& limits,
                          ImageMetadata& metadata);

class Exif {
 public:
  Exif(const MetadataPiece& piece, ByteOrder order, bool thumbnail, const ImageLimits& limits, ImageMetadata& metadata)
      : piece_(piece),
        tiff_(piece.bytes, order),
        order_(order),
        thumbnail_(thumbnail),
        limits_(limits),
        metadata_(metadata) {}

  MetadataProblem read() {
    const auto first = tiff_.number(4, 4);
    if (!first) return "ends before its first tag";
    std::uint32_t next = 0;
    if (auto problem = read_directory(*first, Directory::image, &next)) return problem;
    // The second directory describes the thumbnail.
    if (next == 0 || thumbnail_) return std::nullopt;
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
    auto problem = each_entry(
        next,
        [&](const Entry& entry) -> MetadataProblem {
          if (entry.number == thumbnail_offset_tag) offset = number_of(entry);
          if (entry.number == thumbnail_size_tag) size = number_of(entry);
          return std::nullopt;
        },
        nullptr);
    if (problem) return problem;
    if (size != 0) read_thumbnail(offset, size);
    return std::nullopt;
  }

 private:
  MetadataProblem read_directory(std::uint32_t at, Directory directory, std::uint32_t* next) {
    return each_entry(
        at,
        [&](const Entry& entry) -> MetadataProblem {
          if (directory == Directory::image && entry.number == exif_directory_tag)
            return read_directory(number_of(entry), Directory::exif, nullptr);
          if (directory == Directory::image && entry.number == gps_directory_tag)
            return read_directory(number_of(entry), Directory::gps, nullptr);
          for (const KnownTag& tag : known_tags) {
            if (tag.directory == directory && tag.number == entry.number) add(tag, entry);
          }
          return std::nullopt;
        },
        next);
  }

  template <typename Use>
  MetadataProblem each_entry(std::uint32_t at, Use use, std::uint32_t* next) {
    const auto count = tiff_.number(at, 2);
    if (!count || !tiff_.slice(std::size_t{at} + 2, std::size_t{*count} * 12)) return "names tags outside of itself";
    if (*count > entries_left_) return "names more tags than a picture has";
    entries_left_ -= *count;
    for (std::uint32_t i = 0; i < *count; ++i) {
      if (auto problem = use(entry_at(std::size_t{at} + 2 + std::size_t{i} * 12))) return problem;
    }
    // Many writers leave out the last link of the chain.
    if (next != nullptr) *next = tiff_.number(std::size_t{at} + 2 + std::size_t{*count} * 12, 4).value_or(0);
    return std::nullopt;
  }

  Entry entry_at(std::size_t at) const {
    Entry entry;
    entry.number = *tiff_.number(at, 2);
    entry.type = *tiff_.number(at + 2, 2);
    const std::uint32_t count = *tiff_.number(at + 4, 4);
    const std::uint32_t width = entry.type == type_utf8           ? 1
                                : entry.type < type_widths.size() ? type_widths[entry.type]
                                                                  : 0;
    const std::uint64_t size = std::uint64_t{count} * width;
    entry.at = size <= 4 ? at + 8 : *tiff_.number(at + 8, 4);
    entry.value = tiff_.slice(entry.at, static_cast<std::size_t>(size));
    return entry;
  }

  // Offsets and sizes: numbers of two or four bytes.
  std::uint32_t number_of(const Entry& entry) const {
    if (!entry.value) return 0;
    return tiff_.number(entry.at, entry.value->size() == 2 ? 2 : 4).value_or(0);
  }

  // Phones write a place of 0/0 where they may not tell it.
  bool is_blank(const Entry& entry) const {
    if (!entry.value) return false;
    if (entry.type == type_rational || entry.type == type_signed_rational) {
      for (std::size_t i = 0; i + 8 <= entry.value->size(); i += 8) {
        if (tiff_.number(entry.at + i + 4, 4).value_or(0) != 0) return false;
      }
      return true;
    }
    return entry.value->find_first_not_of(std::string_view(" \0", 2)) == std::string_view::npos;
  }

  // The first eight bytes of a comment name its characters.
  std::string comment(std::string_view value) const {
    if (value.size() < 8) return {};
    const std::string_view text = value.substr(8);
    if (!value.starts_with("UNICODE")) return metadata_text(text, limits_.text_bytes);
    // Writers disagree with the header on the order of bytes: the zero half of the first ASCII character tells.
    const bool big =
        text.size() >= 2 && (text[0] == '\0' || text[1] == '\0') ? text[0] == '\0' : order_ == ByteOrder::big;
    const ByteReader units(text, big ? ByteOrder::big : ByteOrder::little);
    std::string out;
    for (std::size_t at = 0; at + 2 <= text.size() && out.size() + 4 <= limits_.text_bytes; at += 2) {
      char32_t c = *units.number(at, 2);
      if (c == 0) break;
      if (c >= 0xD800 && c < 0xDC00 && at + 4 <= text.size()) {
        const char32_t low = *units.number(at + 2, 2);
        if (low >= 0xDC00 && low < 0xE000) {
          c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
          at += 2;
        }
      }
      append_utf8(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    }
    return std::string(trim_ascii(out));
  }

  void add(const KnownTag& tag, const Entry& entry) {
    if (metadata_.size() >= limits_.tags || is_blank(entry)) return;
    const std::size_t size = entry.value ? entry.value->size() : 0;
    ImageTag found{std::string(tag.name), {}, thumbnail_ ? "thumbnail" : "exif", piece_.place(entry.at, size)};
    const bool told = tag.group == Group::tool || tag.group == Group::credit || tag.group == Group::text;
    if (told && !entry.value) return;
    if (told)
      found.value = tag.name == "UserComment" ? comment(*entry.value) : metadata_text(*entry.value, limits_.text_bytes);
    if (told && found.value.empty()) return;
    switch (tag.group) {
      case Group::tool: metadata_.tools.push_back(std::move(found)); break;
      case Group::credit: metadata_.credits.push_back(std::move(found)); break;
      case Group::text: metadata_.texts.push_back(std::move(found)); break;
      case Group::owner: metadata_.owner.push_back(std::move(found)); break;
      case Group::location: metadata_.location.push_back(std::move(found)); break;
    }
  }

  // A JPEG file whose EXIF data may say what was taken out of the picture's own.
  void read_thumbnail(std::uint32_t offset, std::uint32_t size) {
    const auto jpeg = tiff_.slice(offset, size);
    if (!jpeg) return;
    const ByteReader reader(*jpeg);
    for (std::size_t at = 2; reader.number(at, 1) == 0xFFu;) {
      const auto marker = reader.number(at + 1, 1);
      const auto length = reader.number(at + 2, 2);
      if (!marker || *marker == 0xDA || !length || *length < 2) return;
      const auto segment = reader.slice(at + 4, *length - 2);
      if (!segment) return;
      constexpr std::string_view signature("Exif\0\0", 6);
      if (*marker == 0xE1 && segment->starts_with(signature)) {
        MetadataPiece inner{std::string(segment->substr(6)), piece_.place(offset + at + 10, segment->size() - 6),
                            piece_.as_written};
        read_tiff(inner, true, limits_, metadata_);
      }
      at += 2 + *length;
    }
  }

  const MetadataPiece& piece_;
  ByteReader tiff_;
  ByteOrder order_;
  bool thumbnail_;
  const ImageLimits& limits_;
  ImageMetadata& metadata_;
  std::size_t entries_left_ = most_entries;
};

MetadataProblem read_tiff(const MetadataPiece& piece, bool thumbnail, const ImageLimits& limits,
                          ImageMetadata& metadata) {
  const std::string_view bytes = piece.bytes;
  const bool big = bytes.starts_with(std::string_view("MM\0*", 4));
  if (!big && !bytes.starts_with(std::string_view("II*\0", 4))) return "does not begin as EXIF data does";
  return Exif(piece, big ? ByteOrder::big : ByteOrder::little, thumbnail, limits, metadata).read();
}

}  // namespace

MetadataProblem read_exif(const MetadataPiece& tiff, const ImageLimits& limits, ImageMetadata& metadata) {
  return read_tiff(tiff, false, limits, metadata);
}

}  // namespace scruple::evidence
