"""The style sheet of the report and of `corpusmill diff --output html`."""

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark;
  --back: #fbfaf8; --card: #ffffff; --ink: #1f2328; --soft: #5d6570; --line: #e2ded6;
  --bar: #3f6fb0; --track: #e9eef6; --kept: #2b7a4b; --field: #2f6fb5; --gone: #b4442f;
  --gone-back: #fbefec; --warn: #8f6200; --warn-back: #fdf4dc; --bad-back: #fbe4df; }
@media (prefers-color-scheme: dark) { :root {
  --back: #14171a; --card: #1c2024; --ink: #e6e6e3; --soft: #a0a8b1; --line: #30363d;
  --bar: #6d9fe0; --track: #262d37; --kept: #5cc285; --field: #74b3f2; --gone: #ee8873;
  --gone-back: #2c1f1d; --warn: #e3b341; --warn-back: #2d2613; --bad-back: #3a211c; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--back); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main, header, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em;
  overflow-wrap: anywhere; }
h1 small { color: var(--soft); font-weight: 400; font-size: 1.2rem; white-space: nowrap; }
h2 { font-size: 1.35rem; margin: 3rem 0 .25rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .6rem; }
p { margin: .3rem 0 .8rem; overflow-wrap: anywhere; }
p.lead { color: var(--soft); max-width: 46rem; }
a { color: var(--field); }
nav { margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .95rem; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  overflow-wrap: anywhere; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .8rem;
  margin: 1.6rem 0 0; padding: 0; list-style: none; }
.numbers li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .8rem 1rem; }
.numbers b { display: block; font-size: 1.6rem; line-height: 1.2; font-weight: 650;
  font-variant-numeric: tabular-nums; }
.numbers span { color: var(--soft); font-size: .9rem; }
.cards { columns: 2 22rem; column-gap: 1rem; margin-top: 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: 1rem 1.1rem; margin: 0 0 1rem; break-inside: avoid; }
.wide { column-span: all; } .wide .bars { columns: 2 20rem; column-gap: 2rem; }
.wide .bars > li { break-inside: avoid; margin: 0 0 .7rem; }
.bars { list-style: none; margin: 0; padding: 0; }
.bars > li { margin: .45rem 0; }
.bars .line { display: flex; justify-content: space-between; gap: .8rem; font-size: .93rem; }
.bars .name { overflow-wrap: anywhere; min-width: 0; }
.bars .count { color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
.track { height: .5rem; border-radius: .25rem; background: var(--track); overflow: hidden;
  margin-top: .15rem; }
.track i { display: block; height: 100%; min-width: 2px; background: var(--bar);
  border-radius: .25rem; }
.bars .what { color: var(--soft); font-size: .86rem; margin: .15rem 0 0; }
.bars details { margin: .1rem 0 .3rem; }
.bars q { display: block; font-size: .86rem; margin: .2rem 0; padding-left: .7rem;
  border-left: 2px solid var(--line); color: var(--soft); overflow-wrap: anywhere; quotes: none; }
.bars.gone .track i { background: var(--gone); }
.columns { display: flex; align-items: flex-end; gap: 2px; height: 9rem; margin: .3rem 0 .2rem;
  border-bottom: 1px solid var(--line); }
.columns i { flex: 1 1 0; min-width: 1px; background: var(--bar); border-radius: 2px 2px 0 0; }
.columns i.none { background: none; }
.axis { display: flex; justify-content: space-between; color: var(--soft); font-size: .82rem;
  font-variant-numeric: tabular-nums; gap: .5rem; }
.axis.each span { flex: 1 1 0; text-align: center; min-width: 0; overflow-wrap: anywhere; }
.stack { display: flex; height: 1.5rem; border-radius: .35rem; overflow: hidden; gap: 2px;
  margin: .4rem 0 .6rem; } .stack i { min-width: 2px; }
.kept-fill { background: var(--kept); } .field-fill { background: var(--field); }
.gone-fill { background: var(--gone); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .9rem; margin: 0; padding: 0;
  list-style: none; }
.key i { display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem;
  margin-right: .4rem; vertical-align: -.08rem; }
details { margin: .6rem 0 0; } summary { cursor: pointer; }
details > summary { color: var(--field); font-size: .93rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.check { padding: .7rem .9rem; border-radius: .5rem; border-left: .3rem solid var(--line);
  background: var(--card); margin: .6rem 0; }
.check.critical { border-color: var(--gone); background: var(--bad-back); }
.check.warning { border-color: var(--warn); background: var(--warn-back); }
.check b { overflow-wrap: anywhere; } .check p { margin: .15rem 0 0; }
.check ul { margin: .3rem 0 0; padding-left: 1.1rem; font-size: .88rem; overflow-wrap: anywhere; }
.tag { display: inline-block; font-size: .78rem; border: 1px solid currentColor;
  border-radius: 1rem; padding: 0 .55rem; margin-right: .3rem; white-space: nowrap; }
.tag.critical { color: var(--gone); } .tag.warning { color: var(--warn); }
.tag.held { color: var(--kept); }
ul.plain { margin: .3rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
ul.documents { list-style: none; margin: 0; padding: 0; columns: 2 20rem; column-gap: 2rem; }
ul.documents li { break-inside: avoid; margin: 0 0 .7rem; overflow-wrap: anywhere; }
ul.documents small { display: block; color: var(--soft); font-size: .85rem; }
.page { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .9rem 1.1rem; margin: .9rem 0; }
.page > summary { color: var(--ink); font-weight: 600; font-size: 1rem; overflow-wrap: anywhere; }
.page > summary small { color: var(--soft); font-weight: 400; }
.page ol { list-style: none; margin: .7rem 0 0; padding: 0; }
.page li { border-left: .25rem solid var(--line); padding: .15rem 0 .15rem .8rem;
  margin: .25rem 0; }
.page li p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.page .why { font-size: .78rem; color: var(--soft); }
.page li.text { border-color: var(--kept); }
.page li.field { border-color: var(--field); } .page li.field .why { color: var(--field); }
.page li.removed { border-color: var(--gone); background: var(--gone-back); }
.page li.removed .why { color: var(--gone); }
.page li.removed p { color: var(--soft); font-size: .9rem; }
del { color: var(--gone); background: var(--gone-back); }
ins { color: var(--kept); text-decoration: none; }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 40rem) {
  header { padding-top: 1.4rem; } h1 { font-size: 1.5rem; }
  .numbers { grid-template-columns: 1fr 1fr; gap: .6rem; } .numbers b { font-size: 1.3rem; }
  .numbers li { padding: .6rem .8rem; } .card, .page { padding: .8rem .9rem; }
  table { font-size: .84rem; } th, td { padding-right: .5rem; }
  td:first-child { overflow-wrap: anywhere; min-width: 6.5rem; } }
@media print { .card, .page, .check, .numbers li { break-inside: avoid; } nav { display: none; } }
"""
