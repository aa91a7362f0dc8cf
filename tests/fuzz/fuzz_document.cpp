// Any bytes are documents or problems, read as YAML and as JSON; what is read lies within the bytes.
#include "fuzz.h"

#include "scruple/document.h"

#include <memory>
#include <string>

namespace {

using namespace scruple;

void read(const char* name, std::string_view bytes) {
  const auto source = std::make_shared<const Source>(name, std::string(bytes));
  DocumentLimits limits;
  limits.nodes = 100'000;
  Diagnostics problems;
  const auto documents = read_documents(source, limits, problems);
  for (const Diagnostic& problem : problems) {
    fuzz::require(!problem.message.empty());
    fuzz::require(problem.location.span.begin <= problem.location.span.end);
  }
  for (const Document& document : documents) {
    for (NodeId id = 0; id < document.node_count(); ++id) {
      const Node& node = document.node(id);
      fuzz::require(node.span.begin <= node.span.end && node.span.end <= bytes.size());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read("campaign.yaml", bytes);
  read("campaign.json", bytes);
  return 0;
}
