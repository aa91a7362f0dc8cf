#include "report/html_style.h"

namespace scruple::report {

const std::string_view html_style = R"css(
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --card: #ffffff; --ink: #1e1d1a; --soft: #5c5850; --line: #e3ded3; --link: #1f4e79;
  --bad: #9b1c1f; --bad-soft: #f9e9e7; --warn: #7a4d00; --warn-soft: #faf0da; --good: #23613a; --good-soft: #e6f1e8;
  --mark: #fbe3df; --verified: #23613a; --recorded: #4f8a62; --computed: #8bb598; --declared: #cddfd1;
  --failed: #b4383a; --undecided: #d59a2d; --waived: #a39c8d;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181a; --card: #1e2023; --ink: #ebe8e1; --soft: #b3ada1; --line: #35373b; --link: #9cc4ea;
    --bad: #ffa59e; --bad-soft: #3a2020; --warn: #f2c374; --warn-soft: #372b14; --good: #93d3a5; --good-soft: #1b3022;
    --mark: #532a28; --verified: #7cc492; --recorded: #579b6d; --computed: #3d7350; --declared: #2c4a37;
    --failed: #d96a66; --undecided: #c9922f; --waived: #77726a;
  }
}
* { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: anywhere; }
.page { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:focus-visible, summary:focus-visible { outline: .18rem solid var(--link); outline-offset: .2rem; border-radius: .2rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(2rem, 5vw, 3rem); letter-spacing: -.012em; margin: .3rem 0 .5rem; }
h2 { font-size: 1.6rem; margin: 0 0 .4rem; }
h3 { font-size: 1.05rem; line-height: 1.4; margin: 0; font-weight: 600; }
p { margin: .4rem 0; }
code, .mono { font-family: var(--mono); font-size: .88em; }
section { margin: 4.5rem 0; }
.lead { color: var(--soft); max-width: 44rem; margin: 0 0 1.6rem; }
.small { font-size: .86rem; color: var(--soft); }
header { padding: 3.5rem 0 0; }
.maker { font-size: .86rem; color: var(--soft); letter-spacing: .02em; }
.verdict { margin: 2rem 0 0; padding: 1.3rem 1.6rem; border-radius: .5rem; border-left: .35rem solid; }
.verdict.bad { background: var(--bad-soft); border-color: var(--bad); }
.verdict.good { background: var(--good-soft); border-color: var(--good); }
.verdict.warn { background: var(--warn-soft); border-color: var(--warn); }
.verdict p:first-child { font: 600 1.45rem/1.35 var(--serif); margin: 0; }
.verdict.bad p:first-child { color: var(--bad); }
.verdict.good p:first-child { color: var(--good); }
.verdict.warn p:first-child { color: var(--warn); }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 2.2rem; list-style: none; padding: 0; margin: 1.5rem 0 0; }
.counts b { font: 600 1.5rem/1 var(--serif); margin-right: .35rem; font-variant-numeric: lining-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; padding: .9rem 0 0; margin: 2rem 0 0;
  border-top: 1px solid var(--line); font-size: .92rem; }
.spine { list-style: none; margin: 1.6rem 0 0; padding: 0; display: grid; grid-template-columns: repeat(5, 1fr); }
.spine > li { position: relative; padding: 2.9rem 1.1rem 0 0; }
.spine > li::before { content: ""; position: absolute; top: .95rem; left: 0; right: 0; height: 2px; background: var(--line); }
.spine > li:last-child::before { display: none; }
.dot { position: absolute; top: 0; left: 0; width: 2rem; height: 2rem; border-radius: 50%; display: grid;
  place-items: center; font: 600 .95rem/1 var(--sans); background: var(--paper); border: 2px solid var(--line);
  color: var(--soft); }
