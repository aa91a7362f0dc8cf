#include "evidence/byte_map.h"

#include "catch.h"

using namespace scruple;
using namespace scruple::evidence;

TEST_CASE("A span of a text is led back to what the text was made from") {
  ByteMap map;
  map.add(3, {10, 13}, true);
  map.add(1, {13, 16}, false);  // `=C3`
  map.add(2, {20, 22}, true);
  CHECK(map.place({0, 3}) == Span{10, 13});
  CHECK(map.place({1, 2}) == Span{11, 12});
  CHECK(map.place({2, 4}) == Span{12, 16});
  CHECK(map.place({3, 4}) == Span{13, 16});
  CHECK(map.place({3, 6}) == Span{13, 22});
  CHECK(map.place({5, 5}) == Span{21, 21});
  CHECK(map.place({90, 99}) == Span{22, 22});
  CHECK(ByteMap().place({1, 2}) == Span{});
}

TEST_CASE("Pieces that follow each other are one") {
  ByteMap map;
  map.add(2, {5, 7}, true);
  map.add(2, {7, 9}, true);
  map.add(0, {9, 9}, false);
  CHECK(map.place({1, 3}) == Span{6, 8});
}
