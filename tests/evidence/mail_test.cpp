#include "evidence/mail.h"

#include "catch.h"
#include "facts.h"

#include <chrono>
#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

DocumentPtr mail_of(std::string text) {
  const auto facts = mail_facts(source_of(std::move(text), "mail.eml"), {});
  if (!facts) FAIL(facts.problem().message);
  return *facts;
}

DocumentPtr page_of(std::string text) {
  const auto page = mail_page(source_of(std::move(text), "mail.eml"), {});
  if (!page) FAIL(page.problem().message);
  return *html_facts(*page, {});
}

std::string problem_of(std::string text) {
  const auto facts = mail_facts(source_of(std::move(text), "mail.eml"), {});
  return facts ? "(none)" : facts.problem().message;
}

// As a newsletter tool sends it: two parts, quoted-printable, long lines cut.
const std::string newsletter =
    "Received: from mail.postbird.example (mail.postbird.example [192.0.2.1])\r\n"
    "\tby mx.example.org; Sun, 1 Mar 2026 09:00:00 +0100\r\n"
    "From: =?UTF-8?Q?Fern_&_Co=2C_Gr=C3=BCnzeug?= <post@Fern.example>\r\n"
    "Reply-To: \"Fern, Service\" <service@fern.example>\r\n"
    "Subject: =?utf-8?B?SWhyIEdhcnRlbiBpbSBNw6Ry?=\r\n"
    " =?utf-8?Q?z_=F0=9F=8C=B1?=\r\n"
    "List-Unsubscribe: <https://fern.example/leave?u=1>,\r\n"
    " <mailto:leave@fern.example?subject=leave>\r\n"
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/alternative;\r\n"
    "\tboundary=\"_----------=_MCPart_42\"\r\n"
    "\r\n"
    "This is a multi-part message in MIME format\r\n"
    "\r\n"
    "--_----------=_MCPart_42\r\n"
    "Content-Type: text/plain; charset=\"utf-8\"; format=\"fixed\"\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "\r\n"
    "Gr=C3=BC=C3=9Fe aus dem Garten\r\n"
    "--_----------=_MCPart_42\r\n"
    "Content-Type: text/html; charset=\"utf-8\"\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "\r\n"
    "<html lang=3D\"de\"><body>\r\n"
    "<div style=3D\"display:none\">Wicken und Bohnen&#847; &zwnj;</div>\r\n"
    "<p>Gr=C3=BC=C3=9Fe, *|FNAME|*. Im M=C3=A4rz kommen die ersten Wicken in die Er=\r\n"
    "de.</p>\r\n"
    "<p><a href=3D\"https://fern.example/abmelden\">Abmelden</a></p>\r\n"
    "</body></html>\r\n"
    "--_----------=_MCPart_42--\r\n";

}  // namespace

TEST_CASE("The facts of a mail file") {
  const auto mail = mail_of(newsletter);
  CHECK(fact(*mail, "subject") == "Ihr Garten im März 🌱");
  CHECK(place(*mail, "subject") == "5:10");
  CHECK(fact(*mail, "preheader").starts_with("Wicken und Bohnen"));
  CHECK(place(*mail, "preheader") == "26:29");
  CHECK(fact(*mail, "from") == "{name: Fern & Co, Grünzeug, address: post@Fern.example, host: fern.example}");
  CHECK(fact(*mail, "reply_to.name") == "Fern, Service");
  CHECK(fact(*mail, "list_unsubscribe") ==
        "[{url: https://fern.example/leave?u=1, scheme: https}, {url: mailto:leave@fern.example?subject=leave, "
        "scheme: mailto}]");
  CHECK(fact(*mail, "one_click") == "true");
  CHECK(fact(*mail, "has_html") == "true");
  CHECK(fact(*mail, "text") == "Grüße aus dem Garten");
  CHECK(fact(*mail, "parts[1].type") == "text/html");
  CHECK(count(*mail, "headers") == 8);
}

