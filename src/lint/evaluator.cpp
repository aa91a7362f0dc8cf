#include "lint/evaluator.h"

#include "base/strings.h"
#include "lint/blame.h"
#include "lint/cause.h"
#include "policy/dates.h"
#include "policy/marks.h"
#include "policy/parameters.h"
#include "policy/regions.h"

#include <algorithm>
#include <utility>

namespace scruple::linting {

namespace {

using policy::CompiledRule;
using policy::Expression;
using policy::Slot;

// Of one rule in one manifest. Nobody mends more at a time, and each takes memory and its argument time.
constexpr std::size_t most_findings = 500;
constexpr std::size_t most_remarks = 100;

// One rule on one manifest.
class RuleRun {
 public:
  RuleRun(const policy::CompiledPack& pack, const CompiledRule& rule, Gate gate, policy::Context& context,
          cel::Evaluation& evaluation, std::vector<Judged>& found, std::vector<Remark>& remarks)
      : pack_(pack),
        rule_(rule),
        context_(context),
        evaluation_(evaluation),
        found_(found),
        remarks_(remarks),
        parameters_(rule.parameters),
        slots_(rule.slot_count) {
    frame_.slots = slots_;
    frame_.resolve = resolve;
    frame_.host = this;
    frame_.functions = &pack.functions();
    slots_[policy::slot_manifest] = context.view().root();
    slots_[policy::slot_words] = pack.words().root();
    slots_[policy::slot_today] = cel::Value::timestamp(context.today());
    slots_[policy::slot_gate] = cel::Value::string(to_string(gate));
    slots_[policy::slot_params] = parameters_.root();
    first_found_ = found.size();
    first_remark_ = remarks.size();
  }

  RuleCounts run() {
    apply(0);
    return counts_;
  }

 private:
  // Names that are evaluated when they are first read.
  static cel::Value resolve(void* host, std::uint32_t slot, cel::Evaluation& evaluation) {
    auto& run = *static_cast<RuleRun*>(host);
    cel::Value value;
    std::uint32_t stage = 0;
    if (slot == policy::slot_reference_day) {
      value = run.context_.reference_day(evaluation);
    } else {
      for (const policy::Let& let : run.rule_.lets) {
        if (let.slot != slot) continue;
        value = cel::evaluate(run.pack_.program(let.value), run.frame_, evaluation);
        stage = let.stage;
      }
    }
    run.slots_[slot] = value;
    run.earliest_kept_ = std::min(run.earliest_kept_, stage);
    return value;
  }

  cel::Value evaluate(const Expression& expression) {
    evaluation_.reset_steps();
    return cel::evaluate(pack_.program(expression), frame_, evaluation_);
  }

  void count(Outcome outcome) { ++counts_.outcomes[static_cast<std::size_t>(outcome)]; }

  // The steps of a rule from the one at which `bound` loop variables are bound.
  void apply(std::uint32_t bound) {
    cel::Value undecided;
    for (const policy::Conjunct& conjunct : rule_.conjuncts) {
      if (conjunct.stage != bound) continue;
      evaluation_.reset_steps();
      const cel::Value value = cel::evaluate(pack_.program(rule_.when), conjunct.node, frame_, evaluation_);
      if (value.is_false()) return count(Outcome::not_applicable);
      if (value.is_true()) continue;
      const cel::Value error =
          value.is_error() ? value : evaluation_.error(cel::ErrorKind::evaluation, "`when` is neither true nor false");
      undecided = undecided.is_unset() ? error : evaluation_.merge_errors(undecided, error);
    }
    if (!undecided.is_unset()) return report_undecided(undecided, "cannot tell whether this applies: ");
    if (bound == rule_.generators.size()) return judge_item();
    iterate(bound);
  }

