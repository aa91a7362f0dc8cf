// What rules ask of texts: text.*
#include "policy/text_functions.h"

#include "base/strings.h"
#include "cel/number_text.h"
#include "evidence/document_facts.h"
#include "evidence/personal_data.h"
#include "evidence/readability.h"
#include "evidence/text.h"
#include "evidence/wording.h"
#include "policy/compiled_pack.h"
#include "policy/context.h"
#include "policy/marks.h"
#include "policy/types.h"
#include "policy/words.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::policy {

namespace {

using cel::Evaluation;
using cel::Kind;
using cel::Type;
using cel::Value;
using Arguments = std::span<const Value>;

Value count_words(Evaluation& evaluation, Arguments arguments) {
  evaluation.charge(arguments[0].as_text().size() / 64);
  return Value::integer(static_cast<std::int64_t>(evidence::count_words(arguments[0].as_text())));
}

// The word lists that an expression names: the only container of that type name. Null for anything else.
const Words* words_of(const Value& list) {
  if (list.as_container().type_name(list.handle()) != "word_list") return nullptr;
  return static_cast<const Words*>(&list.as_container());
}

Value no_word_list(Evaluation& evaluation) {
  return evaluation.error(cel::ErrorKind::evaluation, "this is no word list", "write `words.NAME`");
}

Value no_phrases(Evaluation& evaluation, std::string_view name, const Value& language) {
  return evaluation.error(cel::ErrorKind::undecidable,
                          concat("the word list `", name, "` has no phrases in `", language.as_text(), "`"),
                          concat("a pack can bring them: `words/", name, ".yaml`"), language.origin());
}

std::int64_t window_of(const Value& words) { return std::clamp<std::int64_t>(words.as_integer(), 0, 100); }

// What searches for the phrases of a list in a language, with or without the words that undo one.
struct Search {
  std::string_view name;  // of the list
  std::optional<Words::Phrases> phrases;
  Value error;  // unset if there is none
};

Search search_for(Evaluation& evaluation, Arguments arguments) {
  const Value& list = arguments[1];
  const Words* words = words_of(list);
  if (words == nullptr) return {{}, {}, no_word_list(evaluation)};
  std::uint32_t negations = 0;
  std::size_t window = 0;
  if (arguments.size() > 3) {
    if (words_of(arguments[3]) != words) return {{}, {}, no_word_list(evaluation)};
    negations = arguments[3].handle();
    window = static_cast<std::size_t>(window_of(arguments[4]));
  }
  Search search;
  search.name = words->list(list.handle()).name;
  search.phrases = words->phrases(list.handle(), arguments[2].as_text(), negations, window);
  if (!search.phrases) search.error = no_phrases(evaluation, search.name, arguments[2]);
  return search;
}

// Whether the text holds a phrase of the list; says in the explanation what was looked for, and where.
Value has_phrase(Evaluation& evaluation, Arguments arguments) {
  const std::string_view text = arguments[0].as_text();
  evaluation.charge(text.size() / 64);
  const Search search = search_for(evaluation, arguments);
  if (!search.error.is_unset()) return search.error;
  const Words::Phrases& phrases = *search.phrases;
  const bool found = phrases.matcher->find(text).has_value();
  if (cel::Explanation* explanation = evaluation.explanation) {
    const std::size_t words_read = evidence::count_words(text);
    explanation->phrase = found ? concat("a phrase of ", search.name, " (", phrases.language, ")")
                                : concat("no phrase of ", search.name, " (", phrases.language, ", ",
                                         plural(phrases.count, "phrase"), ") in ", plural(words_read, "word"));
    explanation->figures = {{"phrases looked for", std::to_string(phrases.count), "phrases"},
                            {"length of the text", std::to_string(words_read), "words"}};
  }
  return Value::boolean(found);
}

Value strings(Evaluation& evaluation, const std::vector<std::string_view>& texts) {
  std::vector<Value> values;
  for (const std::string_view text : texts) values.push_back(evaluation.string(text));
  return evaluation.list(values);
}

// The phrases of the list that stand in the text, as they stand there.
Value phrases(Evaluation& evaluation, Arguments arguments) {
  constexpr std::size_t most_phrases = 100;
  const std::string_view text = arguments[0].as_text();
  evaluation.charge(text.size() / 64);
  const Search search = search_for(evaluation, arguments);
  if (!search.error.is_unset()) return search.error;
  std::vector<std::string_view> found;
  for (const auto& match : search.phrases->matcher->find_all(text, most_phrases))
    found.push_back(text.substr(match.begin, match.end - match.begin));
  return strings(evaluation, found);
}

Value has_any(Evaluation& evaluation, Arguments arguments) {
  const Value& list = arguments[1];
  std::vector<std::string> phrases;
  const std::size_t size = list.as_container().size(list.handle(), evaluation);
  evaluation.charge(size + arguments[0].as_text().size() / 64);
  for (std::size_t i = 0; i < size; ++i) {
    const Value phrase = list.as_container().at(list.handle(), i, evaluation);
    if (phrase.is_error()) return phrase;
    if (!phrase.is(Kind::string)) return evaluation.error(cel::ErrorKind::evaluation, "phrases are texts");
    phrases.emplace_back(phrase.as_text());
  }
  if (phrases.empty()) return Value::boolean(false);
  const auto match = evidence::PhraseMatcher(phrases).find(arguments[0].as_text());
  if (cel::Explanation* explanation = evaluation.explanation) {
    // A phrase that was read from a file which is not public is not repeated.
    const bool shown = (list.marks() & mark_sensitive) == 0;
    explanation->phrase = !match ? concat("none of ", plural(phrases.size(), "phrase"))
                                 : (shown ? concat("holds `", phrases[match->phrase], "`") : "holds one of them");
    explanation->figures = {{"phrases looked for", std::to_string(phrases.size()), "phrases"}};
  }
  return Value::boolean(match.has_value());
}

// On one line each, in whatever lines they are written.
Value sentences(Evaluation& evaluation, Arguments arguments) {
  const std::string_view text = arguments[0].as_text();
  evaluation.charge(text.size() / 16);
  std::vector<Value> found;
  for (const std::string_view sentence : evidence::split_sentences(text)) {
    std::string line;
    for (const char c : sentence) {
      const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
      if (!blank) line += c;
      if (blank && !line.ends_with(' ')) line += ' ';
    }
    found.push_back(evaluation.string(line));
  }
  return evaluation.list(found);
}

Value reading_ease(Evaluation& evaluation, Arguments arguments) {
  const std::string_view text = arguments[0].as_text();
  evaluation.charge(text.size() / 16);
  const auto ease = evidence::reading_ease(text, arguments[1].as_text());
  if (!ease) {
    return evaluation.error(
        cel::ErrorKind::undecidable,
        concat("there is no measure of how easy a text in `", arguments[1].as_text(), "` is to read"),
        "it is known for en, de, fr, es, it and nl", arguments[1].origin());
  }
  if (cel::Explanation* explanation = evaluation.explanation) {
    const auto rounded = [](double value) { return cel::format_real_plainly(std::round(value * 10) / 10); };
    explanation->phrase = concat(rounded(ease->score), " by ", ease->measure);
    explanation->figures = {{"words in a sentence", rounded(ease->words_per_sentence), "words"},
                            {"syllables in a word", rounded(ease->syllables_per_word), "syllables"}};
  }
  return Value::real(ease->score);
}

Value kept_share(Evaluation& evaluation, Arguments arguments) {
  evaluation.charge((arguments[0].as_text().size() + arguments[1].as_text().size()) / 16);
  const auto share = evidence::kept_share(arguments[0].as_text(), arguments[1].as_text());
  if (!share) {
    return evaluation.error(cel::ErrorKind::undecidable, "a text of fewer than five words cannot be compared", {},
                            arguments[0].origin());
  }
  return Value::real(*share);
}

Value text_placeholders(Evaluation& evaluation, Arguments arguments) {
  constexpr std::size_t most_placeholders = 100;
  const std::string_view text = arguments[0].as_text();
  evaluation.charge(text.size() / 64);
  std::vector<std::string_view> found;
  for (const Span place : evidence::find_placeholders(text, most_placeholders))
    found.push_back(text.substr(place.begin, place.end - place.begin));
  return strings(evaluation, found);
}

// The passage as it stands in the first of the texts that hold it, with its place in the file; else the last text.
Value passage(Evaluation& evaluation, Arguments arguments) {
  const Value& texts = arguments[0];
  Value last;
  const std::size_t size = texts.as_container().size(texts.handle(), evaluation);
  for (std::size_t i = 0; i < size; ++i) {
    const Value text = texts.as_container().at(texts.handle(), i, evaluation);
    if (text.is_error()) return text;
    if (!text.is(Kind::string)) return evaluation.error(cel::ErrorKind::evaluation, "a passage stands in texts");
    evaluation.charge(text.as_text().size() / 16 + 1);
    const auto found = evidence::find_passage(text.as_text(), arguments[1].as_text());
    if (found) return Context::of(evaluation).part_of(text, *found, evaluation);
    last = text;
  }
  return last.is_unset() ? evaluation.error(cel::ErrorKind::undecidable, "there is no text to look in") : last;
}

// What looks like data about a person: `{kind, name, text}`. The text itself is sensitive wherever it was found.
Value personal_data(Evaluation& evaluation, Arguments arguments) {
  constexpr std::size_t most_matches = 1000;
  const std::string_view text = arguments[0].as_text();
  evaluation.charge(text.size() / 64);
  std::vector<Value> found;
  for (const auto& match : evidence::find_personal_data(text, most_matches)) {
    const Value fields[] = {
        Value::string("kind"),
        Value::string(evidence::to_string(match.kind)),
        Value::string("name"),
        Value::string(evidence::in_words(match.kind)),
        Value::string("text"),
        evaluation.string(text.substr(match.begin, match.end - match.begin)).with_marks(mark_sensitive)};
    found.push_back(evaluation.map(fields));
  }
  return evaluation.list(found);
}

Value mask(Evaluation& evaluation, Arguments arguments) {
  evaluation.charge(arguments[0].as_text().size() / 64);
  return evaluation.string(evidence::mask_personal_data(arguments[0].as_text()));
}

// ---- sections and statements of documents ----

// A field of a map or record of the host; unset if it is not there.
Value field(const Value& map, std::string_view name, Evaluation& evaluation) {
  return map.as_container().find(map.handle(), name, evaluation);
}

template <typename Use>
void each(const Value& list, Evaluation& evaluation, Use use) {
  const std::size_t size = list.as_container().size(list.handle(), evaluation);
  evaluation.charge(size);
  for (std::size_t i = 0; i < size; ++i) {
    if (!use(list.as_container().at(list.handle(), i, evaluation))) return;
  }
}

// What somebody pointed to, under a key: a heading, a quotation. Unset if nobody did.
Value pointer(const Value& pointers, std::string_view key, Evaluation& evaluation) {
  const Value* map = pointers.as_optional();
  if (map == nullptr) return {};
  const Value found = field(*map, key, evaluation);
  return found.is(Kind::string) || found.is_error() ? found : Value();
}

// A heading without its number: "2.1 What goes in" is "what goes in".
std::string_view without_number(std::string_view heading) {
  const std::size_t begin = heading.find_first_not_of("0123456789.() ");
  return begin == std::string_view::npos ? heading : heading.substr(begin);
}

bool same_heading(std::string_view heading, std::string_view wanted) {
  const std::string one = evidence::folded(heading);
  const std::string other = evidence::folded(wanted);
  return one == other || without_number(one) == without_number(other);
}

// Arguments: document, pointers, key, word list, language.
class DocumentSearch {
 public:
  DocumentSearch(Evaluation& evaluation, Arguments arguments)
      : evaluation_(evaluation),
        document_(arguments[0]),
        key_(arguments[2].as_text()),
        list_(arguments[3]),
        language_(arguments[4].as_text()),
        pointed_(pointer(arguments[1], key_, evaluation)) {}

