// A policy pack as it was written: texts with the place where they stand. rule_compiler turns it into a CompiledPack.
#pragma once

#include "policy/compiled_pack.h"
#include "schema/schema.h"

#include "scruple/diagnostic.h"
#include "scruple/document.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple {
class FileSystem;
}

namespace scruple::policy {

// A scalar of a pack's file. Empty and without a document if it was not given.
struct Text {
  std::string_view value;
  const Document* document = nullptr;
  NodeId node = no_node;

  explicit operator bool() const { return document != nullptr; }
};

// Where bytes of a text stand in its file, whatever the scalar was folded or escaped from. A key stands where its value
// does.
Location locate(const Text& text, Span part);

struct WrittenRequirement {
  Text that;
  Text at;
  Text message;
  Text remark_when;
  Text remark;
};

struct WrittenReference {
  Text id;
  Text when;
};

struct WrittenLet {
  Text name;  // the key
  Text value;
};

struct WrittenParameter {
  Text name;
  Text type;
  const Document* document = nullptr;
  NodeId fallback = no_node;  // `default`
  NodeId minimum = no_node;
  NodeId maximum = no_node;
  Text description;
  Text stricter;
};

struct WrittenSilence {
  Text field;
  Text reason;
};

// A change of an expression that no test can notice, and why.
struct WrittenMutant {
  Text change;  // the key: `size(x) > 0 => size(x) >= 0`
  Text reason;
};

struct WrittenRule {
  const Document* document = nullptr;
  NodeId node = no_node;
  Text id, title, severity, level, gate, scope, ask;
  std::vector<Text> aliases;
  std::vector<Text> generators;  // "asset in manifest.assets"
  Text when;
  std::vector<WrittenLet> lets;
  std::vector<WrittenRequirement> requirements;
  Text message, remediation, rationale;
  std::vector<WrittenReference> references;
  std::vector<WrittenParameter> parameters;
  NodeId waiver = no_node;
  std::vector<WrittenSilence> silence;
  std::vector<WrittenMutant> mutants;
  NodeId tests = no_node;
};

struct WrittenDefinition {
  Text name;
  std::vector<Text> arguments;
  Text is;
  std::vector<WrittenMutant> mutants;
};

struct WrittenWords {
  std::string name;
  const Document* document = nullptr;  // language -> phrases, besides `source` and `reviewed_on`
};

struct PolicyPack {
  std::string path;    // as it was given
  std::string sha256;  // of all files
  Text id, version, title, description, required, today;
  std::vector<WrittenRule> rules;
  std::vector<WrittenDefinition> definitions;
  std::vector<WrittenWords> words;
  std::vector<std::pair<const Document*, NodeId>> references;  // entries of the registry
  const Document* base_document = nullptr;                     // holds `base`
  NodeId base = no_node;
  std::vector<std::pair<std::string, SourcePtr>> files;  // by path relative to the pack's folder
  std::deque<Document> documents;                        // what all of the above points into
};

// Reads a pack from a folder (pack.yaml, one file a rule, words/, what it includes) or from a single file. All
// problems are reported together; the result is empty only if there is no pack to speak of.
std::optional<PolicyPack> read_pack(const std::string& path, const schema::Schema& pack_schema, const FileSystem& files,
                                    Diagnostics& diagnostics);

}  // namespace scruple::policy
