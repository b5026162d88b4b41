"""What holds for the house as a whole: its files, its README, its wheel."""

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sandbox import cli
from tests.support import feeds
from tests.support.drawn import shapefile
from tests.support.osm_map import write_pbf
from tests.support.plans import about, write_plan
from tests.support.tile_archives import mbtiles

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TOP = {
    *("pyproject.toml", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE"),
    *("sandbox", "layers", "assets", "tests", "packaging"),
}
MOST_LINES = 450
MOST_METHODS = 15


def files() -> list[Path]:
    """Every file that is kept in version control, or would be."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout, so its files can't be told from others")
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = done.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for file in files():
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def found(pattern: str) -> list[str]:
    """Where a pattern stands, other than here."""
    here = Path(__file__).relative_to(ROOT).as_posix()
    return [
        f"{name}: {match.group()}"
        for name, text in texts()
        if name != here
        for match in re.finditer(pattern, text)
    ]


# --- files ---------------------------------------------------------------------------------


def test_the_top_folder_holds_only_its_rooms() -> None:
    names = {file.relative_to(ROOT).parts[0] for file in files()}
    assert {name for name in names if not name.startswith(".")} <= TOP


def test_no_package_registry_is_named() -> None:
    hosts = r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|(deb|security|archive)\.(debian|ubuntu)"
    assert found(hosts) == []


def test_no_path_of_a_machine_is_named() -> None:
    assert found(r"(?<![\w.~$}/-])/(root|work|home|tmp|Users)/\w+") == []
    assert found(r"\.\./shared") == []


def test_nothing_needs_a_secret() -> None:
    assert found(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}") == []


def test_no_module_is_far_over_400_lines() -> None:
    long = {
        file.relative_to(ROOT).as_posix(): lines
        for file in (ROOT / "sandbox").rglob("*.py")
        if (lines := len(file.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_class_does_too_much() -> None:
    """Public methods of its own, those that Qt calls (they keep Qt's names) aside."""
    wide = {}
    for file in (ROOT / "sandbox").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            methods = [
                one.name
                for one in node.body
                if isinstance(one, ast.FunctionDef) and re.fullmatch(r"[a-z][a-z0-9_]*", one.name)
            ]
            if len(methods) > MOST_METHODS:
                wide[node.name] = methods
    assert wide == {}


# --- pins ----------------------------------------------------------------------------------


def pins() -> dict[str, Requirement]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(one.name): one for one in wanted}


def test_every_dependency_is_pinned_within_its_range() -> None:
    for line in chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate():
            pin = pins()[canonicalize_name(requirement.name)]
            (version,) = pin.specifier
            assert version.operator == "=="
            assert requirement.specifier.contains(version.version), line


# What the program needs without importing it: Chinese letters, time zones on Windows, and what
# psycopg itself imports.
NOT_IMPORTED = {"noto-cjk-sans-otc", "psycopg-binary", "tzdata"}


def test_all_that_the_program_imports_is_a_dependency_of_its_own() -> None:
    """Nothing is there by luck, because something else happens to need it."""
    imported: set[str] = set()
    for file in (ROOT / "sandbox").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    known = metadata.packages_distributions()
    used = {canonicalize_name(one) for name in imported for one in known.get(name, ())}
    # What comes only with an extra is imported where it is used, and said to be missing there.
    optional = PROJECT["optional-dependencies"]
    lines = chain(PROJECT["dependencies"], *(optional[extra] for extra in LISTED))
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    assert {"shapely", "sqlalchemy"} <= used
    assert used - declared - {"science-city-sandbox"} == set()
    assert declared - used - NOT_IMPORTED == set()


def test_each_pin_of_the_gate_has_hashes_and_is_the_pin_of_all() -> None:
    text = (ROOT / "packaging" / "hashes.txt").read_text("utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    hashed = {}
    for block in text.replace("\\\n", " ").splitlines():
        line, *hashes = block.split(" --hash=")
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes), line
        hashed[canonicalize_name(Requirement(line).name)] = Requirement(line)
    known = pins()
    assert {name: one.specifier for name, one in hashed.items()} == {
        name: known[name].specifier for name in hashed
    }
    assert set(installed_for("test")) - {"science-city-sandbox"} <= set(hashed)


# Those whose packages users may install: their licences stand in the list.
LISTED = ("postgis", "cluster")


def installed_for(*extras: str) -> dict[str, str]:
    """What the project needs here, directly or not, by name, and who asks for it first."""
    optional = PROJECT["optional-dependencies"]
    project = chain(PROJECT["dependencies"], *(optional.get(extra, ()) for extra in extras))
    waiting = [(line, "science-city-sandbox") for line in project]
    found: dict[str, str] = {}
    while waiting:
        line, by = waiting.pop(0)
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        needed = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if needed and name not in found:
            found[name] = by
            waiting += [(one, name) for one in metadata.distribution(name).requires or ()]
    return found


def test_all_that_is_installed_for_it_is_pinned() -> None:
    needed = set(installed_for("test"))
    assert len(needed) > len(PROJECT["dependencies"])
    assert needed - set(pins()) == set()


# --- the wheel -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=600,
    )
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_carries_layers_and_assets(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shared = [
        file.relative_to(ROOT).as_posix()
        for file in files()
        if file.relative_to(ROOT).parts[0] in ("layers", "assets")
        and file.relative_to(ROOT).parts[1] != "readme"
    ]
    assert shared
    assert [name for name in shared if f"sandbox/share/{name}" not in names] == []


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"sandbox"}
    assert [name for name in names if "readme/" in name or "__pycache__" in name] == []


