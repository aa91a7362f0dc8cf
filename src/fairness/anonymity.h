// Small cells: can somebody be told apart in a table, and what does it tell of them? (Sweeney 2002, Machanavajjhala and
// others 2007, Li and others 2007)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scruple::fairness {

// A record: what may be known of a person from elsewhere (quasi-identifiers, each as a text), and what the table tells
// besides. Values are compared as they are: trimming and case are the reader's decision.
struct Record {
  std::vector<std::string> known;
  std::string sensitive;
};

// Records with the same known values are a class. All but the counts is empty for no records.
struct Anonymity {
  std::int64_t records = 0;
  std::int64_t classes = 0;
  std::optional<std::int64_t> k;           // people of the smallest class
  std::optional<std::int64_t> l_distinct;  // the least number of different sensitive values in a class
  std::optional<double> l_entropy;         // exp of the least entropy of a class
  std::optional<double> t_closeness;       // the largest total variation between a class and everybody
  std::optional<double> unique_share;      // records in classes of one, over all
  std::optional<double> share_below_k;     // records in classes smaller than the floor, over all
  std::optional<double> max_risk;          // 1/k
  std::optional<double> average_risk;      // classes / records
};
Anonymity anonymity(const std::vector<Record>& records, std::int64_t k_floor);

}  // namespace scruple::fairness
