"""Questions as people type them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from assistant.model import Asked
from assistant.text import synonyms
from assistant.understand.question import Wanted, understand
from corpus.gemeenten import national
from ingest import dutch
from tests.conftest import TODAY


def read(question: str, **given: object):
    return understand(Asked(question, TODAY, **given), national())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Hoeveel boa's heeft Almelo?", Wanted.AMOUNT),
        ("hoe lang worden beelden bewaard", Wanted.AMOUNT),
        ("Wanneer start het project?", Wanted.DATE),
        ("Wie is de projectleider?", Wanted.NAME),
        ("Welke partners doen mee?", Wanted.LIST),
        ("Wat is een evenement?", Wanted.DEFINITION),
        ("Mag de burgemeester een pand sluiten?", Wanted.YES_NO),
        ("Waarom is er een noodverordening?", Wanted.REASON),
        ("Wat doet de burgemeester als er drugs worden gevonden?", Wanted.MEASURE),
        ("Wat gebeurt er wanneer een café te laat sluit?", Wanted.MEASURE),
        ("Welke maatregel volgt bij een tweede overtreding?", Wanted.MEASURE),
        ("Welke maatregelen zijn er tegen plofkraken?", Wanted.LIST),
        ("Waar staan de letters AHOJG voor?", Wanted.DEFINITION),
        ("Een bewoner wil zijn camper voor de deur zetten. Mag dat?", Wanted.YES_NO),
        ("Een kok heeft zijn messen bij zich. Overtreedt hij de APV?", Wanted.YES_NO),
        ("Vallen wethouders onder de screening?", Wanted.YES_NO),
        ("Welke dwangsom staat er op een te hard geluid?", Wanted.AMOUNT),
        ("Waaraan moet een keet voldoen?", Wanted.CONDITION),
        ("In welk geval mag ik een woning binnentreden?", Wanted.CONDITION),
        ("Waar in de Gemeentewet vind ik de noodverordening?", Wanted.ARTICLE),
        ("Waar staat dat een hond aan de lijn moet?", Wanted.ARTICLE),
        ("Waar vind ik precies of een terras een vergunning nodig heeft?", Wanted.ARTICLE),
        ("Op welk APV-artikel kan een noodbevel niet rusten?", Wanted.ARTICLE),
        ("Welke APV-bepaling gaat over kamperen?", Wanted.ARTICLE),
        ("spoedsluiting zonder last vooraf, welk awb artikel?", Wanted.ARTICLE),
        ("In welke twee artikelen staat het noodbevel?", Wanted.ARTICLE),
        ("artikel APV Lankwolde verbod contante huur loods", Wanted.ARTICLE),
        ("wetsartikel register van meldingen", Wanted.ARTICLE),
        ("wettelijke basis wegslepen auto", Wanted.ARTICLE),
        ("artikel 172a noodbevel", Wanted.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(question: str, wanted: Wanted) -> None:
    assert read(question).wanted is wanted


def test_the_words_that_matter_are_what_is_left_without_the_small_ones() -> None:
    assert [s.word for s in read("Tot hoe laat mag het café in Enschede open?").sought] == ["laat", "cafe", "enschede", "open"]


def test_a_question_of_small_words_alone_keeps_them() -> None:
    assert [s.word for s in read("wat is dat").sought] == ["wat", "is", "dat"]


def test_names_are_what_has_a_capital_inside_the_question_and_numbers() -> None:
    assert read("Wat doet Platform IVZ in 2024?").names == {"platform", "ivz", "2024"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"question": "wat mag in Hengelo"}, ("GM0164",)),
        ({"question": "wat mag"}, ()),
        ({"question": "wat mag", "home": "GM0153"}, ("GM0153",)),
        ({"question": "wat mag in Hengelo", "home": "GM0153"}, ("GM0164",)),
        ({"question": "wat mag in Hengelo", "gemeenten": ("GM0141",)}, ("GM0141", "GM0164")),
    ],
)
def test_a_question_is_about_the_gemeente_it_names_or_else_the_askers_own(given: dict[str, object], expected: tuple[str, ...]) -> None:
    question = str(given.pop("question"))
    assert read(question, **given).gemeenten == expected


def test_an_abbreviation_and_its_long_form_mean_the_same() -> None:
    def also(question: str, word: str) -> set[str]:
        said = tuple(dutch.stem(w) for w in dutch.words(question))
        return {" ".join(phrase) for phrase in synonyms.of(word, said)}

    assert "integraal veiligheidsplan" in also("wat zegt het ivp", "ivp")
    assert "ivp" in also("wat zegt het integraal veiligheidsplan", "veiligheidsplan")
    assert "ivp" not in also("een integraal gesprek", "integraal")


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("kraampje", "standplaats"),
        ("stomdronken", "dronkenschap"),
        ("kerkklok", "klokgelui"),
        ("kopie", "afschrift"),
        ("gokkast", "speelautomaat"),
    ],
)
def test_an_everyday_word_means_what_a_regeling_calls_it(asked: str, written: str) -> None:
    assert (written,) in synonyms.of(asked, (dutch.stem(asked),))


def test_words_that_mean_nearly_the_same_stand_together_once_and_differ_in_more_than_their_ending() -> None:
    lines = files("assistant.text").joinpath("synonyms.txt").read_text(encoding="utf-8").splitlines()
    groups = [line.split(", ") for line in lines if line and not line.startswith("#")]
    assert len({frozenset(group) for group in groups}) == len(groups)
    assert not [group for group in groups if len({tuple(map(dutch.stem, dutch.words(phrase))) for phrase in group}) < 2]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Wat verstaat het OM onder eergerelateerd geweld?", "Wat is eergerelateerd geweld?"),
        ("Wat wordt in de APV van Borne verstaan onder een evenement?", "Wat is een evenement?"),
        ("Wat wordt onder een evenement verstaan in de APV?", "Wat is een evenement?"),
        ("Hoe omschrijft het OM eergerelateerd geweld?", "Wat is eergerelateerd geweld?"),
        ("Wanneer spreekt de Wet veiligheidsregio's van een crisis?", "Wat is een crisis?"),
        ("Een groep gaat 's nachts patrouilleren. Wanneer is zoiets een weerkorps?", "Wat is een weerkorps?"),
        ("Wat wordt er gedaan met de opbrengst van de boetes?", "Wat wordt er gedaan met de opbrengst van de boetes?"),
    ],
)
def test_who_asks_a_meaning_searches_for_the_thing_not_for_who_says_it(text: str, core: str) -> None:
    query = read(text)
    assert (query.core, query.text) == (core, text)


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("Een scholier van zestien heeft een wapen op zijn kamer. Mag dat?", "zestien"),
        ("Mag een 16-jarige in een slijterij werken?", "16"),
        ("Jongen van 17 heeft thuis een luchtbuks liggen", "17"),
        ("Een meisje is 14 en loopt 's nachts op straat", "14"),
    ],
)
def test_who_is_under_age_is_sought_as_the_texts_call_that(question: str, age: str) -> None:
    query = read(question)
    also = next(sought.also for sought in query.sought if sought.word == age)
    assert {("minderjarige",), ("leeftijd",)} <= set(also)
    assert age not in query.names


@pytest.mark.parametrize(
    "question", ["Mogen klanten van 22 uur af binnen blijven?", "Geldt het verbod voor 16 personen?", "Een boete van 15 euro"]
)
def test_a_number_that_is_no_age_is_sought_as_it_stands(question: str) -> None:
    assert all(("minderjarige",) not in sought.also for sought in read(question).sought)


def test_who_asks_when_something_is_called_so_asks_what_that_is() -> None:
    query = read("Wanneer noemt het OM geweld eergerelateerd?")
    assert (query.wanted, query.core) == (Wanted.DEFINITION, "Wat is eergerelateerd geweld?")


def test_a_guessed_number_in_a_case_is_nothing_that_the_answer_has_to_name() -> None:
    assert "200" not in read("Vakantiepark met zo'n 200 plekken: hoe snel moet de beheerder er zijn?").names
    assert "200" in read("Is voor een feest met 200 bezoekers een vergunning nodig?").names
