#include "evidence/html.h"

#include "base/strings.h"
#include "evidence/css.h"
#include "evidence/facts_builder.h"
#include "evidence/html_page.h"
#include "evidence/markup_words.h"
#include "evidence/merge_tag.h"
#include "evidence/text.h"
#include "evidence/url.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace scruple::evidence {

namespace {

// Writes the facts of one page, list after list, in the order in which html.h describes them. The builder reports a
// file with too many parts through `failed`.
class FactsWriter {
 public:
  FactsWriter(const PlacedSource& source, const HtmlPage& page, const HtmlLimits& limits, Diagnostics& diagnostics)
      : page_(page), tree_(page.tree()), facts_(source, limits.items, diagnostics) {}

  // Nothing if a limit was hit.
  std::optional<Document> write() {
    facts_.begin();
    write_title();
    if (const auto* language = tree_.attribute(0, "lang")) text("language", language->value, language->span);
    write_text();
    write_headings();
    write_links();
    write_images();
    write_embeds();
    write_forms();
    write_meta();
    write_resources();
    write_merge_tags();
    write_style_and_scripts();
    if (page_.exhausted()) return std::nullopt;
    return facts_.finish();
  }

 private:
  // ---- the parts that all facts are made of ----

  void text(std::string_view key, std::string_view value, Span span) { facts_.text(key, value, span); }
  void text(std::string_view key, PlacedText placed) { facts_.text(key, std::move(placed)); }
  void flag(std::string_view key, bool value, Span span) { facts_.flag(key, value, span); }
  void number(std::string_view key, std::int64_t value, Span span) { facts_.number(key, value, span); }
  void number(std::string_view key, std::optional<double> value, Span span) { facts_.number(key, value, span); }
  void begin_list(std::string_view key, Span span) { facts_.begin_list(key, span); }
  void begin_list(std::string_view key) { facts_.begin_list(key); }
  void end_list() { facts_.end_list(); }
  void end_list(Span span) { facts_.end_list(span); }
  bool begin_item(Span span) {
    if (page_.exhausted()) facts_.fail();
    return facts_.begin_item(span);
  }
  void end_item(Span span) { facts_.end_item(span); }

  template <typename Use>
  void each_element(Use use) {
    for (HtmlNodeId id = 0; id < tree_.size() && facts_.ok(); ++id) {
      if (tree_[id].is_element) use(id, tree_[id]);
    }
  }

  void attribute_text(std::string_view key, HtmlNodeId id, std::string_view name) {
    if (const auto* attribute = tree_.attribute(id, name)) text(key, attribute->value, attribute->span);
  }
  void host(std::string_view key, const HtmlAttribute& address) {
    std::string name = host_of(address.value);
    if (!name.empty()) text(key, {std::move(name), address.span});
  }
  std::string lower_attribute(HtmlNodeId id, std::string_view name) const {
    const auto* attribute = tree_.attribute(id, name);
    return attribute == nullptr ? std::string{} : to_lower_ascii(trim_ascii(attribute->value));
  }

  // ---- text ----

  void write_title() {
    for (HtmlNodeId id = 0; id < tree_.size(); ++id) {
      if (!tree_.is(id, "title") || tree_[id].foreign) continue;
      PlacedText title{{}, tree_[id].span};
      TextFolder folder;
      for (HtmlNodeId child = id + 1; child < tree_[id].end; ++child) {
        folder.add(tree_[child].text, TextBreak::none);
        title.span = page_.text_span(child);
      }
      title.text = folder.take();
      text("title", std::move(title));
      return;
    }
  }

  struct Block {
    PlacedText placed;
    bool footer = false;
  };

  std::vector<Block> visible_blocks() {
    std::vector<Block> blocks;
    TextFolder folder;
    Block block;
    std::size_t characters = 0;  // of the visible text so far
    const auto finish = [&] {
      if (folder.empty()) return;
      characters += 2;  // the blank line between two blocks
      block.placed.text = folder.take();
      folder = TextFolder();
      blocks.push_back(std::move(block));
      block = Block();
    };
    page_.each_text(0, tree_.size(), false, [&](HtmlNodeId id, TextBreak before) {
      if (before == TextBreak::block) finish();
      const std::size_t size = folder.text().size();
      folder.add(tree_[id].text, before);
      if (folder.text().size() == size) return;
      const Span span = page_.text_span(id);
      if (size == 0) block = {{{}, span}, page_.has(id, HtmlPage::footer)};
      block.placed.span.end = std::max(block.placed.span.end, span.end);
      characters += count_code_points(std::string_view(folder.text()).substr(size));
      text_ends_.push_back({id, characters});
    });
    finish();
    return blocks;
  }

