"""Evaluations over HTTP, for evaluators. The service does not know of it: who starts the service hangs this router onto it."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.responses import Response

from assistant.api.deps import AccountDep, AppDep
from assistant.app import App
from assistant.keep.access import Account
from corpus.errors import Denied, NotFound, Refused
from evals import testset, usage, wire
from evals.evaluation import Options
from evals.figures import NAMES, changed, figures, stages
from evals.result import marks
from evals.runs import Run, Runs, State

router = APIRouter(tags=["evaluaties"])
_MAKING = threading.Lock()
_MOST = 2 * 1024 * 1024
_MEDIA = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8"}


def evaluator(who: AccountDep) -> Account:
    if not who.evaluates:
        raise Denied("Alleen een evaluator of beheerder mag dit.")
    return who


def runs(request: Request, app: AppDep) -> Runs:
    """The runs of this service: one for each application."""
    with _MAKING:
        if not hasattr(request.app.state, "evaluations"):
            request.app.state.evaluations = Runs(app.settings.data_dir / "evaluations")
        held: Runs = request.app.state.evaluations
    return held


EvaluatorDep = Annotated[Account, Depends(evaluator)]
RunsDep = Annotated[Runs, Depends(runs)]


def run_of(run_id: str, held: RunsDep, who: EvaluatorDep) -> Run:
    return held.one(run_id, who.scopes)


RunDep = Annotated[Run, Depends(run_of)]


@router.get("/evaluations")
def overview(held: RunsDep, who: EvaluatorDep) -> wire.EvaluationsShape:
    """The sets there are, and the runs that one may see, newest first."""
    sets = [_set(name, text) for name, text in sorted(held.sets().items())]
    return wire.EvaluationsShape(sets=sets, runs=[wire.run(run) for run in held.all(who.scopes)])


@router.post("/evaluations", status_code=202)
def start(body: wire.StartShape, held: RunsDep, app: AppDep, who: EvaluatorDep) -> wire.RunShape:
    """Start a run of a set; it sees what the one who starts it may see. Follow it at its own address."""
    if body.judge and app.settings.llm_base_url is None:
        raise Refused("Voor een oordeel is een taalmodel nodig. Vraag beheer om OOV_LLM_BASE_URL in te stellen, of laat het oordeel weg.")
    return wire.run(held.start(app, body.set, who.name, Options(body.baseline, body.judge, body.parallel, who.scopes)))


@router.get("/evaluations/sets/{name}")
def read_set(name: str, held: RunsDep, _who: EvaluatorDep) -> Response:
    """A set as it is written: YAML."""
    return Response(held.set(name), media_type="application/yaml")


@router.put("/evaluations/sets/{name}")
def keep_set(name: str, text: Annotated[str, Body(media_type="application/yaml")], held: RunsDep, _who: EvaluatorDep) -> wire.SetShape:
    """Keep a set of one's own. Every mistake in it is told, by case and field."""
    if len(text) > _MOST:
        raise Refused("De testset is te groot: ten hoogste 2 MB. Verdeel haar over meer sets.")
    held.keep_set(name, text)
    return _set(name, text)


@router.post("/evaluations/drafts")
def drafts(body: wire.DraftsShape, app: AppDep, who: EvaluatorDep) -> Response:
    """Answers that their askers judged, as a set of draft cases in YAML; only those that rest on what one may see."""
    judged = [(answer, said) for answer, said in app.answers.judged() if not body.answers or answer.id in body.answers]
    seen = [(answer, said) for answer, said in judged if _visible(app, who, {c.document_id for c in answer.citations})]
    if not seen:
        raise NotFound("Er zijn geen beoordeelde antwoorden om concept-vragen van te maken.")
    text = testset.to_yaml(body.name, usage.drafts(seen, app.library.gemeenten()))
    headers = {"Content-Disposition": f'attachment; filename="{body.name}.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


@router.get("/evaluations/{run_id}")
def follow(run: RunDep, held: RunsDep) -> wire.OneRunShape:
    """How far a run is, and its figures over what is done."""
    ours, plain = held.results(run)
    other = figures(plain)
    shown = [wire.figure(name, NAMES[name], value, other.get(name)) for name, value in figures(ours).items()]
    ungraded = sum(not result.graded for result in ours)
    return wire.OneRunShape(**wire.run(run).model_dump(), figures=shown, ungraded=ungraded, stages=stages(ours))


@router.get("/evaluations/{run_id}/results")
def results(run: RunDep, held: RunsDep, failing: bool = False) -> list[wire.ResultShape]:
    """Every case with how it went; `failing` leaves out what was good."""
    ours, _ = held.results(run)
    return [wire.result(result) for result in ours if not (failing and result.good)]


@router.get("/evaluations/{run_id}/report")
def report(run: RunDep, held: RunsDep, kind: Annotated[Literal["html", "md"], Query(alias="format")] = "html") -> Response:
    """The report of a run that is done: one page, or Markdown."""
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"}
    return Response(held.report(run, kind), media_type=_MEDIA[kind], headers=headers)


@router.get("/evaluations/{run_id}/changes")
def compare(run: RunDep, since: str, held: RunsDep, who: EvaluatorDep) -> wire.ChangedShape:
    """A run held against an earlier one, case by case."""
    earlier = held.one(since, who.scopes)
    if State.DONE not in (run.state, earlier.state) or run.state is not earlier.state:
        raise Refused("Vergelijken kan als beide evaluaties klaar zijn.")
    change = changed(marks(held.results(run)[0]), marks(held.results(earlier)[0]))
    return wire.changed(change)


@router.post("/evaluations/{run_id}/cancel", status_code=202)
def cancel(run: RunDep, held: RunsDep) -> wire.RunShape:
    """Stop a run; what is done is kept."""
    return wire.run(held.cancel(run))


@router.post("/evaluations/{run_id}/resume", status_code=202)
def resume(run: RunDep, held: RunsDep, app: AppDep) -> wire.RunShape:
    """Go on with a run that was stopped, failed or interrupted."""
    return wire.run(held.resume(app, run))


def _set(name: str, text: str) -> wire.SetShape:
    try:
        chosen = testset.parse(text, f"{name}.yaml", name)
    except Refused as mistakes:
        return wire.SetShape(name=name, cases=0, types={}, mistakes=str(mistakes).splitlines())
    return wire.SetShape(name=name, cases=len(chosen.cases), types=dict(Counter(case.type for case in chosen.cases)), mistakes=[])


def _visible(app: App, who: Account, documents: set[str]) -> bool:
    held = {document.id: document.scope for document in app.library.documents()}
    return all(held.get(identity) in who.scopes for identity in documents)
