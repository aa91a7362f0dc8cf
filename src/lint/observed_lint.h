// lint() for tools that watch the expressions while rules are judged.
#pragma once

#include "scruple/linter.h"

namespace scruple::cel {
class Observer;
}

namespace scruple::linting {

// As lint(); the observer is told of every evaluation. With one, all manifests are judged by one worker.
LintResult lint_observed(const LintOptions& options, const PolicySet& policies, const FileSystem& files,
                         cel::Observer* observer);

}  // namespace scruple::linting