  void write_text() {
    const std::vector<Block> blocks = visible_blocks();
    PlacedText all;
    for (const Block& block : blocks) {
      if (all.text.empty()) all.span = block.placed.span;
      all.text += all.text.empty() ? block.placed.text : "\n\n" + block.placed.text;
      all.span.end = std::max(all.span.end, block.placed.span.end);
    }
    text("visible_text", std::move(all));

    begin_list("text_blocks");
    for (const Block& block : blocks) {
      const Span span = block.placed.span;
      if (!begin_item(span)) return;
      text("text", block.placed);
      flag("in_footer", block.footer, span);
      end_item(span);
    }
    end_list();

    begin_list("text_runs");
    page_.each_text(0, tree_.size(), true, [&](HtmlNodeId id, TextBreak) {
      TextFolder folder;
      folder.add(tree_[id].text, TextBreak::none);
      if (folder.empty() || !facts_.ok()) return;
      const Span span = page_.text_span(id);
      if (!begin_item(span)) return;
      const ElementStyle& style = page_.style(tree_[id].parent);
      text("text", {folder.take(), span});
      flag("hidden", style.text_hidden, span);
      number("font_px", style.font_px, span);
      number("contrast", style.contrast, span);
      flag("in_footer", page_.has(id, HtmlPage::footer), span);
      flag("aria_hidden", page_.has(id, HtmlPage::aria_hidden), span);
      end_item(span);
    });
    end_list();
  }

  void write_headings() {
    begin_list("headings");
    each_element([&](HtmlNodeId id, const HtmlNode& node) {
      const bool heading = node.text.size() == 2 && node.text[0] == 'h' && node.text[1] >= '1' && node.text[1] <= '6';
      if (!heading || page_.has(id, HtmlPage::inert) || !begin_item(node.span)) return;
      number("level", node.text[1] - '0', node.span);
      text("text", page_.text_of(id));
      flag("hidden", page_.style(id).hidden, node.span);
      end_item(node.span);
    });
    end_list();
  }

  // ---- links and images ----

  struct LinkLook {
    std::optional<double> font_px;
    std::optional<double> contrast;
    bool has_content = false;
    bool visible = false;
    bool has_image = false;
    std::string image_alt;
  };

  LinkLook look_of(HtmlNodeId link) const {
    LinkLook look;
    bool all_known_px = true;
    bool all_known_contrast = true;
    for (HtmlNodeId id = link + 1; id < tree_[link].end && page_.work(1); ++id) {
      const HtmlNode& node = tree_[id];
      if (node.is_element) {
        const bool image = node.text == "img" || node.text == "svg";
        if (!image || page_.has(id, HtmlPage::inert)) continue;
        look.has_content = true;
        look.visible |= !page_.style(id).hidden;
        if (node.text == "img") {
          look.has_image = true;
          if (const auto* alt = tree_.attribute(id, "alt"); alt != nullptr && !alt->value.empty()) {
            look.image_alt += look.image_alt.empty() ? "" : " ";
            look.image_alt += alt->value;
          }
        }
        continue;
      }
      if (page_.has(id, HtmlPage::inert) || trim_ascii(node.text).empty()) continue;
      const ElementStyle& style = page_.style(node.parent);
      look.has_content = true;
      if (style.text_hidden) continue;
      look.visible = true;
      const auto keep_least = [](std::optional<double>& least, bool& known, std::optional<double> value) {
        known = known && value;
        if (!known) {
          least.reset();
        } else {
          least = least ? std::min(*least, *value) : value;
        }
      };
      keep_least(look.font_px, all_known_px, style.font_px);
      keep_least(look.contrast, all_known_contrast, style.contrast);
    }
    return look;
  }

