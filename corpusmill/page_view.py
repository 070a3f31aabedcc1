"""One page as people look at it: what was kept, lifted and removed, and why.

Pure: a refined page in, text or one self-contained HTML page out.  Used by `inspect` and by
the samples of the release report.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from corpusmill.records import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpusmill.records import Decision, Document, Edit, RefinedPage, Segment

STYLE = """
:root { color-scheme: light dark; --kept: #0a7d38; --field: #0b66a8; --gone: #b3261e;
  --soft: #8886; --back: #fff; --ink: #1c1c1c; }
@media (prefers-color-scheme: dark) { :root { --back: #161616; --ink: #e8e8e8; --kept: #4cc27c;
  --field: #62b5f0; --gone: #f2857c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem; max-width: 62rem; background: var(--back);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0; }
dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 11rem 1fr; gap: .8rem; padding: .3rem .5rem;
  border-left: .3rem solid var(--soft); margin: 2px 0; }
li .why { font-size: .8rem; opacity: .85; overflow-wrap: anywhere; }
li .why b { display: block; } li p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.text { border-color: var(--kept); } .text b { color: var(--kept); }
.field { border-color: var(--field); } .field b { color: var(--field); }
.removed { border-color: var(--gone); } .removed b { color: var(--gone); }
.removed p { opacity: .62; text-decoration: line-through; text-decoration-color: #b3261e88; }
del { color: var(--gone); background: #b3261e22; } ins { color: var(--kept); text-decoration: none;
  background: #0a7d3822; }
.key span { margin-right: 1.2rem; white-space: nowrap; }
.key i { display: inline-block; width: .8rem; height: .8rem;
  margin-right: .35rem; vertical-align: -.1rem; }
label { user-select: none; } #hide:checked ~ ol .removed { display: none; }
@media (max-width: 40rem) { li { grid-template-columns: 1fr; gap: .1rem; }
  li .why b { display: inline; margin-right: .4rem; } }
"""


def label(decision: Decision) -> str:
    """Return role, and for removed segments the reason, in a few words."""
    if decision.fate is Fate.REMOVED and str(decision.reason) != str(decision.role):
        return f"{decision.role} · {decision.reason}"
    return str(decision.role)


def summary_lines(refined: RefinedPage) -> Iterator[str]:
    """Yield what became of a page, a fact a line."""
    for name, value in _facts(refined):
        yield f"{name + ':':12} {value}"
    for document in refined.documents:
        yield f"{'document ' + str(document.ordinal) + ':':12} {_headline(document)}"


def page_to_html(refined: RefinedPage) -> str:
    """Return one self-contained HTML page: no script, no address outside itself."""
    title = escape(refined.page.source_path)
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{title}</title><style>{STYLE}</style></head><body>"
        f"<h1>{title}</h1>{_facts_html(refined)}"
        f"{''.join(_document_html(document) for document in refined.documents)}"
        f"<h2>Segments</h2>{_key_html()}"
        "<input type='checkbox' id='hide'> <label for='hide'>hide what was removed</label>"
        f"<ol>{''.join(_segments_html(refined))}</ol></body></html>\n"
    )


def _facts(refined: RefinedPage) -> Iterator[tuple[str, str]]:
    page = refined.page
    yield "page", page.source_path
    if page.url:
        yield "address", page.url
    decoded = f", {refined.encoding} ({refined.decoded_by})" if refined.encoding else ""
    yield "read as", f"{page.media_type}, {refined.byte_count} bytes{decoded}"
    if refined.quarantined:
        yield "quarantined", f"{refined.quarantined.reason}: {refined.quarantined.detail}"
    if refined.decision is None or refined.text is None:
        return
    decision = refined.decision
    kinds = (decision.extractor, decision.page_type, decision.profile, *decision.flags)
    yield "decided by", ", ".join(kind for kind in kinds if kind)
    chars: Counter[Fate] = Counter()
    for segment, one in zip(refined.text.segments, decision.decisions, strict=True):
        chars[one.fate] += segment.end - segment.start
    whole = max(1, len(refined.text.text))
    yield "characters", ", ".join(f"{n} {fate} ({n / whole:.0%})" for fate, n in chars.items())


def _headline(document: Document) -> str:
    return f"{document.title or '(no title)'} [{document.language or '?'}, {document.text_chars}]"


def _facts_html(refined: RefinedPage) -> str:
    rows = (f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in _facts(refined))
    return f"<dl>{''.join(rows)}</dl>"


def _document_html(document: Document) -> str:
    facts = {
        "language": _language(document),
        "authors": ", ".join(document.authors),
        "source": document.source_credit,
        "published": document.date_published,
        "modified": document.date_modified,
        "tags": ", ".join(document.tags or ()),
        "canonical address": document.canonical_url,
        "headings": " · ".join(document.headings),
        "captions": " · ".join(document.captions),
        "repairs": ", ".join(f"{kind} × {count}" for kind, count in document.repairs),
        "defects": ", ".join(f"{d.kind} “{d.exact}”" for d in document.defects),
        "flags": ", ".join(document.flags),
        "characters": document.text_chars,
    }
    rows = (f"<dt>{n}</dt><dd>{escape(str(v))}</dd>" for n, v in facts.items() if v)
    heading = escape(document.title or "(no title)")
    return f"<h2>Document {document.ordinal}: {heading}</h2><dl>{''.join(rows)}</dl>"


def _language(document: Document) -> str | None:
    declared = document.declared_language
    return f"{document.language or '?'} (declared: {declared})" if declared else document.language


def _key_html() -> str:
    names = {"text": "kept", "field": "lifted into a field", "removed": "removed"}
    colours = {"text": "--kept", "field": "--field", "removed": "--gone"}
    parts = (
        f"<span><i style='background:var({colours[fate]})'></i>{name}</span>"
        for fate, name in names.items()
    )
    return f"<p class='key'>{''.join(parts)}</p>"


def _segments_html(refined: RefinedPage) -> Iterator[str]:
    if refined.text is None or refined.decision is None:
        return
    for segment, decision in zip(refined.text.segments, refined.decision.decisions, strict=True):
        if not refined.text.line(segment).strip():
            continue
        score = "" if decision.score is None else f" {decision.score:.2f}"
        yield (
            f"<li class='{decision.fate}'><span class='why'><b>{escape(label(decision))}</b>"
            f"{escape(decision.rule)}{score}</span><p>{_edited_html(refined, segment)}</p></li>"
        )


def _edited_html(refined: RefinedPage, segment: Segment) -> str:
    """Return the text of a segment with its safe repairs shown as deleted and inserted."""
    assert refined.text is not None  # noqa: S101  only called for pages with text
    text, position, parts = refined.text.text, segment.start, []
    end = segment.start + len(refined.text.line(segment))
    for edit in _visible_edits(refined.edits, segment):
        parts.append(escape(text[position : edit.start]))
        parts.append(f"<del>{escape(text[edit.start : edit.end])}</del>")
        parts.append(f"<ins>{escape(edit.replacement)}</ins>" if edit.replacement.strip() else "")
        position = edit.end
    parts.append(escape(text[position:end]))
    return "".join(parts)


def _visible_edits(edits: tuple[Edit, ...], segment: Segment) -> Iterator[Edit]:
    return (edit for edit in edits if segment.start <= edit.start < segment.end)
