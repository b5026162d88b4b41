"""Tests stand where one looks for them: each module's in a file of its name, or it's said where.

A module is looked for in ``tests/unit/<room>/test_<module>.py``, or in files that begin so and
name a topic; a widget in ``tests/qt``. Modules that only hold values need none. The others
stand in `where.json` with the file that tests them most closely.
"""

import ast
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
WHERE: dict[str, str] = json.loads(Path(__file__).with_name("where.json").read_text("utf-8"))


def modules() -> dict[str, Path]:
    """Return the program's modules by their place in it, as ``engine/snap.py``."""
    top = ROOT / "sandbox"
    return {file.relative_to(top).as_posix(): file for file in sorted(top.rglob("*.py"))}


def has_logic(file: Path) -> bool:
    """Whether a module does more than name values: it has a function that branches or loops."""
    parts = (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.comprehension, ast.IfExp)
    functions = [
        node
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    return any(isinstance(node, parts) for one in functions for node in ast.walk(one))


def mirrors(name: str) -> list[Path]:
    """Return the files of tests that have a module's name."""
    module = Path(name)
    stem = module.parent.name if module.stem == "__init__" else module.stem
    rooms = [ROOT / "tests" / "unit" / module.parent]
    if module.parts[0] in ("ui", "app"):
        rooms.append(ROOT / "tests" / "qt")
    return [
        file
        for room in rooms
        for file in sorted(room.glob(f"test_{stem}*.py"))
        if file.stem == f"test_{stem}" or file.stem.startswith(f"test_{stem}_")
    ]


def test_each_module_with_logic_has_its_tests_where_one_looks_or_it_is_said_where() -> None:
    lost = [
        name
        for name, file in modules().items()
        if has_logic(file) and not mirrors(name) and name not in WHERE
    ]
    assert lost == [], "write tests/unit/<room>/test_<module>.py, or add a line to where.json"


def test_what_is_said_of_others_is_so() -> None:
    known = modules()
    assert [name for name in WHERE if name not in known] == []
    assert [name for name, file in WHERE.items() if not (ROOT / "tests" / file).is_file()] == []
    # What has a file of its name needs no line any more, nor what only holds values.
    assert [name for name in WHERE if mirrors(name) or not has_logic(known[name])] == []


def test_a_module_with_logic_is_told_from_values(tmp_path: Path) -> None:
    values = tmp_path / "values.py"
    values.write_text("class A:\n    x: int = 1\n\n    def twice(self) -> int:\n        return 2\n")
    logic = tmp_path / "logic.py"
    logic.write_text("def f(x):\n    return 1 if x else 2\n")
    assert not has_logic(values)
    assert has_logic(logic)
