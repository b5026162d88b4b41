"""Who asks the analyses: each is called from the places named here and from nowhere else."""

import ast
from pathlib import Path

import pytest

import sandbox

PACKAGE = Path(sandbox.__file__).parent
# Analysis -> modules that call it. The work of the map's questions is in `app`; commands and
# Python ask the same functions. A caller more is a second answer that can drift: ask one of these.
CALLERS = {
    "isochrone": {"analysis/isochrone.py", "analysis/origins.py"},
    "transit_isochrone": {"analysis/origins.py"},
    "isochrone_from": {"app/moving.py", "cli/isochrone.py", "api/reach.py"},
    "isodistance": {"cli/isochrone.py", "api/reach.py"},
    "reach": {"analysis/together.py", "cli/isochrone.py", "api/reach.py"},
    "joint_isochrone": {"app/moving.py"},
    "coverage": {"app/answers/circles.py", "api/coverage.py"},
    "nearest": {
        "analysis/housing.py",
        "app/answers/nearest.py",
        "cli/nearest.py",
        "api/nearest.py",
    },
    "times": {
        "cli/times.py",
        "app/kiosk/scenes/facts.py",
        "api/ways.py",
        "api/many/counts.py",
        "export/chunks/tasks.py",
    },
    "route": {
        *("app/answers/journey.py", "app/own/measuring.py"),
        *("analysis/course.py", "cli/route.py", "api/ways.py"),
    },
    "itinerary": {"app/answers/journey.py", "cli/route.py", "api/ways.py"},
    "commute": {"cli/commute.py", "api/commute.py"},
    "compared": {"app/answers/comparing.py"},
}
HOMES = {
    "isochrone_from": "analysis.origins",
    "reach": "analysis.origins",
    "joint_isochrone": "analysis.together",
    "transit_isochrone": "analysis.transit",
    "compared": "analysis.comparison.compare",
}


def callers(name: str) -> set[str]:
    """Return the modules that call a function of the analyses, by whatever name they import it."""
    home = f"sandbox.{HOMES.get(name, f'analysis.{name}')}"
    room, module = home.rsplit(".", 1)
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        where = file.relative_to(PACKAGE).as_posix()
        known: set[str] = (
            {name} if where == home.removeprefix("sandbox.").replace(".", "/") + ".py" else set()
        )
        modules: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == home:
                known |= {one.asname or one.name for one in node.names if one.name == name}
            if isinstance(node, ast.ImportFrom) and node.module == room:
                modules |= {one.asname or one.name for one in node.names if one.name == module}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            of = node.func
            if isinstance(of, ast.Name) and of.id in known:
                found.add(where)
            if isinstance(of, ast.Attribute) and of.attr == name:
                value = of.value
                if isinstance(value, ast.Name) and value.id in modules:
                    found.add(where)
    return found


@pytest.mark.parametrize("name", sorted(CALLERS))
def test_an_analysis_is_called_from_where_it_is_known_to_be(name):
    assert callers(name) == CALLERS[name]
