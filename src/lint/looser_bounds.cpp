#include "lint/looser_bounds.h"

#include "base/strings.h"
#include "lint/manifest_loader.h"
#include "schema/hint.h"
#include "schema/validator.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace scruple::linting {

namespace {

using schema::Stricter;
using schema::TypeId;

class Comparison {
 public:
  Comparison(const policy::Manifest& manifest, const schema::Schema& schema, std::vector<Judged>& findings)
      : campaign_(*manifest.document), organization_(*manifest.organization), schema_(schema), findings_(findings) {}

  void compare_maps(NodeId own, NodeId theirs, TypeId type, const std::string& place) {
    const TypeId map = schema_.accepting(type, NodeKind::map);
    if (map == schema::no_type || schema_.type(map).atomic) return;
    for (const Member& member : campaign_.members(own)) {
      const schema::Property* property = schema_.property(map, member.key);
      const Member* other = property == nullptr ? nullptr : organization_.find(theirs, member.key);
      if (other == nullptr) continue;
      std::string inner = place;
      schema::append_key_step(inner, member.key);
      if (schema_.type(property->type).stricter != Stricter::none) {
        if (in_one_currency(own, theirs)) compare_bounds(member, *other, property->type, inner);
      } else if (campaign_.node(member.value).kind == NodeKind::map &&
                 organization_.node(other->value).kind == NodeKind::map) {
        compare_maps(member.value, other->value, property->type, inner);
      }
    }
  }

 private:
  // Amounts beside a currency can be compared only in that currency.
  bool in_one_currency(NodeId own, NodeId theirs) const {
    const Member* mine = campaign_.find(own, "currency");
    const Member* other = organization_.find(theirs, "currency");
    return mine == nullptr || other == nullptr ||
           campaign_.node(mine->value).text == organization_.node(other->value).text;
  }

  static std::optional<double> number(const Node& node) {
    if (node.kind == NodeKind::integer) return static_cast<double>(node.integer);
    if (node.kind == NodeKind::real && std::isfinite(node.real)) return node.real;
    return std::nullopt;
  }

  void compare_bounds(const Member& own, const Member& theirs, TypeId type, const std::string& place) {
    const Node& mine = campaign_.node(own.value);
    const Node& other = organization_.node(theirs.value);
    if (mine.kind == NodeKind::list && other.kind == NodeKind::list) return compare_lists(own, theirs, place);
    const auto value = number(mine);
    const auto bound = number(other);
    if (!value || !bound) return;
    const bool lower = schema_.type(type).stricter == Stricter::lower;
    if (lower ? *value <= *bound : *value >= *bound) return;
    const std::string limit = schema::number_text(*bound);
    report(own, theirs, place,
           concat("`", own.key, "` is ", schema::number_text(*value), "; the organization allows ",
                  lower ? "at most " : "no less than ", limit),
           concat("write `", own.key, ": ", limit, "` or ", lower ? "less" : "more",
                  ", or leave it out: what the organization says then counts"),
           limit);
  }

  // Of a list of texts the stricter one holds all that the other holds.
  void compare_lists(const Member& own, const Member& theirs, const std::string& place) {
    std::vector<std::string> left_out;
    for (const Member& wanted : organization_.members(theirs.value)) {
      const Node& text = organization_.node(wanted.value);
      const auto same = [&](const Member& item) { return campaign_.node(item.value).text == text.text; };
      if (text.kind == NodeKind::string && std::ranges::none_of(campaign_.members(own.value), same))
        left_out.push_back(concat("`", shorten(text.text, 60), "`"));
    }
    if (left_out.empty()) return;
    report(own, theirs, place,
           concat("`", own.key, "` leaves out ", join(left_out, ", "), ", which the organization asks for"),
           concat("add ", left_out.size() == 1 ? "it" : "them",
                  ", or leave the list out: what the organization says then counts"),
           join(left_out, ", "));
  }

  void report(const Member& own, const Member& theirs, const std::string& place, std::string message, std::string hint,
              std::string bound) {
    const auto head = [](const Document& document, const Member& member) {
      const Node& node = document.node(member.value);
      return locate(document.source(), node.kind == NodeKind::list && !node.flow ? member.key_span : node.span);
    };
    Judged judged =
        manifest_finding("looser-than-organization", std::move(message), std::move(hint), head(campaign_, own));
    judged.finding.place = place;
    judged.finding.because.push_back({concat("the organization's `", own.key, "`"),
                                      std::move(bound),
                                      {},
                                      concat("organization:", place),
                                      head(organization_, theirs)});
    findings_.push_back(std::move(judged));
  }

  const Document& campaign_;
  const Document& organization_;
  const schema::Schema& schema_;
  std::vector<Judged>& findings_;
};

}  // namespace

void find_looser_bounds(const policy::Manifest& manifest, const policy::Language& language,
                        std::vector<Judged>& findings) {
  if (manifest.organization == nullptr) return;
  Comparison(manifest, language.manifest, findings)
      .compare_maps(manifest.document->root(), manifest.organization->root(), manifest.type, {});
}

}  // namespace scruple::linting
