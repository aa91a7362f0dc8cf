// The word lists of a pack as rules see them: `words.ai_disclosure`. A list is opaque to expressions; the functions
// of text.* look inside. What searches for its phrases is built on first use and shared by all workers.
#pragma once

#include "cel/value.h"
#include "evidence/text.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

namespace scruple::policy {

struct WordList;

class Words final : public cel::Container {
 public:
  explicit Words(std::span<const WordList> lists) : lists_(lists) {}

  cel::Value root() const { return cel::Value::container(cel::Kind::opaque, *this, 0); }

  // Of `words.LIST`.
  const WordList& list(std::uint32_t handle) const { return lists_[handle - 1]; }

  // What searches for the phrases of a list in a language: exactly, or in the language without its region (`de` for
  // `de-AT`). Empty if the list has no phrases in that language.
  // `negations` is the handle of a second list, whose words within `window` words before a phrase undo it; 0: none.
  struct Phrases {
    std::string_view language;
    std::size_t count = 0;
    const evidence::PhraseMatcher* matcher = nullptr;
  };
  std::optional<Phrases> phrases(std::uint32_t handle, std::string_view language, std::uint32_t negations,
                                 std::size_t window) const;

  // The phrases themselves, as the pack has them; none if the list has none in that language.
  std::span<const std::string_view> written(std::uint32_t handle, std::string_view language) const;

  std::string_view type_name(std::uint32_t handle) const override { return handle == 0 ? "words" : "word_list"; }
  std::size_t size(std::uint32_t, cel::Evaluation&) const override { return 0; }
  cel::Value at(std::uint32_t, std::size_t, cel::Evaluation&) const override { return {}; }
  cel::Value key_at(std::uint32_t, std::size_t, cel::Evaluation&) const override { return {}; }
  cel::Value find(std::uint32_t handle, std::string_view name, cel::Evaluation&) const override;
  cel::Value find(std::uint32_t, const cel::Value&, cel::Evaluation&) const override { return {}; }

 private:
  using Key = std::tuple<std::uint32_t, std::string, std::uint32_t, std::size_t>;

  std::span<const WordList> lists_;
  mutable std::mutex mutex_;
  mutable std::map<Key, std::unique_ptr<const evidence::PhraseMatcher>> matchers_;
};

}  // namespace scruple::policy