  void write_links() {
    begin_list("links");
    each_element([&](HtmlNodeId id, const HtmlNode& node) {
      if (node.text != "a" && node.text != "area") return;
      const HtmlAttribute* href = tree_.attribute(id, "href");
      if (href == nullptr || page_.has(id, HtmlPage::inert) || !begin_item(node.span)) return;
      LinkLook look = look_of(id);
      text("text", page_.text_of(id));
      text("href", trim_ascii(href->value), href->span);
      host("host", *href);
      if (std::string scheme = scheme_of(href->value); !scheme.empty()) text("scheme", {std::move(scheme), href->span});
      const bool hidden = node.text == "area" ? false : page_.style(id).hidden || (look.has_content && !look.visible);
      flag("hidden", hidden, node.span);
      flag("in_footer", page_.has(id, HtmlPage::footer), node.span);
      attribute_text("rel", id, "rel");
      attribute_text("title", id, "title");
      attribute_text("aria_label", id, "aria-label");
      if (node.text == "area") {
        attribute_text("image_alt", id, "alt");
      } else if (look.has_image) {
        text("image_alt", {std::move(look.image_alt), node.span});
      }
      number("font_px", look.font_px, node.span);
      number("contrast", look.contrast, node.span);
      end_item(node.span);
    });
    end_list();
  }

  void write_images() {
    begin_list("images");
    HtmlNodeId link_end = 0;
    each_element([&](HtmlNodeId id, const HtmlNode& node) {
      if (node.text == "a" && tree_.attribute(id, "href") != nullptr) link_end = std::max(link_end, node.end);
      if (node.text != "img" || page_.has(id, HtmlPage::inert) || !begin_item(node.span)) return;
      const ElementStyle& style = page_.style(id);
      const HtmlAttribute* src = tree_.attribute(id, "src");
      text("src", src == nullptr ? std::string_view{} : trim_ascii(src->value), src == nullptr ? node.span : src->span);
      if (src != nullptr) host("host", *src);
      attribute_text("alt", id, "alt");
      flag("hidden", style.hidden, node.span);
      number("width", style.width, node.span);
      number("height", style.height, node.span);
      flag("in_link", id < link_end, node.span);
      end_item(node.span);
    });
    end_list();
  }

  // ---- pictures, films, sounds ----

  // Nothing for an address that a style sheet gives: it is not known where it shows.
  void embed(std::string_view url, Span span, std::optional<HtmlNodeId> element) {
    url = trim_ascii(url);
    if (url.empty() || to_lower_ascii(url.substr(0, 5)) == "data:" || !begin_item(span)) return;
    text("url", {std::string(url), span});
    text("tag", element ? tree_[*element].text : std::string_view("style"), span);
    if (element) {
      if (const HtmlAttribute* alt = alternative_text(*element)) text("alt", alt->value, alt->span);
      if (const auto caption = caption_of(*element)) text("caption", page_.text_of(*caption));
      const auto after = std::ranges::lower_bound(text_ends_, *element, {}, &TextEnd::text);
      flag("hidden", page_.style(*element).hidden, span);
      number("at", static_cast<std::int64_t>(after == text_ends_.begin() ? 0 : std::prev(after)->characters), span);
    } else {
      flag("hidden", false, span);
    }
    end_item(span);
  }

  const HtmlAttribute* alternative_text(HtmlNodeId element) const {
    for (const std::string_view name : {"alt", "aria-label"}) {
      if (const auto* own = tree_.attribute(element, name)) return own;
    }
    const HtmlNodeId parent = tree_[element].parent;
    if (!tree_.is(element, "source") || parent == no_html_node || !tree_.is(parent, "picture")) return nullptr;
    for (HtmlNodeId id = parent + 1; id < tree_[parent].end && page_.work(1); ++id) {
      if (tree_.is(id, "img")) return tree_.attribute(id, "alt");
    }
    return nullptr;
  }

  std::optional<HtmlNodeId> caption_of(HtmlNodeId element) const {
    HtmlNodeId figure = tree_[element].parent;
    while (figure != no_html_node && !tree_.is(figure, "figure") && page_.work(1)) figure = tree_[figure].parent;
    if (figure == no_html_node) return std::nullopt;
    for (HtmlNodeId id = figure + 1; id < tree_[figure].end && page_.work(1); ++id) {
      if (tree_.is(id, "figcaption")) return id;
    }
    return std::nullopt;
  }

