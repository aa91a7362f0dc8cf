// Options that take one of a few words.
#pragma once

#include "base/strings.h"
#include "base/suggest.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cli {

// Refuses other words, and says which was probably meant.
inline CLI::Validator one_of(std::vector<std::string_view> words) {
  const auto check = [words = std::move(words)](const std::string& given) {
    if (std::ranges::find(words, given) != words.end()) return std::string();
    std::string all;
    for (const auto word : words) all += concat(all.empty() ? "" : ", ", word);
    const std::string_view meant = nearest(given, words);
    return concat("`", visible(given), "` is none of ", all,
                  meant.empty() ? std::string() : concat("; did you mean `", meant, "`?"));
  };
  return CLI::Validator(check, "");
}

}  // namespace scruple::cli
