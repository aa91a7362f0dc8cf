// Evidence: the files that a manifest names, opened safely and read once.
//
//   Store store(files, "/work");                                     // one a run
//   auto mail = store.open("/work", "campaigns/spring", "mail/hero.html");
//   auto facts = mail->facts(Part::html);
//   if (!facts) … facts.problem().message …
//
// Paths are as a manifest writes them: relative to the file in which they stand, below the root, on any system with
// `/`. Nothing outside of the root is opened, no link is followed, nothing that is not a regular file is read. A file's
// facts are found out when they are first asked for, and only once: small facts stay for the run; its text and trees
// are given back when memory is short, and read anew. A file that then differs is a problem of its own.
#pragma once

#include "base/file_system.h"
#include "evidence/html.h"
#include "evidence/image.h"
#include "evidence/mail.h"
#include "evidence/problem.h"
#include "evidence/row_reader.h"
#include "scruple/document.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::evidence {

struct Limits {
  std::uint64_t file_bytes = 64u << 20;
  std::size_t kept_bytes = 256u << 20;  // texts and trees that stay in memory for the next reader
  HtmlLimits html;
  ImageLimits image;
  MailLimits mail;
  DocumentLimits data;
  TableLimits table;  // a table may be larger than `file_bytes`
};

class Store;

// Folders of evidence beside the checked one, absolute and without links, by the name that stands before the colon in
// `crm:recipients.csv`.
using Roots = std::map<std::string, std::string, std::less<>>;

// A path in one of these folders.
struct NamedPath {
  std::string folder;
  std::string path;  // relative to the folder, as it is written
};
std::optional<NamedPath> split_root(std::string_view path, const Roots& roots);

// What a file holds, read into a tree of facts.
enum class Part : std::uint8_t {
  html,          // of a page or a mail: what html.h describes
  data,          // the value of a JSON or YAML file, told apart by the name's ending
  document,      // of a text that people read: what document_facts.h describes
  mail,          // of a mail file: what mail.h describes
  image,         // of a picture: what image.h describes
  front_matter,  // the value of the YAML at the begin of a Markdown file
  ads,           // of an export of an ad platform in JSON or YAML: what ad_export.h describes
};
inline constexpr std::size_t part_count = 7;

// One file. A handle is cheap to hold and safe to share between threads; it must not outlive its store.
class File {
 public:
  class Entry;
  File(Store& store, std::shared_ptr<Entry> entry) : store_(&store), entry_(std::move(entry)) {}

  // The path as it is shown to people: relative to the working directory; as written if it names no file.
  const std::string& name() const;

  // A regular file that is not empty. A problem if that cannot be told: a path that leaves the root, no permission, a
  // pointer in place of the content.
  Result<bool> exists() const;
  Result<std::uint64_t> size() const;  // bytes
  Result<std::string> sha256() const;  // 64 lower-case hex digits

  // The text of a text file in UTF-8.
  Result<SourcePtr> text() const;
  Result<DocumentPtr> facts(Part part) const;

  // The file as a table, to be read from its beginning; however large it is, only a part of it is in memory. An empty
  // delimiter is found out. What is wrong with its rows is the reader's problem.
  Result<std::unique_ptr<RowReader>> rows(std::string_view delimiter) const;

  // What was found out by reading rows, by a key that says all that it depends on but the file: made when it is first
  // asked for, kept for the run. Null is not kept.
  using Remembered = std::shared_ptr<const void>;
  Remembered remembered(const std::string& key, const std::function<Remembered()>& make) const;

 private:
  Store* store_;
  std::shared_ptr<Entry> entry_;
};

using FilePtr = std::shared_ptr<const File>;

class Store {
 public:
  // Names are shown relative to `working_folder`, an absolute path.
  Store(const FileSystem& files, std::string working_folder, Limits limits = {});
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Never null: a path that names no file gives a File whose facts are all that problem. `folder` is that of the file
  // in which the path is written, relative to `root`; two ways to write one path give one file. A path into one of
  // `named`, which may be null, is shown as it is written.
  FilePtr open(const std::string& root, const std::string& folder, const std::string& path,
               const Roots* named = nullptr);

  // The absolute paths of all files that were asked for, sorted.
  std::vector<std::string> paths();

 private:
  friend class File;
  friend class File::Entry;

  using Kept = std::optional<Part>;  // none: the bytes
  struct KeptItem {
    std::pair<const File::Entry*, Kept> key;
    std::shared_ptr<const void> value;
    std::size_t bytes;
  };

  FilePtr unopened(const std::string& path, Problem why);
  FilePtr open_beneath(const std::string& root, const std::string& relative, const std::string& written,
                       std::string shown);
  std::string canonical_root(const std::string& root);
  // The name in the folder of a file that is not there which was probably meant; empty if there is none.
  std::string near_name(const std::string& root, const std::string& relative);
  std::shared_ptr<const void> find(const File::Entry& entry, Kept kind);
  void keep(const File::Entry& entry, Kept kind, std::shared_ptr<const void> value, std::size_t bytes);

  const FileSystem& files_;
  const std::string working_folder_;
  const Limits limits_;

  std::mutex mutex_;                                         // taken after an entry's own, never before
  std::map<std::string, std::string> roots_;                 // as given -> canonical
  std::map<std::string, std::vector<std::string>> folders_;  // the names in folders that were looked through
  std::map<std::pair<std::string, std::string>, std::shared_ptr<File::Entry>> entries_;  // root and path below it
  std::list<KeptItem> kept_;                                                             // the last used first
  std::map<std::pair<const File::Entry*, Kept>, std::list<KeptItem>::iterator> kept_index_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace scruple::evidence