def test_the_wheel_runs_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = (
        "from sandbox import cli, paths\n"
        "print(paths.layers())\n"
        "cli.main(['--lang', 'en', 'layers', 'list'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    where, *table = done.stdout.splitlines()
    assert Path(where) == tmp_path / "site" / "sandbox" / "share" / "layers"
    assert any(line.startswith("parks ") for line in table)


# --- the README ----------------------------------------------------------------------------


def commands() -> list[str]:
    """Every command line that the README shows, without its comment."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def test_the_readme_begins_with_the_two_commands() -> None:
    assert commands()[:2] == ["packaging/run", "packaging/test"]
    assert README.index("packaging/run") < README.index("## ")


def in_a_process(arguments: list[str]) -> int:
    """Return the exit status of a command."""
    call = [sys.executable, "-m", "sandbox", *arguments]
    return subprocess.run(call, timeout=600, check=False).returncode


def in_this_process(arguments: list[str]) -> int:
    """Return the exit status of a command; starting a process takes longer than most of them."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    return int(ended.value.code or 0)


@pytest.mark.timeout(0)  # they are many
@pytest.mark.usefixtures("qapp")
def test_every_command_of_the_readme_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Run all but those that open a window or run the tests themselves."""
    drawing = "A-B-C\n|.|.|\nD-E-F"
    ways = {"ABC": "residential", "DEF": "residential", "AD": "footway", "BE": "footway"}
    write_pbf(tmp_path / "chongqing.osm.pbf", drawing, {w: {"highway": c} for w, c in ways.items()})
    feeds.write(tmp_path / "gtfs.zip", feeds.tables())
    shapefile(tmp_path / "roads.shp", [([(0, 0), (500, 0)], {"道路等级": "支路"})])
    write_plan(tmp_path / "控规图.jpg", about((106.3, 29.6), "EPSG:4544", 5.0))
    mbtiles(tmp_path / "city.mbtiles")
    monkeypatch.setenv("SANDBOX_KEY_TIANDITU", "0123456789abcdef0123456789abcdef")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.chdir(tmp_path)
    ran = []
    for line in dict.fromkeys(commands()):  # both languages show many of them
        program, *arguments = shlex.split(line)
        if program != "packaging/run" or not arguments or arguments[0] == "window":
            assert (ROOT / program).is_file(), line
            continue
        # What draws a whole window does it in a process of its own, as with a user.
        by_itself = arguments[0] == "screenshot"
        status = in_a_process(arguments) if by_itself else in_this_process(arguments)
        said = capfd.readouterr().err
        assert status == 0, f"{line}\n{said}"
        assert said == "", line
        ran.append(line)
    assert len(ran) > 10
    written = {"reach.geojson", "reach.gpkg", "circles.html", "map.html", "map.png"}
    written |= {"report.gpkg", "transit.sandnet", "roads.sandnet", "check.gpkg"}
    assert written <= {file.name for file in tmp_path.iterdir()}


def test_the_readmes_python_works(tmp_path: Path) -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "reach.gpkg").stat().st_size > 1000


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_map_of_the_code_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = {
        one.stem
        for one in (ROOT / "sandbox").iterdir()
        if not one.name.startswith("_") and (one.is_dir() or one.suffix == ".py")
    }
    assert {room for room in rooms if f"`{room}" not in text} == set()


def test_every_file_that_the_map_of_the_code_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = re.findall(r"`((?:sandbox|layers|assets|tests|packaging)/[\w./-]*)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_list_of_licences_is_of_what_is_installed() -> None:
    text = (ROOT / "packaging" / "LICENSES.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| (\S+) \| (\S+) \|", text, re.MULTILINE))
    wrong = {
        name: version
        for name, version in listed.items()
        if name in pins() and not pins()[name].specifier.contains(version)
    }
    assert wrong == {}
    # The same as what is installed, but for what only other systems need.
    needed = installed_for(*LISTED)
    others = {name for name, pin in pins().items() if pin.marker and not pin.marker.evaluate()}
    assert set(needed) <= set(listed) <= set(needed) | others | {"Package", "---"}


def test_the_list_of_licences_says_what_each_package_is_for() -> None:
    text = (ROOT / "packaging" / "LICENSES.md").read_text("utf-8")
    rows = re.findall(r"^\| (\S+) \| \S+ \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    aim = {name: said for name, _, said in rows if name != "---"}
    assert len(aim) > len(PROJECT["dependencies"])
    optional = PROJECT["optional-dependencies"]
    lines = chain(PROJECT["dependencies"], *(optional[extra] for extra in LISTED))
    direct = {canonicalize_name(Requirement(line).name) for line in lines}
    for name in installed_for(*LISTED):
        # What comes with another says so; what the program asks for says what for.
        assert ("comes with" in aim[name]) == (name not in direct), name


# Shapely's methods hold Python's lock for their whole run, so that a worker thread that calls
# one stops the window; its functions release it. Making schematic streets is a command alone.
# What names say tells no shape from a series of them, so those of geopandas are forbidden too;
# names that Qt's boxes have as well (contains, intersects) can't be told apart and aren't here.
_HOLD_THE_LOCK = {
    *("difference", "intersection", "symmetric_difference", "union", "unary_union", "buffer"),
    *("simplify", "segmentize", "convex_hull", "concave_hull", "make_valid", "minimum_clearance"),
    *("minimum_rotated_rectangle", "oriented_envelope", "offset_curve", "parallel_offset"),
    *("hausdorff_distance", "frechet_distance", "line_interpolate_point", "relate"),
    *("crosses", "touches", "overlaps", "covered_by", "dwithin", "is_simple", "point_on_surface"),
}


def _held(text: str) -> list[str]:
    """Return where a source calls a shape's method, or hands it on to be called for each."""
    held: list[str] = []
    for node in ast.walk(ast.parse(text)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in _HOLD_THE_LOCK:
            on = called.value
            if not (isinstance(on, ast.Name) and on.id == "shapely"):
                held.append(f"{node.lineno} {called.attr}")
        # As in `map(Polygon.buffer, …)` and `methodcaller("buffer", …)`.
        for given in node.args if isinstance(node, ast.Call) else ():
            name = given.value if isinstance(given, ast.Constant) else None
            bound = isinstance(given, ast.Attribute) and isinstance(given.value, ast.Name)
            if bound and given.value.id[:1].isupper():
                name = given.attr
            if name in _HOLD_THE_LOCK and _calls_for_each(node.func):
                held.append(f"{node.lineno} {name}")
    return held


def _calls_for_each(function: ast.expr) -> bool:
    name = getattr(function, "attr", getattr(function, "id", ""))
    return name in ("map", "apply", "methodcaller", "starmap", "partial", "getattr")


def test_methods_of_shapes_are_found_however_they_are_called() -> None:
    assert _held("shapely.buffer(area, 3)\nseries.map(shapely.buffer)") == []
    found = _held(
        "area.buffer(3)\nframe.geometry.iloc[0].union(other)\nseries.map(Polygon.buffer)\n"
        "frame.geometry.apply(lambda one: one.simplify(2))\nmethodcaller('convex_hull')"
    )
    assert sorted(found) == ["1 buffer", "2 union", "3 buffer", "4 simplify", "5 convex_hull"]


def test_schematic_streets_are_made_beside_no_window() -> None:
    asking = [
        file.relative_to(ROOT / "sandbox").as_posix()
        for file in sorted((ROOT / "sandbox").rglob("*.py"))
        if "sandbox.sources.schematic" in file.read_text("utf-8")
    ]
    outside = [name for name in asking if not name.startswith("sources/schematic/")]
    assert outside == ["cli/data/buildings.py", "cli/data/schematic.py"]


def test_work_calls_shapely_by_functions_that_release_pythons_lock() -> None:
    held = []
    for file in sorted((ROOT / "sandbox").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if name.startswith("sandbox/sources/schematic/"):
            continue
        held += [f"{name}:{where}" for where in _held(file.read_text("utf-8"))]
    assert held == []
