#include "policy/file_facts.h"

#include "base/strings.h"
#include "policy/dates.h"
#include "policy/marks.h"

namespace scruple::policy {

bool FileFacts::is_recorded() const {
  if (use_.record == nullptr || use_.record->is_taking() || !use_.record->knows({}, file_)) return false;
  using Kind = evidence::Problem::Kind;
  const auto exists = evidence_->exists();
  if (exists) return !*exists;
  const Kind kind = exists.problem().kind;
  return kind == Kind::absent || kind == Kind::bad_path || kind == Kind::not_fetched;
}

cel::Value FileFacts::ask(std::string_view question, cel::Origin path, const std::function<cel::Value()>& make,
                          cel::Evaluation& evaluation) const {
  if (is_recorded()) return recorded(question, path, evaluation);
  const cel::Value value = make();
  if (use_.record == nullptr || !use_.record->is_taking() || value.is_error()) return value;
  const auto digest = evidence_->sha256();
  auto json = fact_to_json(value, mark_sensitive, evaluation);
  if (json && digest) {
    use_.record->add({use_.campaign, file_, fact_name(question)}, {format_day(use_.today), *digest, *std::move(json)});
  }
  return value;
}

cel::Value FileFacts::recorded(std::string_view question, cel::Origin path, cel::Evaluation& evaluation) const {
  const std::string name = concat("`", shorten(visible(file_), 200), "`");
  const auto unknown = [&](std::string message) {
    return evaluation.error(cel::ErrorKind::unavailable, message,
                            "take the facts anew where the file is: `scruple record MANIFEST -o FILE`", path);
  };
  const FactRecord::Fact* fact = use_.record->find({use_.campaign, file_, fact_name(question)});
  if (fact == nullptr && !use_.record->knows(use_.campaign, file_))
    return unknown(concat(name, " is not here, and its recorded facts are of another campaign"));
  if (fact == nullptr) return unknown(concat(name, " is not here, and its recorded facts do not answer this rule"));
  const auto day = parse_day(fact->day);
  const std::int64_t age = day ? (use_.today.seconds - day->seconds) / seconds_a_day : -1;
  if (age < 0) return unknown(concat(name, " is not here, and its facts were recorded on no day before today"));
  if (age > static_cast<std::int64_t>(use_.max_age_days)) {
    return unknown(
        concat(name, " is not here, and its facts are of ", fact->day, ", more than ", use_.max_age_days, " days ago"));
  }
  const cel::Value value = fact_from_json(fact->value, mark_recorded, evaluation);
  return value.is_unset() ? unknown(concat(name, " is not here, and what was recorded of it cannot be read")) : value;
}

}  // namespace scruple::policy
