#include "authoring/asset_guess.h"
#include "catch.h"

#include <algorithm>

using namespace scruple;
using namespace scruple::authoring;

TEST_CASE("what a file is follows from what it holds, else from its name") {
  struct Row {
    const char* path;
    const char* text;
    const char* kind;  // empty: not recognized
    const char* language;
    const char* form;
  };
  const Row rows[] = {
      {"mail/a.html", "<html lang=\"de\"><p>Hallo</p></html>", "email", "de", ""},
      {"hello.html", "<p>Hi {{first_name}}, the sale is on and you are the first of all to see it</p>", "email", "en",
       ""},
      {"hello.fr.html", "<p>Bonjour</p>", "landing_page", "fr", ""},
      {"offer.html", "<html lang=\"en-GB\"><form><input type=\"email\"></form></html>", "landing_page", "en-GB",
       "signup_form"},
      {"umfrage.html", "<html lang=de><form><input type=radio name=a></form></html>", "landing_page", "de", "survey"},
      {"search.html", "<html lang=de><form><input type=search></form></html>", "landing_page", "de", ""},
      {"a.txt", "bot: Hello, I am a bot.\nuser: Are you a person?\nbot: No, I am not.\n", "chatbot", "en", ""},
      {"a.json", "[{\"speaker\": \"bot\", \"text\": \"Hello\"}]", "chatbot", "", ""},
      {"data.json", "{}", "", "", ""},
      {"sms/one.txt", "Nur heute", "sms", "", ""},
      {"notes.txt", "Nur heute", "", "", ""},
      {"README.md", "# Read me", "", "", ""},
      {"blog/peas.md", "# Peas", "blog_post", "", ""},
      {"hero.PNG", "x", "image", "", ""},
      {"film.de.mp4", "x", "video", "de", ""},
      {"jingle.mp3", "x", "audio", "", ""},
      {"broken.html", "\xff\xfe\xff", "", "", ""},
      {"table.csv", "a,b", "", "", ""}};
  for (const Row& row : rows) {
    INFO(row.path);
    MemoryFileSystem files;
    files.add(std::string("/work/spring/") + row.path, row.text);
    const FolderGuess guess = guess_assets(files, "/work", "spring", "spring");
    if (*row.kind == '\0') {
      CHECK(guess.assets.empty());
      CHECK(guess.unrecognized == std::vector<std::string>{row.path});
      continue;
    }
    REQUIRE(guess.assets.size() == 1);
    CHECK(guess.assets[0].path == row.path);
    CHECK(guess.assets[0].kind == row.kind);
    CHECK(guess.assets[0].language == row.language);
    CHECK(guess.assets[0].form == row.form);
    CHECK_FALSE(guess.assets[0].reason.empty());
  }
}

TEST_CASE("paths are relative to the manifest, and hidden files and manifests are no assets") {
  MemoryFileSystem files;
  files.add("/work/files/mail.html", "<p>Hi</p>");
  files.add("/work/files/.hidden/mail.html", "<p>Hi</p>");
  files.add("/work/files/node_modules/page.html", "<p>Hi</p>");
  files.add("/work/files/campaign.yaml", "kind: campaign");
  const FolderGuess guess = guess_assets(files, "/work", "files", "spring");
  REQUIRE(guess.assets.size() == 1);
  CHECK(guess.assets[0].path == "../files/mail.html");
  CHECK(guess.unrecognized.empty());
}

TEST_CASE("a preference page is no asset") {
  MemoryFileSystem files;
  files.add("/work/choices.html", "<form><input type=checkbox name=news></form>");
  const FolderGuess guess = guess_assets(files, "/work", ".", ".");
  CHECK(guess.assets.empty());
  CHECK(guess.preference_page == "choices.html");
}

TEST_CASE("a folder with very many files is not drowned in") {
  MemoryFileSystem files;
  for (int i = 0; i < 300; ++i) files.add("/work/image" + std::to_string(i) + ".png", "x");
  const FolderGuess guess = guess_assets(files, "/work", ".", ".");
  CHECK(guess.assets.size() == 200);
  CHECK(guess.left_out == 100);
}
