#include "base/base64.h"

#include "catch.h"

namespace scruple {

TEST_CASE("base64 there and back") {
  const std::pair<std::string, std::string> rows[] = {
      {"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
      {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {std::string("\0\xFF\xFE", 3), "AP/+"},
  };
  for (const auto& [bytes, text] : rows) {
    CHECK(base64_encode(bytes) == text);
    CHECK(base64_decode(text) == bytes);
  }
  CHECK(base64_decode("Zg") == "f");
}

TEST_CASE("what is no base64") {
  for (const char* text : {"Z", "Zg=", "Zg===", "Z g=", "Zm9v\n", "Zm9v=", "Zm-v"}) {
    INFO(text);
    CHECK(!base64_decode(text));
  }
}

}  // namespace scruple