  void iterate(std::uint32_t bound) {
    const policy::Generator& generator = rule_.generators[bound];
    const cel::Value range = evaluate(generator.range);
    if (range.is_error()) return report_undecided(range, "");
    if (!range.is(cel::Kind::list) && !range.is(cel::Kind::map)) {
      return report_undecided(
          evaluation_.error(cel::ErrorKind::evaluation, "`for` ranges over a list or a map", {}, range.origin()), "");
    }
    const cel::Container& container = range.as_container();
    const std::size_t size = container.size(range.handle(), evaluation_);
    if (size == 0) return count(Outcome::not_applicable);
    const cel::Origin outer = item_;
    for (std::size_t i = 0; i < size && !stopped_; ++i) {
      for (const policy::Let& let : rule_.lets) {
        if (let.stage > bound) slots_[let.slot] = {};
      }
      const cel::Evaluation::Mark memory = evaluation_.mark();
      const std::uint32_t kept_before = std::exchange(earliest_kept_, nothing_kept);
      const cel::Value element = range.is(cel::Kind::list) ? container.at(range.handle(), i, evaluation_)
                                                           : container.key_at(range.handle(), i, evaluation_);
      if (element.is_error()) {
        report_undecided(element, "");
      } else {
        slots_[generator.slot] = element;
        item_ = element.origin();
        apply(bound + 1);
      }
      // What one item took is free for the next, unless a name that all items share was evaluated for it.
      if (earliest_kept_ > bound) evaluation_.release(memory);
      earliest_kept_ = std::min(earliest_kept_, kept_before);
      item_ = outer;
      stop_if_over_budget();
    }
  }

  // Once the budget of the manifest is used up, that is said once, not of each item that is left.
  void stop_if_over_budget() {
    evaluation_.reset_steps();
    if (!evaluation_.total_exhausted() || stopped_) return;
    stopped_ = true;
    report_undecided(evaluation_.over_budget(), "not all items were judged: ");
  }

  void judge_item() {
    ++items_;
    const std::size_t first = found_.size();
    Outcome worst = Outcome::pass;
    Assurance weakest = Assurance::verified;
    for (std::size_t i = 0; i < rule_.requirements.size(); ++i) {
      const policy::Requirement& requirement = rule_.requirements[i];
      const cel::Value value = evaluate(requirement.that);
      if (value.is_true()) {
        weakest = std::min(weakest, policy::assurance_of(value.marks()));
        remark(requirement);
        continue;
      }
      const bool absent = value.is_error() && is_absence(leading_error(value));
      const Outcome outcome = value.is_false() || absent ? Outcome::fail : Outcome::undecided;
      if (worst != Outcome::fail) worst = outcome;
      if (is_crowded()) continue;
      report(i, requirement, outcome, value);
      drop_repetition(first);
    }
    count(worst);
    if (worst == Outcome::pass) ++counts_.assurance[static_cast<std::size_t>(weakest)];
  }

  // Items beyond are counted, and said to be so once.
  bool is_crowded() {
    if (found_.size() - first_found_ < most_findings) return false;
    if (crowded_) return true;
    crowded_ = true;
    Judged judged = make_finding(Outcome::fail);
    judged.finding.requirement = rule_.requirements.size();
    judged.finding.message =
        concat("More than ", most_findings, " findings of this rule: those of further items are counted, not listed.");
    judged.finding.occurrences.front().item.clear();
    judged.item = 0;
    judged.finding.remediation = "Mend what is listed, and run the check again.";
    place(judged, {context_.where(context_.view().origin(0)), {}, {}, {}, std::nullopt});
    found_.push_back(std::move(judged));
    return true;
  }

  // Requirements of one item that fail for the same omission are one finding.
  void drop_repetition(std::size_t first) {
    const Judged& last = found_.back();
    if (!last.cause) return;
    for (std::size_t i = first; i + 1 < found_.size(); ++i) {
      if (found_[i].cause && found_[i].cause->id == last.cause->id &&
          found_[i].finding.outcome == last.finding.outcome) {
        found_.pop_back();
        return;
      }
    }
  }

  Judged make_finding(Outcome outcome) {
    Judged judged;
    judged.item = items_;
    Finding& finding = judged.finding;
    finding.rule = rule_.id;
    finding.outcome = outcome;
    finding.severity = rule_.severity;
    finding.level = rule_.level;
    finding.gate = rule_.gate;
    finding.ask = rule_.ask;
    finding.title = rule_.title;
    finding.remediation = rule_.remediation;
    finding.basis = basis();
    Occurrence occurrence;
    if (item_ != 0) occurrence.item = context_.where(item_).place;
    finding.occurrences.push_back(std::move(occurrence));
    return judged;
  }

  // What an error says, without what it may have read: where a sensitive value took part, an error's words could quote
  // it, and a missing key could be computed from it.
  ErrorAccount account_of(const cel::Error& error, const cel::Value& value) const {
    cel::Error shown = error;
    if ((value.marks() & policy::mark_sensitive) != 0) {
      if (error.kind == cel::ErrorKind::evaluation) {
        shown.message = "a value in a file that is not public does not fit what the rule does with it";
        shown.hint = {};
      }
      if (!error.missing.empty() && !is_written(error.missing)) shown.missing = "(a computed key)";
    }
    return account_for(shown, rule_.scope, context_);
  }

