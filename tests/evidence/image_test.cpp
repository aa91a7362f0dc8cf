#include "evidence/image.h"

#include "catch.h"
#include "facts.h"
#include "images.h"

#include <zlib.h>

namespace scruple::evidence {
namespace {

using namespace images;

Result<std::shared_ptr<const Document>> read(std::string bytes, std::string name = "hero.jpg") {
  return image_facts(source_of(std::move(bytes), std::move(name)));
}

std::string fact_of(const std::string& bytes, std::string_view path) {
  const auto facts = read(bytes);
  return facts ? fact(**facts, path) : facts.problem().message;
}

std::string packed(const std::string& text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
           static_cast<uLong>(text.size()));
  out.resize(size);
  return out;
}

const std::string trained = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
const std::string ai_xmp = xmp(concat("ext:DigitalSourceType=\"", trained, "\""));
const std::string ai_found = "[{value: trainedAlgorithmicMedia, found_in: xmp}]";
const std::string gps_found = "[{tag: GPSLatitude, found_in: exif}, {tag: GPSLongitude, found_in: exif}]";
const std::string credentials = jumbf(
    "c2pa", cbor("claim_generator") + cbor("Firefly/1.0 c2pa-rs/0.2") + cbor("digitalSourceType") + cbor(trained));

// `content` in parts, each a segment of its own that repeats the head of the box.
std::string jpeg_box(const std::string& content, std::size_t part_size) {
  std::string out;
  const std::string head = content.substr(0, 8);
  std::uint32_t number = 1;
  for (std::size_t at = 8; at < content.size(); at += part_size)
    out += segment(0xEB, concat("JP\0\x01"sv, big(number++, 4), head, content.substr(at, part_size)));
  return out;
}

std::string extended_xmp(const std::string& content, std::size_t part_size) {
  std::string out;
  for (std::size_t at = content.size() / part_size * part_size;; at -= part_size) {
    out += segment(
        0xE1, concat("http://ns.adobe.com/xmp/extension/\0"sv, "0123456789ABCDEF0123456789ABCDEF",
                     big(length(content), 4), big(static_cast<std::uint32_t>(at), 4), content.substr(at, part_size)));
    if (at == 0) return out;
  }
}

std::string iptc(std::uint8_t number, std::string_view text) {
  return concat("\x1C\x02", static_cast<char>(number), big(length(text), 2), text);
}
std::string photoshop(std::string_view iim) {
  return concat("8BIM\x04\x22\0\0\0\0\0\x01x\0"sv, "8BIM\x04\x04\0\0"sv, big(length(iim), 4), iim,
                iim.size() % 2 == 1 ? "\0"sv : ""sv);
}
std::string hex_profile(std::string_view name, std::string_view bytes) {
  std::string out = concat("\n", name, "\n      ", bytes.size(), "\n");
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 0xF];
  }
  return out + "\n";
}

std::string svg(std::string_view content, std::string_view attributes = "width=\"8\" height=\"4px\"") {
  return concat("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" ", attributes, ">", content,
                "</svg>");
}

}  // namespace

