// What the approvals of a campaign record: which files they cover, and whether these are still the ones that were
// approved.
#pragma once

#include "evidence/evidence.h"

#include "scruple/document.h"

#include <functional>
#include <string>
#include <vector>

namespace scruple::authoring {

// One asset of one approval.
struct CoveredFile {
  enum class State : std::uint8_t {
    matches,
    differs,
    not_recorded,
    superseded,  // a later approval on the same behalf covers this asset: the digest is history
    unreadable,  // `problem` says why
  };
  State state = State::not_recorded;
  std::string asset;
  std::string path;      // as the manifest writes it
  std::string recorded;  // empty if there is none
  std::string actual;    // SHA-256 of the file as it is; empty if it cannot be read
  std::string problem;
};

struct ApprovalRecord {
  std::size_t index = 0;  // in `oversight.approvals`
  NodeId node = no_node;
  std::string by, on, role;  // empty where they are not said
  std::vector<CoveredFile> files;
};

struct DigestReport {
  std::vector<ApprovalRecord> approvals;
  std::vector<std::string> unapproved;  // ids of assets that no approval names
};

// Opens a file by its path as the manifest writes it.
using OpenEvidence = std::function<evidence::FilePtr(const std::string& path)>;

DigestReport read_digests(const Document& campaign, const OpenEvidence& open);

}  // namespace scruple::authoring
