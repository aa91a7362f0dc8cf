// Parts of a rule's expressions: which are the same, which stand for others, and their text.
#pragma once

#include "cel/cel.h"
#include "policy/compiled_pack.h"

#include <string>

namespace scruple::linting {

// An expression of a rule with its program.
struct Part {
  const policy::CompiledPack& pack;
  const policy::Expression& expression;
  const cel::Program& program;

  Part(const policy::CompiledPack& of, const policy::Expression& written)
      : pack(of), expression(written), program(of.program(written)) {}
};

// What a node stands for: the argument of a definition for the name of its parameter.
cel::NodeId resolved(const cel::Program& program, cel::NodeId node);

// Whether a name was given by `cel.bind` (and not as a parameter of a definition, or by a macro).
bool is_bound_name(const cel::Program& program, cel::NodeId node);

// Whether two nodes read or compute the same thing. Variables of macros are the same only within one program.
bool same(const cel::Program& first, cel::NodeId a, const cel::Program& second, cel::NodeId b);

// Whether something below a node is the same as `wanted`.
bool contains(const cel::Program& program, cel::NodeId below, const cel::Program& other, cel::NodeId wanted);

// The source text of a node, white space folded; in the body of a definition the arguments stand in place of the
// parameters. At most about `limit` bytes.
std::string node_text(const Part& part, cel::NodeId node, std::size_t limit = 400);

}  // namespace scruple::linting
