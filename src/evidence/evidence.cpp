#include "evidence/evidence.h"

#include "base/hash.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "evidence/ad_export.h"
#include "evidence/document_facts.h"
#include "evidence/front_matter.h"
#include "evidence/text.h"
#include "evidence/text_page.h"
#include "evidence/url.h"

#include <algorithm>
#include <array>
#include <optional>

namespace scruple::evidence {

namespace {

using Kind = Problem::Kind;

// Git LFS: "version" comes first, and a pointer is smaller than this.
constexpr std::string_view lfs_pointer = "version https://git-lfs.github.com/spec/";
constexpr std::uint64_t lfs_pointer_bytes = 1024;

std::string quoted(std::string_view name) { return concat("`", shorten(visible(name), 200), "`"); }

Problem problem(Kind kind, std::string message, std::string hint = {}) {
  return {kind, std::move(message), std::move(hint), {}, std::nullopt};
}

std::string megabytes(std::uint64_t bytes) { return concat((bytes + (1u << 20) - 1) >> 20, " MB"); }

// What is wrong with a path as it is written, before any file is looked for.
std::optional<Problem> check_path(const std::string& path) {
  const std::string_view trimmed = trim_ascii(path);
  if (trimmed.empty()) return problem(Kind::bad_path, "The path is empty.", "Name the file, or leave the field out.");
  if (path.find('\0') != std::string::npos) {
    return problem(Kind::bad_path, concat(quoted(path), " holds a NUL character; no file has such a name."));
  }
  const std::string scheme = scheme_of(trimmed);
  if (trimmed.find("://") != trimmed.npos || scheme == "mailto" || trimmed.starts_with("//")) {
    return problem(Kind::bad_path, concat(quoted(path), " is an address; scruple opens files only."),
                   "Save a copy beside the manifest and name that file.");
  }
  const bool drive = scheme.size() == 1 && trimmed.size() > 2 && (trimmed[2] == '\\' || trimmed[2] == '/');
  if (path::is_absolute(path) || trimmed.starts_with("~/") || drive || trimmed.starts_with("\\\\")) {
    return problem(Kind::bad_path, concat(quoted(path), " is an absolute path, which is another one on every machine."),
                   "Write the path relative to the file in which it stands, such as `mail/hero.html`.");
  }
  const auto colon = path.find(':');
  if (colon != std::string::npos && colon < path.find('/')) {
    const std::string_view name = std::string_view(path).substr(0, colon);
    return problem(Kind::bad_path,
                   concat("No evidence root ", quoted(name), " is named, so ", quoted(path), " cannot be opened."),
                   concat("Name its folder with `--evidence-root ", name,
                          "=FOLDER`; if the file's name holds a colon, "
                          "write `./",
                          visible(path), "`."));
  }
  return std::nullopt;
}

Problem status_problem(FileStatus status, const std::string& name, std::uint64_t limit) {
  const std::string file = quoted(name);
  switch (status) {
    case FileStatus::not_found:
      return problem(Kind::absent, concat(file, " does not exist."),
                     "Check the spelling, upper and lower case included, and that the file is committed.");
    case FileStatus::is_folder: return problem(Kind::unreadable, concat(file, " is a folder; name a file in it."));
    case FileStatus::not_regular:
      return problem(Kind::unreadable, concat(file, " is not a regular file (a device, pipe or socket)."));
    case FileStatus::symbolic_link:
      return problem(Kind::unreadable, concat(file, " is or passes a symbolic link; scruple follows none."),
                     "Put the file itself there, or name the place that the link leads to.");
    case FileStatus::outside_root:
      return problem(Kind::outside_root, concat(file, " lies outside of the checked folder; scruple does not open it."),
                     "Put the file below the root, or name a root further up with --root.");
    case FileStatus::too_large:
      return problem(Kind::too_large, concat(file, " is larger than ", megabytes(limit), "."),
                     "Name an extract, or a file that holds only what is needed.");
    case FileStatus::denied: return problem(Kind::unreadable, concat(file, " may not be read (permission denied)."));
    case FileStatus::changed:
      return problem(Kind::changed, concat(file, " changed while it was checked."), "Run the check again.");
    case FileStatus::ok:
    case FileStatus::exists:
    case FileStatus::failed: break;
  }
  return problem(Kind::unreadable, concat(file, " cannot be read."));
}

// Formats that hold text but are none, told by their first bytes.
std::optional<Problem> check_format(std::string_view bytes, const std::string& name) {
  struct Format {
    std::string_view start;
    std::string_view article;
    bool picture;
  };
  constexpr std::array<Format, 8> formats = {{{"%PDF-", "a PDF file", false},
                                              {"PK\x03\x04", "a ZIP archive (DOCX, XLSX, ODT, …)", false},
                                              {"\xD0\xCF\x11\xE0", "an old Office document", false},
                                              {"{\\rtf", "an RTF document", false},
                                              {"\x1F\x8B", "a compressed file", false},
                                              {"\x89PNG", "a PNG image", true},
                                              {"\xFF\xD8\xFF", "a JPEG image", true},
                                              {"GIF8", "a GIF image", true}}};
  for (const Format& format : formats) {
    if (!bytes.starts_with(format.start)) continue;
    std::string hint = format.picture ? "Name a text file here."
                                      : concat("Export it as text beside it, as `", visible(path::file_name(name)),
                                               ".txt`, and name that file.");
    return problem(Kind::wrong_kind, concat(quoted(name), " is ", format.article, ", not text."), std::move(hint));
  }
  return std::nullopt;
}

constexpr std::string_view save_as = "Save it as UTF-8 (in most editors: Save As, Encoding, UTF-8).";

// Text in two bytes a character, told by its first bytes.
std::optional<Problem> check_utf16(std::string_view bytes, const std::string& name) {
  const bool wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (!wide && (bytes.size() % 2 != 0 || bytes.substr(0, 2).find('\0') == bytes.npos)) return std::nullopt;
  return problem(Kind::malformed, concat(quoted(name), " is encoded as UTF-16; scruple reads UTF-8."),
                 std::string(save_as));
}

std::optional<Problem> check_text(const Source& source) {
  const std::string_view text = source.text();
  const std::string file = quoted(source.name());
  if (auto wrong = check_format(text, source.name())) return wrong;
  if (auto wrong = check_utf16(text, source.name())) return wrong;
  const auto nul = text.find('\0');
  std::size_t at = find_invalid_utf8(text);
  Problem found;
  if (at != std::string_view::npos) {
    found = problem(Kind::malformed, concat(file, " is not valid UTF-8; it may be encoded as Windows-1252 or Latin-1."),
                    std::string(save_as));
  } else if (nul != text.npos) {
    at = nul;
    found = problem(Kind::malformed, concat(file, " holds a NUL byte, as no text does."),
                    "Export the file anew; it may be damaged or of another format.");
  } else {
    return std::nullopt;
  }
  const auto offset = static_cast<std::uint32_t>(at);
  found.location = locate(source, {offset, offset + 1}, Excerpt::hide);
  return found;
}

// The first bytes of a table.
std::optional<Problem> check_table(std::string_view bytes, const std::string& name) {
  auto wrong = check_format(bytes, name);
  if (wrong) wrong->hint = "Export the table as CSV, and name that file.";
  return wrong ? wrong : check_utf16(bytes, name);
}

// A reader of bytes that it shares with whoever else reads them.
class SharedReader final : public FileReader {
 public:
  explicit SharedReader(SourcePtr source) : source_(std::move(source)), reader_(make_memory_reader(source_->text())) {}
  std::optional<std::size_t> read(std::span<char> block) override { return reader_->read(block); }
  FileVersion version() const override { return reader_->version(); }

