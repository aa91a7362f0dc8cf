// What a person says of a campaign before there is a manifest, and whether the words are those of the format.
#pragma once

#include "schema/schema.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::authoring {

// What AI does in the campaign.
struct AiUse {
  bool writes = false;   // texts or pictures
  bool chooses = false;  // who is reached, with which offer
  bool talks = false;    // to customers
};

struct Answers {
  std::string name;     // of the campaign
  std::string owner;    // the name of the person who answers for it
  std::string company;  // the name of the company
  std::vector<std::string> channels;
  std::vector<std::string> markets;
  std::vector<std::string> languages;
  std::optional<AiUse> ai;  // unset: nobody has said
};

// "`Germany` is no market: it is no country code of ISO 3166; did you mean `DE`?"; nothing if `word` may stand in the
// list `field` of `campaign` ("channels", "markets", "languages").
std::optional<std::string> answer_problem(const schema::Schema& schema, std::string_view field, std::string_view word);

// A text as an id: "Frühling & Meer" is "fruhling-meer"; `otherwise` if no letter remains.
std::string id_from(std::string_view text, std::string_view otherwise);

}  // namespace scruple::authoring
