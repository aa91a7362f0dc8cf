// Throughput of reading and checking, as ratios in one run against the bare events of the libraries that read.
// With the arguments `generate FOLDER BYTES yaml|json` it writes a campaign into a folder instead, with `parse FILE
// COUNT` it reads a file so many times.
#include "generator.h"
#include "measure.h"

#include "base/file_system.h"

#include "scruple/document.h"
#include "scruple/linter.h"
#include "scruple/policy.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>

namespace {

using namespace scruple;
using bench::Format;
using bench::measure;

struct IgnoredEvents final : YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

struct IgnoredSax final : nlohmann::json_sax<nlohmann::json> {
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
};

void bare_parse(const std::string& text, Format format) {
  if (format == Format::json) {
    IgnoredSax sax;
    nlohmann::json::sax_parse(text, &sax);
    return;
  }
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  IgnoredEvents events;
  while (parser.HandleNextDocument(events)) {
  }
}

void arena(const std::string& text, Format format) {
  const auto source = std::make_shared<const Source>("campaign", text);
  Diagnostics diagnostics;
  if (format == Format::json) {
    (void)read_json(source, DocumentLimits{}, diagnostics);
  } else {
    (void)read_yaml(source, DocumentLimits{}, diagnostics);
  }
}

void print_row(std::size_t kilobytes, Format format, const PolicySet& policies) {
  MemoryFileSystem files;
  const std::string name = format == Format::json ? "campaign.json" : "campaign.yaml";
  std::string text;
  for (const auto& [path, content] : bench::generate_campaign(kilobytes * 1000, format)) {
    files.add("/c/" + path, content);
    if (path == name) text = content;
  }
  LintOptions options;
  options.paths = {"/c/" + name};
  options.today = "2026-03-01";
  options.level = Level::complete;
  options.jobs = 1;
  const double bare = measure([&] { bare_parse(text, format); });
  const double ours = measure([&] { arena(text, format); });
  const double check = measure([&] { (void)lint(options, policies, files); });
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  std::printf("%6zu KB %-5s %9.1f %9.1f %9.1f %11.2f %11.2f\n", kilobytes, format == Format::json ? "JSON" : "YAML",
              megabytes / bare, megabytes / ours, megabytes / check, ours / bare, check / bare);
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc == 5 && std::string(argv[1]) == "generate") {
    const auto files = make_native_file_system();
    for (const auto& [path, content] :
         bench::generate_campaign(std::stoul(argv[3]), std::string(argv[4]) == "json" ? Format::json : Format::yaml)) {
      if (!files->write(std::string(argv[2]) + "/" + path, content)) return 1;
    }
    return 0;
  }
  if (argc == 4 && std::string(argv[1]) == "parse") {
    const FileContents contents = make_native_file_system()->read(argv[2], DocumentLimits{}.bytes);
    if (contents.status != FileStatus::ok) return 1;
    for (unsigned long left = std::stoul(argv[3]); left > 0; --left) arena(contents.bytes, Format::yaml);
    return 0;
  }
  const auto native = make_native_file_system();
  Diagnostics diagnostics;
  const PolicySet policies = load_policies({}, *native, diagnostics);
  std::printf("%15s %9s %9s %9s %11s %11s\n", "", "events", "arena", "check", "arena :", "check :");
  std::printf("%15s %9s %9s %9s %11s %11s\n", "", "MB/s", "MB/s", "MB/s", "events", "events");
  for (const std::size_t size : {5, 20, 200}) {
    for (const Format format : {Format::yaml, Format::json}) print_row(size, format, policies);
  }
  return 0;
}
