"""The rooms' contracts hold, and each one catches the import it forbids."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_MODULES = 20

# What is written into which module, and the contract that must notice.
BREAKS = [
    pytest.param("geo/crs.py", "import sandbox.streets.streets", "rooms", id="upwards"),
    pytest.param("words.py", "import sandbox.errors", "rooms", id="upwards-at-the-bottom"),
    pytest.param("catalog/layer.py", "import sandbox.analysis", "rooms", id="sideways"),
    pytest.param("analysis/__init__.py", "import sandbox.catalog", "rooms", id="sideways-back"),
    pytest.param("ui/__init__.py", "import sandbox.cli", "rooms", id="to-the-roof"),
    pytest.param("cli/__init__.py", "import sandbox.api", "rooms", id="beside-at-the-roof"),
    pytest.param("app/atlas.py", "import sandbox.api", "rooms", id="to-the-other-roof"),
    pytest.param("api/__init__.py", "import sandbox.cli", "rooms", id="beside-back"),
    pytest.param("api/network.py", "import PySide6", "qt", id="qt-from-python"),
    pytest.param("app/state.py", "from sandbox import draw", "rooms", id="by-from-import"),
    pytest.param("utils/__init__.py", '"""Odds and ends."""', "rooms", id="a-new-room"),
    pytest.param("app/state.py", "from PySide6.QtGui import QColor", "qt", id="qt"),
    pytest.param("streets/streets.py", "import PySide6", "qt", id="qt-far-below"),
    pytest.param("ui/__init__.py", "import xstatic.pkg.leaflet", "leaflet", id="leaflet"),
    pytest.param("catalog/layer.py", "from pyproj import Transformer", "pyproj", id="pyproj"),
]
NAMES = {
    "rooms": "A room imports only rooms below it",
    "qt": "Qt stays in draw and above",
    "leaflet": "Leaflet is imported in export only",
    "pyproj": "pyproj is imported in geo.crs only",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "sandbox", folder / "sandbox", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_is_kept(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout + done.stderr
    kept = [line for line in done.stdout.splitlines() if re.search(r" KEPT\b", line)]
    assert len(kept) == len(NAMES)


@pytest.mark.parametrize(("module", "line", "contract"), BREAKS)
def test_a_forbidden_import_is_caught(house: Path, module: str, line: str, contract: str) -> None:
    file = house / "sandbox" / module
    before = file.read_text("utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n{line}\n", "utf-8")
    try:
        done = lint(house)
    finally:
        if before is None:
            shutil.rmtree(file.parent)
        else:
            file.write_text(before, "utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{NAMES[contract]} BROKEN" in done.stdout


def modules_of(package: Path) -> dict[str, Path]:
    """Return the modules of a package by their dotted names."""
    found: dict[str, Path] = {}
    for file in package.rglob("*.py"):
        parts = file.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imports(package: Path) -> dict[str, set[str]]:
    """Return the modules that each module imports: at once, late, or for types only."""
    modules = modules_of(package)
    found: dict[str, set[str]] = {}
    for name, file in modules.items():
        named: list[str] = []
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                named += [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                below = [f"{node.module}.{one.name}" for one in node.names]
                # A name that is no module of its own is of the module before it.
                named += [one if one in modules else f"{node.module}" for one in below]
        found[name] = {one for one in named if one in modules and one != name}
    return found


def circles(package: Path) -> list[list[str]]:
    """Return the groups of modules that import one another, straight or through others."""
    imported = imports(package)
    below: dict[str, set[str]] = {}
    for name in imported:
        seen: set[str] = set()
        ahead = list(imported[name])
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += imported[one]
        below[name] = seen
    groups = {
        tuple(sorted(one for one in below[name] if name in below[one]))
        for name in below
        if name in below[name]
    }
    return [list(group) for group in sorted(groups)]


def test_no_modules_import_one_another() -> None:
    assert circles(ROOT / "sandbox") == []


@pytest.mark.parametrize(
    "line",
    [
        "from house.up import a",
        "from house import up",
        "import house.up",
        "def late():\n    from house import between",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.up import a",
    ],
)
def test_a_circle_is_caught(tmp_path: Path, line: str) -> None:
    package = tmp_path / "house"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    (package / "up.py").write_text("from house import between", "utf-8")
    (package / "between.py").write_text("from house.low import b", "utf-8")
    (package / "low.py").write_text("b = 1", "utf-8")
    assert circles(package) == []
    (package / "low.py").write_text(f"{line}\nb = 1", "utf-8")
    (group,) = circles(package)
    assert {"house.between", "house.low"} <= set(group)


def test_no_folder_is_a_warehouse() -> None:
    folders = {file.parent for file in (ROOT / "sandbox").rglob("*.py")}
    full = {
        folder.relative_to(ROOT).as_posix(): count
        for folder in folders
        if (count := sum(file.name != "__init__.py" for file in folder.glob("*.py"))) > MOST_MODULES
    }
    assert full == {}


def widget_importers(package: Path) -> list[str]:
    """Modules that import Qt's widgets: import-linter sees PySide6 only as a whole."""
    found = []
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{name.name}" for name in node.names]
            elif isinstance(node, ast.Import):
                names = [name.name for name in node.names]
            else:
                continue
            if any(f"{name}.".startswith("PySide6.QtWidgets.") for name in names):
                found.append(file.relative_to(package).as_posix())
    return found


def test_widgets_live_in_ui_only() -> None:
    found = widget_importers(ROOT / "sandbox")
    assert found
    assert [module for module in found if not module.startswith("ui/")] == []


@pytest.mark.parametrize(
    "line",
    [
        "from PySide6.QtWidgets import QLabel",
        "from PySide6 import QtCore, QtWidgets",
        "import PySide6.QtWidgets as widgets",
        "def late():\n    from PySide6 import QtWidgets",
    ],
)
def test_a_widget_outside_ui_is_caught(tmp_path: Path, line: str) -> None:
    (tmp_path / "draw").mkdir()
    (tmp_path / "draw" / "map.py").write_text(line, "utf-8")
    (tmp_path / "draw" / "tiles.py").write_text("from PySide6.QtGui import QImage", "utf-8")
    assert widget_importers(tmp_path) == ["draw/map.py"]
