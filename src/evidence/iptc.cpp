#include "evidence/iptc.h"

#include "evidence/byte_reader.h"

#include <array>

namespace scruple::evidence {

namespace {

struct DataSet {
  std::uint32_t number;  // in record 2
  std::string_view name;
  std::vector<ImageTag> ImageMetadata::*list;
  bool told;
};

constexpr std::array<DataSet, 8> data_sets = {{
    {65, "OriginatingProgram", &ImageMetadata::tools, true},
    {80, "By-line", &ImageMetadata::credits, true},
    {90, "City", &ImageMetadata::location, false},
    {92, "Sub-location", &ImageMetadata::location, false},
    {95, "Province-State", &ImageMetadata::location, false},
    {101, "Country", &ImageMetadata::location, false},
    {110, "Credit", &ImageMetadata::credits, true},
    {120, "Caption-Abstract", &ImageMetadata::texts, true},
}};

}  // namespace

std::optional<MetadataPiece> iptc_of_photoshop(const MetadataPiece& resources) {
  constexpr std::uint32_t iim = 0x0404;
  const ByteReader reader(resources.bytes);
  for (std::size_t at = 0; reader.slice(at, 4) == "8BIM";) {
    const auto id = reader.number(at + 4, 2);
    const auto name_size = reader.number(at + 6, 1);
    if (!id || !name_size) return std::nullopt;
    const std::size_t size_at = at + 6 + ((1 + *name_size + 1) & ~std::size_t{1});
    const auto size = reader.number(size_at, 4);
    const auto content = size ? reader.slice(size_at + 4, *size) : std::nullopt;
    if (!content) return std::nullopt;
    if (*id == iim) {
      return MetadataPiece{std::string(*content), resources.place(size_at + 4, content->size()), resources.as_written};
    }
    at = size_at + 4 + ((std::size_t{*size} + 1) & ~std::size_t{1});
  }
  return std::nullopt;
}

MetadataProblem read_iptc(const MetadataPiece& iim, const ImageLimits& limits, ImageMetadata& metadata) {
  const ByteReader reader(iim.bytes);
  for (std::size_t at = 0; reader.number(at, 1) == 0x1Cu;) {
    const auto record = reader.number(at + 1, 1);
    const auto number = reader.number(at + 2, 1);
    const auto size = reader.number(at + 3, 2);
    const auto value = size ? reader.slice(at + 5, *size) : std::nullopt;
    // The high bit would announce a size of more bytes, which no writer of pictures uses.
    if (!record || !number || !value) return "ends in the middle of an entry";
    for (const DataSet& set : data_sets) {
      if (*record != 2 || set.number != *number || metadata.size() >= limits.tags) continue;
      std::string text = metadata_text(*value, limits.text_bytes);
      if (text.empty()) continue;
      if (!set.told) text.clear();
      (metadata.*set.list)
          .push_back({std::string(set.name), std::move(text), "iptc", iim.place(at + 5, value->size())});
    }
    at += 5 + std::size_t{*size};
  }
  return std::nullopt;
}

}  // namespace scruple::evidence