TEST_CASE("what an image says of itself, wherever its format keeps it") {
  struct Row {
    const char* what;
    std::string bytes;
    const char* fact;
    std::string expected;
  };
  const Row rows[] = {
      {"size of a JPEG", jpeg(), "width", "3"},
      {"size of a JPEG", jpeg(), "height", "2"},
      {"size of a PNG", png(), "width", "3"},
      {"size of a PNG", png(), "height", "2"},
      {"size of a WebP", webp(), "width", "3"},
      {"size of a WebP", webp(), "height", "2"},
      {"size of a lossless WebP", concat("RIFF", little(18, 4), "WEBP", riff("VP8L", "\x2F\x02\x40\0\0\0"sv)), "width", "3"},
      {"size of a lossless WebP", concat("RIFF", little(18, 4), "WEBP", riff("VP8L", "\x2F\x02\x40\0\0\0"sv)), "height", "2"},
      {"size of a simple WebP", concat("RIFF", little(22, 4), "WEBP", riff("VP8 ", "\0\0\0\x9D\x01\x2A\x03\0\x02\0"sv)), "width", "3"},
      {"size of a simple WebP", concat("RIFF", little(22, 4), "WEBP", riff("VP8 ", "\0\0\0\x9D\x01\x2A\x03\0\x02\0"sv)), "height", "2"},
      {"size of a GIF", gif(), "width", "3"},
      {"size of an SVG", svg(""), "width", "8"},
      {"size of an SVG", svg(""), "height", "4"},
      {"size of an SVG by its view", svg("", "viewBox=\"0 0,16 9.4\""), "height", "9"},
      {"an SVG as wide as its place", svg("", "width=\"100%\""), "width", "(none)"},
      {"format", jpeg(), "format", "jpeg"},
      {"format", gif(), "format", "gif"},
      {"nothing", png(), "source_types", "[]"},
      {"nothing", jpeg(), "content_credentials", "false"},

      {"source type as attribute", jpeg(jpeg_xmp(ai_xmp)), "source_types", ai_found},
      {"source type in a PNG", png(png_xmp(ai_xmp)), "source_types", ai_found},
      {"source type in a packed text", png(chunk("iTXt", concat("XML:com.adobe.xmp\0\x01\0\0\0"sv, packed(ai_xmp)))), "source_types", ai_found},
      {"source type in a profile", png(png_text("Raw profile type xmp", hex_profile("xmp", ai_xmp))), "source_types", ai_found},
      {"source type in a packed profile", png(chunk("zTXt", concat("Raw profile type APP1\0\0"sv,
       packed(hex_profile("APP1", concat("http://ns.adobe.com/xap/1.0/\0"sv, ai_xmp)))))), "source_types", ai_found},
      {"source type in a WebP", webp(riff("XMP ", ai_xmp)), "source_types", ai_found},
      {"source type in a GIF", gif(concat("!\xFF\x0BXMP DataXMP"sv, ai_xmp, "\x01"sv,
       [] { std::string t; for (int i = 255; i >= 0; --i) t += static_cast<char>(i); return t; }(), "\0"sv)), "source_types", ai_found},
      {"source type in an SVG", svg(concat("<metadata>", ai_xmp.substr(ai_xmp.find("<x:")), "</metadata>")), "source_types", ai_found},
      {"source type in a long packet", jpeg(jpeg_xmp(xmp("")) + extended_xmp(ai_xmp, 300)), "source_types", ai_found},
      {"source type as element", png(png_xmp(xmp("", concat("<ext:DigitalSourceType>", trained, "</ext:DigitalSourceType>")))), "source_types", ai_found},
      {"source type as resource", png(png_xmp(xmp("", concat("<ext:DigitalSourceType rdf:resource=\"", trained, "/\"/>")))), "source_types", ai_found},
      {"source type as qualified name", png(png_xmp(xmp("ext:DigitalSourceType=\"digsrctype:trainedAlgorithmicMedia\""))), "source_types", ai_found},
      {"source type under another prefix", png(png_xmp("<a xmlns:q=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" q:DigitalSourceType=\"trainedAlgorithmicMedia\"/>")), "source_types", ai_found},
      {"a prefix alone says nothing", png(png_xmp("<a xmlns:Iptc4xmpExt=\"x\" Iptc4xmpExt:DigitalSourceType=\"trainedAlgorithmicMedia\"/>")), "source_types", "[]"},

      {"credentials in a JPEG", jpeg(jpeg_box(credentials, 40)), "content_credentials", "true"},
      {"credentials in a PNG", png(chunk("caBX", credentials)), "content_credentials", "true"},
      {"credentials in a WebP", webp(riff("C2PA", credentials)), "content_credentials", "true"},
      {"credentials in a GIF", gif(concat("!\xFF\x0B" "C2PA_GIF\x01\0\0"sv, big(length(credentials), 1), credentials, "\0"sv)), "content_credentials", "true"},
      {"credentials in an SVG", svg("<metadata><c2pa:manifest xmlns:c2pa=\"http://c2pa.org/manifest\">AA==</c2pa:manifest></metadata>"), "content_credentials", "true"},
      {"boxes of another purpose", png(chunk("caBX", jumbf("exif", credentials))), "content_credentials", "false"},
      {"what credentials say", jpeg(jpeg_box(credentials, 40)), "source_types", "[{value: trainedAlgorithmicMedia, found_in: c2pa}]"},
      {"who wrote credentials", png(chunk("caBX", credentials)), "tools", "[{name: Firefly/1.0 c2pa-rs/0.2, tag: claim_generator, found_in: c2pa}]"},
      {"who wrote credentials, later version", png(chunk("caBX", jumbf("c2pa", cbor("claim_generator_info") + "\x81\xA1" + cbor("name") + cbor("ChatGPT")))), "tools", "[{name: ChatGPT, tag: claim_generator_info, found_in: c2pa}]"},

      {"software in EXIF", jpeg(jpeg_exif(Tiff().ascii(0x0131, "Adobe Photoshop 25").bytes())), "tools", "[{name: Adobe Photoshop 25, tag: Software, found_in: exif}]"},
      {"software in EXIF, the other order of bytes", webp(riff("EXIF", Tiff(false).ascii(0x0131, "GIMP").bytes())), "tools", "[{name: GIMP, tag: Software, found_in: exif}]"},
      {"software in a PNG", png(png_text("Software", "Midjourney")), "tools", "[{name: Midjourney, tag: Software, found_in: png}]"},
      {"tool in XMP", png(png_xmp(xmp("xmp:CreatorTool=\"Firefly\""))), "tools", "[{name: Firefly, tag: CreatorTool, found_in: xmp}]"},
      {"history in XMP", png(png_xmp(xmp("", "<xmpMM:History><rdf:Seq><rdf:li stEvt:softwareAgent=\"Adobe Firefly\"/></rdf:Seq></xmpMM:History>"))), "tools", "[{name: Adobe Firefly, tag: HistorySoftwareAgent, found_in: xmp}]"},
      {"program behind an SVG", svg("<!-- Generator: Sketch 52.6 -->"), "tools", "[{name: Sketch 52.6, tag: Generator, found_in: svg}]"},
      {"a photographer is no tool", jpeg(jpeg_exif(Tiff().ascii(0x013B, "Claude Monet").bytes())), "tools", "[]"},
      {"a photographer is credited", jpeg(jpeg_exif(Tiff().ascii(0x013B, "Claude Monet").bytes())), "credits", "[{name: Claude Monet, tag: Artist, found_in: exif}]"},
      {"a creator is credited", png(png_xmp(xmp("", "<dc:creator><rdf:Seq><rdf:li>Claude</rdf:li></rdf:Seq></dc:creator>"))), "credits", "[{name: Claude, tag: Creator, found_in: xmp}]"},
      {"credit in IPTC", jpeg(segment(0xED, concat("Photoshop 3.0\0"sv, photoshop(iptc(110, "Made with Google AI"))))), "credits", "[{name: Made with Google AI, tag: Credit, found_in: iptc}]"},
      {"author of a PNG", png(png_text("Author", "Ada")), "credits", "[{name: Ada, tag: Author, found_in: png}]"},

      {"text", png(png_text("parameters", "a red fern\nSteps: 20")), "texts", "[{text: a red fern\nSteps: 20, key: parameters, found_in: png}]"},
      {"packed text", png(chunk("zTXt", concat("prompt\0\0"sv, packed("{}")))), "texts", "[{text: {}, key: prompt, found_in: png}]"},
      {"international text", png(chunk("iTXt", "workflow\0\0\0en\0Ablauf\0{}"sv)), "texts", "[{text: {}, key: workflow, found_in: png}]"},
      {"text in Latin-1", png(png_text("Title", "Gr\xFC\xDF" "e")), "texts", "[{text: Grüße, key: Title, found_in: png}]"},
      {"comment of a JPEG", jpeg(segment(0xFE, "Lavc58")), "texts", "[{text: Lavc58, key: Comment, found_in: jpeg}]"},
      {"comment in EXIF", jpeg(jpeg_exif(Tiff().directory(0x8769, Tiff().undefined(0x9286, concat("UNICODE\0"sv, "\0S\0t\0e\0p\0s"sv))).bytes())), "texts", "[{text: Steps, key: UserComment, found_in: exif}]"},
      {"comment in EXIF, its order of bytes not that of the header", jpeg(jpeg_exif(Tiff().directory(0x8769, Tiff().undefined(0x9286, concat("UNICODE\0"sv, "S\0t\0"sv))).bytes())), "texts", "[{text: St, key: UserComment, found_in: exif}]"},

      {"place in EXIF", jpeg(jpeg_exif(gps_exif())), "location", gps_found},
      {"place in a PNG", png(chunk("eXIf", gps_exif())), "location", gps_found},
      {"place in a profile", png(png_text("Raw profile type exif", hex_profile("exif", concat("Exif\0\0"sv, gps_exif())))), "location", gps_found},
      {"place in a WebP", webp(riff("EXIF", gps_exif())), "location", gps_found},
      {"place in a WebP with the head of a JPEG", webp(riff("EXIF", concat("Exif\0\0"sv, gps_exif()))), "location", gps_found},
      {"place in the thumbnail", jpeg(jpeg_exif(Tiff().ascii(0x0131, "x").bytes(jpeg(jpeg_exif(gps_exif()))))), "location", "[{tag: GPSLatitude, found_in: thumbnail}, {tag: GPSLongitude, found_in: thumbnail}]"},
      {"place in XMP", png(png_xmp(xmp("exif:GPSLatitude=\"52,31N\""))), "location", "[{tag: GPSLatitude, found_in: xmp}]"},
      {"town in IPTC", jpeg(segment(0xED, concat("Photoshop 3.0\0"sv, photoshop(iptc(90, "Berlin"))))), "location", "[{tag: City, found_in: iptc}]"},
      {"town in a profile", png(png_text("Raw profile type iptc", hex_profile("iptc", photoshop(iptc(90, "Berlin"))))), "location", "[{tag: City, found_in: iptc}]"},
      {"a place of 0/0 is none", jpeg(jpeg_exif(Tiff().directory(0x8825, Tiff().rationals(2, 0, 0)).bytes())), "location", "[]"},
      {"a directory of places with nothing in it", jpeg(jpeg_exif(Tiff().directory(0x8825, Tiff()).bytes())), "location", "[]"},
      {"a blank town is none", png(png_xmp(xmp("photoshop:City=\" \""))), "location", "[]"},
      {"owner in EXIF", jpeg(jpeg_exif(Tiff().directory(0x8769, Tiff().ascii(0xA430, "Ada").ascii(0xA431, "42")).bytes())), "owner", "[{tag: CameraOwnerName, found_in: exif}, {tag: BodySerialNumber, found_in: exif}]"},
      {"owner in XMP", png(png_xmp(xmp("aux:OwnerName=\"Ada\" aux:SerialNumber=\"42\""))), "owner", "[{tag: CameraOwnerName, found_in: xmp}, {tag: BodySerialNumber, found_in: xmp}]"},
      {"a blank owner is none", jpeg(jpeg_exif(Tiff().directory(0x8769, Tiff().ascii(0xA430, "        ")).bytes())), "owner", "[]"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(fact_of(row.bytes, row.fact) == row.expected);
  }
}

TEST_CASE("a fact knows where it stands in the file") {
  const std::string bytes = png(png_text("Software", "Midjourney"));
  const auto facts = read(bytes, "hero.png");
  REQUIRE(facts);
  const Span span = (*facts)->node(at(**facts, "tools[0]")).span;
  CHECK(bytes.substr(span.begin, span.end - span.begin) == "Software\0Midjourney"sv);

  const std::string photo = jpeg(jpeg_exif(gps_exif()));
  const auto place = read(photo);
  REQUIRE(place);
  const Span latitude = (*place)->node(at(**place, "location[0]")).span;
  CHECK(photo.substr(latitude.begin, latitude.end - latitude.begin).starts_with("\0\0\0\x34\0\0\0\x01"sv));

  // What is no text has no lines: nothing of it can be shown as one.
  CHECK((*place)->source().text().empty());
  const auto drawing = read(svg("\n<!-- Generator: Sketch -->"), "hero.svg");
  REQUIRE(drawing);
  CHECK(scruple::evidence::place(**drawing, "tools[0]").starts_with("3:"));

  // In XMP it is the attribute, wherever its name stands in the tag besides.
  const std::string written = svg(xmp("xmp:Note='xmp:CreatorTool' xmp:CreatorTool = \"Firefly\""));
  const auto made = read(written, "made.svg");
  REQUIRE(made);
  const Span tool = (*made)->node(at(**made, "tools[0]")).span;
  CHECK(written.substr(tool.begin, tool.end - tool.begin) == "xmp:CreatorTool = \"Firefly\"");
}

TEST_CASE("an image that cannot be read wholly is no image without marks") {
  const std::string cut = png(png_text("parameters", "x"));
  const std::string lying = concat("\x89PNG\r\n\x1A\n", "\xFF\xFF\xFF\xFF", "tEXt", "parameters");
  const std::string deep = [] {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "<a>";
    for (int i = 0; i < 5000; ++i) text += "</a>";
    return text;
  }();
  struct Row {
    const char* what;
    std::string bytes;
    const char* message;
    Problem::Kind kind;
  };
  using Kind = Problem::Kind;
  const Row rows[] = {
      {"text", "Hello", "is no image that scruple can read, and scruple reads JPEG", Kind::wrong_kind},
      {"another format",
       std::string("\0\0\0\x1C"
                   "ftypavif\0\0\0\0"sv),
       "is an AVIF image, and scruple reads JPEG", Kind::wrong_kind},
      {"a cut PNG", cut.substr(0, cut.size() - 20), "ends in the middle", Kind::malformed},
      {"a PNG that lies about a length", lying, "says that a part of it is longer than it is", Kind::malformed},
      {"a text without an end of its key", png(chunk("tEXt", "parameters")), "is damaged in its texts",
       Kind::malformed},
      {"a damaged packed text", png(chunk("zTXt", "prompt\0\0xxxx"sv)), "is damaged in its compressed texts",
       Kind::malformed},
      {"a JPEG that is cut before its picture", jpeg(jpeg_exif(gps_exif())).substr(0, 40),
       "ends, or is damaged, before its picture begins", Kind::malformed},
      {"a JPEG that lies about a length", concat("\xFF\xD8\xFF\xE1\xFF\xFF", "x"), "before its picture begins",
       Kind::malformed},
      {"a WebP that is cut", webp(riff("EXIF", gps_exif())).substr(0, 40), "ends in the middle", Kind::malformed},
      {"a GIF that is cut", gif().substr(0, 20), "ends in the middle", Kind::malformed},
      {"EXIF that begins otherwise", png(chunk("eXIf", "XX")),
       "cannot be judged: its EXIF data does not begin as EXIF data does", Kind::malformed},
      {"EXIF that names places outside of it", png(chunk("eXIf", "MM\0*\0\0\xFF\0"sv)),
       "its EXIF data names tags outside of itself", Kind::malformed},
      {"XMP that is none", png(png_xmp("<a><b></a>")), "its XMP is not well-formed XML", Kind::malformed},
      {"XMP that nests", png(png_xmp(deep)), "its XMP nests too deeply", Kind::malformed},
      {"XMP with entities", png(png_xmp("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")),
       "its XMP declares a document type", Kind::malformed},
      {"a JUMBF box that is cut", png(chunk("caBX", credentials.substr(0, 60))),
       "its JUMBF box ends in the middle of a box", Kind::malformed},
      {"a JUMBF box without a label", png(chunk("caBX", box("jumb", "x"))), "holds a box that does not say what it is",
       Kind::malformed},
      {"an SVG that is none", "<svg><g></svg>", "its XML is not well-formed", Kind::malformed},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const auto facts = read(row.bytes);
    REQUIRE(!facts);
    CHECK(facts.problem().message.find(row.message) != std::string::npos);
    CHECK(facts.problem().kind == row.kind);
    CHECK(!facts.problem().hint.empty());
    INFO(facts.problem().message);
    CHECK(facts.problem().message.starts_with("`hero.jpg` "));
  }
}

TEST_CASE("images that are made to cost are refused within bounds") {
  const std::string zeros(100'000'000, '\0');
  const std::string bomb = packed(zeros);
  CHECK(fact_of(png(chunk("iTXt", concat("XML:com.adobe.xmp\0\x01\0\0\0"sv, bomb))), "format") ==
        "`hero.jpg` unpacks to more than a picture says of itself.");
  // Of an ordinary text only the begin is unpacked.
  CHECK(fact_of(png(chunk("zTXt", concat("Comment\0\0"sv, packed(std::string(50'000'000, 'x'))))), "texts[0].key") ==
        "Comment");
  std::string chunks;
  for (int i = 0; i < 5000; ++i) chunks += png_text("k", "v");
  CHECK(fact_of(png(chunks), "format") == "`hero.jpg` holds more texts than a picture has.");

  std::string boxes;
  for (int i = 0; i < 5000; ++i) boxes += segment(0xEB, "JP\0\x01\0\0\0\x01\0\0\0\x20jumb"sv);
  CHECK(fact_of(jpeg(boxes), "format") == "`hero.jpg` holds metadata in more parts than a picture has.");

  // Directories that name one another, each with as many tags as one can have.
  Tiff inner;
  for (int i = 0; i < 5000; ++i) inner.ascii(0xA430, "Ada");
  Tiff outer;
  for (int i = 0; i < 100; ++i) outer.directory(0x8769, inner);
  CHECK(fact_of(png(chunk("eXIf", outer.bytes())), "format") ==
        "`hero.jpg` cannot be judged: its EXIF data names more tags than a picture has.");

  std::string prefixes;
  for (int i = 0; i < 10'000; ++i) prefixes += concat(" xmlns:p", i, "=\"x\"");
  std::string children;
  for (int i = 0; i < 100'000; ++i) children += "<q:b/>";
  CHECK(fact_of(png(png_xmp(concat("<a", prefixes, ">", children, "</a>"))), "format") ==
        "`hero.jpg` cannot be judged: its XMP declares more prefixes than anybody uses.");
  CHECK(fact_of(png(png_xmp(std::string(5u << 20, ' '))), "format") ==
        "`hero.jpg` cannot be judged: its XMP has over 4 MB.");

  // Entities of entities are not expanded: an SVG file may declare some.
  std::string lol = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'z'; ++c)
    lol += concat("<!ENTITY ", c, " \"&", static_cast<char>(c - 1), ";&", static_cast<char>(c - 1), ";&",
                  static_cast<char>(c - 1), ";\">");
  CHECK(fact_of(concat(lol, "]>", "<svg width=\"8\"><title>&z;</title></svg>"), "width") == "8");
}

}  // namespace scruple::evidence