 private:
  SourcePtr source_;
  std::unique_ptr<FileReader> reader_;
};

// `bean.de.txt` beside `bean.en.txt`: the same text in another language, not a slip.
bool differ_by_language(std::string_view one, std::string_view other) {
  constexpr std::string_view separators = "._-";
  if (one.size() != other.size()) return false;
  const auto [first, unused] = std::ranges::mismatch(one, other);
  if (first == one.end()) return false;
  const auto at = static_cast<std::size_t>(first - one.begin());
  const auto before = one.find_last_of(separators, at);
  const auto begin = before == std::string_view::npos ? 0 : before + 1;
  const auto end = std::min(one.find_first_of(separators, at), one.size());
  const auto is_code = [&](std::string_view name) {
    return std::ranges::all_of(name.substr(begin, end - begin), [](char c) { return c >= 'a' && c <= 'z'; });
  };
  return end - begin == 2 && one.substr(end) == other.substr(end) && is_code(one) && is_code(other);
}

enum class DataFormat : std::uint8_t { none, json, yaml };

DataFormat data_format(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  if (lower.ends_with(".json")) return DataFormat::json;
  if (lower.ends_with(".yaml") || lower.ends_with(".yml")) return DataFormat::yaml;
  return DataFormat::none;
}

Result<DocumentPtr> read_data(const SourcePtr& source, const DocumentLimits& limits) {
  const DataFormat format = data_format(source->name());
  const std::string file = quoted(source->name());
  if (format == DataFormat::none) {
    return problem(Kind::wrong_kind, concat(file, " is neither a JSON nor a YAML file by its name."),
                   "Its name has to end with .json, .yaml or .yml.");
  }
  Diagnostics diagnostics;
  std::vector<Document> documents;
  if (format == DataFormat::json) {
    if (auto document = read_json(source, limits, diagnostics)) documents.push_back(*std::move(document));
  } else {
    documents = read_yaml(source, limits, diagnostics);
  }
  if (diagnostics.empty() && documents.size() == 1) {
    return DocumentPtr(std::make_shared<const Document>(std::move(documents.front())));
  }
  const std::string_view language = format == DataFormat::json ? "JSON" : "YAML";
  if (diagnostics.empty()) {
    return problem(Kind::malformed,
                   concat(file, " holds ", documents.size(), " ", language, " documents; one is expected."),
                   "Keep one document in a file.");
  }
  // What the reader says may quote the file.
  Problem found = problem(Kind::malformed, concat(file, " cannot be read as ", language, "."),
                          "Correct the place, or export the file anew.");
  found.detail = diagnostics.front().message;
  found.location = diagnostics.front().location;
  found.location->line.clear();
  found.location->line_column = 1;
  return found;
}

// What a mail file has too: its page, its text, its headers.
bool is_of_mail(Part part) { return part == Part::html || part == Part::document || part == Part::mail; }

Result<DocumentPtr> read_mail_part(Part part, const SourcePtr& source, const Limits& limits) {
  if (part == Part::mail) return mail_facts(source, limits.mail);
  const auto page = mail_page(source, limits.mail);
  if (!page) return page.problem();
  return part == Part::html ? html_facts(*page, limits.html) : document_facts(*page, DocumentFormat::html, limits.html);
}

// Two ways to write one name, such as `ü` in one character and in two.
bool same_to_the_eye(std::string_view a, std::string_view b) {
  return folded(a) == folded(b) && to_lower_ascii(a) != to_lower_ascii(b);
}

// The source of a mail template, of which MJML makes the HTML that people get.
bool is_mjml(const Source& source) {
  std::string_view text = source.text();
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return to_lower_ascii(source.name()).ends_with(".mjml") || to_lower_ascii(trim_ascii(text).substr(0, 5)) == "<mjml";
}

// Text and Markdown are known by their names; all else that is asked for its HTML is HTML, templates included.
PlacedSource page_in(const SourcePtr& source, const HtmlLimits& limits) {
  const PlacedSource whole{source, source, {}};
  if (source->text().size() > limits.bytes) return whole;  // is refused as it is
  const std::string name = to_lower_ascii(source->name());
  const DocumentFormat format = document_format(name, source->text());
  if (name.ends_with(".md") || name.ends_with(".markdown")) return page_of_markdown(whole);
  return name.ends_with(".txt") && format != DocumentFormat::html ? page_of_text(whole) : whole;
}

Result<DocumentPtr> read_part(Part part, const SourcePtr& source, const Limits& limits) {
  if ((part == Part::html || part == Part::document) && is_mjml(*source)) {
    return problem(Kind::wrong_kind,
                   concat(quoted(source->name()), " is MJML: people get the HTML that is made of it."),
                   "Export the HTML, and name that file.");
  }
  switch (part) {
    case Part::html: return html_facts(page_in(source, limits.html), limits.html);
    case Part::image: return image_facts(source, limits.image);
    case Part::front_matter: return front_matter(source, limits.data);
    case Part::document:
      return document_facts({source, source, {}}, document_format(source->name(), source->text()), limits.html);
    case Part::mail:
      return problem(Kind::wrong_kind, concat(quoted(source->name()), " is no mail file by its name."),
                     "Save the mail as a file whose name ends with .eml, with all its headers.");
    case Part::data:
    case Part::ads: break;
  }
  auto data = read_data(source, limits.data);
  return data && part == Part::ads ? ad_export_facts(*data) : data;
}

std::size_t memory_of(const Document& document) {
  return document.node_count() * (sizeof(Node) + sizeof(Member)) + document.source().text().size();
}

}  // namespace

// What is known of one file. Facts are filled in under the entry's mutex: who asks first reads, the others wait.
class File::Entry {
 public:
  using Remembered = File::Remembered;

