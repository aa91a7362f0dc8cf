#include "cli/questions.h"

#include "base/strings.h"

#include <istream>

namespace scruple::cli {

namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    if (const auto part = trim_ascii(text.substr(at, comma - at)); !part.empty()) parts.emplace_back(part);
    at = comma + 1;
  }
  return parts;
}

}  // namespace

std::optional<std::string> ask(const Streams& streams, std::string_view question, const AnswerCheck& check) {
  while (true) {
    streams.out << question << ' ' << std::flush;
    std::string line;
    if (!std::getline(streams.in, line)) {
      streams.out << '\n';
      return std::nullopt;
    }
    std::string answer(trim_ascii(line));
    const auto problem = check(answer);
    if (!problem) return answer;
    streams.out << "  " << *problem << '\n';
  }
}

std::optional<std::vector<std::string>> ask_list(const Streams& streams, std::string_view question,
                                                 const AnswerCheck& check) {
  const auto line = ask(streams, question, [&](const std::string& answer) -> std::optional<std::string> {
    for (const std::string& part : split(answer)) {
      if (auto problem = check(part)) return problem;
    }
    return std::nullopt;
  });
  if (!line) return std::nullopt;
  return split(*line);
}

std::optional<bool> ask_yes_or_no(const Streams& streams, std::string_view question) {
  const auto answer = ask(streams, question, [](const std::string& given) -> std::optional<std::string> {
    const std::string word = to_lower_ascii(given);
    if (word == "y" || word == "yes" || word == "n" || word == "no") return std::nullopt;
    return "Write y for yes or n for no.";
  });
  if (!answer) return std::nullopt;
  return to_lower_ascii(*answer).front() == 'y';
}

}  // namespace scruple::cli
