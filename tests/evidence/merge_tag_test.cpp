#include "evidence/merge_tag.h"

#include "base/strings.h"
#include "catch.h"

#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

// `text=tool:name`, with `?` before the name of logic and the fallback after `/`.
std::string tags(std::string_view text) {
  std::string out;
  for (const MergeTag& tag : find_merge_tags(text)) {
    if (!out.empty()) out += ' ';
    out += concat(tag.tool, ':', tag.logic ? "?" : "", tag.name);
    if (tag.fallback) out += concat('/', *tag.fallback);
  }
  return out;
}

}  // namespace

TEST_CASE("Merge tags of the common mail tools") {
  struct Row {
    std::string_view text;
    std::string_view tags;
  };
  const Row rows[] = {
      {"Hi *|FNAME|*!", "mailchimp:FNAME"},
      {"*|IF:FNAME|*Hi *|FNAME|**|ELSE:|*Hello*|END:IF|*",
       "mailchimp:?IF mailchimp:FNAME mailchimp:?ELSE mailchimp:?END"},
      {"*|MC:SUBJECT|*", "mailchimp:MC:SUBJECT"},
      {"Hi {{contact.firstname}}", "hubspot:contact.firstname"},
      {"{{ personalization_token('contact.firstname', 'there') }}", "hubspot:contact.firstname/there"},
      {"{{ unsubscribe_link }}", "hubspot:unsubscribe_link"},
      {"{{ first_name|default:'there' }}", "klaviyo:first_name/there"},
      {"{{ person.first_name }}", "klaviyo:person.first_name"},
      {"{{ first_name }}", "klaviyo:first_name"},
      {"{% unsubscribe %}", "klaviyo:unsubscribe"},
      {"{{ event|lookup:'Item' }}", "klaviyo:event"},
      {"%%First Name%%", "salesforce:First Name"},
      {"%%=v(@name)=%%", "salesforce:@name"},
      {"%%=AttributeValue(\"First Name\")=%%", "salesforce:First Name"},
      {"%%=ProperCase(v(@name))=%%", "salesforce:?ProperCase"},
      {"%%[ SET @name = FirstName ]%%", "salesforce:?SET"},
      {"{!Contact.FirstName}", "salesforce:Contact.FirstName"},
      {"{{ customer.first_name | default: \"friend\" }}", "liquid:customer.first_name/friend"},
      {"{% if customer %}x{% endif %}", "liquid:?if liquid:?endif"},
      {"{%- assign a = 1 -%}", "liquid:?assign"},
      {"{% if contact.city %}", "hubspot:?if"},
      {"{{${first_name}}}", "liquid:first_name"},
      {"{{${first_name} | default: 'you'}}", "liquid:first_name/you"},
      {"{{firstName}}", "handlebars:firstName"},
      {"{{{body}}}", "handlebars:body"},
      {"{{#if name}}a{{else}}b{{/if}}", "handlebars:?if handlebars:?else handlebars:?if"},
      {"{{#if a}}x{{else if b}}y{{~c~}}{{/if}}", "handlebars:?if handlebars:?else handlebars:c handlebars:?if"},
      {"{{> header}}", "handlebars:header"},
      {"{{! {{name}} }}", ""},
      {"%FIRSTNAME% [[LAST_NAME]] ${name} <%= name %>", "other:FIRSTNAME other:LAST_NAME other:name other:name"},
      {"20 % off, 30 % for you: 100%", ""},
      {"50%OFF TODAY 20%", ""},
      {"{ a: 1 } {} {{}} {{ }} ** || *| |*", ""},
      {"100 %% sure, 50 %\n% no", ""},
      {"[[1]] a[0] [[see note below]]", ""},
      {"{{never closed", ""},
      {"*|never closed", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(tags(row.text) == row.tags);
  }
}

TEST_CASE("A merge tag knows its text as written") {
  const std::string_view text = "Hallo *|FNAME|*, x";
  const auto found = find_merge_tags(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].text == "*|FNAME|*");
  CHECK(found[0].text.data() == text.data() + 6);
}

TEST_CASE("Openers without end cost nothing") {
  for (const std::string_view opener : {"*|", "{{", "{{!", "{{{", "{%", "{!", "%%[", "%%", "%", "${", "[[", "<%="}) {
    std::string text;
    while (text.size() < 2'000'000) text += opener;
    CAPTURE(opener);
    CHECK(find_merge_tags(text).size() < text.size());
  }
}