  // A path that names no file.
  Entry(std::string name, Problem problem) : name_(std::move(name)), problem_(std::move(problem)) {}
  Entry(std::string name, std::string root, std::string path)
      : name_(std::move(name)), root_(std::move(root)), path_(std::move(path)) {}

  const std::string& name() const { return name_; }

  Result<bool> exists(Store& store) {
    const std::lock_guard lock(mutex_);
    stat(store);
    if (problem_ && problem_->kind != Kind::absent) return *problem_;
    return !problem_;
  }

  Result<std::uint64_t> size(Store& store) {
    const std::lock_guard lock(mutex_);
    stat(store);
    if (problem_) return *problem_;
    return size_;
  }

  Result<std::string> sha256(Store& store) {
    const std::lock_guard lock(mutex_);
    if (sha256_) return *sha256_;
    stat(store);
    if (problem_) return *problem_;
    if (size_ > store.limits_.file_bytes) return hash_large(store);
    if (const auto bytes = read(store); !bytes) return bytes.problem();
    return *sha256_;
  }

  Result<SourcePtr> text(Store& store) {
    const std::lock_guard lock(mutex_);
    return read_text(store);
  }

  Result<std::unique_ptr<RowReader>> rows(Store& store, std::string_view delimiter) {
    const std::lock_guard lock(mutex_);
    if (table_problem_) return *table_problem_;
    stat(store);
    if (problem_) return *problem_;
    std::unique_ptr<FileReader> reader;
    if (size_ <= store.limits_.file_bytes) {
      const auto source = read(store);
      if (!source) return source.problem();
      table_problem_ = check_table((*source)->text(), name_);
      reader = std::make_unique<SharedReader>(*source);
    } else {
      reader = open_large(store);
    }
    if (table_problem_) return *table_problem_;
    return open_rows(std::move(reader), name_, delimiter, store.limits_.table);
  }