  // Whether a key stands in the rule itself.
  bool is_written(std::string_view key) const {
    const auto holds = [&](const Expression& expression) {
      return expression.text.find(key) != std::string_view::npos;
    };
    return holds(rule_.when) ||
           std::ranges::any_of(rule_.generators, [&](const auto& generator) { return holds(generator.range); }) ||
           std::ranges::any_of(rule_.lets, [&](const auto& let) { return holds(let.value); }) ||
           std::ranges::any_of(
               rule_.requirements,
               [&](const auto& requirement) { return holds(requirement.that) || holds(requirement.at); }) ||
           std::ranges::any_of(pack_.tables().definitions,
                               [&](std::string_view body) { return body.find(key) != std::string_view::npos; });
  }

  // A `when`, a `for` or an item that cannot be told.
  void report_undecided(const cel::Value& error, std::string_view lead) {
    ++items_;
    count(Outcome::undecided);
    if (is_crowded()) return;
    const cel::Error& leading = leading_error(error);
    ErrorAccount account = account_of(leading, error);
    Judged judged = make_finding(Outcome::undecided);
    judged.finding.requirement = rule_.requirements.size();  // none of them was reached
    if (account.where.location.file.empty()) account.where = item_place();
    judged.finding.message = concat(lead, account.message);
    place(judged, account);
    add_errors(judged.finding, leading, error);
    found_.push_back(std::move(judged));
  }

  void report(std::size_t index, const policy::Requirement& requirement, Outcome outcome, const cel::Value& value) {
    Judged judged = make_finding(outcome);
    Finding& finding = judged.finding;
    finding.requirement = index;
    const ItemFrame item{pack_, rule_, context_, evaluation_, frame_, item_};
    // What was too much once would be too much again.
    const bool too_much = value.is_error() && leading_error(value).kind == cel::ErrorKind::limit;
    Blame blame = too_much ? Blame{} : explain(item, requirement.that);
    finding.because = std::move(blame.because);
    if (value.is_error()) {
      const cel::Error& leading = leading_error(value);
      ErrorAccount account = account_of(leading, value);
      finding.message = account.message;
      if (account.where.location.file.empty()) account.where = pointed(requirement, blame.point);
      place(judged, account);
      add_errors(finding, leading, value);
    } else if (!value.is_false()) {
      finding.message = "the requirement is neither true nor false";
      place(judged, {pointed(requirement, blame.point), {}, {}, {}, std::nullopt});
    } else {
      finding.marker = std::move(blame.marker);
      finding.message = render(requirement.message.empty() ? rule_.message : requirement.message);
      place(judged, {pointed(requirement, blame.point), {}, {}, {}, std::nullopt});
    }
    found_.push_back(std::move(judged));
  }

  // Nothing is said of what cannot be told.
  void remark(const policy::Requirement& requirement) {
    if (requirement.remark.empty() || remarks_.size() - first_remark_ == most_remarks) return;
    if (requirement.remark_when && !evaluate(requirement.remark_when).is_true()) return;
    std::string message;
    for (const policy::MessagePart& part : requirement.remark) {
      const cel::Value value = part.value ? evaluate(part.value) : cel::Value();
      if (value.is_error()) return;
      message += part.value ? context_.show(value, evaluation_, false) : std::string(part.text);
    }
    const policy::Context::Where where = pointed(requirement, std::nullopt);
    remarks_.push_back({std::string(rule_.id), std::string(trim_ascii(message)), where.place, where.location});
  }

  void place(Judged& judged, const ErrorAccount& account) {
    judged.finding.place = account.where.place;
    judged.finding.location = account.where.location;
    judged.finding.missing = account.missing;
    judged.in_organization = !account.where.in_campaign;
    judged.cause = account.cause;
    if (!account.hint.empty()) judged.finding.marker = account.hint;
  }

  // The other errors that met are kept as reasons.
  void add_errors(Finding& finding, const cel::Error& leading, const cel::Value& value) {
    for (const cel::Error* error = &value.as_error(); error != nullptr; error = error->next) {
      if (error == &leading) continue;
      const ErrorAccount account = account_of(*error, value);
      Reason reason;
      reason.kind = Reason::Kind::remark;
      reason.note = account.message;
      reason.place = account.where.place;
      if (!account.where.location.file.empty()) reason.location = account.where.location;
      const auto same = [&](const Reason& other) { return other.note == reason.note; };
      if (std::ranges::none_of(finding.because, same)) finding.because.push_back(std::move(reason));
    }
  }

