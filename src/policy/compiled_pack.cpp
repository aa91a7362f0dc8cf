#include "policy/compiled_pack.h"

namespace scruple::policy {

std::string_view TableStorage::keep(std::string text) {
  auto held = std::make_shared<std::string>(std::move(text));
  holders_.push_back(held);
  return *held;
}

cel::ProgramTables TableStorage::keep(cel::Program program) {
  auto held = std::make_shared<cel::Program>(std::move(program));
  holders_.push_back(held);
  return held->tables();
}

CompiledPack::CompiledPack(PackTables tables, const cel::FunctionRegistry& functions, std::string origin,
                           TableStorage storage)
    : tables_(tables),
      functions_(functions),
      origin_(std::move(origin)),
      storage_(std::move(storage)),
      words_(std::make_shared<const Words>(tables.words)),
      programs_(std::make_unique<LazyProgram[]>(tables.expression_count)) {}

CompiledPack::CompiledPack(const CompiledPack& other, PackTables tables, TableStorage storage)
    : tables_(tables),
      functions_(other.functions_),
      origin_(other.origin_),
      storage_(std::move(storage)),
      words_(other.words_),
      programs_(std::make_unique<LazyProgram[]>(tables.expression_count)) {}

const cel::Program& CompiledPack::program(const Expression& expression) const {
  LazyProgram& lazy = programs_[expression.index];
  if (const cel::Program* made = lazy.made.load(std::memory_order_acquire)) return *made;
  std::call_once(lazy.once, [&] {
    lazy.program.emplace(expression.tables);
    lazy.made.store(&*lazy.program, std::memory_order_release);
  });
  return *lazy.program;
}

const Reference* CompiledPack::reference(std::string_view id) const {
  for (const auto& reference : tables_.references) {
    if (reference.id == id) return &reference;
  }
  return nullptr;
}

}  // namespace scruple::policy
