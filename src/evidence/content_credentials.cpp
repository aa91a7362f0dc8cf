#include "evidence/content_credentials.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/byte_reader.h"

#include <algorithm>
#include <array>

namespace scruple::evidence {

namespace {

// The text of CBOR that begins at `at`; empty if another value stands there.
std::string_view cbor_text(const ByteReader& bytes, std::size_t at) {
  const auto head = bytes.number(at, 1);
  if (!head || (*head >> 5) != 3) return {};
  const std::uint32_t small = *head & 0x1F;
  const std::size_t width = small < 24 ? 0 : small == 24 ? 1 : small == 25 ? 2 : 4;
  if (small > 26) return {};
  const auto size = width == 0 ? small : bytes.number(at + 1, width);
  return size ? bytes.slice(at + 1 + width, *size).value_or(std::string_view{}) : std::string_view{};
}

// Whether `box` is the superbox that C2PA keeps its manifests in. Its first box describes it: a UUID, flags, a label.
std::optional<bool> is_manifest_store(std::string_view box) {
  const ByteReader reader(box);
  const auto size = reader.number(0, 4);
  const auto type = reader.slice(4, 4);
  if (!size || !type || *type != "jumd" || *size < 25 || *size > box.size()) return std::nullopt;
  constexpr std::size_t label_at = 25;
  const std::string_view label = box.substr(label_at, *size - label_at);
  return label.substr(0, label.find('\0')) == "c2pa";
}

class Store {
 public:
  Store(const MetadataPiece& piece, std::size_t begin, std::string_view content, const ImageLimits& limits,
        ImageMetadata& metadata)
      : piece_(piece), begin_(begin), content_(content), limits_(limits), metadata_(metadata) {}

  void read() {
    each(content_.bytes(), "digitalsourcetype/", [&](std::size_t at) {
      const std::string_view rest = content_.bytes().substr(at, 80);
      const auto end = std::find_if_not(rest.begin(), rest.end(), is_letter_or_digit);
      add(metadata_.source_types, "digitalSourceType", rest.substr(0, static_cast<std::size_t>(end - rest.begin())),
          at);
    });
    for (const std::string_view key : {"claim_generator", "softwareAgent"}) {
      each(content_.bytes(), key, [&](std::size_t at) { add(metadata_.tools, key, cbor_text(content_, at), at); });
    }
    // Later versions give a map, or a list of maps, with the name in it.
    for (const std::string_view key : {"claim_generator_info", "softwareAgent"}) {
      each(content_.bytes(), key, [&](std::size_t at) {
        constexpr std::size_t near = 64;
        constexpr std::string_view name_key = "\x64name";
        if (!cbor_text(content_, at).empty()) return;
        const auto name = content_.bytes().substr(at, near).find(name_key);
        if (name == std::string_view::npos) return;
        add(metadata_.tools, key, cbor_text(content_, at + name + name_key.size()), at + name + name_key.size());
      });
    }
  }

 private:
  // Calls use(the offset behind it) for each place where `word` stands.
  template <typename Use>
  static void each(std::string_view bytes, std::string_view word, Use use) {
    constexpr std::size_t most = 1000;
    std::size_t count = 0;
    for (auto at = bytes.find(word); at != bytes.npos && count++ < most; at = bytes.find(word, at + word.size()))
      use(at + word.size());
  }

  void add(std::vector<ImageTag>& list, std::string_view name, std::string_view value, std::size_t at) const {
    std::string text = metadata_text(value, limits_.text_bytes);
    const auto same = [&](const ImageTag& tag) { return tag.name == name && tag.value == text; };
    if (text.empty() || metadata_.size() >= limits_.tags || std::ranges::any_of(list, same)) return;
    list.push_back({std::string(name), std::move(text), "c2pa", piece_.place(begin_ + at, value.size())});
  }

  const MetadataPiece& piece_;
  std::size_t begin_;
  ByteReader content_;
  const ImageLimits& limits_;
  ImageMetadata& metadata_;
};

}  // namespace

MetadataProblem read_content_credentials(const MetadataPiece& jumbf, const ImageLimits& limits,
                                         ImageMetadata& metadata) {
  const ByteReader boxes(jumbf.bytes);
  for (std::size_t at = 0; at < boxes.size();) {
    const auto small_size = boxes.number(at, 4);
    const auto type = boxes.slice(at + 4, 4);
    if (!small_size || !type) return "ends in the middle of a box";
    std::size_t head = 8;
    std::size_t size = *small_size;
    if (*small_size == 0) size = boxes.size() - at;  // up to the end
    if (*small_size == 1) {                          // the size follows, in eight bytes
      if (boxes.number(at + 8, 4).value_or(1) != 0) return "says that a box is larger than the file";
      size = boxes.number(at + 12, 4).value_or(0);
      head = 16;
    }
    const auto box = size < head ? std::nullopt : boxes.slice(at + head, size - head);
    if (!box) return "ends in the middle of a box";
    if (*type == "jumb") {
      const auto store = is_manifest_store(*box);
      if (!store) return "holds a box that does not say what it is";
      if (*store) {
        metadata.content_credentials = true;
        Store(jumbf, at + head, *box, limits, metadata).read();
      }
    }
    at += size;
  }
  return std::nullopt;
}

std::string_view source_type_name(std::string_view value) {
  value = trim_ascii(value);
  while (value.ends_with('/')) value.remove_suffix(1);
  return value.substr(value.find_last_of("/:#") == value.npos ? 0 : value.find_last_of("/:#") + 1);
}

}  // namespace scruple::evidence
