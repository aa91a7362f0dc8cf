// A manifest that is still to be filled in, as a tree, and that tree as YAML with comments from the schema.
#pragma once

#include "schema/schema.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple::authoring {

// A value under a key, or an item of a list. The functions below make them.
struct Entry {
  enum class Kind : std::uint8_t {
    open,    // nothing yet: `key:`, and `entries` as an example in a comment; in an example: the schema's example
    text,    // words[0]
    choice,  // words, as `[a, b]`
    map,     // entries
    list,    // entries, each a map without a key
  };
  Kind kind = Kind::open;
  std::string key;
  std::vector<std::string> words;
  std::vector<Entry> entries;
  std::string note;  // a comment besides what the schema says of the field
};

Entry open(std::string key, std::string note = {});
Entry open(std::string key, std::string note, std::vector<Entry> example);  // the keys of one item, or of the value
Entry text(std::string key, std::string value, std::string note = {});
Entry choice(std::string key, std::vector<std::string> words, std::string note = {});
Entry map(std::string key, std::vector<Entry> entries, std::string note = {});
Entry list(std::string key, std::vector<Entry> items, std::string note = {});

// `root` as YAML. Above each field stands what the schema's `type` says of it, the first time that it occurs: its
// description, and where it is open what it may hold. Every key has to be in the schema.
std::string write_commented(const Entry& root, const schema::Schema& schema, schema::TypeId type);

}  // namespace scruple::authoring
