#include "base/strings.h"
#include "cli/session.h"
#include "cli/value_origins.h"
#include "lint/manifest_loader.h"
#include "policy/context.h"
#include "policy/dates.h"
#include "policy/marks.h"
#include "report/diagnostic_printer.h"
#include "report/value_json.h"

#include <memory>

namespace scruple::cli {

namespace {

struct EvalOptions {
  std::string expression;
  std::string file;
  std::string root;
  bool origins = false;
};

// Shows the expression with a caret below the place of a problem.
void print_issue(std::string_view expression, Span span, std::string_view message, std::string_view hint,
                 std::ostream& err) {
  Diagnostic diagnostic;
  diagnostic.message = message;
  diagnostic.hint = hint;
  const Source source("<expression>", std::string(expression));
  diagnostic.location = locate(source, span);
  report::print_diagnostics({diagnostic}, ReportStyle{}, err);
}

int eval(const EvalOptions& options, const CommonOptions& common, const Streams& streams, FileSystem& files) {
  const auto policies = load_packs(common, streams, files);
  if (!policies) return exit_failure;
  const policy::Language& language = policies->language();

  const bool has_file = !options.file.empty();
  linting::LoadedFile file;
  if (has_file) {
    FileContents contents = files.read(options.file, DocumentLimits{}.bytes);
    if (contents.status != FileStatus::ok) {
      streams.err << "scruple: `" << visible(options.file) << "` " << to_string(contents.status) << '\n';
      return exit_failure;
    }
    file = linting::load_file(std::move(contents), options.file);
    if (!file.problems.empty()) {
      report::print_diagnostics(file.problems, style_for(common, streams), streams.err);
      return exit_findings;
    }
  } else {
    file.documents.emplace_back(std::make_shared<const Source>("<no manifest>", ""));
  }
  cel::Environment environment;
  environment.functions = &language.functions;
  environment.variables = {{"today", cel::Type::of(cel::Type::Tag::timestamp), 0}};
  if (has_file) {
    environment.variables.push_back({"manifest", cel::Type::dyn(), 1});
    environment.variables.push_back({"reference_day", cel::Type::of(cel::Type::Tag::timestamp), 2});
  }
  cel::Compiled compiled = cel::compile(options.expression, environment);
  for (const auto& issue : compiled.issues)
    print_issue(options.expression, issue.span, issue.message, issue.hint, streams.err);
  if (!compiled.program) return exit_failure;

  linting::OrganizationFiles organizations(files);
  evidence::Store store(files, files.canonical("."));
  int code = exit_ok;
  for (const Document& document : file.documents) {
    const auto location = linting::locate_manifest(has_file ? options.file : ".", options.root, files);
    const linting::LoadedManifest loaded = linting::load_manifest(document, location, language, organizations);
    policy::Context context(language, loaded.manifest, store,
                            policy::parse_day(day_of(common, streams)).value_or(cel::Timestamp{}));
    cel::Evaluation evaluation;
    evaluation.host = &context;
    if (has_file && !context.view().root().is(cel::Kind::map)) {
      // No manifest, whatever is asked of it: what is wrong with its form is all there is to say.
      Diagnostics problems;
      for (const linting::Judged& judged : loaded.findings) {
        const Finding& finding = judged.finding;
        problems.push_back({finding.severity, finding.rule, finding.message, finding.remediation, finding.location});
      }
      report::print_diagnostics(problems, style_for(common, streams), streams.err);
      code = exit_findings;
      continue;
    }
    std::vector<cel::Value> slots{cel::Value::timestamp(context.today()), context.view().root(),
                                  context.reference_day(evaluation)};
    const cel::Frame frame{slots, nullptr, nullptr, &language.functions};
    const cel::Value value = cel::evaluate(*compiled.program, frame, evaluation);
    if (value.is_error()) {
      const cel::Error& error = value.as_error();
      const Span span = compiled.program->node_span(error.node);
      // What a file that is not public holds could be quoted.
      const bool secret = (value.marks() & policy::mark_sensitive) != 0 && error.kind != cel::ErrorKind::unavailable;
      print_issue(options.expression, span,
                  secret ? "a value in a file that is not public does not fit here" : error.message,
                  secret ? std::string_view{} : error.hint, streams.err);
      code = exit_findings;
      continue;
    }
    if (options.origins) {
      print_origins(value, context, evaluation, streams.out);
      continue;
    }
    streams.out << report::value_json(value, evaluation, [&](const cel::Value& shown) {
      return context.show(shown, evaluation, false);
    }) << '\n';
  }
  return code;
}

}  // namespace

Command add_eval(CLI::App& app) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* command = app.add_subcommand("eval", "Evaluate a CEL expression on a manifest");
  command->footer(
      "Example: scruple eval 'manifest.assets.map(a, a.id)' campaign.yaml\n         scruple eval manifest "
      "campaign.yaml   shows what scruple reads");
  command->add_option("EXPR", options->expression, "The expression; its names are manifest, today and\nreference_day")
      ->required();
  command->add_option("FILE", options->file, "A manifest");
  command->add_option("--root", options->root, "Folder that evidence may not leave")->type_name("DIR");
  command->add_flag("--origins", options->origins, "Print each value with the file and line where it stands");
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return eval(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
