#include "packtest/examples.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "packtest/test_case.h"
#include "policy/language.h"
#include "policy/rule_compiler.h"

#include <algorithm>
#include <array>

namespace scruple::packtest {

namespace {

// What a case expects is said beside it.
bool is_expectation(std::string_view key) {
  constexpr std::array<std::string_view, 6> keys = {"pass", "fail", "skip", "undecided", "finds", "invalid"};
  return std::ranges::find(keys, key) != keys.end();
}

// The lines of a case but for what it expects, with the indentation of the case taken off.
std::string changes_of(const Document& document, NodeId node) {
  const std::string_view text = document.source().text();
  const std::span<const Member> members = document.members(node);
  std::string changes;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (is_expectation(members[i].key)) continue;
    const std::size_t begin = members[i].key_span.begin;
    const std::size_t end = i + 1 < members.size() ? members[i + 1].key_span.begin : document.node(node).span.end;
    const std::size_t line = text.rfind('\n', begin) + 1;
    const std::size_t indent = begin - (line == 0 ? 0 : line);
    std::string_view rest = trim_ascii(text.substr(begin, end - begin));
    while (!rest.empty()) {
      const std::size_t stop = rest.find('\n');
      changes += concat(rest.substr(0, stop), "\n");
      if (stop == std::string_view::npos) break;
      rest.remove_prefix(stop + 1);
      const std::size_t blanks = std::min(rest.find_first_not_of(' '), rest.size());
      rest.remove_prefix(std::min(blanks, indent));
    }
  }
  return changes;
}

// The first case of an expectation; one that changes something tells more than one that does not.
std::optional<Example> first_of(std::string_view expectation, const policy::PolicyPack& written,
                                const policy::WrittenRule& rule,
                                const std::shared_ptr<const policy::CompiledPack>& pack,
                                const policy::Language& language) {
  std::optional<Example> plain;
  for (const Member& member : rule.document->members(rule.tests)) {
    const TestCase test(written, rule, member.value);
    if (test.expectation() != expectation) continue;
    Example example{test.title(), changes_of(*rule.document, member.value), {}};
    if (example.changes.empty() && plain) continue;
    auto result = test.judge(pack, language);
    if (!result) continue;
    example.result = std::move(*result);
    if (!example.changes.empty()) return example;
    plain = std::move(example);
  }
  return plain;
}

}  // namespace

Examples examples_of(const policy::CompiledPack& pack, const policy::CompiledRule& rule, const PolicySet& known,
                     const FileSystem& files) {
  // Packs that are part of the program carry their files with them.
  MemoryFileSystem memory;
  const bool is_built_in = !pack.tables().files.empty();
  const std::string root = is_built_in ? concat("/rules/", pack.tables().id) : pack.origin();
  for (const auto& file : pack.tables().files)
    memory.add(path::normalize(path::join(root, file.path)), std::string(file.text));
  const FileSystem& source = is_built_in ? static_cast<const FileSystem&>(memory) : files;

  Diagnostics problems;
  const auto written = policy::read_pack(root, known.language().pack, source, problems);
  if (!written || !problems.empty()) return {};
  const auto compiled = policy::compile_pack(*written, known.language(), known.packs(), problems);
  if (compiled == nullptr) return {};
  const std::string_view name = rule.id.substr(rule.id.find('/') + 1);
  for (const policy::WrittenRule& one : written->rules) {
    if (one.id.value != name || one.tests == no_node) continue;
    return {first_of("fail", *written, one, compiled, known.language()),
            first_of("pass", *written, one, compiled, known.language())};
  }
  return {};
}

}  // namespace scruple::packtest
