"""A run as a person reads it: one HTML page without anything from outside, and the same in Markdown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from html import escape

from evals.runner import Result, figures
from evals.scorers.verdict import Verdict

_NAMES = {
    "right": "Alle feiten in het antwoord",
    "recall": "Feiten in het antwoord",
    "document": "Juiste stuk aangehaald",
    "precision": "Citaten uit een juist stuk",
    "place": "Juiste artikel of plaats",
    "context": "Feiten gevonden bij het zoeken",
    "refused": "Terecht geweigerd",
    "over_refused": "Onterecht geweigerd",
    "verbatim": "Citaten letterlijk",
    "numbers": "Getallen gedekt door de bron",
}
_GOOD = {Verdict.RIGHT, Verdict.REFUSED_RIGHTLY}
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%;margin:1rem 0}td,th{border-bottom:1px solid #ddd;padding:.35rem .5rem;text-align:left;vertical-align:top}
.bar{background:#e8eef4;height:.9rem;width:12rem;position:relative}.bar i{background:#1f5f8b;height:100%;display:block}
details{border:1px solid #ddd;border-radius:.4rem;padding:.5rem .8rem;margin:.5rem 0}summary{cursor:pointer}
blockquote{border-left:3px solid #1f5f8b;margin:.5rem 0;padding-left:.8rem;white-space:pre-line}small{color:#555}"""


def interval(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    if not count:
        return 0.0, 1.0
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def by_type(results: Sequence[Result]) -> list[tuple[str, int, int]]:
    """(type, right, count) for each type of question, most asked first."""
    counts, right = Counter(r.type for r in results), Counter(r.type for r in results if r.verdict in _GOOD)
    return [(kind, right[kind], count) for kind, count in counts.most_common()]


def stages(results: Sequence[Result]) -> list[tuple[str, int]]:
    return Counter(r.stage for r in results if r.stage).most_common()


def changed(now: Sequence[Result], before: Sequence[Result]) -> tuple[list[str], list[str], float]:
    """(cases gained, cases lost, p) against an earlier run; p by the exact sign test on what changed."""
    was = {r.id: r.verdict in _GOOD for r in before}
    gained = [r.id for r in now if r.id in was and r.verdict in _GOOD and not was[r.id]]
    lost = [r.id for r in now if r.id in was and r.verdict not in _GOOD and was[r.id]]
    count, fewest = len(gained) + len(lost), min(len(gained), len(lost))
    tail = sum(math.comb(count, k) for k in range(fewest + 1)) / 2**count if count else 1.0
    return gained, lost, min(1.0, 2 * tail)


def markdown(name: str, results: list[Result], before: list[Result] | None = None) -> str:
    lines = [f"# Antwoorden op ‘{name}’", "", f"{len(results)} vragen.", "", "| maat | uitkomst | 95 % |", "|---|---|---|"]
    for key, value in figures(results).items():
        low, high = interval(value, len(results))
        lines.append(f"| {_NAMES[key]} | {value:.1%} | {low:.0%} – {high:.0%} |")
    lines += ["", "| soort vraag | goed | vragen |", "|---|---|---|"]
    lines += [f"| {kind} | {right / count:.0%} | {count} |" for kind, right, count in by_type(results)]
    lines += ["", "| waar het eerst misging | vragen |", "|---|---|", *(f"| {stage} | {count} |" for stage, count in stages(results))]
    if before is not None:
        gained, lost, p = changed(results, before)
        lines += ["", f"Ten opzichte van de vorige run: {len(gained)} gewonnen, {len(lost)} verloren (p = {p:.2f})."]
    return "\n".join(lines) + "\n"


def html(name: str, results: list[Result], before: list[Result] | None = None) -> str:
    rows = "".join(_figure_row(key, value, len(results)) for key, value in figures(results).items())
    kinds = "".join(f"<tr><td>{kind}<td>{_bar(right / count)}<td>{right} van {count}" for kind, right, count in by_type(results))
    wrong = "".join(f"<tr><td>{escape(stage)}<td>{count}" for stage, count in stages(results))
    cases = "".join(_case(r) for r in results if r.verdict not in _GOOD)
    compared = ""
    if before is not None:
        gained, lost, p = changed(results, before)
        compared = f"<h2>Ten opzichte van de vorige run</h2><p>Gewonnen: {', '.join(gained) or 'geen'}. Verloren: {', '.join(lost) or 'geen'}. p = {p:.2f}."
    return (
        f"<!doctype html><html lang=nl><meta charset=utf-8><title>Antwoorden op {escape(name)}</title><style>{_STYLE}</style>"
        f"<h1>Antwoorden op ‘{escape(name)}’</h1><p>{len(results)} vragen.</p><table><tr><th>maat<th>uitkomst<th>95 %{rows}</table>"
        f"<h2>Per soort vraag</h2><table>{kinds}</table><h2>Waar het eerst misging</h2><table>{wrong}</table>{compared}"
        f"<h2>Wat niet goed was</h2>{cases or '<p>Niets.</p>'}</html>"
    )


def _figure_row(key: str, value: float, count: int) -> str:
    low, high = interval(value, count)
    return f"<tr><td>{_NAMES[key]}<td>{_bar(value)} {value:.1%}<td>{low:.0%} – {high:.0%}"


def _bar(share: float) -> str:
    return f'<div class=bar role=img aria-label="{share:.0%}"><i style="width:{share:.0%}"></i></div>'


def _case(result: Result) -> str:
    answer = result.answer
    wanted = "; ".join(" of ".join(group) for group in result.wanted) or "geen antwoord"
    sources = "".join(
        f"<li>{escape(c['title'])}, {escape(c['locator'])}: <small>{escape(c['quote'][:400])}</small>" for c in answer["citations"]
    )
    return (
        f"<details><summary><b>{escape(result.id)}</b> {escape(result.question)} <small>({escape(result.type)}, {escape(result.verdict)}"
        f"{', ' + escape(result.stage) if result.stage else ''})</small></summary><p>Verwacht: {escape(wanted)}"
        f"<blockquote>{escape(answer['text'] or answer['missing'] or '')}</blockquote><ul>{sources}</ul></details>"
    )
