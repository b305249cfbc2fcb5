"""Parts of a question, comparisons from a question, and what an answer says that it lacks."""

from __future__ import annotations

import re

import pytest

from assistant.api import wire
from assistant.api.notices import notices
from assistant.app import App
from assistant.check.contradiction import Statement, contradicting
from assistant.comparing import wanted
from assistant.forms import written
from assistant.model import Asked, Completeness
from assistant.understand.parts import parts
from tests.assistant.test_follow_up import GEMEENTEN
from tests.conftest import TODAY

HELD = ("GM9901", "GM9902", "GM9903")


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Wat zijn de sluitingstijden in Elzerveen en Dorrebeek?", ["Wat zijn de sluitingstijden in Elzerveen?", "Wat zijn de sluitingstijden in Dorrebeek?"]),
        (
            "Hoe lang worden camerabeelden in Lankwolde bewaard en wie mag ze bekijken?",
            ["Hoe lang worden camerabeelden in Lankwolde bewaard?", "Wie mag ze bekijken (over: camerabeelden in Lankwolde)?"],
        ),
        (
            "Hoe lang duurt een huisverbod en kan het worden verlengd?",
            ["Hoe lang duurt een huisverbod?", "Kan het worden verlengd (over: een huisverbod)?"],
        ),
        (
            "Wanneer is een vergunning nodig en is er een termijn voor de aanvraag?",
            ["Wanneer is een vergunning nodig?", "Is er een termijn voor de aanvraag?"],
        ),
        ("Wat is een evenement? En wanneer is een vergunning nodig?", ["Wat is een evenement?", "Wanneer is een vergunning nodig?"]),
        ("Welke stappen en welke termijnen gelden bij een sluiting?", ["Welke stappen en welke termijnen gelden bij een sluiting?"]),
        ("Wat is de rol van de burgemeester en van de politie?", ["Wat is de rol van de burgemeester en van de politie?"]),
        ("Wat is het verschil tussen een noodbevel en een noodverordening?", ["Wat is een noodbevel?", "Wat is een noodverordening?"]),
        (
            "Wat zijn de verschillen tussen een woning en een lokaal in het Damoclesbeleid?",
            ["Wat is een woning in het Damoclesbeleid?", "Wat is een lokaal in het Damoclesbeleid?"],
        ),
        ("Wat is het verschil tussen artikel 175 en artikel 176 Gemeentewet?", ["Wat is het verschil tussen artikel 175 en artikel 176 Gemeentewet?"]),
        ("Wie bepaalt wie er in de driehoek zit?", ["Wie bepaalt wie er in de driehoek zit?"]),
    ],
)  # fmt: skip
def test_a_question_falls_into_the_parts_that_it_has(question: str, whole: list[str]) -> None:
    assert [part.asked.meant for part in parts(Asked(question, TODAY), GEMEENTEN)] == whole


@pytest.mark.parametrize(
    ("question", "topic", "count"),
    [
        ("vergelijk de sluitingstijden in Elzerveen, Dorrebeek en Lankwolde", "de sluitingstijden", 3),
        ("Wat is het verschil tussen Elzerveen en Dorrebeek bij evenementen?", "evenementen", 2),
        ("Hoe verschilt het cameratoezicht in Dorrebeek van dat in Lankwolde?", "het cameratoezicht", 2),
        ("In welke gemeenten is carbidschieten toegestaan?", "carbidschieten", 3),
        ("Wat zijn de sluitingstijden van de horeca per gemeente?", "de sluitingstijden van de horeca", 3),
        ("Wat is het verschil tussen een noodbevel en een noodverordening?", None, 0),
        ("Welke gemeenten doen mee aan de boa-pool?", None, 0),
        ("Wanneer moeten de gemeenten beslissen over de boa-pool?", None, 0),
        ("Wat zijn de sluitingstijden in Elzerveen?", None, 0),
    ],
)
def test_a_question_asks_for_a_comparison_or_not(question: str, topic: str | None, count: int) -> None:
    found = wanted(question, GEMEENTEN, HELD)
    assert (found.topic if found else None, len(found.gemeenten) if found else 0) == (topic, count)


