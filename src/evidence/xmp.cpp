#include "evidence/xmp.h"

#include "base/strings.h"
#include "evidence/content_credentials.h"
#include "evidence/markup_words.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>
#include <utility>

namespace scruple::evidence {

namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view iptc_ext = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
constexpr std::string_view iptc_core = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
constexpr std::string_view xmp_basic = "http://ns.adobe.com/xap/1.0/";
constexpr std::string_view resource_event = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#";
constexpr std::string_view photoshop = "http://ns.adobe.com/photoshop/1.0/";
constexpr std::string_view dublin_core = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view tiff = "http://ns.adobe.com/tiff/1.0/";
constexpr std::string_view exif = "http://ns.adobe.com/exif/1.0/";
constexpr std::string_view exif_ex = "http://cipa.jp/exif/1.0/";
constexpr std::string_view aux = "http://ns.adobe.com/exif/1.0/aux/";
constexpr std::string_view c2pa_svg = "http://c2pa.org/manifest";

struct Property {
  std::string_view space;
  std::string_view local;
  std::string_view name;
  std::vector<ImageTag> ImageMetadata::*list;
};

constexpr std::array<Property, 33> properties = {{
    {iptc_ext, "DigitalSourceType", "DigitalSourceType", &ImageMetadata::source_types},
    {iptc_ext, "AISystemUsed", "AISystemUsed", &ImageMetadata::tools},
    {iptc_ext, "AIPromptInformation", "AIPromptInformation", &ImageMetadata::texts},
    {xmp_basic, "CreatorTool", "CreatorTool", &ImageMetadata::tools},
    {resource_event, "softwareAgent", "HistorySoftwareAgent", &ImageMetadata::tools},
    {tiff, "Software", "Software", &ImageMetadata::tools},
    {tiff, "Artist", "Artist", &ImageMetadata::credits},
    {dublin_core, "creator", "Creator", &ImageMetadata::credits},
    {dublin_core, "description", "Description", &ImageMetadata::texts},
    {photoshop, "Credit", "Credit", &ImageMetadata::credits},
    {photoshop, "Source", "Source", &ImageMetadata::credits},
    {photoshop, "City", "City", &ImageMetadata::location},
    {photoshop, "State", "Province-State", &ImageMetadata::location},
    {photoshop, "Country", "Country", &ImageMetadata::location},
    {iptc_core, "Location", "Sub-location", &ImageMetadata::location},
    {iptc_ext, "City", "City", &ImageMetadata::location},
    {iptc_ext, "Sublocation", "Sub-location", &ImageMetadata::location},
    {iptc_ext, "ProvinceState", "Province-State", &ImageMetadata::location},
    {iptc_ext, "CountryName", "Country", &ImageMetadata::location},
    {exif, "GPSLatitude", "GPSLatitude", &ImageMetadata::location},
    {exif, "GPSLongitude", "GPSLongitude", &ImageMetadata::location},
    {exif, "GPSAltitude", "GPSAltitude", &ImageMetadata::location},
    {exif, "GPSTimeStamp", "GPSTimeStamp", &ImageMetadata::location},
    {exif, "GPSImgDirection", "GPSImgDirection", &ImageMetadata::location},
    {exif, "GPSDestLatitude", "GPSDestLatitude", &ImageMetadata::location},
    {exif, "GPSDestLongitude", "GPSDestLongitude", &ImageMetadata::location},
    {exif, "GPSAreaInformation", "GPSAreaInformation", &ImageMetadata::location},
    {exif_ex, "CameraOwnerName", "CameraOwnerName", &ImageMetadata::owner},
    {exif_ex, "BodySerialNumber", "BodySerialNumber", &ImageMetadata::owner},
    {exif_ex, "LensSerialNumber", "LensSerialNumber", &ImageMetadata::owner},
    {aux, "OwnerName", "CameraOwnerName", &ImageMetadata::owner},
    {aux, "SerialNumber", "BodySerialNumber", &ImageMetadata::owner},
    {aux, "LensSerialNumber", "LensSerialNumber", &ImageMetadata::owner},
}};

// Prefixes with their namespaces, innermost last. They are searched for every name.
constexpr std::size_t most_prefixes = 200;
using Scope = std::vector<std::pair<std::string_view, std::string_view>>;

struct Name {
  std::string_view space;
  std::string_view local;
};

Name resolve(std::string_view qualified, const Scope& scope, bool is_element) {
  const auto colon = qualified.find(':');
  const std::string_view prefix = colon == qualified.npos ? std::string_view{} : qualified.substr(0, colon);
  const std::string_view local = colon == qualified.npos ? qualified : qualified.substr(colon + 1);
  if (prefix.empty() && !is_element) return {{}, local};
  const auto found =
      std::find_if(scope.rbegin(), scope.rend(), [&](const auto& entry) { return entry.first == prefix; });
  return {found == scope.rend() ? std::string_view{} : found->second, local};
}

const Property* property_of(const Name& name) {
  const auto* found = std::find_if(properties.begin(), properties.end(), [&](const Property& property) {
    return property.space == name.space && property.local == name.local;
  });
  return found == properties.end() ? nullptr : found;
}

class Walk {
 public:
  Walk(const MetadataPiece& piece, const ImageLimits& limits, ImageMetadata& metadata)
      : piece_(piece), limits_(limits), metadata_(metadata) {}

