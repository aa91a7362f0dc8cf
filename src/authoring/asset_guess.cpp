#include "authoring/asset_guess.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "config/discovery.h"
#include "evidence/evidence.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace scruple::authoring {

namespace {

constexpr std::size_t most_assets = 200;
constexpr std::size_t most_files = 5000;
constexpr int deepest = 16;

using Words = std::initializer_list<std::string_view>;

// The parts of a name: "mail/Spring_DE.html" is "mail", "spring", "de", "html".
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts(1);
  for (const char c : to_lower_ascii(path)) {
    const bool inside = is_lower(c) || is_digit(c) || is_beyond_ascii(c);
    if (inside) {
      parts.back() += c;
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  return parts;
}

bool names_one_of(const std::vector<std::string>& parts, Words words) {
  return std::ranges::any_of(parts, [&](const std::string& part) {
    return std::ranges::any_of(words, [&](std::string_view word) { return part == word || part == concat(word, "s"); });
  });
}

std::string_view ending_of(std::string_view path) {
  const std::string_view name = path::file_name(path);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
}

bool is_one_of(std::string_view word, Words words) { return std::ranges::find(words, word) != words.end(); }

// What the path alone says of the kind; empty if it says nothing.
std::string_view kind_by_name(const std::vector<std::string>& parts) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 22> meanings = {{
      {"chatbot", "chatbot"},
      {"bot", "chatbot"},
      {"chat", "chatbot"},
      {"sms", "sms"},
      {"push", "push"},
      {"mail", "email"},
      {"email", "email"},
      {"mailing", "email"},
      {"newsletter", "email"},
      {"blog", "blog_post"},
      {"ad", "ad"},
      {"banner", "ad"},
      {"social", "social_post"},
      {"post", "social_post"},
      {"letter", "letter"},
      {"page", "landing_page"},
      {"landing", "landing_page"},
      {"index", "landing_page"},
      {"survey", "landing_page"},
      {"form", "landing_page"},
      {"signup", "landing_page"},
      {"voice", "voice_bot"},
  }};
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    for (const auto& [word, kind] : meanings) {
      if (*part == word || *part == concat(word, "s")) return kind;
    }
  }
  return {};
}

// A tag in the name, as in `spring.de.html`. Only tags of languages that are common in marketing: `is` and `it` are
// words.
std::string language_by_name(std::string_view path) {
  constexpr std::string_view tags =
      " bg cs da de el en es et fi fr hr hu ja ko lt lv nl no pl pt ro ru sk sl sv tr uk zh it ";
  std::string_view name = path::file_name(path);
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  name = name.substr(0, dot);
  const auto separator = name.find_last_of("._-");
  const std::string tag = to_lower_ascii(separator == std::string_view::npos ? name : name.substr(separator + 1));
  return tag.size() == 2 && tags.find(concat(" ", tag, " ")) != std::string_view::npos ? tag : std::string{};
}

std::string_view fact_text(const Document& facts, NodeId map, std::string_view key) {
  const Member* member = facts.find(map, key);
  return member == nullptr ? std::string_view{} : facts.node(member->value).text;
}

std::span<const Member> list_of(const Document& facts, std::string_view key) {
  const Member* member = facts.find(facts.root(), key);
  return member == nullptr ? std::span<const Member>{} : facts.members(member->value);
}

