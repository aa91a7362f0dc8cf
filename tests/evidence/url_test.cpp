#include "evidence/url.h"

#include "catch.h"

#include <string_view>

using namespace scruple::evidence;

TEST_CASE("The host of an address is what a browser would connect to") {
  struct Row {
    std::string_view url;
    std::string_view host;
  };
  const Row rows[] = {
      {"https://example.org/a?b#c", "example.org"},
      {"HTTPS://Example.ORG:8443", "example.org"},
      {"//cdn.example.org/x.js", "cdn.example.org"},
      {"https://user:pass@example.org/", "example.org"},
      {"https://bank.example@evil.example/", "evil.example"},
      {"https:\\\\example.org\\x", "example.org"},
      {"https:example.org", "example.org"},
      {" \n https://exam\nple.org ", "example.org"},
      {"https://example.org.", "example.org"},
      {"https://ex%61mple.org/", "example.org"},
      {"http://[2001:DB8::1]:80/", "[2001:db8::1]"},
      {"https://müller.example/", "müller.example"},
      {"/relative", ""},
      {"page.html", ""},
      {"mailto:a@example.org", ""},
      {"tel:+49123", ""},
      {"data:text/html,x", ""},
      {"javascript:alert(1)", ""},
      {"*|UNSUB|*", ""},
      {"{{ unsubscribe_url }}", ""},
      {"https://{{shop}}/x", ""},
      {"https://", ""},
      {"https://[broken", ""},
      {"#top", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    CHECK(host_of(row.url) == row.host);
  }
}

TEST_CASE("The scheme of an address") {
  CHECK(scheme_of(" HTTPS://x") == "https");
  CHECK(scheme_of("java\nscript:alert(1)") == "javascript");
  CHECK(scheme_of("mailto:a@b.org") == "mailto");
  CHECK(scheme_of("/a:b") == "");
  CHECK(scheme_of("a/b:c") == "");
  CHECK(scheme_of("1a:b") == "");
}

TEST_CASE("The path of an address") {
  struct Row {
    std::string_view url;
    std::string_view path;
  };
  const Row rows[] = {
      {"https://cdn.example.org/img/a%20b.png?v=2#x", "/img/a b.png"},
      {"//cdn.example.org/a.png", "/a.png"},
      {"../img/a.png?b/c", "../img/a.png"},
      {" a.png\n", "a.png"},
      {"cid:a.png@01D8", "a.png"},
      {"https://example.org", ""},
      {"data:image/png;base64,AA==", ""},
      {"#top", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    CHECK(path_of(row.url) == row.path);
  }
}
