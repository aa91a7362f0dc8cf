#include "evidence/style.h"

#include "catch.h"
#include "facts.h"

#include <array>
#include <charconv>
#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

std::string shown(std::optional<double> value) {
  if (!value) return "?";
  std::array<char, 32> digits{};
  return std::string(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *value).ptr);
}

// Of the element with id="x": `hidden` or `seen`, font size, contrast.
std::string look(std::string text) {
  auto parsed = parse_html(source_of(std::move(text)), {});
  const HtmlTree& tree = std::get<HtmlTree>(parsed);
  const auto styles = compute_styles(tree);
  if (!styles) return "too much";
  for (HtmlNodeId id = 0; id < tree.size(); ++id) {
    const auto* name = tree.attribute(id, "id");
    if (name == nullptr || name->value != "x") continue;
    const ElementStyle& style = styles->elements[id];
    return concat(style.text_hidden ? "hidden " : "seen ", shown(style.font_px), " ", shown(style.contrast));
  }
  return "(none)";
}

}  // namespace

TEST_CASE("Hidden or not") {
  struct Row {
    std::string text;
    bool hidden;
  };
  const Row rows[] = {
      {"<p id=x>", false},
      {"<p id=x style='display:none'>", true},
      {"<p id=x style='DISPLAY : NONE !important'>", true},
      {"<div style='display:none'><p id=x style='display:block'>", true},
      {"<p id=x style='visibility:hidden'>", true},
      {"<div style='visibility:hidden'><p id=x style='visibility:visible'>", false},
      {"<div style='visibility:hidden'><p id=x>", true},
      {"<p id=x style='opacity:0'>", true},
      {"<div style='opacity:0%'><p id=x style='opacity:1'>", true},
      {"<p id=x style='opacity:.5'>", false},
      {"<p id=x hidden>", true},
      {"<p id=x hidden style='display:block'>", false},
      {"<input id=x type=HIDDEN>", true},
      {"<p id=x style='font-size:0'>", true},
      {"<p id=x style='font-size:1px'>", true},
      {"<div style='font-size:0'><p id=x style='font-size:14px'>", false},
      {"<p id=x style='position:absolute;left:-9999px'>", true},
      {"<p id=x style='position:absolute;left:-99em'>", true},
      {"<p id=x style='left:-9999px'>", false},  // has no effect
      {"<p id=x style='text-indent:-9999px'>", true},
      {"<p id=x style='margin-left:-10px'>", false},
      {"<p id=x style='transform:translateX(-9999px)'>", true},
      {"<p id=x style='transform:scale(0)'>", true},
      {"<p id=x style='max-height:0;overflow:hidden'>", true},
      {"<p id=x style='max-height:0'>", false},
      {"<p id=x style='width:1px;height:1px;overflow:hidden'>", true},
      {"<p id=x style='width:100%;overflow:hidden'>", false},
      {"<p id=x style='position:absolute;clip:rect(0,0,0,0)'>", true},
      {"<p id=x style='position:absolute;clip:rect(0,200px,20px,0)'>", false},
      {"<p id=x style='clip-path:inset(50%)'>", true},
      {"<p id=x aria-hidden=true>", false},
      {"a<noscript><p id=x></noscript>", true},
      {"a<template><p id=x></template>", true},
      {"<dialog><p id=x></dialog>", true},
      {"<dialog open><p id=x></dialog>", false},
      {"<style>.a{display:none}</style><p id=x class='b a'>", true},
      {"<style>.a{display:none}</style><p id=x class='ab'>", false},
      {"<style>div .a{display:none}</style><div><b><p id=x class=a>", true},
      {"<style>div > .a{display:none}</style><div><b id=x class=a>", true},
      {"<style>div > .a{display:none}</style><div><i><b id=x class=a>", false},
      {"<style>i + b{display:none}</style><i></i>text<b id=x>", true},
      {"<style>i ~ b{display:none}</style><i></i><u></u><b id=x>", true},
      {"<style>i + b{display:none}</style><i></i><u></u><b id=x>", false},
      {"<style>p[data-a=b]{display:none}</style><p id=x data-a=b>", true},
      {"<style>#x{display:none} p.a{display:block}</style><p id=x class=a>", true},
      {"<style>p{display:none} p{display:block}</style><p id=x>", false},
      {"<style>p{display:none !important}</style><p id=x style='display:block'>", true},
      {"<style>p{display:none}</style><p id=x style='display:block'>", false},
      {"<style>p:hover{display:none} p::before{display:none}</style><p id=x>", false},
      {"<style>p:not(.a){display:none}</style><p id=x>", false},  // cannot be told: not claimed
      {"<style media=print>p{display:none}</style><p id=x>", false},
      {"<style media='screen'>p{display:none}</style><p id=x>", true},
      {"<style>@media (max-width:600px){p{display:none}}</style><p id=x>", false},
      {"<style>@media (min-width:600px){p{display:none}}</style><p id=x>", true},
      {"<style>/* p{display:none} */</style><p id=x>", false},
      {"<p id=x style='/*display:none*/'>", false},
      {"<p id=x style='color:transparent'>", false},  // its contrast says it
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(look(row.text).starts_with("hidden") == row.hidden);
  }
}

