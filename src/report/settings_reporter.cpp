#include "report/settings_reporter.h"

#include "base/strings.h"
#include "report/json_reporter.h"
#include "report/ledger_json.h"
#include "report/panel.h"
#include "report/terminal_text.h"

#include <algorithm>

namespace scruple::report {

namespace {

constexpr std::size_t widest_column = 64;

}  // namespace

void write_settings_text(const linting::Settings& settings, const ReportStyle& style, std::ostream& out) {
  const Ink ink(style.color);
  std::size_t names = 0;
  std::size_t values = 0;
  for (const auto& one : settings.effective) {
    const auto widen = [](std::size_t& width, const std::string& text) {
      if (const std::size_t own = display_width(visible(text)); own <= widest_column) width = std::max(width, own);
    };
    widen(names, one.name);
    widen(values, one.value);
  }
  for (const auto& one : settings.effective) {
    out << ink(Tone::strong, pad(visible(one.name), names)) << "  " << pad(visible(one.value), values) << "  "
        << ink(Tone::faint, visible(one.origin)) << '\n';
  }
  for (const linting::Judged& attempt : settings.attempts) {
    const Finding& finding = attempt.finding;
    out << '\n'
        << ink(Tone::error, concat("error[", finding.rule, "]")) << ": " << visible(finding.message) << " ("
        << file_position(finding.location) << ")\n";
  }
}

void write_settings_json(const linting::Settings& settings, std::ostream& out) {
  Json list = Json::array();
  for (const auto& one : settings.effective)
    list.push_back({{"name", one.name}, {"value", one.value}, {"from", one.origin}});
  Json attempts = Json::array();
  for (const linting::Judged& attempt : settings.attempts) {
    Json json{{"message", attempt.finding.message}, {"place", attempt.finding.place}};
    put_location(json, attempt.finding.location);
    attempts.push_back(std::move(json));
  }
  const Json json{{"settings", std::move(list)}, {"locked", std::move(attempts)}};
  out << inert(json.dump(2, ' ', false, Json::error_handler_t::replace)) << '\n';
}

}  // namespace scruple::report