def test_a_comparison_is_answered_gemeente_by_gemeente_with_a_source_in_each(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Vergelijk de sluitingstijden van de horeca in Elzerveen, Dorrebeek en Lankwolde", TODAY))
    assert answer.status is Completeness.COMPLETE
    rows = [re.split(r"\s*\|\s*", row.strip("| "), maxsplit=1) for row in written(answer).splitlines()[2:]]
    assert [name for name, _ in rows] == ["Elzerveen", "Dorrebeek", "Lankwolde"]
    sources = {c.n: c.source.document.gemeente for c in answer.citations}
    for (_, cell), code in zip(rows, HELD, strict=True):
        assert {sources[int(n)] for n in re.findall(r"\[(\d+)\]", cell)} == {code}
    for citation in answer.citations:
        assert demo.library.texts.whole(citation.source.edition.id)[citation.start : citation.end] == citation.quote


def test_documents_that_are_asked_the_same_stand_below_each_other_each_with_its_own_source(demo: App) -> None:
    asked = "Hoeveel dagen krijgt een eigenaar voor een zienswijze volgens het Damoclesbeleid van Dorrebeek, en wat raadt de regionale handreiking aan?"
    answer = demo.answerer.answer(Asked(asked, TODAY))
    assert answer.status is Completeness.COMPLETE
    assert [said.about for said in answer.beside] == ["het Damoclesbeleid van Dorrebeek", "de regionale handreiking"]
    sources = {citation.n: citation.source.title for citation in answer.citations}
    titles = [{sources[n] for sentence in said.sentences for n in sentence.citations} for said in answer.beside]
    assert ["Damocles" in " ".join(titles[0]), len(titles[0])] == [True, 1]
    assert ["Handreiking" in " ".join(titles[1]), len(titles[1])] == [True, 1]
    assert written(answer).startswith("| stuk | wat er staat |")
    assert "zeven dagen" in written(answer)
    assert "tien dagen" in written(answer)


def test_an_empty_cell_is_said_in_words(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Vergelijk de sluitingstijden van de horeca in Elzerveen en Hengelo", TODAY))
    assert answer.status is Completeness.PARTIAL
    assert "Hengelo (document niet in bibliotheek)" in (answer.missing or "")
    assert answer.searched.not_in_library == ("Hengelo",)
    assert "| Hengelo | (document niet in bibliotheek) |" in written(answer)


def test_what_the_stream_gave_is_what_the_answer_holds(demo: App) -> None:
    for question in (
        "Wat zijn de sluitingstijden in Dorrebeek en Lankwolde?",
        "Wat kost een uur boa en wat is de opzegtermijn van de boa-pool?",
    ):
        *events, answer = demo.answerer.stream(Asked(question, TODAY))
        assert [e for e in events if type(e).__name__ == "Sentence"] == list(answer.sentences)  # type: ignore[union-attr]


def test_a_part_without_an_answer_makes_the_answer_partial(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat is de opzegtermijn van de boa-pool en wat is de hoofdstad van Australië?", TODAY))
    assert answer.status is Completeness.PARTIAL
    assert answer.missing == "Niet beantwoord: ‘Wat is de hoofdstad van Australië?’."


def test_a_rule_of_then_and_of_now_are_each_told_from_their_own_text(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Hoeveel liter mocht een carbidbus in Elzerveen zijn in 2023, en hoeveel is dat nu?", TODAY))
    assert [said.about for said in answer.beside] == ["in 2023", "nu"]
    titles = {citation.n: citation.source.title for citation in answer.citations}
    of_then, of_now = ({titles[n] for sentence in said.sentences for n in sentence.citations} for said in answer.beside)
    assert all("2019" in title for title in of_then)
    assert of_then
    assert not any("2019" in title for title in of_now)
    assert written(answer).startswith("| wanneer | wat er staat |")


@pytest.mark.parametrize(
    "question",
    ["Hoeveel incidenten waren er in 2023, en hoeveel zijn het er nu?", "Wat gold er in 2023 voor terrassen, en wie beslist daarover?"],
)
def test_what_is_no_rule_of_then_and_now_is_not_split_so(question: str) -> None:
    assert not any(part.when for part in parts(Asked(question, TODAY), GEMEENTEN))


@pytest.mark.parametrize(
    "question",
    [
        "Hoe lang kun je iemand een verblijfsontzegging geven in Elzerveen, in Dorrebeek en in Lankwolde?",
        "Hoe lang moet een handelaar zijn verkoopregister bewaren in Dorrebeek, en hoe lang in Lankwolde?",
        "Is de APV van Elzerveen strenger over honden dan die van Lankwolde?",
        "Hoe regelt Dorrebeek het schieten met carbid vergeleken met Elzerveen?",
        "Wat zegt zowel de gemeente Elzerveen als de gemeente Lankwolde over vuurwerk?",
    ],
)
def test_of_each_gemeente_only_its_own_rules_and_those_of_all_are_told(demo: App, question: str) -> None:
    asked = parts(Asked(question, TODAY), GEMEENTEN)
    assert len(asked) > 1
    for part in asked:
        query = demo.retriever.understood(part.asked)
        assert query.gemeenten == (part.gemeente,)
        assert {hit.source.document.gemeente for hit in demo.retriever.retrieve(query, part.asked)} <= {part.gemeente, None}


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("Wat staat er in het Bibob-beleid van Dorrebeek over de horeca?", ("Bibob-beleid van Dorrebeek",)),
        ("Wat zijn de sluitingstijden in Dorrebeek?", ()),
        ("Wat staat er in het integraal veiligheidsplan van Elzerveen over jeugd?", ()),
        ("Welke afspraken staan er in de circulaire of het convenant van Dorrebeek?", ()),
        ("Wat zijn de prioriteiten van het IVP van Almelo?", ("Almelo",)),
    ],
)
def test_a_kind_of_document_that_a_gemeente_lacks_is_named(demo: App, question: str, absent: tuple[str, ...]) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    assert answer.searched.not_in_library == absent
    if absent:
        assert answer.status is not Completeness.COMPLETE
        assert absent[0] in (answer.missing or "")


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel toiletten moet een organisator per 150 bezoekers neerzetten bij een evenement in Lankwolde?",
        "Hoeveel beveiligers staan er in de supermarkt bij het azc in Elzerveen?",
        "Wat staat er in de Bibob-beleidsregel van Lankwolde over vastgoedtransacties?",
    ],
)
def test_what_only_resembles_the_question_is_no_answer(demo: App, question: str) -> None:
    assert demo.answerer.answer(Asked(question, TODAY)).status is Completeness.NOT_FOUND


