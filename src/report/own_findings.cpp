#include "report/own_findings.h"

#include <string>

namespace scruple::report {

std::span<const OwnFinding> own_findings() {
  static constexpr OwnFinding findings[] = {
      {"baseline/stale", "A baseline holds only what is still to be worked off",
       "Findings that the baseline knows are not found any more: they were mended, or what they were about is gone.",
       "Run `scruple check --baseline FILE --ratchet`: it takes them out, so that they cannot come back unseen."},
      {"config/locked", "What is locked further up is not loosened",
       "The settings of a folder above this one name something under `locked`, and settings or waivers further down "
       "would make it looser. What is locked counts.",
       "Take the setting out, make it stricter, or ask those who locked it."},
      {"manifest/ai-system-as-person", "Where a person answers, no AI system is named",
       "The field asks for a person, and what it names is an AI system. A machine cannot own, review or approve "
       "anything.",
       "Name the person who answers for it, by an id of `organization.people`."},
      {"manifest/date-order", "Dates stand in a possible order",
       "One date lies before another that it has to follow, such as an end before its launch.",
       "Correct the date that is wrong; the finding shows both."},
      {"manifest/duplicate-id", "An id names one thing",
       "Two items of one list have the same id, so that nobody can tell which of them is meant.",
       "Give one of them another id, and correct what names it."},
      {"manifest/looser-than-organization", "A campaign keeps to the thresholds of its company",
       "The campaign sets a threshold that is looser than that of its organization file.",
       "Take the campaign's value out, or tighten it."},
      {"manifest/malformed-date", "Dates are days of the calendar, year first",
       "A date cannot be read: it is written another way, or there is no such day.", "Write it as 2026-03-16."},
      {"manifest/missing-field", "The head of a manifest is complete",
       "The version of the format, the kind, the campaign's id or the id of a list's item is missing. All other fields "
       "are a matter of rules.",
       "Add the line that the finding shows."},
      {"manifest/not-in-enum", "A field holds one of its possible values",
       "The field takes one of a few words, and this is none of them. The finding lists them.",
       "Write the word that was meant."},
      {"manifest/organization-unreadable", "The organization file can be read",
       "The file that `organization` names does not exist, does not parse, or is of another kind. What the campaign "
       "does not say itself cannot be told.",
       "Correct the path or the file."},
      {"manifest/out-of-range", "Numbers lie within their bounds",
       "The number is smaller or larger than the field allows.", "Correct the number; the finding shows the bounds."},
      {"manifest/same-id", "Every campaign has an id of its own",
       "Two campaigns of one run have the same `campaign.id`. Findings, waivers and logs name campaigns by it.",
       "Give each campaign an id of its own."},
      {"manifest/status-behind", "The campaign's status keeps up with its dates",
       "The launch date has passed, and the status still says that the campaign has not begun. The rules for live "
       "campaigns apply anyway.",
       "Write `status: live` if it runs, `status: closed` if it is over, or correct the launch date."},
      {"manifest/syntax", "A manifest can be read as YAML or JSON",
       "The file cannot be read from this place on, so no rule was judged on it.",
       "Mend the place that the finding shows; the reason is often a line or two above it."},
      {"manifest/too-many", "What is wrong in a manifest can be listed",
       "The file has more problems than are listed: it is no manifest, or a tool wrote it wrongly.",
       "Mend what is listed, and run the check again."},
      {"manifest/too-short", "A text or list says something", "The text or list is shorter than the field asks for.",
       "Say more; the finding says how much there has to be."},
      {"manifest/unknown-field", "A manifest holds only fields that scruple knows",
       "The field is misspelt, or stands at the wrong place. What it says is not read by any rule.",
       "Take the name that the finding suggests, or begin it with `x-` if it is a note of your own."},
      {"manifest/unknown-id", "Every id names something",
       "A person, AI system, dataset, segment, purpose or asset is named that is declared nowhere.",
       "Correct the id, or declare what it names, in the campaign or in the organization file."},
      {"manifest/wrong-kind", "A file is of the kind that it is named as",
       "The file is of another kind than the place expects, such as a campaign where an organization file is named.",
       "Correct the path, or the `kind` of the file."},
      {"manifest/wrong-type", "A field holds a value of its kind",
       "The value is of another kind than the field holds: a text for a number, `yes` for `true`, one item for a list.",
       "Write the value as the finding shows it."},
      {"waiver/expired", "A waiver holds until its last day",
       "The last day of the waiver has passed: what it covered counts again.",
       "Mend what it covered and take it out, or let a person accept it anew."},
      {"waiver/forbidden", "Only what may be accepted is waived",
       "The rule cannot be waived, or not for that long. The waiver covers nothing.",
       "Mend what the rule finds; or write a nearer last day, which the finding names."},
      {"waiver/incomplete", "A waiver names a rule, a reason, a current person and a last day",
       "Something is missing or wrong in the waiver, or the person is none of the company, has left, or is an AI "
       "system. The waiver covers nothing.",
       "Write what the finding asks for."},
      {"waiver/unused", "A waiver covers something",
       "The rule finds nothing wrong where the waiver holds: what it was for is mended, or stands elsewhere.",
       "Take it out, or correct its place."},
  };
  return findings;
}

Page make_own_page(const OwnFinding& finding) {
  using Kind = PageBlock::Kind;
  Page page{std::string(finding.id), std::string(finding.title), {}};
  page.sections.push_back({"What it means", {{Kind::text, std::string(finding.meaning), {}}}});
  page.sections.push_back({"What to do", {{Kind::text, std::string(finding.remedy), {}}}});
  page.sections.push_back({"When", {{Kind::text, "Always: scruple itself checks it, at every gate and level.", {}}}});
  return page;
}

}  // namespace scruple::report