  // The section's text with its origin, an error, or unset if what was pointed to is not there.
  Value section() {
    if (pointed_.is_error()) return pointed_;
    if (!pointed_.is_unset()) return section_named(pointed_.as_text());
    const Words* words = words_of(list_);
    if (words == nullptr) return no_word_list(evaluation_);
    Value found;
    each(field(document_, "sections", evaluation_), evaluation_, [&](const Value& section) {
      if (holds_phrase(*words, field(section, "heading", evaluation_).as_text()))
        found = field(section, "text", evaluation_);
      return found.is_unset();
    });
    if (!found.is_unset()) return found;
    // A short document says it in a sentence, without headings.
    each(field(document_, "blocks", evaluation_), evaluation_, [&](const Value& block) {
      const Value text = field(block, "text", evaluation_);
      if (holds_phrase(*words, text.as_text())) found = text;
      return found.is_unset();
    });
    return found.is_unset() ? not_found("sections", "the heading of that section") : found;
  }

  // True, an error, or false if the quotation does not stand in the document.
  Value says() {
    if (pointed_.is_error()) return pointed_;
    const Value text = field(document_, "text", evaluation_);
    evaluation_.charge(text.as_text().size() / 32);
    if (!pointed_.is_unset()) {
      const std::string quotation = evidence::folded(pointed_.as_text());
      const bool stands = !quotation.empty() && evidence::folded(text.as_text()).find(quotation) != std::string::npos;
      explain(stands ? "the quotation stands in it" : "the quotation does not stand in it");
      return Value::boolean(stands);
    }
    const Words* words = words_of(list_);
    if (words == nullptr) return no_word_list(evaluation_);
    if (holds_phrase(*words, text.as_text())) return Value::boolean(true);
    return not_found("says", "the sentence that says it");
  }

