#include "authoring/digests.h"

#include "base/strings.h"

#include <algorithm>
#include <map>
#include <span>

namespace scruple::authoring {

namespace {

const Member* field(const Document& document, NodeId map, std::string_view key) {
  return document.node(map).kind == NodeKind::map ? document.find(map, key) : nullptr;
}

std::string text_of(const Document& document, NodeId map, std::string_view key) {
  const Member* member = field(document, map, key);
  return member == nullptr || document.node(member->value).kind != NodeKind::string
             ? std::string{}
             : std::string(document.node(member->value).text);
}

std::span<const Member> items_of(const Document& document, NodeId map, std::string_view key) {
  const Member* member = field(document, map, key);
  return member != nullptr && document.node(member->value).kind == NodeKind::list ? document.members(member->value)
                                                                                  : std::span<const Member>{};
}

// As the rules see it: what a later approval on the same behalf covers, this one no longer speaks for.
void mark_superseded(std::vector<ApprovalRecord>& approvals) {
  std::map<std::pair<std::string, std::string>, std::string> latest;  // role and asset
  for (const ApprovalRecord& approval : approvals) {
    for (const CoveredFile& file : approval.files) {
      std::string& day = latest[{approval.role, file.asset}];
      day = std::max(day, approval.on);
    }
  }
  for (ApprovalRecord& approval : approvals) {
    for (CoveredFile& file : approval.files) {
      if (!approval.on.empty() && latest[{approval.role, file.asset}] > approval.on)
        file.state = CoveredFile::State::superseded;
    }
  }
}

}  // namespace

DigestReport read_digests(const Document& campaign, const OpenEvidence& open) {
  using State = CoveredFile::State;
  DigestReport report;
  std::map<std::string, std::string> paths;  // of assets by id
  for (const Member& asset : items_of(campaign, campaign.root(), "assets")) {
    const std::string id = text_of(campaign, asset.value, "id");
    if (id.empty()) continue;
    std::string path = text_of(campaign, asset.value, "path");
    // Of a bot without a script the greeting is what goes out.
    paths[id] = path.empty() ? text_of(campaign, asset.value, "greeting_path") : path;
  }
  auto unapproved = paths;
  const Member* oversight = field(campaign, campaign.root(), "oversight");
  const auto approvals =
      oversight == nullptr ? std::span<const Member>{} : items_of(campaign, oversight->value, "approvals");
  for (std::size_t index = 0; index < approvals.size(); ++index) {
    const NodeId node = approvals[index].value;
    if (campaign.node(node).kind != NodeKind::map) continue;
    ApprovalRecord approval{
        index, node, text_of(campaign, node, "by"), text_of(campaign, node, "on"), text_of(campaign, node, "role"), {}};
    const Member* digests = field(campaign, node, "digests");
    for (const Member& item : items_of(campaign, node, "assets")) {
      const std::string id(campaign.node(item.value).text);
      if (std::ranges::find(approval.files, id, &CoveredFile::asset) != approval.files.end()) continue;
      CoveredFile file;
      file.asset = id;
      if (digests != nullptr) file.recorded = to_lower_ascii(text_of(campaign, digests->value, id));
      const auto path = paths.find(id);
      unapproved.erase(id);
      if (path == paths.end()) {
        file.state = State::unreadable;
        file.problem = "there is no asset of this id";
      } else if (path->second.empty()) {
        file.state = State::unreadable;
        file.problem = "the asset names no file";
      } else {
        file.path = path->second;
        const auto sha256 = open(file.path)->sha256();
        if (sha256) {
          file.actual = *sha256;
          file.state = file.recorded.empty()          ? State::not_recorded
                       : file.recorded == file.actual ? State::matches
                                                      : State::differs;
        } else {
          file.state = State::unreadable;
          file.problem = sha256.problem().message;
        }
      }
      approval.files.push_back(std::move(file));
    }
    report.approvals.push_back(std::move(approval));
  }
  mark_superseded(report.approvals);
  for (const auto& [id, path] : unapproved) report.unapproved.push_back(id);
  return report;
}

}  // namespace scruple::authoring
