// Evaluation takes no memory from the heap for booleans, numbers, comparisons and fields of a manifest: an arena is
// used again, and texts of documents are views.
#include "bench.h"
#include "cel/cel.h"
#include "evidence/evidence.h"
#include "policy/context.h"
#include "policy/dates.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// Not inlined: the compiler would take what belongs together for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
// What this gives is given back to the functions below: under a sanitizer its own would not match.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace scruple::policy {

TEST_CASE("evaluation takes nothing from the heap for what most conditions are made of") {
  const Document campaign = test::document_of(
      test::campaign_head +
          "campaign: {id: spring, launch_date: 2026-03-16, markets: [DE, US], automated: true}\n"
          "assets: [{id: mail, kind: email, subject: The first radishes}, {id: page, kind: landing_page}]\n",
      "campaign.yaml");
  MemoryFileSystem files;
  evidence::Store store(files, "/");
  Manifest manifest;
  manifest.type = test::language()->manifest.definition("campaign_manifest");
  manifest.root = "/";
  manifest.document = &campaign;
  manifest.folder = ".";
  Context context(*test::language(), manifest, store, *parse_day("2026-03-01"));
  cel::Evaluation evaluation;
  evaluation.host = &context;
  cel::Environment environment;
  environment.functions = &test::language()->functions;
  environment.variables = {{"manifest", cel::Type::dyn(), 0}, {"today", cel::Type::of(cel::Type::Tag::timestamp), 1}};
  std::array<cel::Value, 2> slots{context.view().root(), cel::Value::timestamp(context.today())};

  for (const char* expression : {
           "true && !false",
           "1 + 2 * 3 < 8 && 1.5 > 1.0",
           "manifest.campaign.automated",
           "manifest.assets[0].kind == 'email' && size(manifest.assets[0].subject) > 3",
           "manifest.assets.all(asset, asset.kind in ['email', 'landing_page'])",
           "manifest.assets.exists(asset, asset.?subject.orValue('') == 'The first radishes')",
           "has(manifest.campaign.markets) && 'DE' in manifest.campaign.markets",
           "today < manifest.campaign.launch_date - duration('24h')",
       }) {
    INFO(expression);
    const cel::Compiled compiled = cel::compile(expression, environment);
    REQUIRE(compiled.program);
    const cel::Frame frame{slots, nullptr, nullptr, &test::language()->functions};
    // The first time the arena grows and the manifest is read; from then on both are there.
    std::array<std::size_t, 2> taken{};
    for (std::size_t& count : taken) {
      evaluation.reset();
      const std::size_t before = allocations;
      CHECK(cel::evaluate(*compiled.program, frame, evaluation).is_true());
      count = allocations - before;
    }
    CHECK(taken[1] == 0);
  }
  CHECK(allocations > 0);
}

}  // namespace scruple::policy