  Remembered remembered(const std::string& key, const std::function<Remembered()>& make) {
    std::shared_ptr<Fact> fact;
    {
      const std::lock_guard lock(facts_mutex_);
      auto& known = facts_[key];
      if (known == nullptr) known = std::make_shared<Fact>();
      fact = known;
    }
    // Who comes second waits for who came first.
    const std::lock_guard lock(fact->mutex);
    if (fact->value == nullptr) fact->value = make();
    return fact->value;
  }

  Result<DocumentPtr> facts(Store& store, Part part) {
    const std::lock_guard lock(mutex_);
    return read_facts(store, part);
  }

 private:
  Result<DocumentPtr> read_facts(Store& store, Part part) {
    std::optional<Problem>& remembered = part_problems_[static_cast<std::size_t>(part)];
    if (problem_) return *problem_;
    if (remembered) return *remembered;
    if (auto kept = store.find(*this, part)) return std::static_pointer_cast<const Document>(kept);
    // A mail says itself how its bytes are to be read.
    const bool is_mail = is_of_mail(part) && is_mail_file(name_);
    const auto source = is_mail || part == Part::image ? read(store) : read_text(store);
    if (!source) return source.problem();
    Result<DocumentPtr> made =
        is_mail ? read_mail_part(part, *source, store.limits_)
        : part == Part::document && document_format(name_, (*source)->text()) == DocumentFormat::html
            ? read_page_document(store)
            : read_part(part, *source, store.limits_);
    if (!made) {
      remembered = made.problem();
    } else {
      store.keep(*this, part, *made, memory_of(**made));
    }
    return made;
  }

