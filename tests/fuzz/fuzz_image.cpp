// Any bytes are an image or none; each fact of it stands in it. The first byte says in what the others are wrapped, so
// that each reader is reached without the luck of a right container around it.
#include "../evidence/images.h"
#include "evidence/image.h"
#include "facts.h"

#include <memory>
#include <string>

namespace {

using namespace scruple::evidence;

std::string wrapped(char how, std::string_view bytes) {
  const std::string_view segment = bytes.substr(0, 60'000);
  switch (how) {
    case 'e': return images::jpeg(images::jpeg_exif(segment));
    case 'p':
      return images::jpeg(images::segment(0xED, scruple::concat(std::string_view("Photoshop 3.0\0", 14), segment)));
    case 'x': return images::png(images::png_xmp(bytes));
    case 'c': return images::png(images::chunk("caBX", bytes));
    case 'z': return images::png(images::chunk("zTXt", bytes));
    case 'i': return images::png(images::chunk("iTXt", bytes));
    case 'w': return images::webp(bytes);
    case 'g': return images::gif(bytes);
    case 'j': return images::jpeg(bytes);
    case 'n': return images::png(bytes);
    case 's': return scruple::concat("<svg>", bytes, "</svg>");
    default: return std::string(bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scruple;
  if (size == 0) return 0;
  std::string bytes = wrapped(static_cast<char>(data[0]), {reinterpret_cast<const char*>(data) + 1, size - 1});
  const std::size_t file_size = bytes.size();
  const auto facts = image_facts(std::make_shared<const Source>("hero.jpg", std::move(bytes)));
  if (facts) {
    fuzz::check_facts(**facts, file_size);
  } else {
    fuzz::require(!facts.problem().message.empty());
  }
  return 0;
}
