// Waivers as they are written: in a list of a manifest or of settings, or in a comment of a manifest.
//
//   # scruple: waive privacy/retention-limit until 2026-12-31 by dana: migration under way
#pragma once

#include "scruple/document.h"
#include "scruple/linter.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple::linting {

struct WrittenWaiver {
  Waiver waiver;                     // its state and count are still open
  std::string at;                    // its own place: `waivers[0]`; of a comment the place that it speaks of
  std::vector<std::string> missing;  // the fields that it lacks
  std::string mistake;               // how a comment is written wrongly: a clause that follows "the comment"
  bool in_organization = false;      // it stands in an organization file, and covers what stands there
  bool malformed = false;            // a value that cannot be read, which the schema has reported
  std::string document_id;           // what fingerprints name its document by
  std::string elsewhere;             // where findings of its rule stand, if it covers none of them
  std::string lock;                  // the setting that forbids waivers here: "company.scruple.yaml:4"; may be empty
};

// The items of a list of waivers; nothing if `list` is none.
std::vector<WrittenWaiver> read_waiver_list(const Document& document, NodeId list, Waiver::Source source);

// The comments that waive something, or try to. A comment covers the node on its line, else the next one below, and
// all that is in it; above the first line of a manifest it covers the manifest.
std::vector<WrittenWaiver> read_waiver_comments(const Document& document);

// Whether a waiver of `covered` holds for what was found at `place`, where `missing` is absent: there, or below.
bool covers(std::string_view covered, std::string_view place, std::string_view missing);

}  // namespace scruple::linting