  void explain(std::string phrase) {
    if (evaluation_.explanation != nullptr) evaluation_.explanation->phrase = std::move(phrase);
  }

 private:
  // In the language, or in any if none is given.
  bool holds_phrase(const Words& words, std::string_view text) {
    evaluation_.charge(text.size() / 64 + 1);
    if (!language_.empty()) {
      const auto phrases = words.phrases(list_.handle(), language_, 0, 0);
      return phrases && phrases->matcher->find(text);
    }
    return std::ranges::any_of(words.list(list_.handle()).languages, [&](const WordList::Language& language) {
      return words.phrases(list_.handle(), language.language, 0, 0)->matcher->find(text).has_value();
    });
  }

  Value section_named(std::string_view wanted) {
    Value found;
    each(field(document_, "sections", evaluation_), evaluation_, [&](const Value& section) {
      if (same_heading(field(section, "heading", evaluation_).as_text(), wanted))
        found = field(section, "text", evaluation_);
      return found.is_unset();
    });
    if (!found.is_unset()) return found;
    // A heading may be a line of bold type: what follows it, up to the next heading.
    Value texts;
    std::string text;
    each(field(document_, "blocks", evaluation_), evaluation_, [&](const Value& block) {
      const Value content = field(block, "text", evaluation_);
      if (texts.is_unset()) {
        if (same_heading(content.as_text(), wanted)) texts = content;
        return true;
      }
      if (field(block, "heading", evaluation_).is_true()) return false;
      text += concat(text.empty() ? "" : "\n\n", content.as_text());
      return true;
    });
    if (texts.is_unset()) {
      explain(concat("no heading \"", wanted, "\""));
      return texts;
    }
    return evaluation_.string(text).with_origin(texts.origin()).with_marks(texts.marks());
  }

