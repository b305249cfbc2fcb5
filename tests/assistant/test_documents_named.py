"""Several documents that a question asks the same of."""

from __future__ import annotations

import pytest

from assistant.understand.documents_named import each


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        (
            "Hoe lang krijgt de eigenaar om te reageren volgens het Dorrebeekse beleid, en wat raadt de regionale handreiking aan?",
            {
                "het Dorrebeekse beleid": "Hoe lang krijgt de eigenaar om te reageren volgens het Dorrebeekse beleid?",
                "de regionale handreiking": "Hoe lang krijgt de eigenaar om te reageren volgens de regionale handreiking?",
            },
        ),
        (
            "Tot hoe laat lopen de boa's volgens het convenant Veilig Uitgaan, en tot hoe laat volgens ons eigen veiligheidsplan?",
            {
                "het convenant Veilig Uitgaan": "Tot hoe laat lopen de boa's volgens het convenant Veilig Uitgaan?",
                "ons eigen veiligheidsplan": "Tot hoe laat lopen de boa's volgens ons eigen veiligheidsplan?",
            },
        ),
        (
            "Hoe lang krijgen bewoners om te vertrekken: wat zegt het drugspandenbeleid van Dorrebeek en wat adviseert de regionale handreiking?",
            {
                "het drugspandenbeleid van Dorrebeek": "Hoe lang krijgen bewoners om te vertrekken volgens het drugspandenbeleid van Dorrebeek?",
                "de regionale handreiking": "Hoe lang krijgen bewoners om te vertrekken volgens de regionale handreiking?",
            },
        ),
        (
            "Hoe lang mag Elzerveen volgens de eigen APV beelden bewaren en wat is het maximum uit de Gemeentewet?",
            {
                "de eigen APV": "Hoe lang mag Elzerveen volgens de eigen APV beelden bewaren?",
                "de Gemeentewet": "Hoe lang mag Elzerveen volgens de Gemeentewet beelden bewaren?",
            },
        ),
        (
            "Vergelijk de termijn in het Damoclesbeleid met die in de handreiking.",
            {"het Damoclesbeleid": "Wat is de termijn in het Damoclesbeleid?", "de handreiking": "Wat is de termijn in de handreiking?"},
        ),
        (
            "Wat zeggen de APV, het IVP en het horecabeleid over sluitingstijden?",
            {
                "de APV": "Wat zegt de APV over sluitingstijden?",
                "het IVP": "Wat zegt het IVP over sluitingstijden?",
                "het horecabeleid": "Wat zegt het horecabeleid over sluitingstijden?",
            },
        ),
        (
            "Hoe verhoudt ons Bibob-beleid zich tot de Wet Bibob als het gaat om vastgoed?",
            {
                "ons Bibob-beleid": "Wat staat er in ons Bibob-beleid over vastgoed?",
                "de Wet Bibob": "Wat staat er in de Wet Bibob over vastgoed?",
            },
        ),
        (
            "Hoeveel tijd krijgt iemand bij ons om te reageren, en wat raadt de regionale handreiking aan?",
            {
                "": "Hoeveel tijd krijgt iemand bij ons om te reageren?",
                "de regionale handreiking": "Hoeveel tijd krijgt iemand om te reageren volgens de regionale handreiking?",
            },
        ),
    ],
)
def test_each_document_is_asked_the_whole_question(question: str, whole: dict[str, str]) -> None:
    assert dict(each(question)) == whole


@pytest.mark.parametrize(
    "question",
    [
        "Wat zijn de prioriteiten van het IVP van Elzerveen?",
        "Welke maatregelen staan in het plan en wie voert ze uit?",
        "Klopt het plan Oude Boekeloseweg met de omgevingsverordening van de provincie?",
        "Wat staat er in de APV over honden en hoe hoog is de boete?",
        "Wat zijn de verschillen tussen de APV en de Alcoholwet?",
        "Wat is het verschil tussen een noodbevel en een noodverordening?",
        "Mag dat volgens het IVP en het IVP?",
        "",
    ],
)
def test_a_question_that_does_not_ask_the_same_of_several_documents_is_left_whole(question: str) -> None:
    assert each(question) == ()
