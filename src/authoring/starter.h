// The first manifest of a campaign: few values, all that has to be filled in, and above each what it means.
#pragma once

#include "authoring/answers.h"
#include "authoring/asset_guess.h"
#include "authoring/register.h"

#include <optional>
#include <string>

namespace scruple::authoring {

struct StarterInput {
  Answers answers;
  FolderGuess guessed;
  std::string organization_path;       // from the campaign's folder
  std::optional<Register> registered;  // unset: an organization file is to be written too
  std::string campaign_schema_path;    // of the manifest's schema, for editors, from the campaign's folder
  std::string organization_schema_path;
};

struct Starter {
  std::string campaign;
  std::string organization;  // empty if there is one already
};

Starter write_starter(const StarterInput& input, const schema::Schema& schema);

}  // namespace scruple::authoring
