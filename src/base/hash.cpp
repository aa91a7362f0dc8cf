// What OpenSSL 3 offers in its place reads a configuration file and sets up a provider in each run, and needs all of
// libcrypto; these are the functions of one algorithm, and cannot fail.
#define OPENSSL_API_COMPAT 0x10101000L

#include "base/hash.h"

#include <openssl/sha.h>

#include <array>

namespace scruple {

namespace {

std::string finish(SHA256_CTX& context) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_Final(digest.data(), &context);
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 0xF];
  }
  return hex;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  return finish(context);
}

struct Sha256::State {
  SHA256_CTX context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { SHA256_Init(&state_->context); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { SHA256_Update(&state_->context, bytes.data(), bytes.size()); }

std::string Sha256::hex() { return finish(state_->context); }

}  // namespace scruple