  MetadataProblem element(const pugi::xml_node& node, std::size_t depth) {
    if (depth > limits_.xml_depth) return "nests too deeply";
    const std::size_t outer = scope_.size();
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "xmlns") scope_.emplace_back("", attribute.value());
      if (name.starts_with("xmlns:")) scope_.emplace_back(name.substr(6), attribute.value());
    }
    if (scope_.size() > most_prefixes) return "declares more prefixes than anybody uses";
    const Span span = place(node);
    const Name name = resolve(node.name(), scope_, true);
    if (const Property* property = property_of(name)) {
      add(*property, node.child_value(), span);
      add_items(*property, node, span);
    }
    if (name.space == c2pa_svg && name.local == "manifest") metadata_.content_credentials = true;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      if (std::strncmp(attribute.name(), "xmlns", 5) == 0) continue;
      const Property* property = property_of(resolve(attribute.name(), scope_, false));
      if (property != nullptr && metadata_.size() < limits_.tags)
        add(*property, attribute.value(), place(node, attribute.name()));
    }
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      if (auto problem = element(child, depth + 1)) return problem;
    }
    scope_.resize(outer);
    return std::nullopt;
  }

 private:
  // <p rdf:resource="…"/> and <p><rdf:Seq><rdf:li>…</rdf:li></rdf:Seq></p>; structures are met on the way down.
  void add_items(const Property& property, const pugi::xml_node& node, Span span) {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const Name name = resolve(attribute.name(), scope_, false);
      if (name.space == rdf && name.local == "resource") add(property, attribute.value(), span);
    }
    for (const pugi::xml_node& group : node.children()) {
      if (group.type() != pugi::node_element || resolve(group.name(), scope_, true).space != rdf) continue;
      for (const pugi::xml_node& item : group.children()) {
        if (item.type() == pugi::node_element && resolve(item.name(), scope_, true).local == "li")
          add(property, item.child_value(), place(item));
      }
    }
  }

  void add(const Property& property, std::string_view value, Span span) {
    if (metadata_.size() >= limits_.tags) return;
    if (property.list == &ImageMetadata::source_types) value = source_type_name(value);
    std::string text = metadata_text(value, limits_.text_bytes);
    if (text.empty()) return;
    if (property.list == &ImageMetadata::location || property.list == &ImageMetadata::owner) text.clear();
    (metadata_.*property.list).push_back({std::string(property.name), std::move(text), "xmp", span});
  }

  Span place(const pugi::xml_node& node) const {
    const auto offset = node.offset_debug();
    return offset < 0 ? piece_.span : piece_.place(static_cast<std::size_t>(offset), std::strlen(node.name()));
  }

  // The parser does not say where an attribute stands: it is looked for in the beginning of a tag, quotes and all.
  Span place(const pugi::xml_node& node, std::string_view attribute) const {
    constexpr std::size_t longest = 16384;
    const auto offset = node.offset_debug();
    if (offset < 0) return piece_.span;
    const auto begin = static_cast<std::size_t>(offset);
    const std::string_view tag = std::string_view(piece_.bytes).substr(begin, longest);
    for (std::size_t at = tag.find(attribute, 1); at != tag.npos; at = tag.find(attribute, at + 1)) {
      const std::size_t equals = tag.find_first_not_of(" \t\r\n", at + attribute.size());
      if (!is_markup_space(tag[at - 1]) || equals == tag.npos || tag[equals] != '=') continue;
      const std::size_t open = tag.find_first_of("\"'", equals);
      const std::size_t close = open == tag.npos ? open : tag.find(tag[open], open + 1);
      if (close != tag.npos) return piece_.place(begin + at, close + 1 - at);
    }
    return place(node);
  }

  const MetadataPiece& piece_;
  const ImageLimits& limits_;
  ImageMetadata& metadata_;
  Scope scope_;
};