  // A page is parsed once for its facts and for those of the document that it is.
  Result<DocumentPtr> read_page_document(Store& store) {
    const auto page = read_facts(store, Part::html);
    return page ? document_of_page(**page, store.limits_.html) : page;
  }

  Problem problem_of(FileStatus status, Store& store) const {
    Problem problem = status_problem(status, name_, store.limits_.file_bytes);
    if (status != FileStatus::not_found) return problem;
    if (path_.find('\\') != std::string::npos) {
      problem.hint = "Write `/` in place of `\\`, on Windows too.";
    } else if (const std::string near = store.near_name(root_, path_); !near.empty()) {
      problem.hint =
          same_to_the_eye(near, path::file_name(path_))
              ? "A file in that folder has this name, but its letters with marks are written in another way, as "
                "macOS does; rename the file there, typing the name anew."
              : concat("In that folder there is ", quoted(near), "; correct the name, or put the file there.");
    }
    return problem;
  }

  // Existence and size. A file that is small enough for a pointer is read, to tell it from one.
  void stat(Store& store) {
    if (known_ || problem_) return;
    const FileInfo info = store.files_.info_beneath(root_, path_);
    if (info.status != FileStatus::ok) {
      problem_ = problem_of(info.status, store);
    } else if (info.size == 0) {
      problem_ = problem(Kind::absent, concat(quoted(name_), " is empty."));
    } else if (info.size < lfs_pointer_bytes) {
      read(store);
    } else {
      size_ = info.size;
      known_ = true;
    }
  }

  // The content, at whatever cost; the first reading settles what the file is.
  Result<SourcePtr> read(Store& store) {
    if (problem_) return *problem_;
    if (content_problem_) return *content_problem_;
    if (auto kept = store.find(*this, std::nullopt)) return std::static_pointer_cast<const Source>(kept);
    FileContents contents = store.files_.read_beneath(root_, path_, store.limits_.file_bytes);
    // A file that was there before and is not now has changed.
    if (sha256_ && contents.status != FileStatus::ok) contents.status = FileStatus::changed;
    if (contents.status == FileStatus::too_large) {
      size_ = contents.size;
      known_ = true;
      content_problem_ = status_problem(contents.status, name_, store.limits_.file_bytes);
      return *content_problem_;
    }
    if (contents.status != FileStatus::ok) {
      problem_ = problem_of(contents.status, store);
      return *problem_;
    }
    if (contents.bytes.empty()) {
      problem_ = problem(Kind::absent, concat(quoted(name_), " is empty."));
      return *problem_;
    }
    if (contents.size < lfs_pointer_bytes && contents.bytes.starts_with(lfs_pointer)) {
      problem_ =
          problem(Kind::not_fetched, concat(quoted(name_), " is a Git LFS pointer; its content was not fetched."),
                  "Run `git lfs pull` before the check (in CI: check out with LFS).");
      return *problem_;
    }
    std::string digest = sha256_hex(contents.bytes);
    if ((known_ && size_ != contents.size) || (sha256_ && *sha256_ != digest)) {
      problem_ = status_problem(FileStatus::changed, name_, 0);
      return *problem_;
    }
    known_ = true;
    size_ = contents.size;
    sha256_ = std::move(digest);
    auto source = std::make_shared<const Source>(name_, std::move(contents.bytes));
    store.keep(*this, std::nullopt, source, source->text().size());
    return source;
  }

