"""A run as a person reads it: what stands in the report, and the report in Markdown. `report_html` makes the page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.figures import LOW_IS_GOOD, NAMES, Changed, Figure, by_gemeente, by_type, changed, figures, stages
from evals.judge import Judged
from evals.result import Mark, Result, marks
from evals.scorers.verdict import GOOD, Verdict
from evals.words import TYPES, of_chance, percent

QUOTED = 240


@dataclass(frozen=True, slots=True)
class Report:
    """A run of a set, with what it is held against: the baseline on the same cases, the marks of an earlier run by case, and
    what a model thought of the answers. `made` is a line that tells what was run, and on which day."""

    name: str
    made: str
    results: Sequence[Result]
    baseline: Sequence[Result] = ()
    before: Mapping[str, Mark] | None = None
    judged: Judged | None = None

    @property
    def figures(self) -> dict[str, tuple[Figure, Figure | None]]:
        """Ours and the baseline's, by name."""
        other = figures(self.baseline)
        return {name: (value, other.get(name)) for name, value in figures(self.results).items()}

    @property
    def ahead(self) -> Changed | None:
        """The product held against the baseline, case by case."""
        return changed(marks(self.results), marks(self.baseline)) if self.baseline else None

    @property
    def since(self) -> Changed | None:
        """This run held against the earlier one."""
        return changed(marks(self.results), self.before) if self.before is not None else None

    @property
    def failing(self) -> list[Result]:
        """What was not good, by where it went wrong: the most frequent first. What was not graded comes last."""
        order = list(stages(self.results))
        wrong = [r for r in self.results if not r.good]
        return sorted(wrong, key=lambda r: order.index(r.stage) if r.stage else len(order))


def summary(results: Sequence[Result]) -> list[str]:
    """What a run comes to in a few sentences."""
    counts = Counter(r.verdict for r in results)
    answerable = sum(counts[v] for v in (Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG, Verdict.REFUSED_WRONGLY))
    others = counts[Verdict.REFUSED_RIGHTLY] + counts[Verdict.ANSWERED_WRONGLY]
    said = [
        f"{counts[Verdict.RIGHT]} van {answerable} vragen helemaal goed beantwoord, {counts[Verdict.PARTLY]} deels, "
        f"{counts[Verdict.WRONG]} fout, {counts[Verdict.REFUSED_WRONGLY]} onterecht geweigerd."
    ]
    if others:
        said.append(f"{counts[Verdict.REFUSED_RIGHTLY]} van {others} vragen die de bibliotheek niet beantwoordt terecht geweigerd.")
    if counts[Verdict.UNGRADED]:
        said.append(f"{counts[Verdict.UNGRADED]} vragen konden niet worden beoordeeld en tellen nergens mee.")
    return said


def told(change: Changed, than: str) -> str:
    """A change in one sentence."""
    return (
        f"Van {change.count} vragen gingen er {len(change.gained)} goed die bij {than} niet goed gingen, en {len(change.lost)} andersom; "
        f"{of_chance(change.p)}. Het eerste juiste fragment kwam {change.nearer} keer hoger en {change.farther} keer lager te staan."
    )


def markdown(report: Report) -> str:
    """The report in Markdown, ending with one line for each case that was not good."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from (f"# Antwoorden op ‘{report.name}’", "", report.made, "", *summary(report.results), "")
    yield from _figure_table(report)
    if report.ahead is not None:
        yield from (told(report.ahead, "de basislijn"), "")
    for title, groups, name in (("soort vraag", by_type(report.results), TYPES), ("gemeente", by_gemeente(report.results), {})):
        yield from (f"| {title} | goed | vragen |", "|---|---|---|")
        for key, counts in groups.items():
            graded = counts.total() - counts[Verdict.UNGRADED]
            yield f"| {name.get(key, key)} | {percent(sum(counts[v] for v in GOOD) / graded) if graded else '–'} | {graded} |"
        yield ""
    yield from ("| waar het eerst misging | vragen |", "|---|---|")
    yield from (*(f"| {stage} | {count} |" for stage, count in stages(report.results).items()), "")
    if report.since is not None:
        yield from ("## Ten opzichte van de vorige run", "", told(report.since, "de vorige run"), "")
        yield from (f"Gewonnen: {', '.join(report.since.gained) or 'geen'}.", f"Verloren: {', '.join(report.since.lost) or 'geen'}.", "")
    if report.judged is not None:
        yield from ("## Oordeel van een taalmodel", "", *report.judged.told, "")
    if report.failing:
        yield from ("## Wat niet goed was", "")
        yield from (_failing(result) for result in report.failing)


def _figure_table(report: Report) -> Iterator[str]:
    beside = bool(report.baseline)
    yield "| maat | uitkomst | 95 % | vragen |" + (" basislijn |" if beside else "")
    yield "|---|---|---|---|" + ("---|" if beside else "")
    for name, (ours, other) in report.figures.items():
        label = NAMES[name] + (" (laag is goed)" if name in LOW_IS_GOOD else "")
        line = f"| {label} | {percent(ours.value, 1)} | {percent(ours.low)} – {percent(ours.high)} | {ours.count} |"
        yield line + (f" {percent(other.value, 1) if other else '–'} |" if beside else "")
    yield ""


def _failing(result: Result) -> str:
    said = " ".join((result.reason or result.answer.get("text") or "geen antwoord").split())
    lacking = f"; ontbreekt: {', '.join(result.missing)}" if result.missing else ""
    shown = said[:QUOTED] + ("…" if len(said) > QUOTED else "")
    return f"- **{result.id}** {result.question} *({result.stage or result.verdict}{lacking})* {shown}"
