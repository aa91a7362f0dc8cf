// base64.encode, base64.decode: RFC 4648, standard alphabet.
#include "cel/stdlib/library.h"

#include <string>

namespace scruple::cel {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Value encode(Evaluation& evaluation, Arguments a) {
  const std::string_view octets = a[0].as_text();
  std::string out;
  out.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8 | (i + j < octets.size() ? static_cast<unsigned char>(octets[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      // One octet fills two characters, two fill three.
      out += i + j <= octets.size() ? alphabet[bits >> (18 - 6 * j) & 63] : '=';
    }
  }
  return evaluation.string(out);
}

Value decode(Evaluation& evaluation, Arguments a) {
  std::string_view text = a[0].as_text();
  if (text.size() % 4 == 0) {
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  }
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return failure(evaluation, "this text is no base64");
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 0xff);
    }
  }
  // A single character holds no octet.
  if (count >= 6) return failure(evaluation, "this text is no base64");
  return evaluation.bytes(out);
}

}  // namespace

void register_encoders(FunctionRegistry& registry) {
  using namespace types;
  add_global(registry, "base64.encode", {bytes()}, string(), encode);
  add_global(registry, "base64.decode", {string()}, bytes(), decode);
}

}  // namespace scruple::cel
