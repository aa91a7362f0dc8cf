#include "schema/date.h"

#include "catch.h"
#include "schema/validator.h"

#include <string>
#include <vector>

namespace scruple::schema {

TEST_CASE("a date is a day of the calendar in the form YYYY-MM-DD") {
  for (const auto* text : {"2026-03-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) {
    INFO(text);
    CHECK(is_date(text));
  }
  for (const auto* text : {"", "2026-02-30", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00",
                           "0000-01-01", "2026-3-1", "2026/03/01", "26-03-01", "2026-03-01 ", " 2026-03-01",
                           "2026-03-0a", "-026-03-01", "2026-03-01T00:00:00Z"}) {
    INFO(text);
    CHECK_FALSE(is_date(text));
  }
}

TEST_CASE("a time is written as in RFC 3339") {
  for (const auto* text : {"2026-03-01T10:00:00Z", "2026-03-01T23:59:59.123456789Z", "2026-03-01T10:00:00+01:00",
                           "2026-03-01T10:00:00.5-11:30"}) {
    INFO(text);
    CHECK(is_date_time(text));
  }
  for (const auto* text : {"", "2026-03-01", "2026-03-01T10:00Z", "2026-03-01T10:00:00", "2026-03-01 10:00:00Z",
                           "2026-03-01T24:00:00Z", "2026-03-01T10:60:00Z", "2026-03-01T10:00:60Z",
                           "2026-03-01T10:00:00.Z", "2026-02-30T10:00:00Z", "2026-03-01T10:00:00+1:00",
                           "2026-03-01T10:00:00+01:0", "2026-03-01T10:00:00Zx", "2026-03-01T10:00:00.1234567890Z"}) {
    INFO(text);
    CHECK_FALSE(is_date_time(text));
  }
}

TEST_CASE("what a date in another form can mean") {
  struct Row {
    const char* text;
    std::vector<std::string> dates;
  };
  const Row rows[] = {
      {"01.03.2026", {"2026-03-01"}},
      {"1.3.2026", {"2026-03-01"}},
      {"1.3.26", {"2026-03-01"}},
      {"31.12.2026", {"2026-12-31"}},
      {"12.31.2026", {"2026-12-31"}},
      {"3/1/2026", {"2026-01-03", "2026-03-01"}},
      {"01-03-2026", {"2026-03-01", "2026-01-03"}},
      {"3/3/2026", {"2026-03-03"}},
      {"3/25/2026", {"2026-03-25"}},
      {"25/3/2026", {"2026-03-25"}},
      {"2026/03/01", {"2026-03-01"}},
      {"2026.3.1", {"2026-03-01"}},
      {"2026-3-1", {"2026-03-01"}},
      {"2026-31-12", {"2026-12-31"}},
      {"20260301", {"2026-03-01"}},
      {"March 1, 2026", {"2026-03-01"}},
      {"1 March 2026", {"2026-03-01"}},
      {"1st of March 2026", {"2026-03-01"}},
      {"Mar 1 2026", {"2026-03-01"}},
      {"2026 March 1", {"2026-03-01"}},
      {"1. März 2026", {"2026-03-01"}},
      {"1er mars 2026", {}},
      {"1 février 2026", {"2026-02-01"}},
      {"2026-03-01T10:00:00Z", {"2026-03-01"}},
      {"2026-03-01 10:00", {"2026-03-01"}},
      {"  01.03.2026  ", {"2026-03-01"}},
      {"2026-02-30", {}},
      {"30.02.2026", {}},
      {"2026", {}},
      {"2026-03", {}},
      {"March 2026", {}},
      {"March April 2026", {}},
      {"Q1 2026", {}},
      {"soon", {}},
      {"", {}},
      {"1.2", {}},
      {"3.5.1", {}},
      {"1/2/3/4", {}},
      {"99999999999999999999999999", {}},
      {"01.03.2026 and then some more words that make it long", {}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    std::vector<std::string> dates;
    for (const Date& date : possible_dates(row.text)) dates.push_back(to_string(date));
    CHECK(dates == row.dates);
  }
}

TEST_CASE("why a day does not exist") {
  CHECK(why_no_date("2026-02-30") == "February 2026 has 28 days");
  CHECK(why_no_date("2024-02-30") == "February 2024 has 29 days");
  CHECK(why_no_date("2026-13-01") == "there is no month 13");
  CHECK(why_no_date("2026-04-00") == "there is no day 0");
  CHECK(why_no_date("0000-04-01") == "there is no year 0");
  CHECK(why_no_date("2026-04-01") == "");
  CHECK(why_no_date("soon") == "");
}

TEST_CASE("a date in words") { CHECK(spelled({2026, 3, 1}) == "1 March 2026"); }

}  // namespace scruple::schema
