import pytest
from click.testing import CliRunner

from sandbox.cli import main, sandbox
from sandbox.network.store import save
from tests.support.grid_city import grid_city


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    file = tmp_path_factory.mktemp("city") / "city.sandnet"
    save(grid_city().streets, file)
    return file


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", "export", "html", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert stopped.value.code == 2
    assert out == ""
    assert err.count("\n") == 1, err
    return err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["map.png"], "End the name in .html"),
        (["nowhere/map.html"], "isn't there"),
        (["map.html", "--layers", "labs,castles"], "castles"),
        (["map.html", "--circles", "castles"], "no layer of services named castles"),
        (["map.html", "--circles", "services", "--kind", "castle"], "no places of the kind castle"),
        (["map.html", "--minutes", "0,500"], "500 minutes"),
        (["map.html", "--at", "west"], "LON,LAT"),
        (["map.html", "--at", "0,0"], "lies outside the network"),
        (["map.html", "--network", "nothing.sandnet"], "nothing.sandnet"),
        (["map.html", "--speed-kmh", "99"], "99 km/h"),
        (["map.html", "--scenario", "today"], "says only what lines run"),
        (["map.html", "--mode", "transit"], "leaves, or arrives, at some time"),
        (["map.html", "--hour", "8"], "holds up only those who drive"),
    ],
)
def test_what_can_not_be_is_refused_in_one_line_and_writes_nothing(
    capsys, tmp_path, monkeypatch, arguments, said
):
    monkeypatch.chdir(tmp_path)
    assert said in refused(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_some_layers_over_streets_of_ones_own(city, tmp_path):
    file = tmp_path / "map.html"
    arguments = ["export", "html", str(file), "--network", str(city), "--layers", "parks,labs"]
    result = CliRunner().invoke(sandbox, ["--lang", "zh", *arguments])
    assert result.exception is None, result.output
    assert str(file) in result.output
    html = file.read_text(encoding="utf-8")
    assert 'data-layer="parks"' in html
    assert 'data-layer="labs"' in html
    assert 'data-layer="water"' not in html
    assert '<html lang="zh-CN" data-theme="light">' in html


def test_the_page_opens_in_the_language_and_look_asked_for(city, tmp_path):
    file = tmp_path / "map.html"
    arguments = ["export", "html", str(file), "--network", str(city), "--layers", "parks"]
    CliRunner().invoke(
        sandbox,
        ["--lang", "zh", *arguments, "--lang", "en", "--theme", "dark"],
        catch_exceptions=False,
    )
    assert '<html lang="en" data-theme="dark">' in file.read_text(encoding="utf-8")


def test_a_page_by_line_says_scenario_and_departure(tmp_path):
    file = tmp_path / "map.html"
    asked = ["--at", "106.299,29.612", "--mode", "transit", "--depart", "2026-11-23T08:00"]
    chosen = ["--scenario", "metro7", "--model", "expected", "--minutes", "30"]
    arguments = ["export", "html", str(file), *asked, *chosen, "--layers", "labs"]
    result = CliRunner().invoke(sandbox, ["--lang", "zh", *arguments])
    assert result.exception is None, result.output
    html = file.read_text(encoding="utf-8")
    for words in ("轨道交通7号线开通", "With Metro Line 7", "2026-11-23 08:00", "公交 30 分钟"):
        assert words in html, words
