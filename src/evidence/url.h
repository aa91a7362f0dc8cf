// Addresses as browsers and mail programs read them, as far as hosts go.
#pragma once

#include <string>
#include <string_view>

namespace scruple::evidence {

// "https" of `HTTPS://example.org/x`, "mailto" of `mailto:a@b.org`; empty for an address without a scheme.
std::string scheme_of(std::string_view url);

// The host that an absolute address (`https://…`, `//…`, `ftp://…`) leads to: lower case, without user, port and
// final dot. Empty if there is none: relative addresses, `mailto:`, `data:`, an address whose host is a merge tag.
std::string host_of(std::string_view url);

// The path of an address without query and fragment, its escapes (`%20`) decoded: "/img/a b.png" of
// `https://example.org/img/a%20b.png?v=2`, "a.png" of `cid:a.png@01D8`. Empty for `data:` and what has no path.
std::string path_of(std::string_view url);

}  // namespace scruple::evidence
