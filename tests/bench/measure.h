// CPU time of a piece of work.
#pragma once

#include <algorithm>
#include <ctime>

namespace scruple::bench {

inline double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// CPU seconds a call: the best of five rounds, each of at least 50 ms.
template <typename Work>
double measure(Work work) {
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const double start = cpu_seconds();
    int calls = 0;
    do {
      work();
      ++calls;
    } while (cpu_seconds() - start < 0.05);
    best = std::min(best, (cpu_seconds() - start) / calls);
  }
  return best;
}

}  // namespace scruple::bench