  Result<std::string> hash_large(Store& store) {
    const OpenedFile opened = store.files_.open_beneath(root_, path_);
    if (opened.status != FileStatus::ok) return problem_of(opened.status, store);
    const FileVersion version = opened.reader->version();
    Sha256 hash;
    std::vector<char> block(std::size_t{1} << 20);
    for (;;) {
      const auto count = opened.reader->read(block);
      if (!count) return problem_of(FileStatus::failed, store);
      if (*count == 0) break;
      hash.add({block.data(), *count});
    }
    if (opened.reader->version() != version || (version_ && *version_ != version))
      return status_problem(FileStatus::changed, name_, 0);
    version_ = version;
    sha256_ = hash.hex();
    return *sha256_;
  }

  // A file that is too large to be held. Null with `table_problem_` set if it cannot be read.
  std::unique_ptr<FileReader> open_large(Store& store) {
    OpenedFile opened = store.files_.open_beneath(root_, path_);
    if (opened.status != FileStatus::ok) {
      table_problem_ = problem_of(opened.status, store);
      return nullptr;
    }
    const FileVersion version = opened.reader->version();
    if (version_ && *version_ != version) {
      table_problem_ = status_problem(FileStatus::changed, name_, 0);
      return nullptr;
    }
    if (!version_) {
      std::array<char, 16> first{};
      const auto count = opened.reader->read(first);
      if (count) table_problem_ = check_table({first.data(), *count}, name_);
      opened = store.files_.open_beneath(root_, path_);
      if (opened.status != FileStatus::ok || opened.reader->version() != version)
        table_problem_ = status_problem(FileStatus::changed, name_, 0);
      version_ = version;
    }
    return table_problem_ ? nullptr : std::move(opened.reader);
  }

  Result<SourcePtr> read_text(Store& store) {
    if (text_problem_) return *text_problem_;
    auto source = read(store);
    if (!source || text_checked_) return source;
    text_problem_ = check_text(**source);
    text_checked_ = true;
    if (text_problem_) return *text_problem_;
    return source;
  }

  const std::string name_;
  const std::string root_;
  const std::string path_;

  std::mutex mutex_;
  bool known_ = false;  // that the file is there, and its size
  std::uint64_t size_ = 0;
  std::optional<std::string> sha256_;
  std::optional<Problem> problem_;          // nothing can be told
  std::optional<Problem> content_problem_;  // it is there, but too large to be read
  bool text_checked_ = false;
  std::optional<Problem> text_problem_;
  std::array<std::optional<Problem>, part_count> part_problems_;
  std::optional<Problem> table_problem_;
  std::optional<FileVersion> version_;  // of a large file, when it was first opened