TEST_CASE("Font size and contrast, where they can be told") {
  struct Row {
    std::string text;
    std::string look;
  };
  const Row rows[] = {
      {"<p id=x>", "seen 16 21"},
      {"<p id=x style='font-size:12pt'>", "seen 16 21"},
      {"<p id=x style='font-size:75%'>", "seen 12 21"},
      {"<div style='font-size:20px'><p id=x style='font-size:.5em'>", "seen 10 21"},
      {"<div style='font-size:20px'><p id=x style='font-size:.5rem'>", "seen 8 21"},
      {"<div style='font-size:20px'><small id=x>", "seen 16.67 21"},
      {"<h1 id=x>", "seen 32 21"},
      {"<p id=x style='font-size:x-small'>", "seen 10 21"},
      {"<p id=x style='font-size:11'>", "seen 11 21"},
      {"<p id=x style='font:bold 9px/2 x'>", "seen 9 21"},
      {"<p id=x style='font-size:2vw'>", "seen ? 21"},
      {"<p id=x style='font-size:var(--s)'>", "seen ? 21"},
      {"<p id=x style='font-size:calc(1px + 1em)'>", "seen ? 21"},
      {"<font id=x size=1 color=#999999>", "seen 10 2.84"},
      {"<p id=x style='color:#777'>", "seen 16 4.47"},
      {"<p id=x style='color:#767676'>", "seen 16 4.54"},
      {"<div style='background:#000'><p id=x style='color:#fff'>", "seen 16 21"},
      {"<div style='background:#fff'><p id=x style='color:white'>", "seen 16 1"},
      {"<table bgcolor=#000000><tr><td id=x>", "seen 16 1"},
      {"<body bgcolor=000000 text=ffffff><p id=x>", "seen 16 21"},
      {"<a id=x href=y>", "seen 16 9.39"},
      {"<body link=#000><a id=x href=y>", "seen 16 21"},
      {"<a id=x>", "seen 16 21"},
      {"<p id=x style='color:rgba(0,0,0,.5)'>", "seen 16 3.97"},
      {"<p id=x style='opacity:.5'>", "seen 16 3.97"},
      {"<div style='opacity:.5'><p id=x style='background:#000;color:#fff'>", "seen 16 3.97"},
      {"<p id=x style='background:rgba(0,0,0,.5)'>", "seen 16 5.28"},
      {"<p id=x style='color:transparent'>", "seen 16 1"},
      {"<p id=x style='color:var(--c)'>", "seen 16 ?"},
      {"<p id=x style='background:var(--c)'>", "seen 16 ?"},
      // What a mail tool fills in cannot be told.
      {"<p id=x style='background:{{c}};color:#fff'>", "seen 16 ?"},
      {"<p id=x style='color: {{ c | default: \"#123\" }}'>", "seen 16 ?"},
      {"<p id=x style='color:*|COLOR|*;background:#fff'>", "seen 16 ?"},
      {"<p id=x style='color:%%=v(@c)=%%;background:#fff'>", "seen 16 ?"},
      {"<p id=x style='color:${c};background:<%= b %>'>", "seen 16 ?"},
      {"<p id=x style='font-size:{{s}}px'>", "seen ? 21"},
      {"<p id=x style='{{ more }};color:#fff;background:#000'>", "seen 16 21"},
      {"<style>{{ theme }} p { color: {{c}} } {{more}} p { font-size: 9px }</style><p id=x>", "seen 9 ?"},
      {"<p id=x style='background:url(a.png)'>", "seen 16 ?"},
      {"<p id=x style='background:url(a.png) #fff'>", "seen 16 ?"},
      {"<div background=a.png><p id=x>", "seen 16 ?"},
      {"<div style='background-image:url(a.png)'><p id=x style='background:#fff'>", "seen 16 21"},
      {"<div style='background-image:url(a.png)'><p id=x style='background:#fff;opacity:.9'>", "seen 16 ?"},
      {"<p id=x style='position:absolute'>", "seen 16 ?"},
      {"<p id=x style='position:absolute;background:#fff'>", "seen 16 21"},
      {"<link rel=stylesheet href=a.css><p id=x>", "seen ? ?"},
      {"<link rel=stylesheet href=a.css><p id=x style='font-size:9px;color:#999;background:#fff'>", "seen 9 2.84"},
      {"<link rel=stylesheet href='https://fonts.googleapis.com/css?family=Lato'><p id=x>", "seen 16 21"},
      {"<style>@import 'a.css';</style><p id=x>", "seen ? ?"},
      {"<style>p:nth-child(2){font-size:9px;color:red}</style><p id=x>", "seen ? ?"},
      {"<style>p:nth-child(2){font-size:9px}</style><p id=x style='font-size:12px'>", "seen 12 21"},
      {"<style>@supports (a:b){p{color:red}}</style><p id=x>", "seen 16 ?"},
      {"<mark id=x>", "seen 16 19.55"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(look(row.text) == row.look);
  }
}

TEST_CASE("Style sheets cannot ask for unbounded work") {
  std::string universal = "<style>";
  for (int i = 0; i < 50'000; ++i) universal += "*{color:red}";
  universal += "</style>";
  for (int i = 0; i < 50'000; ++i) universal += "<b></b>";
  CHECK(look(universal) == "too much");

  std::string backtracking = "<style>";
  for (int i = 0; i < 15; ++i) backtracking += "b ";
  backtracking += "i{color:red}</style>";
  for (int i = 0; i < 900; ++i) backtracking += "<b>";
  CHECK(look(backtracking + "<u id=x>") == "seen 16 21");
  std::string sheet = "<style>u";
  for (int i = 0; i < 14; ++i) sheet += " b";
  sheet += "{color:red}</style>";
  for (int i = 0; i < 900; ++i) sheet += "<b>";
  CHECK(look(sheet) == "too much");
}
