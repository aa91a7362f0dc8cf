#include "lint/cause.h"

#include "base/strings.h"
#include "schema/validator.h"

namespace scruple::linting {

namespace {

std::string with_name(std::string place, std::string_view missing) {
  if (missing.empty()) return place;
  if (missing.front() == '[') return place.append(missing);
  schema::append_key_step(place, missing);
  return place;
}

// What the schema says of a field that is not there: how to write it.
std::string hint_for_missing(const cel::Error& error, const policy::Context& context) {
  if (error.missing.empty() || policy::View::view_of(error.origin) != 0) return {};
  const policy::View& view = context.view();
  const auto entry = error.origin == 0 ? 0 : policy::View::entry_of(error.origin);
  return context.describe_field(view.type(entry), error.missing);
}

}  // namespace

const cel::Error& leading_error(const cel::Value& value) {
  const cel::Error* first = &value.as_error();
  for (const cel::Error* error = first; error != nullptr; error = error->next) {
    if (error->kind == cel::ErrorKind::absence) return *error;
  }
  return *first;
}

ErrorAccount account_for(const cel::Error& error, Scope scope, const policy::Context& context) {
  ErrorAccount account;
  account.hint = error.hint;
  const auto make_cause = [&](Cause::Kind kind) {
    Cause cause;
    cause.kind = kind;
    cause.place = with_name(account.where.place, account.missing);
    cause.id = concat(to_string(kind), ":", cause.place);
    cause.message = account.message;
    cause.hint = account.hint;
    cause.location = account.where.location;
    account.cause = std::move(cause);
  };
  switch (error.kind) {
    case cel::ErrorKind::absence:
      if (error.missing.empty()) {
        // Something stands there that says nothing, or a file that is not there.
        account.where = context.where(error.origin);
        account.message = error.message;
      } else {
        account.where = context.where_missing(error.origin, scope);
        account.missing = error.missing;
        account.message = concat("`", with_name(account.where.place, error.missing), "` is not declared");
        if (account.hint.empty()) account.hint = hint_for_missing(error, context);
      }
      make_cause(Cause::Kind::absent);
      break;
    case cel::ErrorKind::unavailable:
      if (error.origin != 0) account.where = context.where(error.origin);
      account.message = error.message;
      if (error.origin != 0) make_cause(Cause::Kind::unreadable);
      break;
    case cel::ErrorKind::wrong_type:
      account.where = context.where(error.origin);
      account.message = error.message;
      make_cause(Cause::Kind::schema);
      break;
    case cel::ErrorKind::undecidable:
    case cel::ErrorKind::limit:
    case cel::ErrorKind::evaluation:
      if (error.origin != 0) account.where = context.where(error.origin);
      account.message = error.message;
      break;
  }
  return account;
}

}  // namespace scruple::linting