  void embed_attributes(HtmlNodeId id, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      if (const auto* attribute = tree_.attribute(id, name)) embed(attribute->value, attribute->span, id);
    }
  }

  void embed_styles(std::string_view style, Span span, std::optional<HtmlNodeId> element) {
    for (const CssUrl& url : css_urls(style)) {
      if (url.kind == CssUrl::Kind::image) embed(url.url, span, element);
    }
  }

  void write_embeds() {
    begin_list("embeds");
    each_element([&](HtmlNodeId id, const HtmlNode& node) {
      const std::string_view tag = node.text;
      if (tag == "style") {
        for (HtmlNodeId child = id + 1; child < node.end; ++child)
          embed_styles(tree_[child].text, tree_[child].span, std::nullopt);
      }
      // What stands inside of an <object> is shown only where it cannot be.
      const HtmlNodeId holder = tag == "object" ? node.parent : id;
      if (holder != no_html_node && page_.has(holder, HtmlPage::inert)) return;
      if (tag == "img" || tag == "source") {
        embed_attributes(id, {"src", "data-src"});
        each_candidate(id, [&](std::string_view url, Span span) { embed(url, span, id); });
      } else if (tag == "video" || tag == "audio" || tag == "embed") {
        embed_attributes(id, {"src", "poster"});
      } else if (tag == "object") {
        embed_attributes(id, {"data"});
      } else if (tag == "input" && lower_attribute(id, "type") == "image") {
        embed_attributes(id, {"src"});
      } else if (tag == "image" && node.foreign) {
        embed_attributes(id, {"href", "xlink:href"});
      }
      if (!node.foreign) embed_attributes(id, {"background"});
      if (const auto* style = tree_.attribute(id, "style")) embed_styles(style->value, style->span, id);
    });
    end_list();
  }

  // ---- forms ----

  void write_forms() {
    std::vector<HtmlNodeId> controls;
    std::vector<std::vector<HtmlNodeId>> by_form(page_.forms().size());
    each_element([&](HtmlNodeId id, const HtmlNode&) {
      if (!page_.is_control(id)) return;
      controls.push_back(id);
      if (const auto form = page_.form_of(id)) by_form[*form].push_back(id);
    });

    begin_list("forms");
    for (std::size_t i = 0; i < by_form.size() && facts_.ok(); ++i) {
      const HtmlNodeId id = page_.forms()[i];
      const Span span = tree_[id].span;
      if (!begin_item(span)) return;
      attribute_text("id", id, "id");
      if (const auto* action = tree_.attribute(id, "action")) {
        text("action", trim_ascii(action->value), action->span);
        host("action_host", *action);
      }
      std::string method = lower_attribute(id, "method");
      text("method", {method.empty() ? "get" : std::move(method), span});
      text("text", page_.text_between(id + 1, page_.form_end(i), page_.style(id).hidden, span));
      flag("hidden", page_.style(id).hidden, span);
      begin_list("controls", span);
      for (const HtmlNodeId control : by_form[i]) {
        // The list of all controls refers to the same item.
        if (!facts_.has_room()) facts_.fail();
        if (!facts_.ok()) return;
        facts_.name_next(control);
        write_control(control, i);
      }
      end_list(span);
      end_item(span);
    }
    end_list();

    begin_list("controls");
    for (const HtmlNodeId control : controls) {
      if (!facts_.ok()) return;
      if (page_.form_of(control)) {
        facts_.same_item(tree_[control].span, control);
      } else {
        write_control(control, std::nullopt);
      }
    }
    end_list();
  }

  std::string control_type(HtmlNodeId id) const {
    const std::string_view tag = tree_[id].text;
    if (tag == "select" || tag == "textarea") return std::string(tag);
    if (tag == "input" || tag == "button") {
      std::string type = lower_attribute(id, "type");
      if (type.empty()) type = tag == "input" ? "text" : "submit";
      return type;
    }
    return lower_attribute(id, "role");
  }

