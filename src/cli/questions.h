// Questions to a person at a terminal.
#pragma once

#include "cli/command_line.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cli {

// What is wrong with an answer, in a sentence; nothing if it will do.
using AnswerCheck = std::function<std::optional<std::string>(const std::string& answer)>;

// Asks until the answer will do; nothing once the input has ended.
std::optional<std::string> ask(const Streams& streams, std::string_view question, const AnswerCheck& check);

// Answers that are separated by commas, each checked; an empty line gives none.
std::optional<std::vector<std::string>> ask_list(const Streams& streams, std::string_view question,
                                                 const AnswerCheck& check);

std::optional<bool> ask_yes_or_no(const Streams& streams, std::string_view question);

}  // namespace scruple::cli
