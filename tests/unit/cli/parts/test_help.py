"""Help speaks one language: of click's own English nothing is left in Chinese help."""

import re
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from sandbox import cli
from sandbox.cli.parts.help import placeholder
from sandbox.words import words_of

# Of formats, services, codes, keys and dates, which have no other name in Chinese.
NAMES = {
    *(
        "CSV",
        "DXF",
        "EPSG",
        "GDB",
        "GTFS",
        "HTML",
        "JSON",
        "KML",
        "MB",
        "ODS",
        "PDF",
        "PIN",
        "PM",
        "PNG",
    ),
    *("QGIS", "SHP", "SVG", "WKT", "WMS", "WMTS", "XML", "XYZ", "ZIP", "YYYY", "MM", "DD"),
    *("DDTHH", "PGPASSWORD", "SANDBOX", "KEY", "TIANDITU", "TIFF"),
}


def every_call() -> list[tuple[str, ...]]:
    """Return the words of every command, and of those within it."""
    calls: list[tuple[str, ...]] = [()]
    for name, module in cli.COMMANDS.items():
        command = getattr(import_module(module), name)
        calls.append((name,))
        if isinstance(command, click.Group):
            calls += [(name, below) for below in command.commands]
    return calls


@pytest.mark.parametrize("call", every_call(), ids=" ".join)
def test_chinese_help_has_no_heading_in_english(call: tuple[str, ...]) -> None:
    said = CliRunner().invoke(cli.sandbox, ["--lang", "zh", *call, "--help"]).output
    assert said.startswith("用法：")
    assert "[选项]" in said.splitlines()[0] + said.splitlines()[1]
    headings = re.findall(r"^(\S.*)[:：]$", said, re.MULTILINE)
    assert "[OPTIONS]" not in said
    assert [one for one in headings if one.isascii()] == []
    assert headings
    assert [one for one in ("[default", "[required", "required]") if one in said] == []
    # Lines are broken within words too.
    capitals = re.findall(r"(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])", re.sub(r"\n +", "", said))
    assert [one for one in capitals if one not in NAMES] == []


def test_english_help_is_as_click_writes_it() -> None:
    said = CliRunner().invoke(cli.sandbox, ["--lang", "en", "layers", "--help"]).output
    assert re.search(r"^Usage: \S+ layers \[OPTIONS\] COMMAND \[ARGS\]\.\.\.$", said, re.MULTILINE)
    assert re.findall(r"^(\S.*):$", said, re.MULTILINE) == ["Options", "Commands"]


def test_a_placeholder_is_said_word_by_word_and_formats_stay() -> None:
    chinese = words_of("zh")
    assert placeholder("LAYER|FILE|NAME|LON,LAT", chinese) == "图层|文件|名称|经度,纬度"
    assert placeholder("[CITY.osm.pbf]", chinese) == "[城市.osm.pbf]"
    assert placeholder("EPSG:4544|gcj02|bd09", chinese) == "EPSG:4544|gcj02|bd09"
    assert placeholder("YYYY-MM-DDTHH:MM", chinese) == "YYYY-MM-DDTHH:MM"
    assert placeholder("FLOAT RANGE", chinese) == "数值"
    assert placeholder("LAYER|FILE", words_of("en")) == "LAYER|FILE"