  Value not_found(std::string_view where, std::string_view what) {
    constexpr std::size_t shown = 8;
    const bool may_show = (document_.marks() & mark_sensitive) == 0;
    std::vector<std::string> headings;
    each(field(document_, "headings", evaluation_), evaluation_, [&](const Value& heading) {
      headings.push_back(concat('"', shorten(field(heading, "text", evaluation_).as_text(), 60), '"'));
      return headings.size() < shown;
    });
    std::string message = concat("nothing in the file was recognised as `", key_, '`');
    constexpr std::size_t most_examples = 3;
    const auto phrases = words_of(list_)->written(list_.handle(), language_);
    std::vector<std::string> examples;
    for (const std::string_view phrase : phrases.first(std::min(phrases.size(), most_examples)))
      examples.push_back(concat('"', phrase, '"'));
    if (!examples.empty()) message += concat(": no words such as ", join(examples, ", "));
    std::string hint =
        concat("if it is there, point to it beside the path: `", where, ": {", key_, ": \"…\"}` with ", what);
    if (may_show && where == "sections" && !headings.empty())
      hint += concat("; its headings are ", join(headings, ", "));
    return evaluation_.error(cel::ErrorKind::undecidable, message, hint,
                             Context::of(evaluation_).path_of(document_.origin()), concat(where, ".", key_));
  }

