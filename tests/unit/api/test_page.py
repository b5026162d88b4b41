"""The map in files, from Python: the page says what the answer says."""

import json

import pytest

import sandbox
from sandbox.api.network import Network
from sandbox.api.page import save_page, save_picture
from tests.support.grid_city import at, grid_city


@pytest.fixture(scope="module")
def net():
    return Network(grid_city())


def test_a_page_shows_the_origins_and_minutes_that_are_asked_for(net, tmp_path):
    file = tmp_path / "map.html"
    save_page(net, file, [at(3, 3), at(5, 5)], [4, 8], speed_kmh=6.0, language="zh", theme="dark")
    page = file.read_text("utf-8")
    assert 'lang="zh-CN" data-theme="dark"' in page
    lon, lat = at(3, 3)
    assert f"<title>{lon:.4f}, {lat:.4f} · 步行 8 分钟</title>" in page
    assert "步行 6 公里/小时" in page
    # The other origin comes along, to be compared with.
    save_page(net, tmp_path / "one.html", at(3, 3), [4, 8], speed_kmh=6.0, language="zh")
    assert len(page) > len((tmp_path / "one.html").read_text("utf-8")) + 1000


def test_one_pair_is_one_origin(net, tmp_path):
    save_page(net, tmp_path / "pair.html", at(3, 3), 5)
    save_page(net, tmp_path / "list.html", [list(at(3, 3))], [5])
    pages = [(tmp_path / f"{one}.html").read_text("utf-8") for one in ("pair", "list")]
    assert len(pages[0]) == len(pages[1])


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"origins": "nowhere at all"}, "nowhere at all"),
        ({"origins": [5]}, "can't be read as origins"),
        ({"minutes": 500}, "500 minutes"),
        ({"circles": "castles"}, "castles"),
        ({"nearest": "castles"}, "castles"),
        ({"layers": ["castles"]}, "castles"),
        ({"depart": "2026-11-23T08:00", "scenario": "none such"}, "none such"),
    ],
)
def test_what_cannot_be_meant_leaves_no_page(net, tmp_path, asked, why):
    with pytest.raises(sandbox.SandboxError, match=why):
        save_page(net, tmp_path / "map.html", **asked)
    assert not list(tmp_path.iterdir())


def test_files_of_another_kind_are_refused_before_the_work(net, tmp_path):
    with pytest.raises(sandbox.SandboxError, match=r"End the name in \.html"):
        save_page(net, tmp_path / "map.pdf")
    with pytest.raises(sandbox.SandboxError, match=r"End the name in \.png"):
        save_picture(tmp_path / "map.jpg")
    with pytest.raises(sandbox.SandboxError, match="at least 760x560"):
        save_picture(tmp_path / "map.png", size_px=(100_000, 100_000))


def test_tables_say_reasons_in_the_language_that_is_set(net):
    def told():
        found = sandbox.travel_times(net, [at(3, 3), None], [at(5, 5)], 30, speed_kmh=6.0)
        return json.dumps(found["reason"].tolist(), ensure_ascii=False)

    try:
        sandbox.language("zh")
        assert "该地点没有位置" in told()
    finally:
        sandbox.language("en")
    assert "The place has no position." in told()
    with pytest.raises(sandbox.AnalysisError, match="not a language"):
        sandbox.language("fr")