TEST_CASE("The HTML part of a mail has the facts of a page, with their places in the mail") {
  const auto page = page_of(newsletter);
  CHECK(fact(*page, "language") == "de");
  CHECK(fact(*page, "visible_text") == "Grüße, *|FNAME|*. Im März kommen die ersten Wicken in die Erde.\n\nAbmelden");
  CHECK(place(*page, "text_blocks[0]") == "27:4");
  CHECK(fact(*page, "merge_tags[0].text") == "*|FNAME|*");
  CHECK(place(*page, "merge_tags[0]") == "27:21");
  CHECK(place(*page, "links[0]") == "29:4");
  CHECK(fact(*page, "links[0].href") == "https://fern.example/abmelden");
}

TEST_CASE("A mail may be of any encoding and charset") {
  const auto body = [](std::string headers, std::string content) {
    return fact(*page_of("From: a@b.example\n" + headers + "\n" + content), "visible_text");
  };
  const std::string html = "Content-Type: text/html; charset=";
  CHECK(body(html + "iso-8859-1\n", "<p>gr\xFC\xDF \x96 Gott</p>") == "grüß – Gott");
  CHECK(body(html + "\"Windows-1252\"\nContent-Transfer-Encoding: quoted-printable\n", "<p>10 =80</p>") == "10 €");
  CHECK(body(html + "utf-8\nContent-Transfer-Encoding: BASE64\n", "PHA+Z3LDvMOf\nPC9wPg==\n") == "grüß");
  CHECK(body(html + "koi8-r\n", "<p>\xF0\xD2\xC9\xD7\xC5\xD4</p>") == "Привет");
  CHECK(body(html + "shift_jis\n", "<p>\x83\x65\x83\x58\x83\x67</p>") == "テスト");
  CHECK(body("Content-Type: text/html\n", "<p>gr\xFC\xDF</p>") == "grüß");
  CHECK(body(html + "utf-8\n", "<p>gr\xFC\xDF</p>") == "gr��");
  CHECK(body(html + "us-ascii\n", "<p>grüß</p>") == "grüß");
  CHECK(body(html + "utf-8\n", std::string("<p>a\0b</p>", 10)) == "a b");
  CHECK(problem_of("From: a@b.example\n" + html + "../../evil\n\n<p>x</p>").find("charset") != std::string::npos);
}

TEST_CASE("The lines of a part in base64 are lines of the file") {
  const auto page = page_of(
      "From: a@b.example\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
      "PHA+b25lPC9wPgo8\ncD50d288L3A+\n");
  CHECK(fact(*page, "visible_text") == "one\n\ntwo");
  CHECK(place(*page, "text_blocks[0]") == "5:1");
  CHECK(place(*page, "text_blocks[1]") == "6:1");
}

TEST_CASE("A mail that is text is read as the page that shows it") {
  const auto page =
      page_of("From: a@b.example\nSubject: x\n\nA & B <c>\nnext line\n\nLeave: https://fern.example/leave?a=1&b=2.\n");
  CHECK(fact(*page, "visible_text") == "A & B <c>\nnext line\n\nLeave: https://fern.example/leave?a=1&b=2.");
  CHECK(fact(*page, "links[0].href") == "https://fern.example/leave?a=1&b=2");
  CHECK(place(*page, "links[0]") == "7:8");
  CHECK(place(*page, "text_blocks[1]") == "7:1");
}

TEST_CASE("Parts in parts: the first text that is no attachment counts") {
  const auto mail = mail_of(
      "From: a@b.example\nContent-Type: multipart/mixed; boundary=out\n\n"
      "--out\nContent-Type: text/html\nContent-Disposition: attachment; filename=\"old; page.html\"\n\n<p>old</p>\n"
      "--out\nContent-Type: multipart/related; boundary=\"in\"\n\n"
      "--in\nContent-Type: text/html\n\n<p>new</p>\n"
      "--in\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--in--\n"
      "--out--\n");
  CHECK(fact(*mail, "preheader") == "new");
  CHECK(fact(*mail, "parts[0].file_name") == "old; page.html");
  CHECK(fact(*mail, "parts[0].attachment") == "true");
  CHECK(fact(*mail, "parts[2].file_name") == "a.png");
}