  struct Fact {
    std::mutex mutex;
    Remembered value;
  };
  std::mutex facts_mutex_;
  std::map<std::string, std::shared_ptr<Fact>> facts_;
};

const std::string& File::name() const { return entry_->name(); }
Result<bool> File::exists() const { return entry_->exists(*store_); }
Result<std::uint64_t> File::size() const { return entry_->size(*store_); }
Result<std::string> File::sha256() const { return entry_->sha256(*store_); }
Result<SourcePtr> File::text() const { return entry_->text(*store_); }
Result<DocumentPtr> File::facts(Part part) const { return entry_->facts(*store_, part); }
Result<std::unique_ptr<RowReader>> File::rows(std::string_view delimiter) const {
  return entry_->rows(*store_, delimiter);
}
File::Remembered File::remembered(const std::string& key, const std::function<Remembered()>& make) const {
  return entry_->remembered(key, make);
}

Store::Store(const FileSystem& files, std::string working_folder, Limits limits)
    : files_(files), working_folder_(path::normalize(working_folder)), limits_(limits) {}

Store::~Store() = default;

std::string Store::near_name(const std::string& root, const std::string& relative) {
  const std::string folder(path::folder(relative));
  const std::string_view wanted = path::file_name(relative);
  const bool is_root = folder == ".";
  // No link is followed: the names in a folder outside of the root are nobody's business.
  if (!is_root && files_.info_beneath(root, folder).status != FileStatus::is_folder) return {};
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = folders_.try_emplace(is_root ? root : path::join(root, folder));
  if (is_new) {
    for (const FolderEntry& entry : files_.list(known->first)) {
      if (entry.is_regular && !entry.name.starts_with('.')) known->second.push_back(entry.name);
    }
  }
  // Only names that begin alike are compared, and not without end: a folder may hold anything.
  constexpr std::size_t most_compared = 100;
  std::vector<std::string> near;
  for (const std::string& name : known->second) {
    if (near.size() < most_compared && !differ_by_language(name, wanted) &&
        to_lower_ascii(name.substr(0, 2)) == to_lower_ascii(wanted.substr(0, 2)))
      near.push_back(name);
  }
  const auto stem = [](std::string_view name) { return to_lower_ascii(name.substr(0, name.rfind('.'))); };
  for (const std::string& name : near) {
    if (stem(name) == stem(wanted)) return name;  // another case or ending
  }
  return std::string(nearest(wanted, near));
}

std::optional<NamedPath> split_root(std::string_view path, const Roots& roots) {
  const auto colon = path.find(':');
  const auto root = colon == std::string_view::npos ? roots.end() : roots.find(path.substr(0, colon));
  if (root == roots.end()) return std::nullopt;
  return NamedPath{root->second, std::string(path.substr(colon + 1))};
}

FilePtr Store::open(const std::string& root, const std::string& folder, const std::string& path, const Roots* named) {
  const auto within = named == nullptr ? std::nullopt : split_root(path, *named);
  if (auto bad = check_path(within ? within->path : path)) return unopened(path, *std::move(bad));
  return within ? open_beneath(within->folder, path::normalize(within->path), path, path)
                : open_beneath(root, path::normalize(path::join(folder, path)), path, {});
}

FilePtr Store::unopened(const std::string& path, Problem why) {
  return std::make_shared<const File>(*this, std::make_shared<File::Entry>(path, std::move(why)));
}

// `shown` is empty for a path relative to the working directory.
FilePtr Store::open_beneath(const std::string& root, const std::string& relative, const std::string& written,
                            std::string shown) {
  if (relative == ".." || relative.starts_with("../") || path::is_absolute(relative)) {
    return unopened(written, status_problem(FileStatus::outside_root, written, 0));
  }
  const std::string base = canonical_root(root);
  if (base.empty()) return unopened(written, status_problem(FileStatus::not_found, root, 0));

  const std::lock_guard lock(mutex_);
  auto& entry = entries_[{base, relative}];
  if (entry == nullptr) {
    if (shown.empty()) shown = path::relative_to(path::normalize(path::join(base, relative)), working_folder_);
    entry = std::make_shared<File::Entry>(std::move(shown), base, relative);
  }
  return std::make_shared<const File>(*this, entry);
}

std::vector<std::string> Store::paths() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (const auto& [key, entry] : entries_) all.push_back(path::normalize(path::join(key.first, key.second)));
  std::ranges::sort(all);
  return all;
}

std::string Store::canonical_root(const std::string& root) {
  const std::lock_guard lock(mutex_);
  auto& canonical = roots_[root];
  if (canonical.empty()) canonical = files_.canonical(root);
  return canonical;
}

std::shared_ptr<const void> Store::find(const File::Entry& entry, Kept kind) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_index_.find({&entry, kind});
  if (found == kept_index_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->value;
}

// Gives back what was used longest ago; who still holds it keeps it.
void Store::keep(const File::Entry& entry, Kept kind, std::shared_ptr<const void> value, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  kept_.push_front({{&entry, kind}, std::move(value), bytes});
  kept_index_[kept_.front().key] = kept_.begin();
  kept_bytes_ += bytes;
  while (kept_bytes_ > limits_.kept_bytes && !kept_.empty()) {
    kept_bytes_ -= kept_.back().bytes;
    kept_index_.erase(kept_.back().key);
    kept_.pop_back();
  }
}

}  // namespace scruple::evidence