  Evaluation& evaluation_;
  const Value& document_;
  std::string_view key_;
  const Value& list_;
  std::string_view language_;
  Value pointed_;
};

Value has_section(Evaluation& evaluation, Arguments arguments) {
  DocumentSearch search(evaluation, arguments);
  const Value section = search.section();
  return section.is_error() ? section : Value::boolean(!section.is_unset());
}

Value section(Evaluation& evaluation, Arguments arguments) {
  DocumentSearch search(evaluation, arguments);
  const Value found = search.section();
  if (!found.is_unset()) return found;
  return evaluation.error(cel::ErrorKind::undecidable, "the section that is pointed to is not in the file", {},
                          arguments[0].origin());
}

Value says(Evaluation& evaluation, Arguments arguments) { return DocumentSearch(evaluation, arguments).says(); }

}  // namespace

void register_text_functions(cel::FunctionRegistry& registry) {
  const Type string = Type::of(Type::Tag::string);
  const Type integer = Type::of(Type::Tag::integer);
  const Type number = Type::of(Type::Tag::real);
  const Type boolean = Type::of(Type::Tag::boolean);
  const Type strings = Type::list(string);
  const Type words = Type::object("word_list");
  const Type document = Type::record(std::string(document_record));
  const Type pointers = Type::optional(Type::map(string, string));
  const auto add = [&](std::string_view name, std::vector<Type> parameters, Type result, cel::Function call,
                       cel::Marks adds = 0, cel::Marks clears = 0) {
    registry.add({name, cel::Style::global, std::move(parameters), std::move(result), call, adds, clears});
  };
  // What reveals nothing of a text but whether, how many and how much.
  const auto add_test = [&](std::string_view name, std::vector<Type> parameters, Type result, cel::Function call) {
    add(name, std::move(parameters), std::move(result), call, 0, mark_sensitive);
  };
  add_test("text.words", {string}, integer, count_words);
  add_test("text.has_phrase", {string, words, string}, boolean, has_phrase);
  add_test("text.has_phrase", {string, words, string, words, integer}, boolean, has_phrase);
  add_test("text.has_any", {string, strings}, boolean, has_any);
  add("text.phrases", {string, words, string}, strings, phrases);
  add("text.phrases", {string, words, string, words, integer}, strings, phrases);
  add("text.passage", {strings, string}, string, passage);
  add("text.sentences", {string}, strings, sentences);
  add_test("text.reading_ease", {string, string}, number, reading_ease);
  add_test("text.kept_share", {string, string}, number, kept_share);
  add("text.placeholders", {string}, strings, text_placeholders);
  add("text.personal_data", {string}, Type::list(Type::record(std::string(personal_data_record))), personal_data);
  add("text.mask", {string}, string, mask);
  add_test("text.has_section", {document, pointers, string, words, string}, boolean, has_section);
  add("text.section", {document, pointers, string, words, string}, string, section);
  add_test("text.says", {document, pointers, string, words, string}, boolean, says);
}

}  // namespace scruple::policy
