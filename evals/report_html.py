"""The report as one HTML page: no scripts, nothing from outside, plots drawn in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from evals import charts
from evals.figures import LOW_IS_GOOD, NAMES, Changed, by_gemeente, by_type, stages
from evals.report import Report, summary, told
from evals.result import Result
from evals.scorers.facts import pattern
from evals.scorers.verdict import GOOD, Verdict
from evals.words import TYPES, percent

_STYLE = """:root{color-scheme:light}*{box-sizing:border-box}
body{font:16px/1.5 system-ui,'Segoe UI',sans-serif;max-width:64rem;margin:2rem auto;padding:0 1.2rem;color:#1d1d1d;background:#fff}
h1{font-size:1.7rem;margin:0}h2{font-size:1.2rem;margin:2.4rem 0 .4rem}h3{font-size:1rem;margin:1.6rem 0 .3rem}p{margin:.4rem 0}
small,.quiet{color:#555}table{border-collapse:collapse;width:100%;margin:.6rem 0}
td,th{border-bottom:1px solid #e2e2e2;padding:.3rem .5rem;text-align:left;vertical-align:middle}
th{font-weight:600;font-size:.85rem;color:#444}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
svg{display:block}.key{display:inline-flex;align-items:center;gap:.35rem;margin-right:1rem;font-size:.85rem}
.key i{width:.9rem;height:.9rem;display:inline-block;border-radius:2px}
details{border:1px solid #ddd;border-radius:.4rem;padding:.45rem .8rem;margin:.4rem 0}summary{cursor:pointer}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.35rem .8rem;margin:.7rem 0}dt{color:#555}dd{margin:0;min-width:0}
.said{white-space:pre-line;border-left:3px solid #0b5cad;padding-left:.7rem}.passage{margin:.35rem 0;font-size:.92rem}
mark{background:#ffe9a8}ol{margin:.2rem 0;padding-left:1.3rem}
.wide{overflow-x:auto}@media(max-width:40rem){dl{grid-template-columns:1fr}td svg{max-width:9rem}}@media print{details{break-inside:avoid}}"""
_SHOWN = 420


def html(report: Report) -> str:
    """The whole page."""
    parts = [
        f"<h1>Antwoorden op ‘{escape(report.name)}’</h1><p class=quiet>{escape(report.made)}</p>",
        "".join(f"<p>{escape(line)}</p>" for line in summary(report.results)),
        _figures(report),
        _groups("Per soort vraag", by_type(report.results), by_type(report.baseline), TYPES),
        _groups("Per gemeente", by_gemeente(report.results), by_gemeente(report.baseline), {}),
        _stages(report),
        _since(report.since) if report.since is not None else "",
        _judged(report),
        _failing(report),
    ]
    title = f"Antwoorden op {escape(report.name)}"
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _figures(report: Report) -> str:
    beside = bool(report.baseline)
    rows = ""
    for name, (ours, other) in report.figures.items():
        low = " <small>(laag is goed)</small>" if name in LOW_IS_GOOD else ""
        rows += (
            f"<tr><td>{NAMES[name]}{low}<td class=n><b>{percent(ours.value)}</b>"
            f"<td>{charts.strip(ours, other)}<td class=n>{percent(ours.low)} – {percent(ours.high)}<td class=n>{ours.count}"
            + (f"<td class=n>{percent(other.value) if other else '–'}" if beside else "")
        )
    ahead = f"<p>{escape(told(report.ahead, 'de basislijn'))}</p>" if report.ahead is not None else ""
    explained = (
        "<p class=quiet>Dichte stip: de assistent. Open ring: de basislijn (LangChain-splitser, Chroma, zelfde model, vier stukken, "
        "zelfde schrijver). De lijn is het 95 %-interval.</p>"
        if beside
        else "<p class=quiet>De lijn door de stip is het 95 %-interval.</p>"
    )
    head = "<tr><th>Maat<th class=n>Uitkomst<th>0 – 100 %<th class=n>95 %<th class=n>Vragen" + ("<th class=n>Basislijn" if beside else "")
    return f"<h2>Cijfers</h2>{explained}<div class=wide><table>{head}{rows}</table></div>{ahead}"


def _groups(title: str, ours: Mapping[str, Counter[str]], other: Mapping[str, Counter[str]], names: Mapping[str, str]) -> str:
    most = max((counts.total() for counts in ours.values()), default=1)
    rows = "".join(
        f"<tr><td>{escape(names.get(key, key))}<td>{charts.stack(counts, most)}<td class=n>{_good(counts)} van {_graded(counts)}"
        + (f"<td class=n>{_good(other[key]) if key in other else '–'}" if other else "")
        for key, counts in ours.items()
    )
    head = "<tr><th><th><th class=n>Goed" + ("<th class=n>Basislijn" if other else "")
    return f"<h2>{title}</h2><p>{charts.legend()}</p><div class=wide><table>{head}{rows}</table></div>"


def _good(counts: Counter[str]) -> int:
    return sum(counts[verdict] for verdict in GOOD)


def _graded(counts: Counter[str]) -> int:
    return counts.total() - counts[Verdict.UNGRADED]


def _stages(report: Report) -> str:
    ours, other = stages(report.results), stages(report.baseline)
    most = max((*ours.values(), *other.values()), default=1)
    rows = "".join(
        f"<tr><td>{escape(stage)}<td>{charts.bar(ours.get(stage, 0), most)}<td class=n>{ours.get(stage, 0)}"
        + (f"<td class=n>{other.get(stage, 0)}" if report.baseline else "")
        for stage in dict.fromkeys((*ours, *other))
    )
    head = "<tr><th><th><th class=n>Vragen" + ("<th class=n>Basislijn" if report.baseline else "")
    return f"<h2>Waar het eerst misging</h2><div class=wide><table>{head}{rows}</table></div>" if rows else ""


def _since(change: Changed) -> str:
    return (
        f"<h2>Ten opzichte van de vorige run</h2><p>{escape(told(change, 'de vorige run'))}</p>"
        f"<p>Gewonnen: {escape(', '.join(change.gained) or 'geen')}.</p><p>Verloren: {escape(', '.join(change.lost) or 'geen')}.</p>"
    )


def _judged(report: Report) -> str:
    if report.judged is None:
        return ""
    return "<h2>Oordeel van een taalmodel</h2>" + "".join(f"<p>{escape(line)}</p>" for line in report.judged.told)


def _failing(report: Report) -> str:
    shown, last = "", None
    for result in report.failing:
        here = result.stage or result.verdict
        shown += (f"<h3>{escape(here[:1].upper() + here[1:])}</h3>" if here != last else "") + _case(result)
        last = here
    return f"<h2>Wat niet goed was</h2>{shown or '<p>Niets.</p>'}"


def _case(result: Result) -> str:
    groups = "; ".join(" of ".join(group) for group in result.wanted) or "geen antwoord: dit staat niet in de bibliotheek"
    documents = f" <small>in {escape(', '.join(result.documents))}</small>" if result.documents else ""
    rows = [("Verwacht", escape(groups) + documents)]
    if result.missing:
        rows.append(("Ontbreekt", escape(", ".join(result.missing))))
    if result.forbidden:
        rows.append(("Mag niet", escape(", ".join(result.forbidden))))
    rows.append(("Antwoord", f"<div class=said>{_marked(_said(result), result.wanted)}</div>"))
    rows.append(("Aangehaald", _listed(result.answer.get("citations", ()), "quote", result)))
    if result.found:
        rows.append(("Gevonden", _listed(result.found, "text", result)))
    return (
        f"<details><summary><b>{escape(result.id)}</b> {escape(result.question)} <small>{escape(TYPES.get(result.type, result.type))} · "
        f"{escape(result.verdict)}</small></summary><dl>{''.join(f'<dt>{name}<dd>{value}' for name, value in rows)}</dl></details>"
    )


def _said(result: Result) -> str:
    return str(result.reason or result.answer.get("text") or result.answer.get("missing") or "")


def _listed(places: Sequence[Mapping[str, Any]], text: str, result: Result) -> str:
    items = "".join(
        f"<li class=passage>{escape(one['title'])}, {escape(one['locator'])}<br>"
        f"<small>{_marked(_short(one[text], result.wanted), result.wanted)}</small>"
        for one in places
    )
    return f"<ol>{items}</ol>" if items else "niets"


def _short(text: str, wanted: Sequence[Sequence[str]]) -> str:
    """As much of a text as is read at a glance: from its beginning, or around the first fact that was wanted."""
    joined = " ".join(text.split())
    first = min((start for start, _ in _spans(joined, wanted)), default=0)
    start = 0 if first + 80 < _SHOWN else first - _SHOWN // 2
    return ("…" if start else "") + joined[start : start + _SHOWN] + ("…" if start + _SHOWN < len(joined) else "")


def _marked(text: str, wanted: Sequence[Sequence[str]]) -> str:
    """Text with the facts that were wanted marked where they stand."""
    made, at = "", 0
    for start, end in _spans(text, wanted):
        if start >= at:
            made += f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>"
            at = end
    return made + escape(text[at:])


def _spans(text: str, wanted: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    low = text.lower().replace("’", "'")
    if len(low) != len(text):
        return []
    return sorted(found.span() for group in wanted for one in group for found in pattern(one).finditer(low))
