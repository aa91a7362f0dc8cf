#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("encoders: base64") {
  Harness harness;
  const Row rows[] = {
      {"base64.encode(b'')", "\"\""},
      {"base64.encode(b'f')", "\"Zg==\""},
      {"base64.encode(b'fo')", "\"Zm8=\""},
      {"base64.encode(b'foo')", "\"Zm9v\""},
      {"base64.encode(b'\\xfb\\xff\\xfe')", "\"+//+\""},
      {"base64.encode('foo')", "error: no `base64.encode` for text"},
      {"base64.decode('Zm9vYg==')", "b\"foob\""},
      {"base64.decode('Zm9vYg')", "b\"foob\""},
      {"base64.decode('Zm8')", "b\"fo\""},
      {"base64.decode('')", "b\"\""},
      {"base64.decode('+//+')", "b\"\\xfb\\xff\\xfe\""},
      {"base64.decode('Z')", "error: this text is no base64"},
      {"base64.decode('Zm9v=')", "error: this text is no base64"},
      {"base64.decode('====')", "error: this text is no base64"},
      {"base64.decode('Zg=')", "error: this text is no base64"},
      {"base64.decode('Zm 9v')", "error: this text is no base64"},
      {"base64.decode('-__-')", "error: this text is no base64"},
      {"base64.decode(b'Zg==')", "error: no `base64.decode` for bytes"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
