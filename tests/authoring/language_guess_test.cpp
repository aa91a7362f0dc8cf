#include "authoring/asset_guess.h"
#include "catch.h"

using scruple::authoring::guess_language;

TEST_CASE("a language is told by its small words, or not at all") {
  struct Row {
    const char* text;
    const char* language;
  };
  const Row rows[] = {
      {"The first radishes can go into the earth, and you can see which sorts are for you.", "en"},
      {"Die ersten Radieschen können in die Erde, und Sie sehen, welche Sorten für Sie sind.", "de"},
      {"Les premiers radis sont dans la terre, et vous pouvez voir les variétés pour votre jardin.", "fr"},
      {"Los primeros rábanos ya están en la tierra, y es el momento para que su jardín las pruebe.", "es"},
      {"I primi ravanelli sono nel terreno, e il tuo giardino non è più quello di una volta.", "it"},
      {"De eerste radijzen zijn er, en het is een goed idee om ze voor uw tuin te kiezen met ons.", "nl"},
      {"Pierwsze rzodkiewki są w ziemi i nie jest to nic, co się na wiosnę w ogrodzie nie uda.", "pl"},
      {"Os primeiros rabanetes estão na terra, e não é cedo para que você os prove com uma salada.", "pt"},
      {"De första rädisorna är i jorden, och det är inte för tidigt att prova dem med en sallad.", "sv"},
      {"De første radiser er i jorden, og det er ikke for tidligt at prøve dem med en salat til dig.", "da"},
      {"", ""},
      {"Radishes", ""},
      {"12 34 56 78 90 12 34", ""},
      {"Lorem ipsum dolor sit amet consectetur adipiscing elit sed", ""}};
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(guess_language(row.text) == row.language);
  }
}
