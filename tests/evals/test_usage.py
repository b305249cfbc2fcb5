"""From use to test: judged answers as drafts, kept answers scored, use held beside the sets; and the plain baseline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.api import shapes
from assistant.app import App
from assistant.model import Asked
from evals import testset, usage
from evals.baseline import CHARACTERS, NEAREST, baseline, split
from evals.testset import Case, Expected

QUESTIONS = (
    "Wat is de begroting van het project Veilig Buitengebied?",
    "Wie is de projectleider?",
    "Hoe duur is een ruimtereis naar Mars?",
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hoeveel bedraagt de boete?", "amount"),
        ("Wie is de projectleider?", "name"),
        ("Wanneer begint het?", "date"),
        ("Mag dat in de Kerkstraat?", "yes_no"),
        ("Wat staat er in artikel 2:10 van de APV?", "article"),
        ("Wat geldt in Almelo en Enschede voor honden?", "comparison"),
        ("Waarom is dat zo geregeld?", "fact"),
        ("Wat zijn de regels voor honden?", "article"),
        ("Welk artikel gaat over honden?", "article"),
        ("Onder welke voorwaarden mag dat?", "condition"),
        ("Wat gebeurt er als een café te laat sluit?", "fact"),
    ],
)
def test_a_question_has_the_type_that_its_words_tell(app: App, question: str, kind: str) -> None:
    assert usage.kind(question, app.library.gemeenten()) == kind


def test_use_is_held_beside_the_sets_by_type(app: App) -> None:
    cases = [Case("a", "Wie is de wethouder?", "name", Expected.NOT_FOUND), Case("b", "Waar is het?", "fact", Expected.NOT_FOUND)]
    asked = ["Wie is de projectleider?", "Wie belt de politie?", "Hoeveel kost het?"]
    assert usage.coverage(cases, asked, app.library.gemeenten()) == [("name", 2, 1), ("amount", 1, 0), ("fact", 0, 1)]


def test_kept_answers_are_scored_and_a_quote_that_was_bent_is_seen(app: App) -> None:
    for question in QUESTIONS:
        app.answers.keep("vera", app.answerer.answer(Asked(question, date(2026, 11, 22))))
    held = app.answers.newest(10)
    assert [answer.question for answer in held] == list(reversed(QUESTIONS))
    found = usage.scored(held, app.library)
    assert found["answered"].count == 3
    assert found["verbatim"].value == found["numbers"].value == 1.0
    answered = next(answer for answer in held if answer.citations)
    bent = answered.model_copy(
        update={"citations": [answered.citations[0].model_copy(update={"quote": "anders"}), *answered.citations[1:]]}
    )
    assert usage.scored([bent], app.library)["verbatim"].value < 1.0
    gone = answered.model_copy(update={"citations": [answered.citations[0].model_copy(update={"passage_id": "p-weg"})]})
    assert "verbatim" not in usage.scored([gone], app.library)


def test_a_judged_answer_becomes_a_case_that_only_lacks_its_facts(app: App, tmp_path: Path) -> None:
    given = app.answerer.answer(Asked(QUESTIONS[0], date(2026, 11, 22)))
    app.answers.keep("vera", given)
    app.answers.judge("vera", given.id, shapes.FeedbackShape(useful=False, comment="bedrag klopt niet"))
    path = tmp_path / "concept.yaml"
    path.write_text(testset.to_yaml("concept", usage.drafts(app.answers.judged(), app.library.gemeenten())), encoding="utf-8")
    (case,) = testset.load(path).cases
    assert (case.question, case.as_of) == (QUESTIONS[0], date(2026, 11, 22))
    assert case.facts == ((usage.TO_FILL_IN,),)
    assert case.documents == (given.citations[0].source.document.id,)
    assert "niet nuttig bedrag klopt niet" in path.read_text(encoding="utf-8")


def test_the_baseline_cuts_every_text_in_pieces_that_stand_where_they_say(app: App) -> None:
    pieces = split(app.library, app.embedder)
    assert {piece.source.edition.id for piece in pieces} == {edition.id for edition in app.library.editions()}
    for piece in pieces:
        passage = piece.source.passage
        assert len(passage.text) <= CHARACTERS
        assert passage.text == app.library.texts.whole(passage.edition_id)[passage.start : passage.end]


def test_the_baseline_answers_with_quotes_from_at_most_four_pieces(app: App, tmp_path: Path) -> None:
    plain = baseline(app, tmp_path / "chroma")
    asked = Asked(QUESTIONS[0], date(2026, 11, 22))
    hits = plain.retriever.retrieve(plain.retriever.understood(asked), asked)
    assert 1 <= len(hits) <= NEAREST
    assert [hit.cosine for hit in hits] == sorted((hit.cosine for hit in hits), reverse=True)
    answer = plain.answer(asked)
    assert "€ 360.000" in " ".join(sentence.text for sentence in answer.sentences)
    assert all(app.library.texts.whole(c.source.edition.id)[c.start : c.end] == c.quote for c in answer.citations)


def test_the_baseline_sees_no_more_than_who_asks_for_it(app: App, tmp_path: Path) -> None:
    plain = baseline(app, tmp_path / "chroma", scopes=frozenset({"openbaar"}))
    asked = Asked(QUESTIONS[0], date(2026, 11, 22))
    found = plain.retriever.retrieve(plain.retriever.understood(asked), asked)
    assert {hit.source.document.scope for hit in found} == {"openbaar"}
    nobody = baseline(app, tmp_path / "none", scopes=frozenset())
    assert nobody.answer(replace(asked, question="Iets?")).sentences == ()
