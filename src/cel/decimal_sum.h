// The exact sum of decimal numbers: ten times 0.1 is 1.
#pragma once

#include <cstdint>
#include <string_view>

namespace scruple::cel {

class DecimalSum {
 public:
  // A number as people write it: `-12.50`, `1e3`. False if the text is none.
  bool add(std::string_view text);
  void add(std::int64_t number);
  // Counts as the shortest decimal that stands for it.
  void add(double number);

  double value() const;

 private:
  // Decimals that have at most so many digits behind the point, and are not beyond the range, are added exactly; the
  // rest is added as doubles, with what rounding loses carried along.
  static constexpr int most_digits = 18;
  __extension__ using Wide = __int128;
  bool add_units(Wide units);  // false if they do not fit
  void add_loosely(double number);

  Wide exact_ = 0;  // in units of 10^-most_digits
  double loose_ = 0;
  double lost_ = 0;
};

}  // namespace scruple::cel
