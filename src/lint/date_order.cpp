#include "lint/date_order.h"

#include "base/strings.h"
#include "lint/manifest_loader.h"
#include "policy/dates.h"

#include <algorithm>

namespace scruple::linting {

namespace {

// Two days of one mapping; `[]` in a holder's place stands for each item of a list.
struct Order {
  std::string_view holder;
  std::string_view earlier;
  std::string_view later;
};

constexpr Order orders[] = {
    {"campaign", "launch_date", "end_date"},
    {"organization.people[]", "joined_on", "left_on"},
    {"oversight.pilot", "started_on", "ended_on"},
};

// Reviews that look at a campaign which runs or has run.
constexpr std::string_view late_stages[] = {"live_review", "closing_review"};

class Check {
 public:
  Check(const policy::Context& context, cel::Evaluation& evaluation, std::vector<Judged>& findings)
      : context_(context), evaluation_(evaluation), findings_(findings) {}

  void run() {
    const cel::Value root = context_.view().root();
    for (const Order& order : orders) {
      for_each(root, order.holder, [&](const cel::Value& holder) {
        // Of most people it is not said when they left.
        if (!holder.is(cel::Kind::map) || !context_.view().is_mentioned(holder.handle(), order.later)) return;
        compare(field(holder, order.earlier), order.earlier, field(holder, order.later), order.later);
      });
    }
    const cel::Value launch = field(field(root, "campaign"), "launch_date");
    for_each(root, "oversight.reviews[]", [&](const cel::Value& review) {
      const cel::Value stage = field(review, "stage");
      if (stage.is(cel::Kind::string) && std::ranges::find(late_stages, stage.as_text()) != std::end(late_stages))
        compare(launch, "launch_date", field(review, "reviewed_on"), "reviewed_on");
    });
  }

 private:
  cel::Value field(const cel::Value& map, std::string_view name) const {
    return map.is(cel::Kind::map) ? map.as_container().find(map.handle(), name, evaluation_) : cel::Value();
  }

  template <typename Use>
  void for_each(const cel::Value& value, std::string_view place, const Use& use) const {
    if (place.empty()) return use(value);
    const std::size_t dot = std::min(place.find('.'), place.size());
    std::string_view name = place.substr(0, dot);
    const std::string_view rest = place.substr(std::min(dot + 1, place.size()));
    const bool list = name.ends_with("[]");
    if (list) name.remove_suffix(2);
    const cel::Value found = field(value, name);
    if (!list) return for_each(found, rest, use);
    if (!found.is(cel::Kind::list)) return;
    const std::size_t size = found.as_container().size(found.handle(), evaluation_);
    for (std::size_t i = 0; i < size; ++i) for_each(found.as_container().at(found.handle(), i, evaluation_), rest, use);
  }

  void compare(const cel::Value& earlier, std::string_view earlier_name, const cel::Value& later,
               std::string_view later_name) {
    if (!earlier.is(cel::Kind::timestamp) || !later.is(cel::Kind::timestamp)) return;
    if (later.as_timestamp() >= earlier.as_timestamp()) return;
    const std::string first = policy::format_day(earlier.as_timestamp());
    const auto where = context_.where(later.origin());
    const auto other = context_.where(earlier.origin());
    Judged judged = manifest_finding("date-order",
                                     concat("`", later_name, "` is ", policy::format_day(later.as_timestamp()),
                                            ", which is before `", earlier_name, "`, ", first),
                                     "correct the one that is wrong", where.location);
    judged.finding.place = where.place;
    judged.finding.because.push_back({std::string(earlier_name), first, {}, other.place, other.location});
    judged.in_organization = !where.in_campaign;
    findings_.push_back(std::move(judged));
  }

  const policy::Context& context_;
  cel::Evaluation& evaluation_;
  std::vector<Judged>& findings_;
};

}  // namespace

void find_impossible_dates(const policy::Context& context, cel::Evaluation& evaluation, std::vector<Judged>& findings) {
  Check(context, evaluation, findings).run();
}

}  // namespace scruple::linting