  void write_control(HtmlNodeId id, std::optional<std::size_t> form) {
    const HtmlNode& node = tree_[id];
    const Span span = node.span;
    if (!begin_item(span)) return;
    const bool native =
        node.text == "input" || node.text == "button" || node.text == "select" || node.text == "textarea";
    const std::string type = control_type(id);
    const HtmlAttribute* aria_checked = tree_.attribute(id, "aria-checked");

    text("type", {type, span});
    text("tag", node.text, span);
    attribute_text("name", id, "name");
    attribute_text("id", id, "id");
    const PlacedText label = page_.name_of(id);
    text("label", label.text.empty() ? page_.hint_for(id) : label);
    flag("has_label", !label.text.empty(), label.text.empty() ? span : label.span);
    if (node.text == "textarea") {
      PlacedText value{{}, span};
      for (HtmlNodeId child = id + 1; child < node.end; ++child) value.text += tree_[child].text;
      text("value", std::move(value));
    } else {
      attribute_text("value", id, "value");
    }
    if (node.text == "input" && (type == "checkbox" || type == "radio")) {
      const auto* checked = tree_.attribute(id, "checked");
      flag("checked", checked != nullptr, checked == nullptr ? span : checked->span);
    } else if (!native || aria_checked != nullptr) {
      const bool checked = lower_attribute(id, "aria-checked") == "true";
      flag("checked", checked, aria_checked == nullptr ? span : aria_checked->span);
    }
    if (aria_checked != nullptr) text("aria_checked", aria_checked->value, aria_checked->span);
    flag("required", tree_.attribute(id, "required") != nullptr || lower_attribute(id, "aria-required") == "true",
         span);
    flag("disabled", tree_.attribute(id, "disabled") != nullptr, span);
    flag("hidden", page_.style(id).hidden, span);
    if (node.text == "select") write_options(id);
    if (form) number("form", static_cast<std::int64_t>(*form), span);
    end_item(span);
  }

  void write_options(HtmlNodeId select) {
    const Span around = tree_[select].span;
    flag("multiple", tree_.attribute(select, "multiple") != nullptr, around);
    begin_list("options", around);
    for (HtmlNodeId id = select + 1; id < tree_[select].end && facts_.ok(); ++id) {
      if (!tree_.is(id, "option") || !begin_item(tree_[id].span)) continue;
      const Span span = tree_[id].span;
      TextFolder folder;
      for (HtmlNodeId child = id + 1; child < tree_[id].end; ++child) {
        if (!tree_[child].is_element) folder.add(tree_[child].text, TextBreak::none);
      }
      const std::string label = folder.take();
      const auto* value = tree_.attribute(id, "value");
      const auto* selected = tree_.attribute(id, "selected");
      text("text", {label, span});
      text("value", value == nullptr ? PlacedText{label, span} : PlacedText{std::string(value->value), value->span});
      flag("selected", selected != nullptr, selected == nullptr ? span : selected->span);
      end_item(span);
    }
    end_list(around);
  }

  // ---- the rest ----

  void write_meta() {
    begin_list("meta");
    each_element([&](HtmlNodeId id, const HtmlNode& node) {
      if (node.text != "meta") return;
      for (const std::string_view name : {"name", "property", "http-equiv", "charset"}) {
        const HtmlAttribute* named = tree_.attribute(id, name);
        if (named == nullptr) continue;
        const HtmlAttribute* content = name == "charset" ? named : tree_.attribute(id, "content");
        if (!begin_item(node.span)) return;
        text("name", name == "charset" ? name : named->value, named->span);
        text("content", content == nullptr ? std::string_view{} : content->value,
             content == nullptr ? node.span : content->span);
        end_item(node.span);
        return;
      }
    });
    end_list();
  }

  void resource(std::string_view url, std::string_view kind, Span span) {
    url = trim_ascii(url);
    std::string name = host_of(url);
    if (name.empty() || !begin_item(span)) return;
    text("host", {std::move(name), span});
    text("kind", kind, span);
    text("url", {std::string(url), span});
    end_item(span);
  }

  void attribute_resource(HtmlNodeId id, std::string_view name, std::string_view kind) {
    if (const auto* attribute = tree_.attribute(id, name)) resource(attribute->value, kind, attribute->span);
  }