  policy::Context::Where item_place() const { return context_.where(item_ != 0 ? item_ : context_.view().origin(0)); }

  policy::Context::Where pointed(const policy::Requirement& requirement, std::optional<cel::Origin> point) {
    if (requirement.at) {
      const cel::Value at = evaluate(requirement.at);
      if (!at.is_error() && at.origin() != 0) return context_.where(at.origin());
      if (at.is_error() && at.as_error().origin != 0)
        return context_.where_missing(at.as_error().origin, at.as_error().missing, rule_.scope);
    }
    return point ? context_.where(*point) : item_place();
  }

  std::string render(std::span<const policy::MessagePart> parts) {
    std::string message;
    for (const auto& part : parts) {
      message += part.value ? context_.show(evaluate(part.value), evaluation_, false) : std::string(part.text);
    }
    return std::string(trim_ascii(message));
  }

  // The references that hold here: of the campaign's markets, under their own conditions.
  std::vector<Basis> basis() {
    std::vector<Basis> result;
    for (const policy::ReferenceUse& use : rule_.references) {
      const policy::Reference* reference = pack_.reference(use.id);
      if (reference == nullptr) continue;
      if (reference->kind != Basis::Kind::practice && !concerns_campaign(reference->jurisdiction)) continue;
      if (use.when && !evaluate(use.when).is_true()) continue;
      Basis basis;
      basis.id = reference->id;
      basis.kind = reference->kind;
      basis.citation = reference->citation;
      basis.jurisdiction = reference->jurisdiction;
      basis.url = reference->url;
      const auto from = policy::parse_day(reference->applies_from);
      if (from && *from > context_.today()) basis.applies_from = reference->applies_from;
      basis.see_also = reference->from_memory;
      result.push_back(std::move(basis));
    }
    return result;
  }

  bool concerns_campaign(std::string_view jurisdiction) {
    if (jurisdiction == "INT" || context_.manifest().kind == Scope::organization) return true;
    const cel::Value root = context_.view().root();
    if (!root.is(cel::Kind::map)) return false;
    const cel::Value campaign = root.as_container().find(root.handle(), "campaign", evaluation_);
    if (!campaign.is(cel::Kind::map)) return false;
    const cel::Value found = campaign.as_container().find(campaign.handle(), "markets", evaluation_);
    if (!found.is(cel::Kind::list)) return false;
    const std::size_t size = found.as_container().size(found.handle(), evaluation_);
    for (std::size_t i = 0; i < size; ++i) {
      const cel::Value market = found.as_container().at(found.handle(), i, evaluation_);
      if (market.is(cel::Kind::string) && policy::concerns_market(jurisdiction, market.as_text())) return true;
    }
    return false;
  }

  const policy::CompiledPack& pack_;
  const CompiledRule& rule_;
  policy::Context& context_;
  cel::Evaluation& evaluation_;
  std::vector<Judged>& found_;
  std::vector<Remark>& remarks_;
  policy::Parameters parameters_;
  std::vector<cel::Value> slots_;
  cel::Frame frame_;
  cel::Origin item_ = 0;
  std::size_t first_found_ = 0;
  std::size_t first_remark_ = 0;
  std::size_t items_ = 0;  // judged so far
  bool crowded_ = false;
  bool stopped_ = false;  // the budget of the manifest is used up
  static constexpr std::uint32_t nothing_kept = UINT32_MAX;
  std::uint32_t earliest_kept_ = nothing_kept;  // the least stage of a name that was evaluated for this item
  RuleCounts counts_;
};

}  // namespace

RuleCounts judge(const policy::CompiledPack& pack, const CompiledRule& rule, Gate gate, policy::Context& context,
                 cel::Evaluation& evaluation, std::vector<Judged>& found, std::vector<Remark>& remarks) {
  if (rule.gate > gate) {
    RuleCounts counts;
    counts.outcomes[static_cast<std::size_t>(Outcome::not_due)] = 1;
    return counts;
  }
  evaluation.reset();
  evaluation.host = &context;
  return RuleRun(pack, rule, gate, context, evaluation, found, remarks).run();
}

}  // namespace scruple::linting
