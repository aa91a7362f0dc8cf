#include "policy/assurance.h"

#include "policy/marks.h"

#include <algorithm>
#include <vector>

namespace scruple::policy {

namespace {

// Facts of a file for which it is opened; that it exists, and its name, are what its owner declares.
bool is_content(std::string_view fact) {
  constexpr std::string_view facts[] = {"text",         "html", "document", "mail", "table", "image",
                                        "front_matter", "ads",  "sha256",   "json", "yaml"};
  return std::ranges::find(facts, fact) != std::end(facts);
}

class Search {
 public:
  Search(const CompiledPack& pack, const CompiledRule& rule) : pack_(pack), rule_(rule) {}

  Assurance of(const Expression& expression) {
    opens_file_ = false;
    reads_content_ = false;
    seen_.clear();
    const cel::Marks marks = add(expression);
    return opens_file_ && reads_content_ ? Assurance::verified : assurance_of(marks);
  }

 private:
  cel::Marks add(const Expression& expression) {
    using cel::NodeType;
    cel::Marks marks = 0;
    const cel::Program& program = pack_.program(expression);
    for (cel::NodeId id = 0; id < program.tables().nodes.size(); ++id) {
      const cel::Node& node = program.node(id);
      if (node.type == NodeType::call) {
        const auto& group = pack_.functions().group(node.a);
        opens_file_ = opens_file_ || group.name == "file";
        for (const std::uint32_t row : group.rows)
          marks = static_cast<cel::Marks>(marks | pack_.functions().row(row).adds);
      } else if (node.type == NodeType::select || node.type == NodeType::optional_select) {
        reads_content_ = reads_content_ || is_content(program.node_name(id));
      } else if (node.type == NodeType::variable) {
        marks = static_cast<cel::Marks>(marks | add_let(node.a));
      }
    }
    return marks;
  }

  cel::Marks add_let(std::uint32_t slot) {
    const auto let = std::ranges::find(rule_.lets, slot, &Let::slot);
    if (let == rule_.lets.end() || std::ranges::find(seen_, slot) != seen_.end()) return 0;
    seen_.push_back(slot);
    return add(let->value);
  }

  const CompiledPack& pack_;
  const CompiledRule& rule_;
  bool opens_file_ = false;
  bool reads_content_ = false;
  std::vector<std::uint32_t> seen_;
};

}  // namespace

Assurance best_assurance(const CompiledPack& pack, const CompiledRule& rule) {
  Assurance lowest = Assurance::verified;
  for (const Requirement& requirement : rule.requirements)
    lowest = std::min(lowest, Search(pack, rule).of(requirement.that));
  return lowest;
}

}  // namespace scruple::policy
