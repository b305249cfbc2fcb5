"""Whether the tests of the scorers would notice a mistake: each small change to a scorer has to make one of them fail.

By hand: `python -m tests.mutants evals/scorers tests/evals/test_scorers.py`. Prints the changes that nobody noticed and the share
that was; ends with 1 below 90 %. Every change is tried in a forked process, so that the heavy imports are paid for once.
"""

from __future__ import annotations

import ast
import copy
import importlib.util
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NORM = 0.9
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "True": "False"}


def main() -> None:
    folder, tests = Path(sys.argv[1]), sys.argv[2:]
    if _fails(tests):
        sys.exit("De tests slagen al niet op de code zoals zij is.")
    tried = noticed = 0
    for path in sorted(folder.glob("*.py")) if folder.is_dir() else [folder]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for what, mutant in mutants(tree):
            tried += 1
            if _fails(tests, path, mutant):
                noticed += 1
            else:
                print(f"niet gemerkt: {path}: {what}", flush=True)
    print(f"{noticed} van {tried} veranderingen gemerkt ({noticed / tried:.1%})")
    sys.exit(0 if noticed >= NORM * tried else 1)


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Every version of a module with one change, and what was changed."""
    silent = _silent(tree)
    for n, node in enumerate(ast.walk(tree)):
        if id(node) in silent:
            continue
        for change in _changes(node):
            mutant = copy.deepcopy(tree)
            other = next(twin for m, twin in enumerate(ast.walk(mutant)) if m == n)
            before = ast.unparse(other)
            change(other)
            after = ast.unparse(other)
            if after != before:
                yield f"regel {getattr(node, 'lineno', '?')}: {before} → {after}", ast.fix_missing_locations(mutant)


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPS:
        yield lambda n: n.ops.__setitem__(0, _SWAPS[type(n.ops[0])]())  # type: ignore[attr-defined]
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _SWAPS:
        yield lambda n: setattr(n, "op", _SWAPS[type(n.op)]())  # type: ignore[attr-defined]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda n: n.__dict__.update(op=ast.UAdd(), operand=ast.Call(ast.Name("bool", ast.Load()), [n.operand], []))  # type: ignore[attr-defined]
    if isinstance(node, ast.If | ast.IfExp):
        yield lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))  # type: ignore[attr-defined]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda n: setattr(n, "value", not n.value)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield lambda n: setattr(n, "value", n.value + 1)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield lambda n: setattr(n, "value", f"{n.value}XX")  # type: ignore[attr-defined]
    if isinstance(node, ast.Name) and node.id in _NAMES:
        yield lambda n: setattr(n, "id", _NAMES[n.id])  # type: ignore[attr-defined]
    if isinstance(node, ast.Return) and node.value is not None:
        yield lambda n: setattr(n, "value", ast.Constant(None))
    if isinstance(node, ast.comprehension) and node.ifs:
        yield lambda n: n.ifs.clear()  # type: ignore[attr-defined]


def _silent(tree: ast.Module) -> set[int]:
    """What has no behaviour that a caller sees: docstrings, annotations, and the words in which a verdict is told."""
    found: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts = [node]
        elif isinstance(node, ast.arg):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns, *node.decorator_list]
        elif isinstance(node, ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.ClassDef):
            words = any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
            parts = [*node.decorator_list, *(node.body if words else [])]
        found |= {id(inner) for part in parts if part is not None for inner in ast.walk(part)}
    return found


def _fails(tests: list[str], path: Path | None = None, mutant: ast.Module | None = None) -> bool:
    """Whether the tests fail in a process of their own, with a module changed."""
    child = os.fork()
    if child == 0:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            try:
                if path is not None and mutant is not None:
                    _put(path, mutant)
                code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]))
            except BaseException:  # a module that no longer loads is noticed
                code = 1
        os._exit(1 if code else 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _put(path: Path, mutant: ast.Module) -> None:
    """Let the changed module stand in for the real one, in what imports it from now on."""
    name = ".".join(path.resolve().relative_to(ROOT).with_suffix("").parts)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    exec(compile(mutant, str(path), "exec"), module.__dict__)
    package, _, last = name.rpartition(".")
    setattr(importlib.import_module(package), last, module)
    for other in [key for key in sys.modules if key.startswith("evals.") and key not in (name, package)]:
        del sys.modules[other]


if __name__ == "__main__":
    import tests.conftest  # noqa: F401 - the heavy imports, once for all

    main()
