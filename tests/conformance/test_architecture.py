"""The rooms' contracts hold, and each one catches the import it forbids."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# What is written into which module, and the contract that must notice.
BREAKS = [
    pytest.param("geo/crs.py", "import sandbox.streets.streets", "rooms", id="upwards"),
    pytest.param("words.py", "import sandbox.errors", "rooms", id="upwards-at-the-bottom"),
    pytest.param("catalog/layer.py", "import sandbox.analysis", "rooms", id="sideways"),
    pytest.param("analysis/__init__.py", "import sandbox.catalog", "rooms", id="sideways-back"),
    pytest.param("ui/__init__.py", "import sandbox.cli", "rooms", id="to-the-roof"),
    pytest.param("app/state.py", "from sandbox import draw", "rooms", id="by-from-import"),
    pytest.param("utils/__init__.py", '"""Odds and ends."""', "rooms", id="a-new-room"),
    pytest.param("app/state.py", "from PySide6.QtGui import QColor", "qt", id="qt"),
    pytest.param("streets/streets.py", "import PySide6", "qt", id="qt-far-below"),
    pytest.param("ui/__init__.py", "from folium import Map", "folium", id="folium"),
    pytest.param("catalog/layer.py", "from pyproj import Transformer", "pyproj", id="pyproj"),
]
NAMES = {
    "rooms": "A room imports only rooms below it",
    "qt": "Qt stays in draw and above",
    "folium": "folium is imported in export only",
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
        timeout=120,
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
    kept = [line for line in done.stdout.splitlines() if line.endswith("KEPT")]
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