def test_whether_something_may_be_done_is_told_by_what_speaks_of_doing_it(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Moet een buurtbarbecue op eigen terrein in Dorrebeek gemeld worden?", TODAY))
    assert answer.sentences[0].text == "4. Een buurtbarbecue tot 50 personen op eigen terrein hoeft niet te worden gemeld."


def test_an_expired_plan_that_is_the_last_one_is_called_so(demo: App) -> None:
    asked = Asked("Wat is de begroting voor de haven in het veiligheidsplan van Lankwolde 2019-2022?", TODAY)
    said = notices(wire.answer(demo.answerer.answer(asked)))
    assert any("het laatste veiligheidsplan" in notice for notice in said)


def test_an_answer_about_the_past_says_that_it_is_no_longer_so(demo: App) -> None:
    asked = Asked("Wat zijn de sluitingstijden van de horeca in Elzerveen?", TODAY.replace(year=2020))
    answer = demo.answerer.answer(asked)
    assert {c.source.edition.filename for c in answer.citations} == {"apv-elzerveen-2019.docx"}
    assert any("gold tot en met" in notice for notice in notices(wire.answer(answer)))


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("Camerabeelden worden ten hoogste 28 dagen bewaard.", "Op het plein worden camerabeelden zeven dagen bewaard.", True),
        ("Camerabeelden worden ten hoogste 28 dagen bewaard.", "Opgenomen camerabeelden worden 28 dagen bewaard.", False),
        ("Camerabeelden worden 28 dagen bewaard.", "Camerabeelden worden vier weken bewaard.", False),
        ("De opzegtermijn van de pool is twaalf maanden.", "De sluiting van een woning duurt drie maanden.", False),
        ("Een eerste sluiting duurt 3 maanden, een tweede sluiting 6 maanden.", "Een sluiting duurt 12 maanden.", False),
    ],
)
def test_only_another_number_for_the_same_thing_is_a_contradiction(one: str, other: str, clash: bool) -> None:
    said = [Statement(one, "A", "GM9901"), Statement(other, "B", None)]
    question = "Hoe lang worden camerabeelden bewaard en hoe lang duurt een sluiting?"
    assert bool(contradicting(said, question)) is clash
    assert not contradicting([said[0], Statement(other, "A", "GM9901")], question)
    assert not contradicting([said[0], Statement(other, "B", "GM9902")], question)


@pytest.mark.parametrize(
    "question",
    [
        "Geldt artikel 2:99 van de APV Dorrebeek ook voor besloten feesten?",
        "Wat staat er in artikel 2:99 van de APV Dorrebeek?",
        "Hoe lang mag een sluiting duren op grond van artikel 99 van het Damoclesbeleid van Dorrebeek?",
    ],
)
def test_of_an_article_that_does_not_exist_nothing_is_said_but_that(demo: App, question: str) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    assert (answer.status, answer.sentences) == (Completeness.NOT_FOUND, ())
    assert re.match(r"Art\. (2:)?99\b.* staat niet in de bibliotheek, of niet in de editie die op ", answer.missing or "")


def test_beside_an_article_that_exists_it_is_said_that_the_other_does_not(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat zeggen artikel 4 en artikel 99 van het Damoclesbeleid van Dorrebeek?", TODAY))
    assert answer.status is Completeness.PARTIAL
    assert {citation.source.passage.locator.article for citation in answer.citations} == {"4"}
    assert (answer.missing or "").startswith("Art. 99 staat niet")
