// Merge tags: the places that a mail tool fills in for each recipient.
//
//   Mailchimp    *|FNAME|*   *|IF:FNAME|*
//   HubSpot      {{contact.firstname}}   {{ personalization_token('contact.firstname', 'there') }}
//   Klaviyo      {{ first_name|default:'there' }}   {% unsubscribe %}
//   Salesforce   %%First Name%%   %%=v(@name)=%%   {!Contact.FirstName}
//   Liquid       {{ customer.name | default: "there" }}   {% if customer %}   {{${first_name}}}
//   Handlebars   {{firstName}}   {{{html}}}   {{#if name}}
//   other        %FIRSTNAME%   [[FIRSTNAME]]   ${name}   <%= name %>
//
// Several tools share the double braces: which one wrote a tag is told by its spelling, and is a guess where that
// leaves it open.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace scruple::evidence {

// Views point into the text that was searched, except `tool`.
struct MergeTag {
  std::string_view text;  // as written, with its delimiters
  std::string_view name;  // `FNAME`, `contact.firstname`; of logic its first word: `if`, `IF`
  std::string_view tool;  // "mailchimp", "hubspot", "klaviyo", "salesforce", "liquid", "handlebars", "other"
  bool logic = false;     // decides what is shown instead of showing something
  std::optional<std::string_view> fallback;  // what stands there for a recipient without a value
};

std::vector<MergeTag> find_merge_tags(std::string_view text);

}  // namespace scruple::evidence
