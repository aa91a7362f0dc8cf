#include "base/strings.h"
#include "cli/run.h"
#include "cli/session.h"
#include "cli/trace_tree.h"
#include "cli/value_origins.h"
#include "lint/manifest_loader.h"
#include "policy/context.h"
#include "policy/dates.h"
#include "policy/marks.h"
#include "policy/types.h"
#include "report/diagnostic_printer.h"
#include "report/value_json.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace scruple::cli {

namespace {

struct EvalOptions {
  std::string expression;
  std::string file;
  RunOptions run;
  bool trace = false;
  bool type = false;
  bool origins = false;
};

// A manifest, or nothing, with all that expressions are evaluated on.
class Subject {
 public:
  // `evidence_roots` outlive it.
  Subject(const Document& document, const config::ManifestLocation& location, const evidence::Roots& evidence_roots,
          const policy::Language& language, linting::OrganizationFiles& organizations, evidence::Store& store,
          cel::Timestamp today)
      : loaded_(linting::load_manifest(document, location, evidence_roots, language, organizations)),
        context_(language, loaded_.manifest, store, today) {
    evaluation_.host = &context_;
  }
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  policy::Context& context() { return context_; }
  Scope kind() const { return loaded_.manifest.kind; }
  const std::vector<linting::Judged>& findings() const { return loaded_.findings; }
  cel::Evaluation& evaluation() { return evaluation_; }

  // By the slots of the environment.
  std::vector<cel::Value> names() {
    evaluation_.reset();
    evaluation_.begin_total();
    return {cel::Value::timestamp(context_.today()), context_.view().root(), context_.reference_day(evaluation_)};
  }

 private:
  linting::LoadedManifest loaded_;
  policy::Context context_;
  cel::Evaluation evaluation_;
};

// Evaluates expressions on each document of a file.
class Evaluator {
 public:
  Evaluator(const EvalOptions& options, const ReportStyle& style, const policy::Language& language,
            const Streams& streams)
      : options_(options),
        style_(style),
        language_(language),
        streams_(streams),
        types_(policy::make_types(language.manifest)) {
    environment_.functions = &language.functions;
    environment_.variables = {{"today", cel::Type::of(cel::Type::Tag::timestamp), 0}};
    if (!options.file.empty()) {
      environment_.variables.push_back({"manifest", cel::Type::dyn(), 1});
      environment_.variables.push_back({"reference_day", cel::Type::of(cel::Type::Tag::timestamp), 2});
    }
  }

  // As a rule would be checked, without evaluating anything.
  int print_type(const std::string& expression, std::span<const std::unique_ptr<Subject>> subjects) const {
    cel::Environment environment = environment_;
    environment.records = &types_.records;
    const bool campaign = subjects.empty() || subjects.front()->kind() == Scope::campaign;
    for (cel::Variable& variable : environment.variables) {
      if (variable.name == "manifest") variable.type = campaign ? types_.campaign : types_.organization;
    }
    const cel::Compiled compiled = cel::compile(expression, environment);
    for (const auto& issue : compiled.issues) print_issue(expression, issue.span, issue.message, issue.hint);
    if (!compiled.program) return exit_failure;
    streams_.out << to_string(compiled.types[compiled.program->root()]) << '\n';
    return exit_ok;
  }

  int evaluate(const std::string& expression, std::span<const std::unique_ptr<Subject>> subjects) const {
    if (options_.type) return print_type(expression, subjects);
    const cel::Compiled compiled = cel::compile(expression, environment_);
    for (const auto& issue : compiled.issues) print_issue(expression, issue.span, issue.message, issue.hint);
    if (!compiled.program) return exit_failure;
    int code = exit_ok;
    for (const auto& subject : subjects) code = std::max(code, evaluate(expression, *compiled.program, *subject));
    return code;
  }

 private:
  int evaluate(const std::string& expression, const cel::Program& program, Subject& subject) const {
    if (!options_.file.empty() && !subject.context().view().root().is(cel::Kind::map)) {
      // No manifest, whatever is asked of it: what is wrong with its form is all there is to say.
      Diagnostics problems;
      for (const linting::Judged& judged : subject.findings()) {
        const Finding& finding = judged.finding;
        problems.push_back({finding.severity, finding.rule, finding.message, finding.remediation, finding.location});
      }
      report::print_diagnostics(problems, style_, streams_.err);
      return exit_findings;
    }
    std::vector<cel::Value> slots = subject.names();
    cel::Evaluation& evaluation = subject.evaluation();
    const cel::Frame frame{slots, nullptr, nullptr, &language_.functions};
    cel::Value value;
    if (options_.trace) {
      cel::Trace trace;
      value = cel::evaluate_traced(program, program.root(), frame, evaluation, trace);
      print_trace(trace, program, expression, subject.context(), evaluation, streams_.out);
    } else {
      value = cel::evaluate(program, frame, evaluation);
    }
    if (value.is_error()) {
      print_error(expression, program, value);
      return exit_findings;
    }
    if (options_.origins) {
      print_origins(value, subject.context(), evaluation, streams_.out);
    } else if (!options_.trace) {
      streams_.out << report::value_json(value, evaluation, [&](const cel::Value& shown) {
        return subject.context().show(shown, evaluation, false);
      }) << '\n';
    }
    return exit_ok;
  }

