#include "base/hash.h"

#include <openssl/evp.h>

#include <array>

namespace scruple {

namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string to_hex(const Digest& digest, unsigned int size) {
  std::string hex;
  hex.reserve(std::size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    hex += "0123456789abcdef"[digest[i] >> 4];
    hex += "0123456789abcdef"[digest[i] & 0xF];
  }
  return hex;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Digest digest{};
  unsigned int size = 0;
  // Can fail only if libcrypto was built without SHA-256; the empty text then matches no recorded hash.
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
  return to_hex(digest, size);
}

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  bool good = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  state_->good = state_->good && EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1;
}

std::string Sha256::hex() {
  Digest digest{};
  unsigned int size = 0;
  if (!state_->good || EVP_DigestFinal_ex(state_->context.get(), digest.data(), &size) != 1) return {};
  return to_hex(digest, size);
}

}  // namespace scruple
