// What an expression costs: evaluations of some that rules are made of, on a manifest of a hundred assets, and the
// compilation of all built-in rules.
//
//   cel_bench                  nanoseconds of CPU time an evaluation
//   cel_bench run NAME COUNT   evaluates one so often and prints nothing: for a tool that counts instructions
#include "measure.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "cel/cel.h"
#include "evidence/evidence.h"
#include "policy/context.h"
#include "policy/dates.h"
#include "policy/pack.h"
#include "policy/rule_compiler.h"

#include "scruple/document.h"
#include "scruple/policy.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace scruple;

struct Sample {
  std::string_view name;
  std::string_view expression;
};

constexpr std::array<Sample, 5> samples = {{
    {"field", "asset.kind == 'email' && size(asset.subject) > 0"},
    {"string", "asset.subject.startsWith('The first') && asset.subject.contains('radishes')"},
    {"all-100", "manifest.assets.all(a, a.kind == 'email')"},
    {"date", "manifest.campaign.launch_date < today - days(30)"},
    {"in", "asset.kind in ['sms', 'social_post', 'chatbot', 'landing_page', 'email']"},
}};

std::string campaign() {
  std::string text = "scruple: 1\nkind: campaign\ncampaign: {id: spring, launch_date: 2026-01-05}\nassets:\n";
  for (int i = 0; i < 100; ++i) {
    text += concat("  - {id: mail-", i, ", kind: email, language: en, subject: The first radishes of the year}\n");
  }
  return text;
}

// A manifest in memory with all that an expression can ask.
class Site {
 public:
  explicit Site(const PolicySet& policies) : language_(policies.language()), store_(files_, "/") {
    Diagnostics problems;
    documents_ = read_documents(std::make_shared<const Source>("campaign.yaml", campaign()), {}, problems);
    policy::Manifest manifest;
    manifest.type = language_.manifest.definition("campaign_manifest");
    manifest.root = "/";
    manifest.document = &documents_.front();
    manifest.folder = ".";
    context_ = std::make_unique<policy::Context>(language_, manifest, store_, *policy::parse_day("2026-03-01"));
    evaluation_.host = context_.get();
    environment_.functions = &language_.functions;
    environment_.variables = {{"manifest", cel::Type::dyn(), 0},
                              {"today", cel::Type::of(cel::Type::Tag::timestamp), 1},
                              {"asset", cel::Type::dyn(), 2}};
    slots_ = {context_->view().root(), cel::Value::timestamp(context_->today()), {}};
    const cel::Program first = compile("manifest.assets[0]");
    slots_[2] = cel::evaluate(first, frame(), evaluation_);
  }

  cel::Program compile(std::string_view expression) const {
    cel::Compiled compiled = cel::compile(expression, environment_);
    if (!compiled.program) {
      std::fprintf(stderr, "cel_bench: %s\n", compiled.issues.front().message.c_str());
      std::exit(2);
    }
    return std::move(*compiled.program);
  }

  void evaluate(const cel::Program& program) {
    evaluation_.reset();
    if (cel::evaluate(program, frame(), evaluation_).is_true()) return;
    std::fputs("cel_bench: the expression is not true\n", stderr);
    std::exit(2);
  }

 private:
  cel::Frame frame() { return {slots_, nullptr, nullptr, &language_.functions}; }

  const policy::Language& language_;
  MemoryFileSystem files_;
  evidence::Store store_;
  std::vector<Document> documents_;
  std::unique_ptr<policy::Context> context_;
  cel::Environment environment_;
  std::vector<cel::Value> slots_;
  cel::Evaluation evaluation_;
};

// All built-in packs as they are written, read from what the program carries with it.
void print_compilation(const PolicySet& policies) {
  double read = 0;
  double compile = 0;
  std::size_t rules = 0;
  for (const auto& pack : policies.packs()) {
    MemoryFileSystem files;
    const std::string root = concat("/rules/", pack->tables().id);
    for (const auto& file : pack->tables().files)
      files.add(path::normalize(path::join(root, file.path)), std::string(file.text));
    Diagnostics problems;
    read += bench::measure([&] { (void)policy::read_pack(root, policies.language().pack, files, problems); });
    const auto written = policy::read_pack(root, policies.language().pack, files, problems);
    compile +=
        bench::measure([&] { (void)policy::compile_pack(*written, policies.language(), policies.packs(), problems); });
    rules += pack->tables().rules.size();
  }
  std::printf("\n%zu built-in rules: %.1f ms to read their YAML, %.1f ms to parse, check and plan their expressions\n",
              rules, 1e3 * read, 1e3 * compile);
}

}  // namespace

int main(int argc, char* argv[]) {
  const auto native = make_native_file_system();
  Diagnostics diagnostics;
  const PolicySet policies = load_policies({}, *native, diagnostics);
  Site site(policies);
  if (argc == 4 && std::string_view(argv[1]) == "run") {
    for (const Sample& sample : samples) {
      if (sample.name != argv[2]) continue;
      const cel::Program program = site.compile(sample.expression);
      for (int i = std::atoi(argv[3]); i > 0; --i) site.evaluate(program);
    }
    return 0;
  }
  std::printf("%-10s %12s  %s\n", "", "ns", "expression");
  for (const Sample& sample : samples) {
    const cel::Program program = site.compile(sample.expression);
    constexpr int repeated = 100;
    const double seconds = bench::measure([&] {
      for (int i = 0; i < repeated; ++i) site.evaluate(program);
    });
    std::printf("%-10.*s %12.0f  %.*s\n", static_cast<int>(sample.name.size()), sample.name.data(),
                1e9 * seconds / repeated, static_cast<int>(sample.expression.size()), sample.expression.data());
  }
  print_compilation(policies);
  return 0;
}