  void print_error(const std::string& expression, const cel::Program& program, const cel::Value& value) const {
    const cel::Error& error = value.as_error();
    // What a file that is not public holds could be quoted.
    const bool secret = (value.marks() & policy::mark_sensitive) != 0 && error.kind != cel::ErrorKind::unavailable &&
                        error.kind != cel::ErrorKind::limit;
    print_issue(expression, program.node_span(error.node),
                secret ? "a value in a file that is not public does not fit here" : error.message,
                secret ? std::string_view{} : error.hint);
  }

  // Shows the expression with a marker below the place of a problem.
  void print_issue(const std::string& expression, Span span, std::string_view message, std::string_view hint) const {
    Diagnostic diagnostic;
    diagnostic.message = message;
    diagnostic.hint = hint;
    const Source source("<expression>", expression);
    diagnostic.location = locate(source, span);
    report::print_diagnostics({diagnostic}, style_, streams_.err);
  }

  const EvalOptions& options_;
  const ReportStyle& style_;
  const policy::Language& language_;
  const Streams& streams_;
  policy::Types types_;
  cel::Environment environment_;
};

// Expressions from a stream, one a line; `#` begins a line of remarks. A mistake in one does not end the others.
int evaluate_lines(std::istream& in, const Evaluator& evaluator, std::span<const std::unique_ptr<Subject>> subjects) {
  int code = exit_ok;
  for (std::string line; std::getline(in, line);) {
    const std::string expression(trim_ascii(line));
    if (expression.empty() || expression.front() == '#') continue;
    code = std::max(code, evaluator.evaluate(expression, subjects));
  }
  return code;
}

int eval(const EvalOptions& options, const CommonOptions& common, const Streams& streams, FileSystem& files) {
  const auto policies = load_packs(common, streams, files);
  if (!policies) return exit_failure;
  const policy::Language& language = policies->language();
  const ReportStyle style = style_for(common, streams);

  linting::LoadedFile file;
  evidence::Roots evidence_roots;
  if (options.file.empty()) {
    file.documents.emplace_back(std::make_shared<const Source>("<no manifest>", ""));
  } else {
    FileContents contents = files.read(options.file, DocumentLimits{}.bytes);
    if (contents.status != FileStatus::ok) {
      streams.err << "scruple: `" << visible(options.file) << "` " << to_string(contents.status) << '\n';
      return exit_failure;
    }
    file = linting::load_file(std::move(contents), options.file);
    if (!file.problems.empty()) {
      report::print_diagnostics(file.problems, style, streams.err);
      return exit_findings;
    }
    const auto settings = settings_at(options.file, options.run, *policies, common, streams, files);
    if (settings == nullptr) return exit_failure;
    evidence_roots = settings->evidence_roots;
  }
  linting::OrganizationFiles organizations(files);
  evidence::Store store(files, files.canonical("."));
  const auto location = config::locate_manifest(options.file.empty() ? "." : options.file, options.run.root, files);
  const auto today = policy::parse_day(day_of(common, streams)).value_or(cel::Timestamp{});
  std::vector<std::unique_ptr<Subject>> subjects;
  for (const Document& document : file.documents) {
    subjects.push_back(
        std::make_unique<Subject>(document, location, evidence_roots, language, organizations, store, today));
  }
  const Evaluator evaluator(options, style, language, streams);
  if (options.expression == "-") return evaluate_lines(streams.in, evaluator, subjects);
  return evaluator.evaluate(options.expression, subjects);
}

}  // namespace

Command add_eval(CLI::App& app) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* command = app.add_subcommand("eval", "Evaluate a CEL expression on a manifest");
  command->footer(
      "Example: scruple eval 'manifest.assets.map(a, a.id)' campaign.yaml\n         scruple eval manifest "
      "campaign.yaml   shows what scruple reads");
  command
      ->add_option("EXPR", options->expression,
                   "The expression; its names are manifest, today and\nreference_day; `-` reads expressions from "
                   "standard\ninput, one a line")
      ->required();
  command->add_option("FILE", options->file, "A manifest");
  command->add_flag("--trace", options->trace, "Show the value of each part, as a tree");
  command->add_flag("--type", options->type, "Print the static type, as rules are checked");
  add_evidence_options(*command, options->run);
  command->add_flag("--origins", options->origins, "Print each value with its file and line");
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return eval(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