// Lines or JSON turns in which a bot and a person take turns.
bool is_conversation(std::string_view text) {
  const std::string lower = to_lower_ascii(text.substr(0, 20'000));
  const bool turns = lower.find("bot:") != std::string::npos &&
                     (lower.starts_with("bot:") || lower.find("\nbot:") != std::string::npos ||
                      lower.find("\nuser:") != std::string::npos);
  return turns || (lower.find("\"speaker\"") != std::string::npos && lower.find("\"text\"") != std::string::npos);
}

class Guesser {
 public:
  Guesser(const FileSystem& files, const std::string& root, const std::string& manifest_folder)
      : files_(files),
        root_(root),
        manifest_folder_(path::normalize(path::join(root, manifest_folder))),
        store_(files, root) {}

  FolderGuess guess(const std::string& folder) {
    collect(path::normalize(folder), 0);
    for (const std::string& file : found_) {
      if (guess_.assets.size() == most_assets) {
        ++guess_.left_out;
      } else {
        look_at(file);
      }
    }
    return std::move(guess_);
  }

 private:
  void collect(const std::string& folder, int depth) {
    if (depth > deepest) return;
    for (const FolderEntry& entry : files_.list(path::join(root_, folder))) {
      if (entry.name.starts_with('.') || entry.name == "node_modules") continue;
      const std::string below = folder == "." ? entry.name : path::join(folder, entry.name);
      if (entry.is_folder) collect(below, depth + 1);
      if (!entry.is_regular || config::is_manifest_name(entry.name)) continue;
      if (find_invalid_utf8(entry.name) != std::string_view::npos) {  // no manifest could name it
        guess_.unrecognized.push_back(below);
        continue;
      }
      if (found_.size() < most_files) {
        found_.push_back(below);
      } else {
        ++guess_.left_out;
      }
    }
  }

  void look_at(const std::string& file) {
    GuessedAsset asset;
    asset.path = path::relative_to(path::normalize(path::join(root_, file)), manifest_folder_);
    const std::string ending = to_lower_ascii(ending_of(file));
    // The name counts from the folder that was named on, not what stands above it.
    const auto parts = parts_of(file);
    const evidence::FilePtr evidence = store_.open(root_, ".", file);
    if (is_one_of(ending, {"html", "htm"})) {
      from_html(*evidence, parts, asset);
    } else if (is_one_of(ending, {"txt", "md", "json"})) {
      from_text(*evidence, parts, ending, asset);
    } else if (ending == "eml") {
      from_mail(*evidence, asset);
    } else if (is_one_of(ending, {"png", "jpg", "jpeg", "gif", "webp", "svg", "avif"})) {
      from_ending("image", ending, asset);
    } else if (is_one_of(ending, {"mp4", "webm", "mov"})) {
      from_ending("video", ending, asset);
    } else if (is_one_of(ending, {"mp3", "wav", "ogg", "m4a"})) {
      from_ending("audio", ending, asset);
    }
    if (asset.kind.empty()) {
      guess_.unrecognized.push_back(asset.path);
      return;
    }
    if (!asset.form.empty() && guess_.preference_page.empty() &&
        names_one_of(parts_of(path::file_name(file)), {"choice", "preference", "optout", "unsubscribe"})) {
      guess_.preference_page = asset.path;
      return;
    }
    if (asset.language.empty()) {
      asset.language = language_by_name(file);
      if (!asset.language.empty()) add_reason(asset, "the language from its name");
    }
    guess_.assets.push_back(std::move(asset));
  }

  static void add_reason(GuessedAsset& asset, std::string_view reason) {
    if (!asset.reason.empty()) asset.reason += "; ";
    asset.reason += reason;
  }

  static void from_mail(const evidence::File& file, GuessedAsset& asset) {
    asset.kind = "email";
    asset.reason = "it is a mail file";
    if (const auto html = file.facts(evidence::Part::html)) take_language(**html, asset);
  }

  static void from_ending(std::string_view kind, std::string_view ending, GuessedAsset& asset) {
    asset.kind = kind;
    asset.reason = concat("by its ending .", ending);
  }

  static void from_html(const evidence::File& file, const std::vector<std::string>& parts, GuessedAsset& asset) {
    const auto html = file.facts(evidence::Part::html);
    if (!html) return;
    const Document& facts = **html;
    asset.kind = kind_by_name(parts);
    if (!asset.kind.empty()) asset.reason = "the kind from its name";
    bool asks = false;
    for (const Member& control : list_of(facts, "controls")) {
      const auto type = fact_text(facts, control.value, "type");
      asks = asks || is_one_of(type, {"email", "tel", "text", "checkbox", "textarea", "radio", "select"});
    }
    if (asset.kind.empty() && asks) {
      asset.kind = "landing_page";
      asset.reason = "holds a form";
    } else if (asset.kind.empty() && !list_of(facts, "merge_tags").empty()) {
      asset.kind = "email";
      asset.reason = "holds merge tags";
    } else if (asset.kind.empty()) {
      asset.kind = "landing_page";
      asset.reason = "HTML without merge tags";
    }
    if (asks && asset.kind != "email")
      asset.form = names_one_of(parts, {"survey", "umfrage"}) ? "survey" : "signup_form";
    take_language(facts, asset);
  }

  static void take_language(const Document& facts, GuessedAsset& asset) {
    asset.language = fact_text(facts, facts.root(), "language");
    if (!asset.language.empty()) {
      add_reason(asset, concat("<html lang=\"", visible(asset.language), "\">"));
    } else if (asset.language = guess_language(fact_text(facts, facts.root(), "visible_text"));
               !asset.language.empty()) {
      add_reason(asset, "the language from its words");
    }
  }

  static void from_text(const evidence::File& file, const std::vector<std::string>& parts, std::string_view ending,
                        GuessedAsset& asset) {
    const auto text = file.text();
    if (!text) return;
    const std::string_view words = (*text)->text();
    if (is_conversation(words)) {
      asset.kind = "chatbot";
      asset.reason = "a bot and a person take turns in it";
    } else if (ending != "json") {
      asset.kind = kind_by_name(parts);
      if (asset.kind.empty()) return;
      asset.reason = "the kind from its name";
    } else {
      return;
    }
    asset.language = guess_language(words);
    if (!asset.language.empty()) add_reason(asset, "the language from its words");
  }

  const FileSystem& files_;
  const std::string root_;
  const std::string manifest_folder_;
  evidence::Store store_;
  std::vector<std::string> found_;  // relative to the root
  FolderGuess guess_;
};

}  // namespace

FolderGuess guess_assets(const FileSystem& files, const std::string& root, const std::string& folder,
                         const std::string& manifest_folder) {
  return Guesser(files, root, manifest_folder).guess(folder);
}

}  // namespace scruple::authoring
