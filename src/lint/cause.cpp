#include "lint/cause.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "schema/validator.h"

namespace scruple::linting {

namespace {

constexpr std::string_view organization_prefix = "organization:";

std::string without_prefix(const std::string& place) {
  return place.starts_with(organization_prefix) ? place.substr(organization_prefix.size()) : place;
}

std::string with_name(const std::string& place, std::string_view missing) {
  if (missing.empty()) return place;
  if (missing.front() == '[') return concat(place, missing);
  // The root has no name of its own: no dot stands after the prefix of the organization file.
  std::string full = without_prefix(place);
  schema::append_key_step(full, missing);
  return place.starts_with(organization_prefix) ? concat(organization_prefix, full) : full;
}

// What the schema says of a field that is not there: how to write it.
std::string hint_for_missing(const cel::Error& error, const policy::Context& context) {
  if (policy::View::view_of(error.origin) != 0) return {};
  const policy::View& view = context.view();
  const auto entry = policy::View::entry_of(error.origin);
  // A field that holds a placeholder is asked for like one that is not there.
  if (error.missing.empty())
    return entry == 0 ? std::string{} : context.describe_field(view.type(view.parent(entry)), view.key(entry));
  return context.describe_field(view.type(entry), error.missing);
}

}  // namespace

std::string as_sentence(std::string hint) {
  if (!hint.empty() && is_lower(hint[0])) hint[0] = static_cast<char>(hint[0] - 'a' + 'A');
  return hint;
}

bool is_absence(const cel::Error& error) { return error.kind == cel::ErrorKind::absence && error.origin != 0; }

const cel::Error& leading_error(const cel::Value& value) {
  const cel::Error* first = &value.as_error();
  for (const cel::Error* error = first; error != nullptr; error = error->next) {
    if (is_absence(*error)) return *error;
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
      if (!is_absence(error)) {
        account.message = concat("what the rule computed has no `", error.missing, "`");
        break;
      }
      if (error.missing.empty()) {
        // Something stands there that says nothing, or a file that is not there.
        account.where = context.where(error.origin);
        account.message = error.message;
      } else {
        account.where = context.where_missing(error.origin, error.missing, scope);
        account.missing = error.missing;
        // A whole section that is missing is not yet a mistake in something: it has not been begun.
        const bool section = context.view().is_root(error.origin);
        account.message =
            section ? concat("nothing is said about `", error.missing, "` yet")
                    : concat("`", with_name(without_prefix(account.where.place), error.missing), "` is not declared");
      }
      if (account.hint.empty() && !context.is_path(error.origin)) account.hint = hint_for_missing(error, context);
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
      if (error.origin != 0) account.where = context.where(error.origin);
      account.message = error.message;
      if (error.origin != 0) make_cause(Cause::Kind::undecidable);
      // Several things may be looked for at one place, and each be found or not.
      if (account.cause && !error.missing.empty()) account.cause->id += concat(":", error.missing);
      break;
    case cel::ErrorKind::limit:
    case cel::ErrorKind::evaluation:
      if (error.origin != 0) account.where = context.where(error.origin);
      account.message = error.message;
      break;
  }
  return account;
}

}  // namespace scruple::linting