  // `a.png 1x, b.png 2x`
  template <typename Use>
  void each_candidate(HtmlNodeId id, Use use) const {
    const auto* attribute = tree_.attribute(id, "srcset");
    if (attribute == nullptr) return;
    std::string_view rest = attribute->value;
    constexpr std::string_view gaps = " \t\n\r\f,";
    while (facts_.ok()) {
      const auto begin = rest.find_first_not_of(gaps);
      if (begin == rest.npos) return;
      rest.remove_prefix(begin);
      const auto end = std::min(rest.find_first_of(" \t\n\r\f"), rest.size());
      use(rest.substr(0, end), attribute->span);
      const auto comma = rest[end - 1] == ',' ? end : rest.find(',', end);
      if (comma >= rest.size()) return;
      rest.remove_prefix(comma);
    }
  }

  void srcset_resources(HtmlNodeId id, std::string_view kind) {
    each_candidate(id, [&](std::string_view url, Span span) { resource(url, kind, span); });
  }

  void style_resources(std::string_view style, Span span) {
    for (const CssUrl& url : css_urls(style)) {
      const bool sheet = url.kind == CssUrl::Kind::sheet;
      resource(url.url, sheet ? "style" : url.kind == CssUrl::Kind::font ? "font" : "image", span);
    }
  }

  // Addresses in quotes or with a scheme: `'//cdn.example.com/x.js'`, `"https://connect.example.net"`.
  void script_resources(HtmlNodeId text_id) {
    const std::string_view script = tree_[text_id].text;
    const Span place = tree_[text_id].span;
    const bool as_written = place.end - place.begin == script.size();
    std::size_t end = 0;
    for (auto at = script.find("//"); at != script.npos && facts_.ok(); at = script.find("//", std::max(at + 2, end))) {
      const std::string_view before = script.substr(0, at);
      const bool scheme = before.ends_with("https:") || before.ends_with("http:");
      const bool in_quotes = !before.empty() && (before.back() == '"' || before.back() == '\'' || before.back() == '`');
      if (!scheme && !in_quotes) continue;
      const std::size_t begin = scheme ? at - (before.ends_with("https:") ? 6 : 5) : at;
      end = std::min(script.find_first_of("\"'`\\ \t\r\n<>();,", at), script.size());
      const std::string_view url = script.substr(begin, end - begin);
      if (host_of(url).find('.') == std::string::npos) continue;
      const auto offset = static_cast<std::uint32_t>(place.begin + begin);
      resource(url, "script_text", as_written ? Span{offset, offset + static_cast<std::uint32_t>(url.size())} : place);
    }
  }

  std::string_view image_kind(HtmlNodeId id) const {
    const ElementStyle& style = page_.style(id);
    const bool tiny = style.width && style.height && *style.width <= 1 && *style.height <= 1;
    const bool in_noscript = tree_[id].parent != no_html_node && tree_.is(tree_[id].parent, "noscript");
    return tiny || (style.hidden && !in_noscript) ? "pixel" : "image";
  }

  void element_resources(HtmlNodeId id, const HtmlNode& node) {
    const std::string_view tag = node.text;
    if (tag == "script") {
      attribute_resource(id, "src", "script");
      if (!runs_script(id, node)) return;
      for (HtmlNodeId child = id + 1; child < node.end; ++child) script_resources(child);
    } else if (tag == "iframe" || tag == "frame") {
      attribute_resource(id, "src", "iframe");
    } else if (tag == "img") {
      const std::string_view kind = image_kind(id);
      attribute_resource(id, "src", kind);
      attribute_resource(id, "data-src", kind);
      srcset_resources(id, kind);
    } else if (tag == "input" && lower_attribute(id, "type") == "image") {
      attribute_resource(id, "src", "image");
    } else if (tag == "source") {
      attribute_resource(id, "src", "media");
      srcset_resources(id, "image");
    } else if (tag == "video" || tag == "audio" || tag == "track" || tag == "embed") {
      attribute_resource(id, "src", "media");
      attribute_resource(id, "poster", "image");
    } else if (tag == "object") {
      attribute_resource(id, "data", "media");
    } else if (tag == "image" && node.foreign) {
      attribute_resource(id, "href", "image");
      attribute_resource(id, "xlink:href", "image");
    } else if (tag == "link") {
      attribute_resource(id, "href", link_kind(id));
    } else if (tag == "form") {
      attribute_resource(id, "action", "form");
    } else if (tag == "style") {
      for (HtmlNodeId child = id + 1; child < node.end; ++child) style_resources(tree_[child].text, tree_[child].span);
    }
    if (tag == "button" || tag == "input") attribute_resource(id, "formaction", "form");
    if (!node.foreign) attribute_resource(id, "background", "image");
    if (const auto* style = tree_.attribute(id, "style")) style_resources(style->value, style->span);
  }

