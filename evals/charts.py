"""Plots for the report as inline SVG, with their meaning in words for who does not see them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from evals.figures import Figure
from evals.scorers.verdict import Verdict
from evals.words import percent

# Colours that also differ for who does not tell red from green.
COLOURS = {
    Verdict.RIGHT: "#0b5cad",
    Verdict.REFUSED_RIGHTLY: "#7fb2e5",
    Verdict.PARTLY: "#f2c14e",
    Verdict.REFUSED_WRONGLY: "#9a9a9a",
    Verdict.WRONG: "#d1495b",
    Verdict.ANSWERED_WRONGLY: "#8c2f5c",
    Verdict.UNGRADED: "#e3e3e3",
}
_WIDTH, _HEIGHT = 260, 26
_EDGE = 8


def strip(ours: Figure, other: Figure | None = None) -> str:
    """A figure as a dot with its interval on a line from 0 to 100 %; the other as an open ring below it."""
    said = f"{percent(ours.value)}, tussen {percent(ours.low)} en {percent(ours.high)}"
    marks = _interval(ours, 9 if other else 13, "#0b5cad", filled=True)
    if other is not None:
        said += f"; basislijn {percent(other.value)}"
        marks += _interval(other, 18, "#8a5a00", filled=False)
    grid = "".join(
        f'<line x1="{_x(at)}" x2="{_x(at)}" y1="2" y2="{_HEIGHT - 2}" stroke="{"#bbb" if at in (0, 1) else "#e4e4e4"}"/>'
        for at in (0, 0.25, 0.5, 0.75, 1)
    )
    return _svg(_WIDTH, _HEIGHT, said, grid + marks)


def stack(counts: Mapping[str, int], most: int) -> str:
    """Verdicts as one bar, in the order of `COLOURS`; `most` is how many cases the full width stands for."""
    said = ", ".join(f"{counts[v]} {v.value}" for v in COLOURS if counts.get(v))
    bars, at = "", 0.0
    for verdict, colour in COLOURS.items():
        width = counts.get(verdict, 0) / most * _WIDTH
        if width:
            bars += f'<rect x="{at:.1f}" y="4" width="{width:.1f}" height="16" fill="{colour}" stroke="#fff"/>'
            at += width
    return _svg(_WIDTH, 24, said, bars)


def bar(count: int, most: int) -> str:
    """A number as a bar; `most` is what the full width stands for."""
    return _svg(_WIDTH, 24, str(count), f'<rect y="4" width="{count / most * _WIDTH:.1f}" height="16" fill="#d1495b"/>')


def legend() -> str:
    """What the colours of `stack` mean."""
    return "".join(f'<span class=key><i style="background:{colour}"></i>{verdict.value}</span>' for verdict, colour in COLOURS.items())


def _interval(figure: Figure, y: int, colour: str, *, filled: bool) -> str:
    line = f'<line x1="{_x(figure.low)}" x2="{_x(figure.high)}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="{2 if filled else 1}"/>'
    return (
        line
        + f'<circle cx="{_x(figure.value)}" cy="{y}" r="4" fill="{colour if filled else "#fff"}" stroke="{colour}" stroke-width="1.5"/>'
    )


def _x(share: float) -> str:
    return f"{_EDGE + share * (_WIDTH - 2 * _EDGE):.1f}"


def _svg(width: int, height: int, said: str, inside: str) -> str:
    return f'<svg role="img" aria-label="{escape(said)}" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{inside}</svg>'