TEST_CASE("Of a mail that holds another one neither is judged") {
  for (const std::string disposition : {"", "Content-Disposition: attachment; filename=\"Newsletter.eml\"\n"}) {
    const auto page =
        mail_page(source_of("From: a@b.example\nContent-Type: multipart/mixed; boundary=out\n\n"
                            "--out\nContent-Type: text/html\n\n<p>Here is the mail.</p>\n"
                            "--out\nContent-Type: message/rfc822\n" +
                                disposition + "\nFrom: a@b.example\nSubject: Peas\n\nLast chance!\n--out--\n",
                            "mail.eml"),
                  {});
    REQUIRE(!page);
    CHECK(page.problem().message.find("holds another mail as an attachment") != std::string::npos);
  }
}

TEST_CASE("Headers are read as mail programs read them") {
  struct Row {
    std::string header;
    std::string subject;
  };
  const Row rows[] = {
      {"Plain", "Plain"},
      {"folded\n line\n\tand more", "folded line and more"},
      {"=?utf-8?q?a_b?= =?utf-8?q?c?=", "a bc"},
      {"=?utf-8?q?a?= b", "a b"},
      {"=?utf-8?B?w7w=?=", "ü"},
      {"=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "ü"},
      {"=?iso-8859-1?q?=FC?= =?utf-8?q?=C3=BC?=", "üü"},
      {"=?utf-8*de?q?=C3=BC?=", "ü"},
      {"=?evil?q?x?=", "\xEF\xBF\xBD"},
      {"=?utf-8?x?a?= =? broken", "=?utf-8?x?a?= =? broken"},
      {"Gr\xC3\xBC\xC3\x9F", "Grüß"},
      {"Gr\xFC\xDF", "Grüß"},
      {"", ""},
  };
  for (const Row& row : rows) {
    INFO(row.header);
    CHECK(fact(*mail_of("From: a@b.example\nSubject: " + row.header + "\n\nx\n"), "subject") == row.subject);
  }
}

TEST_CASE("A mailbox has a name and an address") {
  struct Row {
    std::string value;
    std::string name;
    std::string address;
  };
  const Row rows[] = {
      {"Fern <post@fern.example>", "Fern", "post@fern.example"},
      {"\"Fern \\\"X\\\", Co\" <post@fern.example>, b@c", "Fern \"X\", Co", "post@fern.example"},
      {"post@fern.example (Fern (Co))", "Fern Co", "post@fern.example"},
      {"post@fern.example", "", "post@fern.example"},
      {"<post@fern.example", "", "post@fern.example"},
      {"=?utf-8?q?Fern=2C_Gr=C3=BCn?=\r\n <post@fern.example>", "Fern, Grün", "post@fern.example"},
      {"", "", ""},
  };
  for (const Row& row : rows) {
    INFO(row.value);
    CHECK(read_mailbox(row.value).name == row.name);
    CHECK(read_mailbox(row.value).address == row.address);
  }
}

TEST_CASE("What is no mail, or too much of one, is a problem") {
  CHECK(problem_of("<html><p>Hello</p></html>").find("does not begin as a mail does") != std::string::npos);
  CHECK(problem_of("").find("does not begin") != std::string::npos);

  std::string deep = "From: a@b.example\n";
  for (int i = 0; i < 40; ++i)
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  CHECK(problem_of(deep).find("nests parts too deeply") != std::string::npos);

  std::string many = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 1000; ++i) many += "--b\n\nx\n";
  CHECK(problem_of(many).find("more parts") != std::string::npos);

  std::string headers = "From: a@b.example\n";
  for (int i = 0; i < 5000; ++i) headers += "X: y\n";
  CHECK(problem_of(headers).find("more headers") != std::string::npos);
}

TEST_CASE("No mail makes its reader slow") {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string_view piece :
       {"=?", "=?a?q?", "=?utf-8?q?x?= ", "(", "\"", "<", "--b\n", "=\n", "=3D", " \n", ";a=\""}) {
    std::string repeated;
    while (repeated.size() < 60'000) repeated += piece;
    problem_of("From: " + repeated + "\nSubject: " + repeated + "\nContent-Type: multipart/x; boundary=b" + repeated +
               "\n\n" + repeated + repeated);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}
