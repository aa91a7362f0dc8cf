// What a starter can take from an organization file that is there already.
#pragma once

#include "authoring/answers.h"

#include "scruple/document.h"

#include <string>
#include <vector>

namespace scruple::authoring {

struct Register {
  struct System {
    std::string id;
    AiUse use;  // by its tasks
  };
  std::vector<System> systems;
};

// Whatever is broken in the file is passed over: checking it is another matter.
Register read_register(const Document& organization);

}  // namespace scruple::authoring
