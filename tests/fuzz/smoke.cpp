// Runs a fuzz target without libFuzzer: on the seeds, then on mixtures of them that are the same on each run. A short
// look in the tests; scripts/fuzz looks long.
//
//   TARGET_smoke SEEDS DICTIONARY MIXTURES
#include "fuzz.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

constexpr std::size_t longest = 4096;

// What is run at the moment, for the message of a run that ends badly.
const std::string* current = nullptr;

extern "C" void show_current(int) {
  std::fputs("the target ended badly on these bytes:\n", stderr);
  if (current != nullptr) std::fwrite(current->data(), 1, current->size(), stderr);
}

void run(const std::string& text) {
  current = &text;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const auto& path : paths) seeds.push_back(read_file(path));
  return seeds;
}

// The words of a dictionary of libFuzzer: a line `"word"` each, with `\"`, `\\` and `\xHH`.
std::vector<std::string> read_dictionary(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::string> words;
  for (std::string line; std::getline(file, line);) {
    if (line.size() < 2 || line.front() != '"') continue;
    std::string word;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      if (line[i] == '\\' && line[i + 1] == 'x') {
        word += static_cast<char>(std::stoi(line.substr(i + 2, 2), nullptr, 16));
        i += 3;
      } else {
        if (line[i] == '\\') ++i;
        word += line[i];
      }
    }
    words.push_back(word);
  }
  return words;
}

class Mixer {
 public:
  Mixer(std::vector<std::string> seeds, std::vector<std::string> words)
      : seeds_(std::move(seeds)), words_(std::move(words)) {}

  std::string mix() {
    std::string text = below(3) == 0 ? std::string() : pick(seeds_);
    for (std::size_t i = below(12) + 1; i > 0; --i) change(text);
    if (below(2) == 0) close(text);
    if (text.size() > longest) text.resize(longest);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    switch (below(8)) {
      case 0: text.erase(at, below(16) + 1); break;
      case 1: text.insert(at, 1, static_cast<char>(below(256))); break;
      case 2: {
        const std::string& other = pick(seeds_);
        const std::size_t from = below(other.size() + 1);
        text.insert(at, other.substr(from, below(64)));
        break;
      }
      case 3: text.insert(at, text.substr(below(text.size() + 1), below(32))); break;
      default: text.insert(below(2) == 0 ? text.size() : at, pick(words_)); break;
    }
  }

  // Closes what is open, so that more of the texts are read to their end.
  static void close(std::string& text) {
    std::string closing;
    for (const char c : text) {
      if (c == '(') closing.insert(closing.begin(), ')');
      if (c == '[') closing.insert(closing.begin(), ']');
      if (c == '{') closing.insert(closing.begin(), '}');
      if (!closing.empty() && c == closing.front()) closing.erase(0, 1);
    }
    text += closing;
  }

  std::vector<std::string> seeds_;
  std::vector<std::string> words_;
  std::mt19937 random_{20'240'229};
};

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 4) {
    std::fputs("usage: TARGET_smoke SEEDS DICTIONARY MIXTURES\n", stderr);
    return 2;
  }
  const std::vector<std::string> seeds = read_seeds(argv[1]);
  const std::vector<std::string> words = read_dictionary(argv[2]);
  if (seeds.empty() || words.empty()) {
    std::fputs("no seeds, or no dictionary\n", stderr);
    return 2;
  }
  std::signal(SIGABRT, show_current);
  for (const std::string& seed : seeds) run(seed);
  Mixer mixer(seeds, words);
  for (int i = std::stoi(argv[3]); i > 0; --i) run(mixer.mix());
  return 0;
}
