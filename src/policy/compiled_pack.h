// A pack as it is used: plain tables of text and planned expressions. For the built-in packs they are constant data
// (see builtin/); for a pack that was read, OwnedPack holds what they point to.
#pragma once

#include "cel/cel.h"
#include "policy/words.h"

#include "scruple/finding.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::policy {

// The names of an expression by slot. Definitions see the first four only.
enum Slot : std::uint32_t {
  slot_manifest,
  slot_words,
  slot_today,
  slot_reference_day,
  slot_gate,
  slot_params,
  first_free_slot
};
inline constexpr std::uint32_t definition_slots = slot_gate;

struct Expression {
  std::string_view text;  // empty: there is none
  cel::ProgramTables tables;
  std::uint32_t index = 0;  // among the expressions of its pack

  explicit operator bool() const { return !text.empty(); }
};

// One conjunct of a `when`, with the number of loop variables that must be bound before it can be evaluated.
struct Conjunct {
  cel::NodeId node = 0;
  std::uint32_t stage = 0;
};

struct Generator {
  std::string_view variable;
  std::uint32_t slot = 0;
  Expression range;
};

struct Let {
  std::string_view name;
  std::uint32_t slot = 0;
  std::uint32_t stage = 0;  // the number of loop variables that it depends on
  Expression value;
};

// A piece of a message: literal text, or a placeholder's expression.
struct MessagePart {
  std::string_view text;
  Expression value;
};

struct Requirement {
  Expression that;
  Expression at;                         // may be none
  std::span<const MessagePart> message;  // empty: the rule's
  Expression remark_when;                // none: always
  std::span<const MessagePart> remark;   // what is said where the requirement holds; may be empty
};

struct ReferenceUse {
  std::string_view id;
  Expression when;  // none: always
};

struct Parameter {
  enum class Type : std::uint8_t { boolean, integer, number, string, list_of_strings };
  std::string_view name;
  Type type = Type::string;
  double number = 0;  // integer (exact up to 2^53), number or boolean
  std::string_view text;
  std::span<const std::string_view> texts;
  std::string_view description;
  std::optional<double> minimum;  // bounds of what a team may set
  std::optional<double> maximum;
  enum class Stricter : std::uint8_t { unsaid, lower, higher };
  Stricter stricter = Stricter::unsaid;  // `higher` of a list: more items
};

struct SilenceEntry {
  std::string_view field;
  std::string_view reason;  // a sentence, or the id of the rule that asks for the field
};

struct CompiledRule {
  std::string_view id;  // full: "privacy/unsubscribe-visible"
  std::span<const std::string_view> aliases;
  std::string_view title;
  Severity severity = Severity::error;
  Level level = Level::essential;
  Gate gate = Gate::assess;
  Scope scope = Scope::campaign;
  Ask ask = Ask::marketing;
  std::span<const Generator> generators;
  Expression when;
  std::span<const Conjunct> conjuncts;  // of `when`
  std::span<const Let> lets;
  std::span<const Requirement> requirements;
  std::span<const MessagePart> message;
  std::string_view remediation;
  std::string_view rationale;
  std::span<const ReferenceUse> references;
  std::span<const Parameter> parameters;
  std::span<const SilenceEntry> silence;
  bool waiver_allowed = true;
  std::uint32_t waiver_max_days = 90;
  std::uint32_t slot_count = first_free_slot;
};

struct Reference {
  std::string_view id;
  std::string_view citation;
  std::string_view jurisdiction;
  Basis::Kind kind = Basis::Kind::practice;
  std::string_view applies_from;  // YYYY-MM-DD, or empty: in force
  std::string_view asks;
  std::string_view url;
  std::string_view reviewed_on;
  bool from_memory = false;  // no source was seen: never shown as law
};

struct WordList {
  struct Language {
    std::string_view language;  // BCP 47
    std::span<const std::string_view> phrases;
  };
  std::string_view name;
  std::span<const Language> languages;
};

// A file of the pack as it was read: for `scruple test` and the digest.
struct PackFile {
  std::string_view path;  // relative to the pack's folder
  std::string_view text;
};

struct PackTables {
  std::string_view id;
  std::string_view version;
  std::string_view title;
  std::string_view description;
  std::string_view sha256;
  std::span<const CompiledRule> rules;
  std::span<const Reference> references;
  std::span<const WordList> words;
  std::span<const PackFile> files;
  std::span<const std::string_view> definitions;  // bodies: source n of a program's node is definition n - 1
  std::uint32_t expression_count = 0;
};

// What the tables of a pack point to, when they are not constant data. Addresses stay valid as long as the object.
class TableStorage {
 public:
  std::string_view keep(std::string text);
  template <typename T>
  std::span<const T> keep(std::vector<T> items) {
    if (items.empty()) return {};
    auto held = std::make_shared<std::vector<T>>(std::move(items));
    holders_.push_back(held);
    return *held;
  }
  cel::ProgramTables keep(cel::Program program);

 private:
  std::vector<std::shared_ptr<void>> holders_;
};

// A pack in use: immutable, shared by all workers. Programs are made from their tables on first need.
class CompiledPack {
 public:
  // `functions` is the registry that the tables were planned with; it outlives the pack.
  CompiledPack(PackTables tables, const cel::FunctionRegistry& functions, std::string origin,
               TableStorage storage = {});
  // A pack that differs from another one in its tables, and shares what is made of its word lists.
  CompiledPack(const CompiledPack& other, PackTables tables, TableStorage storage);

  const PackTables& tables() const { return tables_; }
  const cel::FunctionRegistry& functions() const { return functions_; }
  const std::string& origin() const { return origin_; }  // "built-in", or the path that was read

  const cel::Program& program(const Expression& expression) const;
  const Words& words() const { return *words_; }
  const Reference* reference(std::string_view id) const;

 private:
  struct LazyProgram {
    std::once_flag once;
    std::optional<cel::Program> program;
    std::atomic<const cel::Program*> made = nullptr;  // the program, once it is there
  };

  PackTables tables_;
  const cel::FunctionRegistry& functions_;
  std::string origin_;
  TableStorage storage_;
  std::shared_ptr<const Words> words_;
  std::unique_ptr<LazyProgram[]> programs_;
};

}  // namespace scruple::policy
