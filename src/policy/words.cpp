#include "policy/words.h"

#include "policy/compiled_pack.h"

#include <vector>

namespace scruple::policy {

namespace {

// The entry for a language, or for the language that remains when its last part is cut off.
const WordList::Language* entry_for(const WordList& list, std::string_view language) {
  while (true) {
    for (const auto& entry : list.languages) {
      if (entry.language == language) return &entry;
    }
    const auto dash = language.rfind('-');
    if (dash == std::string_view::npos) return nullptr;
    language = language.substr(0, dash);
  }
}

}  // namespace

std::optional<Words::Phrases> Words::phrases(std::uint32_t handle, std::string_view language, std::uint32_t negations,
                                             std::size_t window) const {
  const auto* entry = entry_for(list(handle), language);
  if (entry == nullptr) return std::nullopt;
  const std::lock_guard lock(mutex_);
  auto& matcher = matchers_[{handle, std::string(entry->language), negations, window}];
  if (!matcher) {
    evidence::Negation negation;
    negation.window = window;
    if (const auto* words = negations == 0 ? nullptr : entry_for(list(negations), language)) {
      negation.words.assign(words->phrases.begin(), words->phrases.end());
    }
    const std::vector<std::string> phrases(entry->phrases.begin(), entry->phrases.end());
    matcher = std::make_unique<const evidence::PhraseMatcher>(phrases, negation);
  }
  return Phrases{entry->language, entry->phrases.size(), matcher.get()};
}

std::span<const std::string_view> Words::written(std::uint32_t handle, std::string_view language) const {
  const auto* entry = entry_for(list(handle), language);
  return entry == nullptr ? std::span<const std::string_view>{} : entry->phrases;
}

cel::Value Words::find(std::uint32_t handle, std::string_view name, cel::Evaluation&) const {
  if (handle != 0) return {};
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    if (lists_[i].name == name)
      return cel::Value::container(cel::Kind::opaque, *this, static_cast<std::uint32_t>(i + 1));
  }
  return {};
}

}  // namespace scruple::policy