.done .dot { background: var(--good); border-color: var(--good); color: var(--paper); }
.open .dot { background: var(--bad); border-color: var(--bad); color: var(--paper); }
.here { font-size: .8rem; font-weight: 600; color: var(--link); display: block; }
.spine ul { list-style: none; padding: 0; margin: .6rem 0 0; font-size: .9rem; line-height: 1.45; }
.spine ul li { margin: 0 0 .55rem; }
.spine .small { display: block; line-height: 1.4; }
.spine a { text-decoration-color: var(--line); }
.spine a:hover { text-decoration-color: inherit; }
.who { display: block; color: var(--soft); font-size: .86rem; }
.campaign + .campaign { margin-top: 3rem; }
details.campaign { margin-top: 1rem; }
summary { cursor: pointer; }
.principle { margin: 1.5rem 0; }
.principle .row { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
svg { display: block; width: 100%; height: auto; }
svg text { font-family: var(--sans); fill: var(--ink); }
svg .soft { fill: var(--soft); }
.bar { height: 1.1rem; margin: .45rem 0 .35rem; border-radius: .25rem; background: var(--line); }
.verified { fill: var(--verified); } .recorded { fill: var(--recorded); } .computed { fill: var(--computed); }
.declared { fill: var(--declared); } .failed { fill: var(--failed); } .undecided { fill: var(--undecided); }
.waived { fill: var(--waived); } .rest { fill: var(--line); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: 0; font-size: .86rem;
  color: var(--soft); }
.key svg { display: inline-block; width: .7rem; height: .7rem; margin-right: .4rem; vertical-align: -.05rem; }
.finding { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1.3rem 1.5rem 1.2rem;
  margin: 0 0 1.3rem; border-left: .3rem solid var(--soft); scroll-margin-top: 1rem; }
.finding.error { border-left-color: var(--bad); } .finding.warning { border-left-color: var(--undecided); }
.finding:target { outline: .15rem solid var(--link); outline-offset: .2rem; }
.finding h3 { font-size: 1.12rem; }
.label { font-size: .84rem; color: var(--soft); margin: 0 0 .35rem; }
.label b.error { color: var(--bad); } .label b.warning { color: var(--warn); } .label b.info { color: var(--link); }
.where { font-size: .84rem; color: var(--soft); margin: .7rem 0 0; }
pre { font: .86rem/1.5 var(--mono); background: var(--paper); border: 1px solid var(--line); border-radius: .35rem;
  padding: .6rem .8rem; margin: .4rem 0 0; white-space: pre-wrap; }
pre .number { color: var(--soft); user-select: none; margin-right: 1rem; }
mark { background: var(--mark); color: inherit; border-radius: .15rem; box-shadow: 0 0 0 .12rem var(--mark); }
.finding dl { display: grid; grid-template-columns: 6.2rem 1fr; gap: .55rem 1rem; margin: 1rem 0 0; }
.finding dt { font-size: .84rem; font-weight: 600; color: var(--soft); padding-top: .1rem; }
.finding dd { margin: 0; min-width: 0; }
.finding dd ul { list-style: none; margin: 0; padding: 0; }
.finding dd li + li { margin-top: .25rem; }
.reason { font-size: .93rem; }
.interval { stroke: var(--soft); stroke-width: 2; } .screening { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 4 3; }
.plot { margin: .6rem 0 .2rem; max-width: 40rem; }
table { border-collapse: collapse; margin: 1.4rem 0 0; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); font-size: .86rem; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; }
thead th { font-size: .84rem; color: var(--soft); border-top: 0; }
td.open { color: var(--bad); font-weight: 600; } td.done { color: var(--good); }
footer { border-top: 1px solid var(--line); margin-top: 5rem; padding: 1.5rem 0 4rem; }
@media (max-width: 46rem) {
  .page { padding: 0 1.1rem; }
  header { padding-top: 2rem; }
  section { margin: 3.2rem 0; }
  .spine { display: block; }
  .spine > li { padding: .15rem 0 1.7rem 3.1rem; }
  .spine > li::before { top: 0; bottom: 0; left: calc(1rem - 1px); right: auto; width: 2px; height: auto; }
  .finding { padding: 1rem 1.1rem; }
  .finding dl { display: block; }
  .finding dd { margin: .1rem 0 .8rem; }
  .principle .row { display: block; }
  thead { position: absolute; left: -99rem; }
  tr { display: block; padding: .6rem 0; border-top: 1px solid var(--line); }
  td, th[scope=row] { display: block; border: 0; padding: .1rem 0; }
  td[data-head]::before { content: attr(data-head) ": "; color: var(--soft); font-weight: 400; }
}
@media print {
  :root { --paper: #fff; --card: #fff; }
  @page { margin: 18mm 16mm; }
  body { font-size: 10.5pt; }
  nav, .skip { display: none; }
  header { padding-top: 0; }
  section { margin: 2.2rem 0; }
  .finding, .principle, .spine > li, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .verdict, .dot, .bar, mark, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
)css";

}  // namespace scruple::report
