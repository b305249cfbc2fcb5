"""Test sets: mistakes are told by file, case and field, all of them at once, in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import Refused
from evals import testset

DEMO = Path(__file__).parent.parent.parent / "evals" / "sets" / "demo.yaml"
GOOD = "cases:\n- {id: a, question: 'Hoe laat?', type: fact, status: answered, facts: [[acht uur]]}\n"
CELLS = "cases:\n- {id: a, question: horeca, type: comparison, status: answered, cells: {Elzerveen: [acht uur], Lankwolde: vervallen}}\n"
MISTAKES = {
    "geen geldige YAML": "cases: [",
    "onder ‘cases’": "vragen: []",
    "veld ‘name’: gebruik letters": "name: ../weg\n" + GOOD,
    "vraag 1: verwacht velden": "cases: [tekst]",
    "‘vraag’: dit veld bestaat niet": GOOD.replace("question", "vraag"),
    "vraag a, veld ‘question’: ontbreekt": GOOD.replace("'Hoe laat?'", "''"),
    "veld ‘type’: ‘feit’ bestaat niet": GOOD.replace("type: fact", "type: feit"),
    "veld ‘status’: ‘goed’ bestaat niet": GOOD.replace("answered", "goed"),
    "een vraag zonder antwoord heeft geen feiten": GOOD.replace("answered", "not_found"),
    "heeft ten minste één feit": GOOD.replace(", facts: [[acht uur]]", ""),
    "verwacht een lijst van feiten": GOOD.replace("[[acht uur]]", "acht uur"),
    "komt twee keer voor": GOOD + GOOD.removeprefix("cases:\n"),
    "is geen datum": GOOD.replace("type: fact", "type: fact, as_of: gisteren"),
    "veld ‘form’: ‘brief’ bestaat niet": GOOD.replace("type: fact", "type: fact, form: brief"),
    "veld ‘history’: ontbreekt": GOOD.replace("type: fact", "type: follow_up"),
    "veld ‘documents’: verwacht een lijst": GOOD.replace("type: fact", "type: fact, documents: apv"),
    "veld ‘cells’: verwacht ten minste twee gemeenten": CELLS.replace(", Lankwolde: vervallen", ""),
    "veld ‘cells, Lankwolde’: ‘weg’ bestaat niet": CELLS.replace("vervallen", "weg"),
    "veld ‘cells, Elzerveen’: verwacht een lijst": CELLS.replace("[acht uur]", "8"),
    "veld ‘cells’: hoort alleen bij type ‘comparison’": CELLS.replace("comparison", "fact"),
}
TEN = """cases:
- {id: een, vraag: 'Hoe laat?', type: fact, status: answered, facts: [[acht]]}
- {id: twee, question: '', type: fact, status: answered, facts: [[acht]]}
- {id: drie, question: 'Hoe laat?', type: feit, status: answered, facts: [[acht]]}
- {id: vier, question: 'Hoe laat?', type: fact, status: goed, facts: [[acht]]}
- {id: vijf, question: 'Hoe laat?', type: fact, status: not_found, facts: [[acht]]}
- {id: zes, question: 'Hoe laat?', type: fact, status: answered}
- {id: zeven, question: 'Hoe laat?', type: fact, status: answered, facts: acht}
- {id: acht, question: 'Hoe laat?', type: fact, status: answered, facts: [[acht]], as_of: gisteren}
- {id: negen, question: 'Hoe laat?', type: fact, status: answered, facts: [[acht]], form: brief}
- {id: tien, question: 'Hoe laat?', type: fact, status: answered, facts: [[acht]], documents: apv}
- {id: goed, question: 'Hoe laat?', type: fact, status: answered, facts: [[acht]]}
"""


def refused(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as said:
        testset.load(path)
    return str(said.value).splitlines()


@pytest.mark.parametrize("says", MISTAKES)
def test_a_mistake_in_a_set_is_told_by_its_field(says: str, tmp_path: Path) -> None:
    (line,) = refused(tmp_path / "set.yaml", MISTAKES[says])
    assert says in line
    assert line.startswith("set.yaml")


def test_ten_mistakes_in_one_set_are_ten_lines_each_naming_its_case(tmp_path: Path) -> None:
    lines = refused(tmp_path / "set.yaml", TEN)
    names = "een twee drie vier vijf zes zeven acht negen tien".split()
    assert [line.split(",")[1] for line in lines] == [f" vraag {name}" for name in names]
    assert len({line.split(name, 1)[1] for line, name in zip(lines, names, strict=True)}) == 10
    assert all(line.endswith(".") for line in lines)


def test_the_demo_set_is_sound_and_speaks_of_every_type_but_a_conversation() -> None:
    cases = testset.load(DEMO).cases
    assert len(cases) >= 120
    assert {case.type for case in cases} >= set(testset.TYPES) - {"follow_up"}


def test_a_case_that_changed_is_another_case(tmp_path: Path) -> None:
    (one,) = testset.parse(GOOD, "set.yaml", "set").cases
    (same,) = testset.parse(GOOD, "other.yaml", "other").cases
    (other,) = testset.parse(GOOD.replace("acht", "negen"), "set.yaml", "set").cases
    assert one.digest == same.digest != other.digest


def test_what_is_written_down_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(testset.to_yaml("concept", [{"id": "a", "question": "Waar?", "type": "fact", "status": "not_found"}]), encoding="utf-8")
    assert testset.load(path).cases[0].question == "Waar?"


def test_a_set_that_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="kan niet worden gelezen"):
        testset.load(tmp_path / "weg.yaml")
