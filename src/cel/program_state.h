// What stands behind a Program.
#pragma once

#include "cel/evaluation.h"
#include "cel/program.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace scruple::cel {

// Entries are made when they are first needed, by whichever thread comes first.
struct Program::Cache {
  struct Entry {
    std::once_flag once;
    std::unique_ptr<Evaluation> memory;  // of a constant list or map
    Value value;                         // the same
  };

  explicit Cache(std::size_t count) : entries(std::make_unique<Entry[]>(count)) {}
  std::unique_ptr<Entry[]> entries;
};

struct Program::State {
  ProgramTables tables;

  // What `tables` refers to if the program was planned here.
  std::vector<Node> nodes;
  std::vector<NodeId> children;
  std::vector<std::uint32_t> words;
  std::vector<Constant> constants;
  std::string texts;

  std::once_flag cache_made;
  std::unique_ptr<Cache> cache;
};

}  // namespace scruple::cel
