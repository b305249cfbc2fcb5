"""The house as it is meant: arrows fall one way, heavy libraries have one door, rooms stay small."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("corpus", "ingest", "assistant", "evals", "ui")
ALLOWED = {
    "corpus": {"corpus"},
    "ingest": {"ingest", "corpus"},
    "assistant": {"assistant", "ingest", "corpus"},
    "evals": {"evals", "assistant", "ingest", "corpus"},
    "ui": {"ui", "assistant"},
}
# Of the assistant, a room knows only rooms before it (decisions/0020).
ROOMS = {
    "text": {"text"},
    "understand": {"understand", "text", "model"},
    "find": {"find", "understand", "text", "model"},
    "write": {"write", "find", "understand", "text", "model", "forms"},
    "check": {"check", "write", "find", "understand", "text", "model"},
}
DOORS = {
    "sentence_transformers": {"ingest/embed.py", "ingest/rerank.py"},
    "openvino": {"ingest/accelerate.py"},
    "chromadb": {"ingest/dense.py"},
    "pypdf": {"ingest/load/pdf.py"},
    "pypdfium2": {"ingest/load/glyphs.py", "ingest/load/paint.py", "ingest/load/rules.py"},
    "docx": {"ingest/load/docx.py", "assistant/word.py"},
    "langchain_openai": {"assistant/write/chat_model.py"},
    "streamlit": {"ui/chat.py", "ui/evaluations.py", "ui/source.py"},
    "argon2": {"assistant/keep/access.py"},
    "prometheus_client": {"assistant/metrics.py"},
    "Stemmer": {"ingest/stems.py"},
}


def modules() -> list[Path]:
    found = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py")]
    return [p for p in found if not {"migrations", "sources", "documents"} & set(p.relative_to(ROOT).parts)]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_folders_below_it(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    own = {name.split(".")[0] for name in imports(path)} & set(FOLDERS)
    assert own <= ALLOWED[folder]


@pytest.mark.parametrize(
    "path", [p for p in modules() if p.parent.parent.name == "assistant" and p.parent.name in ROOMS], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_room_of_the_assistant_knows_only_rooms_before_it(path: Path) -> None:
    known = {name.split(".")[1] for name in imports(path) if name.startswith("assistant.")}
    assert known <= ROOMS[path.parent.name]


@pytest.mark.parametrize("room", ["text", "understand"])
def test_a_question_is_understood_without_library_or_index(room: str) -> None:
    used = {name for path in modules() if path.parent == ROOT / "assistant" / room for name in imports(path)}
    assert not used & {"corpus.library", "corpus.database", "ingest.index", "ingest.embed"}


def test_the_chat_knows_of_the_assistant_only_its_shapes_and_what_to_say_beside_them() -> None:
    used = {name for path in modules() if path.parts[-2] == "ui" for name in imports(path) if name.startswith("assistant")}
    assert {".".join(name.split(".")[:3]) for name in used} <= {
        "assistant.api.shapes",
        "assistant.api.reference_wire",
        "assistant.api.notices",
    }


@pytest.mark.parametrize("library", DOORS)
def test_a_heavy_library_has_one_door(library: str) -> None:
    users = {str(p.relative_to(ROOT)) for p in modules() if any(name.split(".")[0] == library for name in imports(p))}
    assert users == DOORS[library]


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in modules()}
    graph: dict[str, set[str]] = defaultdict(set)
    for name, path in names.items():
        graph[name] = {other for other in imports(path) if other in names and other != name}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_fits_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))