  std::string_view link_kind(HtmlNodeId id) const {
    const std::string rel = lower_attribute(id, "rel");
    if (rel.find("stylesheet") != rel.npos) return "style";
    if (rel.find("icon") != rel.npos) return "image";
    const std::string loaded = lower_attribute(id, "as");
    if (loaded == "font" || loaded == "script" || loaded == "image" || loaded == "style") {
      return loaded == "font" ? "font" : loaded == "script" ? "script" : loaded == "image" ? "image" : "style";
    }
    return "link";
  }

  void write_resources() {
    begin_list("resource_hosts");
    each_element([&](HtmlNodeId id, const HtmlNode& node) { element_resources(id, node); });
    end_list();
  }

  // As written in the file, so that each tag has its exact place.
  void merge_tags_in(Span span) {
    const std::string_view source = tree_.source().text();
    for (const MergeTag& tag : find_merge_tags(source.substr(span.begin, span.end - span.begin))) {
      const auto begin = static_cast<std::uint32_t>(tag.text.data() - source.data());
      const Span place{begin, begin + static_cast<std::uint32_t>(tag.text.size())};
      if (!begin_item(place)) return;
      text("text", tag.text, place);
      text("name", tag.name, place);
      text("tool", tag.tool, place);
      flag("logic", tag.logic, place);
      if (tag.fallback) text("fallback", *tag.fallback, place);
      end_item(place);
    }
  }

  void write_merge_tags() {
    begin_list("merge_tags");
    Span last{};
    for (HtmlNodeId id = 0; id < tree_.size() && facts_.ok(); ++id) {
      const HtmlNode& node = tree_[id];
      if (!node.is_element) {
        const bool code = tree_.is(node.parent, "script") || tree_.is(node.parent, "style");
        if (!code) merge_tags_in(node.span);
        continue;
      }
      // An element that the parser cloned has the start tag of its original.
      if (node.span == last) continue;
      last = node.span;
      for (const HtmlAttribute& attribute : tree_.attributes(id)) {
        if (attribute.name != "style" && !attribute.name.starts_with("on")) merge_tags_in(attribute.span);
      }
    }
    end_list();
  }

  void write_style_and_scripts() {
    const Span whole = facts_.whole();
    Span script = whole;
    bool scripted = false;
    each_element([&](HtmlNodeId id, const HtmlNode& node) {
      if (scripted || !runs_script(id, node)) return;
      scripted = true;
      script = node.span;
    });
    flag("scripted", scripted, script);
    flag("linked_style", page_.linked_sheet(), whole);
  }

  bool runs_script(HtmlNodeId id, const HtmlNode& node) const {
    if (node.text == "script") {
      constexpr std::array<std::string_view, 5> data_types = {"application/json", "application/ld+json", "importmap",
                                                              "speculationrules", "text/template"};
      return !is_one_of(data_types, lower_attribute(id, "type"));
    }
    for (const HtmlAttribute& attribute : tree_.attributes(id)) {
      const bool handler = attribute.name.size() > 2 && attribute.name.starts_with("on");
      if (handler || (attribute.name == "href" && scheme_of(attribute.value) == "javascript")) return true;
    }
    return false;
  }

  const HtmlPage& page_;
  const HtmlTree& tree_;
  FactsBuilder facts_;
  // How many characters of the visible text there are up to the end of each of its texts.
  struct TextEnd {
    HtmlNodeId text;
    std::size_t characters;
  };
  std::vector<TextEnd> text_ends_;
};

