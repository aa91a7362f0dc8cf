#include "authoring/init.h"
#include "base/ascii.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "builtin/builtin.h"
#include "cli/commands.h"
#include "cli/questions.h"
#include "lint/manifest_loader.h"

#include <algorithm>
#include <array>
#include <memory>

namespace scruple::cli {

namespace {

// A path as it is typed into a shell.
std::string shell_word(const std::string& path) {
  const auto plain = [](char c) {
    return is_letter_or_digit(c) || is_beyond_ascii(c) || std::string_view("_./-").find(c) != std::string_view::npos;
  };
  if (!path.empty() && std::ranges::all_of(path, plain)) return path;
  std::string out = "'";
  for (const char c : path) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

struct InitOptions {
  std::string folder = ".";
  std::string from;
  std::string root;
  std::vector<std::string> ai;
  authoring::Answers answers;
};

// An answer that is a list: the flag's name is that of the field without its s.
struct ListAnswer {
  std::string_view field;
  std::string_view question;
  std::vector<std::string> authoring::Answers::*words;
};
constexpr std::array<ListAnswer, 3> list_answers = {
    {{"channels", "Channels, separated by commas (email, sms, push, social, ads, web, chat, voice, post):",
      &authoring::Answers::channels},
     {"markets", "Markets, as country codes such as DE or US-CA:", &authoring::Answers::markets},
     {"languages", "Languages, as tags such as de or en-GB:", &authoring::Answers::languages}}};

std::optional<std::string> no_check(const std::string&) { return std::nullopt; }

// False, with the reason said, for a word that `--ai` does not have.
bool read_ai(const std::vector<std::string>& words, authoring::Answers& answers, std::ostream& err) {
  constexpr static std::array<std::string_view, 4> known = {"writes", "chooses", "talks", "none"};
  if (words.empty()) return true;
  authoring::AiUse use;
  bool none = false;
  for (const std::string& word : words) {
    if (std::ranges::find(known, word) == known.end()) {
      err << "scruple: `--ai` does not have `" << visible(word) << "`; " << did_you_mean(word, known) << '\n';
      return false;
    }
    use.writes = use.writes || word == "writes";
    use.chooses = use.chooses || word == "chooses";
    use.talks = use.talks || word == "talks";
    none = none || word == "none";
  }
  if (none && (use.writes || use.chooses || use.talks)) {
    err << "scruple: `--ai none` says that no AI is at work, and cannot be combined\n";
    return false;
  }
  answers.ai = use;
  return true;
}

bool check_answers(const authoring::Answers& answers, const schema::Schema& schema, std::ostream& err) {
  bool good = true;
  for (const std::string* text : {&answers.name, &answers.owner, &answers.company}) {
    if (find_invalid_utf8(*text) == std::string::npos) continue;
    err << "scruple: `" << visible(*text) << "` is no text in UTF-8\n";
    good = false;
  }
  for (const ListAnswer& list : list_answers) {
    for (const std::string& word : answers.*list.words) {
      if (const auto problem = authoring::answer_problem(schema, list.field, word)) {
        err << "scruple: " << *problem << '\n';
        good = false;
      }
    }
  }
  return good;
}

// Asks what the options have not said; false once the input has ended.
bool ask_for_answers(authoring::Answers& answers, const std::string& folder_name, const schema::Schema& schema,
                     const Streams& streams) {
  if (answers.name.empty()) {
    const auto name = ask(streams, concat("Name of the campaign [", visible(folder_name), "]:"), no_check);
    if (!name) return false;
    answers.name = *name;
  }
  if (answers.owner.empty()) {
    const auto owner = ask(streams, "Name of the person who answers for it (empty if it is open):", no_check);
    if (!owner) return false;
    answers.owner = *owner;
  }
  for (const ListAnswer& list : list_answers) {
    if (!(answers.*list.words).empty()) continue;
    const auto words = ask_list(streams, list.question, [&](const std::string& word) {
      return authoring::answer_problem(schema, list.field, word);
    });
    if (!words) return false;
    answers.*list.words = *words;
  }
  if (answers.ai) return true;
  const auto writes = ask_yes_or_no(streams, "Does AI write texts or make pictures? [y/n]");
  const auto chooses =
      writes ? ask_yes_or_no(streams, "Does AI choose who is reached, or with which offer? [y/n]") : std::nullopt;
  const auto talks = chooses ? ask_yes_or_no(streams, "Does AI talk to customers? [y/n]") : std::nullopt;
  if (!talks) return false;
  answers.ai = authoring::AiUse{*writes, *chooses, *talks};
  return true;
}

// A folder that was given, relative to the root; nothing, with the reason said, if it is not below it.
std::optional<std::string> below_root(const std::string& folder, const std::string& root, const FileSystem& files,
                                      std::ostream& err) {
  std::string real = files.canonical(folder);
  if (real.empty()) real = path::normalize(path::join(files.canonical("."), folder));
  if (path::is_within(real, root)) return path::normalize(path::relative_to(real, root));
  err << "scruple: `" << visible(folder) << "` lies outside of the root `" << visible(root) << "`\n";
  return std::nullopt;
}

// Why no campaign can be begun in this folder; empty if one can.
std::string objection(const std::string& folder, const FileSystem& files) {
  const FileStatus status = files.info(folder).status;
  if (status == FileStatus::not_found) return {};
  if (status != FileStatus::is_folder) return concat("`", visible(folder), "` is no folder");
  for (const FolderEntry& entry : files.list(folder)) {
    if (entry.name == "campaign.yaml" || entry.name == "campaign.yml" || entry.name == "campaign.json")
      return concat("`", visible(path::normalize(path::join(folder, entry.name))),
                    "` exists already and is not overwritten");
  }
  return {};
}

void report_guess(const authoring::FolderGuess& guess, const std::string& from, std::ostream& out) {
  out << "Guessed " << plural(guess.assets.size(), "asset") << " from the files in " << visible(from)
      << "; look them over.\n";
  if (!guess.unrecognized.empty()) {
    constexpr std::size_t most_shown = 5;
    out << "Not recognized:";
    for (std::size_t i = 0; i < std::min(guess.unrecognized.size(), most_shown); ++i)
      out << (i == 0 ? " " : ", ") << visible(guess.unrecognized[i]);
    if (guess.unrecognized.size() > most_shown) out << " and " << guess.unrecognized.size() - most_shown << " more";
    out << '\n';
  }
  if (guess.left_out != 0) out << plural(guess.left_out, "file") << " more were not looked at.\n";
}

int init(const InitOptions& options, const Streams& streams, FileSystem& files) {
  const schema::Schema schema(builtin::manifest_schema());
  authoring::Answers answers = options.answers;
  if (!read_ai(options.ai, answers, streams.err) || !check_answers(answers, schema, streams.err)) return exit_failure;
  if (const std::string reason = objection(options.folder, files); !reason.empty()) return fail(streams, reason);
  if (!options.root.empty() && files.info(options.root).status != FileStatus::is_folder) {
    streams.err << "scruple: the root `" << visible(options.root) << "` is no folder\n";
    return exit_failure;
  }
  const std::string root =
      config::locate_manifest(path::join(options.folder, "campaign.yaml"), options.root, files).root;
  const auto folder = below_root(options.folder, root, files, streams.err);
  if (!folder) return exit_failure;

  authoring::FolderGuess guess;
  if (!options.from.empty()) {
    if (files.info(options.from).status != FileStatus::is_folder) {
      streams.err << "scruple: `" << visible(options.from) << "` is no folder\n";
      return exit_failure;
    }
    const auto from = below_root(options.from, root, files, streams.err);
    if (!from) return exit_failure;
    guess = authoring::guess_assets(files, root, *from, *folder);
  }
  const std::string folder_name(path::file_name(path::normalize(path::join(root, *folder))));
  if (streams.in_is_terminal && streams.out_is_terminal && !ask_for_answers(answers, folder_name, schema, streams)) {
    streams.err << "scruple: nothing was written\n";
    return exit_failure;
  }
  if (answers.name.empty()) answers.name = folder_name;

  const std::string working = files.canonical(".");
  const auto shown = [&](const std::string& below) {
    return visible(path::relative_to(path::normalize(path::join(root, below)), working));
  };
  const auto site = authoring::survey(files, root, *folder);
  for (const auto& file : authoring::starter_files(site, answers, guess, schema, builtin::schema_text("manifest"))) {
    const FileStatus status = files.create(path::join(root, file.path), file.text);
    if (status != FileStatus::ok) {
      streams.err << "scruple: `" << shown(file.path) << "` "
                  << (status == FileStatus::exists ? "exists already and is not overwritten" : "cannot be written")
                  << '\n';
      return exit_failure;
    }
    streams.out << "Wrote " << shown(file.path) << '\n';
  }
  if (!options.from.empty()) report_guess(guess, options.from, streams.out);
  streams.out << "Fill in what is empty, and ask what is missing: scruple check " << shell_word(visible(options.folder))
              << '\n';
  return exit_ok;
}

}  // namespace

Command add_init(CLI::App& app) {
  auto options = std::make_shared<InitOptions>();
  CLI::App* command = app.add_subcommand("init", "Write a first manifest, to be filled in");
  command->footer(
      "Nothing is overwritten. On a terminal, what the options do not say is asked.\n"
      "Example: scruple init spring --channel email --market DE --ai writes");
  command->add_option("DIR", options->folder, "Folder of the campaign; default: this folder");
  command->add_option("--name", options->answers.name, "Name of the campaign")->type_name("NAME");
  command->add_option("--owner", options->answers.owner, "Name of the person who answers for it")->type_name("NAME");
  command->add_option("--company", options->answers.company, "Name of the company")->type_name("NAME");
  const auto add_list = [&](const char* name, std::vector<std::string>& words, const char* description,
                            const char* type) {
    command->add_option(name, words, description)->delimiter(',')->allow_extra_args(false)->type_name(type);
  };
  add_list("--channel", options->answers.channels,
           "How it reaches people: email, sms, push, social,\nads, web, chat, voice, post; may be given again",
           "CHANNEL");
  add_list("--market", options->answers.markets, "Where it runs, as country codes: DE, US-CA, EU", "MARKET");
  add_list("--language", options->answers.languages, "Languages, as tags: de, en-GB", "LANGUAGE");
  add_list("--ai", options->ai,
           "What AI does: writes, chooses (who is reached, with\nwhat), talks (to customers), none", "WHAT");
  command->add_option("--from", options->from, "Folder with the files that customers will meet;\nguesses what they are")
      ->type_name("DIR");
  command
      ->add_option("--root", options->root,
                   "Folder that evidence may not leave; default: the\nnearest folder above that holds .git")
      ->type_name("DIR");
  return [options](const CommonOptions&, const Streams& streams, FileSystem& files) {
    return init(*options, streams, files);
  };
}

}  // namespace scruple::cli