MetadataProblem parse(const MetadataPiece& piece, const ImageLimits& limits, unsigned options,
                      pugi::xml_document& document) {
  if (piece.bytes.size() > limits.xml_bytes) return concat("has over ", limits.xml_bytes >> 20, " MB");
  // Packets are padded, with NUL bytes too.
  std::string_view xml = piece.bytes;
  while (!xml.empty() && xml.back() == '\0') xml.remove_suffix(1);
  if (xml.find("<!ENTITY") != xml.npos && (options & pugi::parse_doctype) == 0) return "declares entities";
  const pugi::xml_parse_result result = document.load_buffer(xml.data(), xml.size(), options);
  if (!result) return "is not well-formed XML";
  return std::nullopt;
}

// A number at the begin of `text`, which is left with what follows.
std::optional<double> take_number(std::string_view& text) {
  text = trim_ascii(text);
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end.ptr - text.data()));
  return value;
}

std::optional<std::uint32_t> as_pixels(std::optional<double> value) {
  if (!value || !(*value > 0) || *value > 1e9) return std::nullopt;
  return static_cast<std::uint32_t>(std::lround(*value));
}

// "320", "320px"; nothing for "100%" and "12mm".
std::optional<std::uint32_t> pixels(std::string_view text) {
  const auto value = take_number(text);
  return text.empty() || text == "px" ? as_pixels(value) : std::nullopt;
}

SvgSize size_of(const pugi::xml_node& svg) {
  const SvgSize size{pixels(svg.attribute("width").value()), pixels(svg.attribute("height").value())};
  if (size.width && size.height) return size;
  // viewBox="x y width height"
  std::array<std::optional<double>, 4> box;
  std::string_view text = svg.attribute("viewBox").value();
  for (auto& number : box) {
    number = take_number(text);
    if (text.starts_with(',')) text.remove_prefix(1);
  }
  const auto or_else = [](std::optional<std::uint32_t> first, std::optional<std::uint32_t> second) {
    return first ? first : second;
  };
  return {or_else(size.width, as_pixels(box[2])), or_else(size.height, as_pixels(box[3]))};
}

}  // namespace

MetadataProblem read_xmp(const MetadataPiece& packet, const ImageLimits& limits, ImageMetadata& metadata) {
  pugi::xml_document document;
  if (packet.bytes.find("<!DOCTYPE") != std::string::npos) return "declares a document type, which XMP has not";
  if (auto problem = parse(packet, limits, pugi::parse_default | pugi::parse_fragment, document)) return problem;
  Walk walk(packet, limits, metadata);
  for (const pugi::xml_node& child : document.children()) {
    if (child.type() != pugi::node_element) continue;
    if (auto problem = walk.element(child, 0)) return problem;
  }
  return std::nullopt;
}

MetadataProblem read_svg(const MetadataPiece& file, const ImageLimits& limits, SvgSize& size, ImageMetadata& metadata) {
  pugi::xml_document document;
  // Drawing programs declare entities for their namespaces. The parser leaves them as they are written.
  constexpr unsigned options = pugi::parse_default | pugi::parse_comments | pugi::parse_doctype;
  if (auto problem = parse(file, limits, options, document)) return problem;
  const pugi::xml_node svg = document.document_element();
  size = size_of(svg);
  const auto add_tool = [&](std::string_view name, std::string_view value, const pugi::xml_node& node) {
    std::string text = metadata_text(value, limits.text_bytes);
    if (text.empty()) return;
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
    metadata.tools.push_back({std::string(name), std::move(text), "svg", file.place(offset, value.size())});
  };
  const auto add_generators = [&](const pugi::xml_node& parent) {
    constexpr std::string_view prefix = "Generator:";
    for (const pugi::xml_node& child : parent.children()) {
      const std::string_view comment = trim_ascii(child.value());
      if (child.type() == pugi::node_comment && comment.starts_with(prefix) && metadata.size() < limits.tags)
        add_tool("Generator", comment.substr(prefix.size()), child);
    }
  };
  add_generators(document);
  add_generators(svg);
  if (const auto version = svg.attribute("inkscape:version"))
    add_tool("Generator", concat("Inkscape ", version.value()), svg);
  return Walk(file, limits, metadata).element(svg, 0);
}

}  // namespace scruple::evidence