Problem too_large(const PlacedSource& source, std::string message, std::uint32_t offset) {
  Problem problem = problem_of(*source.file, Problem::Kind::too_large, concat(message, "."),
                               "Check that this is the page that people see, not a dump or an archive of many pages.");
  problem.location = locate(*source.file, source.place({offset, offset}), Excerpt::hide);
  return problem;
}

// How many bytes at the start of `text` fold to the first `folded` bytes of its folded form; npos where entities make
// the two differ.
std::size_t unfolded(std::string_view text, std::string_view fold, std::size_t folded) {
  const auto gap = [&](std::size_t at) -> std::size_t {
    if (text.substr(at, 2) == "\xC2\xA0") return 2;
    return at < text.size() && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')) ? 1 : 0;
  };
  std::size_t at = 0;
  for (std::size_t i = 0; i < folded; ++i) {
    if (at >= text.size()) return std::string_view::npos;
    if (fold[i] == ' ') {
      if (gap(at) == 0) return std::string_view::npos;
      while (gap(at) != 0) at += gap(at);
    } else if (text[at++] != fold[i]) {
      return std::string_view::npos;
    }
  }
  return at;
}

}  // namespace

Result<DocumentPtr> html_facts(SourcePtr source, const HtmlLimits& limits) {
  return html_facts(PlacedSource{source, source, {}}, limits);
}

Result<DocumentPtr> html_facts(const PlacedSource& source, const HtmlLimits& limits) {
  auto parsed = parse_html(source.text, limits);
  if (const auto* problem = std::get_if<HtmlProblem>(&parsed))
    return too_large(source, problem->message, problem->offset);
  HtmlTree& tree = *std::get_if<HtmlTree>(&parsed);
  auto styles = compute_styles(tree);
  if (!styles) return too_large(source, "has style sheets too large to be worked out within bounds", 0);

  const HtmlPage page(std::move(tree), *std::move(styles));
  Diagnostics diagnostics;
  auto facts = FactsWriter(source, page, limits, diagnostics).write();
  if (!facts) {
    return too_large(
        source, concat("has more links, controls and pieces of text than a page can (over ", limits.items, ")"), 0);
  }
  return DocumentPtr(std::make_shared<const Document>(*std::move(facts)));
}

Span place_in_text(const Document& facts, NodeId text, Span part) {
  const Node& whole = facts.node(text);
  const std::string_view source = facts.source().text();
  const auto written = [&source](Span span) { return source.substr(span.begin, span.end - span.begin); };
  std::optional<Span> place;
  std::size_t at = 0;
  const Member* runs = facts.node(facts.root()).kind == NodeKind::map ? facts.find(facts.root(), "text_runs") : nullptr;
  for (const Member& member : runs == nullptr ? std::span<const Member>() : facts.members(runs->value)) {
    const Node& run = facts.node(facts.find(member.value, "text")->value);
    if (run.span.begin < whole.span.begin || run.span.end > whole.span.end) continue;
    if (facts.node(facts.find(member.value, "hidden")->value).boolean) continue;
    const std::size_t found = whole.text.find(run.text, at);
    if (found == std::string_view::npos) continue;
    at = found + run.text.size();
    if (at <= part.begin) continue;
    if (found >= part.end) break;
    const std::string_view piece = written(run.span);
    const std::size_t from = part.begin > found ? unfolded(piece, run.text, part.begin - found) : 0;
    const std::size_t to = part.end < at ? unfolded(piece, run.text, part.end - found) : piece.size();
    const auto offset = [&](std::size_t in_run, std::uint32_t otherwise) {
      return in_run == std::string_view::npos ? otherwise : run.span.begin + static_cast<std::uint32_t>(in_run);
    };
    if (!place) place = Span{offset(from, run.span.begin), 0};
    place->end = std::max(place->end, offset(to, run.span.end));
  }
  if (place) return *place;
  const auto found = find_passage(written(whole.span), whole.text.substr(part.begin, part.end - part.begin));
  if (!found) return whole.span;
  return {whole.span.begin + found->begin, whole.span.begin + found->end};
}

}  // namespace scruple::evidence
