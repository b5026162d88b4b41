"""Base maps of services: which tile shows where, what is fetched, kept, refused and kept secret."""

import logging
import stat
import threading
import time

import numpy as np
import pytest

from sandbox import files, paths
from sandbox.draw.raster.tiles import Plate, Tile, TileStore
from sandbox.geo.shifted import to_gcj02
from sandbox.imagery import access, cache
from sandbox.imagery.described import read_picture, values_of
from sandbox.imagery.found import find_base_maps
from sandbox.imagery.service import TileService
from sandbox.imagery.tile_grid import web_mercator
from tests.support.tile_archives import LAT, LON, number_of
from tests.support.tile_server import colour_of, png, tile_server


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "user_config", lambda: tmp_path / "config")
    monkeypatch.setattr(paths, "user_cache", lambda: tmp_path / "cache")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with tile_server() as made:
        yield made


def patch(span_deg: float = 0.0005, lon: float = LON, lat: float = LAT) -> np.ndarray:
    steps = np.linspace(-span_deg, span_deg, 9)
    x, y = np.meshgrid(lon + steps, lat - steps)
    return np.stack([x, y], axis=-1)


def colour(picture, lonlat=None, side_px: int = 512):
    """Return the colour in the middle of a patch; None where there is none."""
    piece = picture.piece(patch() if lonlat is None else lonlat, side_px, lambda: None)
    if piece is None:
        return None
    x, y = piece.at[4, 4]
    return tuple(piece.rgba[int(y), int(x), :3].tolist())


def allowed(server, address: str, **more) -> TileService:
    access.allow("127.0.0.1")
    more.setdefault("grid", web_mercator(0, 18))
    return TileService(server.root + address, **more)


def test_the_level_fits_the_screen_and_the_tile_the_place(server):
    picture = allowed(server, "/{z}/{x}/{y}.png")
    # A thousandth of a degree on 512 pixels: 1.95e-6 a pixel; a tile of level 18 has 5.36e-6,
    # so that the finest is taken. A hundredth: 1.95e-5; level 16 has 2.15e-5, level 17 1.07e-5.
    assert colour(picture) == colour_of(*number_of(18))
    assert colour(picture, patch(0.005)) == colour_of(*number_of(16))
    assert colour(picture, patch(0.05)) == colour_of(*number_of(13))


def test_rows_from_the_south_are_counted_so(server):
    picture = allowed(server, "/{z}/{x}/{-y}.png", grid=web_mercator(0, 12))
    z, x, y = number_of(12)
    assert colour(picture) == colour_of(z, x, 2**12 - 1 - y)


def test_shifted_tiles_are_shifted_back(server):
    # At level 18 a tile is 133 m wide here, and what is shifted lies some 450 m off.
    picture = allowed(server, "/{z}/{x}/{y}.png", grid=web_mercator(0, 18, datum="gcj02"))
    lon, lat = to_gcj02([(LON, LAT)])[0]
    assert number_of(18, lon, lat) != number_of(18)
    assert colour(picture) == colour_of(*number_of(18, lon, lat))


def test_a_wmts_of_the_national_grid_is_found_and_lies_right(server):
    ((title, picture),) = find_base_maps(f"{server.root}/wmts")
    assert title.zh == "影像 2026"
    assert picture.credit == "规划局"
    access.allow("127.0.0.1")
    # Level z of that grid has pixels of 180 / 256 / 2^z degrees; 2.1e-6 · 1.5 wants level 18.
    x, y = (int((LON + 180) / (180 / 2**18)), int((90 - LAT) / (180 / 2**18)))
    assert colour(picture) == colour_of(18, x, y)


def test_a_wms_is_found_and_asked_in_web_mercator(server):
    ((title, picture),) = find_base_maps(f"{server.root}/wms?map=a.map")
    assert title.zh == "控规"
    access.allow("127.0.0.1")
    # 111 m of web mercator eastwards, 128 northwards, on 512 pixels: 0.23 m each. Level 19 has
    # 0.30 m a pixel, within half again as much; level 18 has 0.60 m.
    assert colour(picture) == colour_of(*number_of(19))
    assert "map=a.map" in server.asked[-1]
    assert "CRS=EPSG:3857" in server.asked[-1]


def test_a_coarser_tile_stands_in_for_one_that_is_not_there(server):
    z, x, y = number_of(18)
    server.gone = {(z, x, y), (z - 1, x // 2, y // 2)}
    picture = allowed(server, "/{z}/{x}/{y}.png")
    assert colour(picture) == colour_of(z - 2, x // 4, y // 4)
    assert picture.lacking is None


def test_nothing_is_fetched_before_the_user_agrees(server):
    picture = TileService(server.root + "/{z}/{x}/{y}.png", web_mercator(0, 18))
    assert colour(picture) is None
    assert "127.0.0.1" in str(picture.lacking)
    assert server.asked == []
    access.allow("127.0.0.1")
    assert colour(picture) is not None


def test_tiles_are_kept_on_the_disk_and_shown_without_a_network(server, monkeypatch):
    address = "/{z}/{x}/{y}.png"
    before = colour(allowed(server, address))
    count = len(server.asked)
    # Another start of the program: nothing is asked again.
    assert colour(allowed(server, address)) == before
    assert len(server.asked) == count
    # Too old, they are fetched anew; without an answer the old ones still show.
    monkeypatch.setattr(cache, "FRESH_S", -1.0)
    server.status = 503
    picture = allowed(server, address)
    assert colour(picture) == before
    assert "503" in str(picture.lacking)
    asked = len(server.asked)
    assert asked == count + 1  # the first failure spares the server the rest
    picture.try_again()
    server.status = 200
    assert colour(picture) == before
    assert picture.lacking is None


def test_no_network_is_no_error_and_is_tried_again_later(server, monkeypatch):
    picture = allowed(server, "/{z}/{x}/{y}.png")
    server.status = 500
    assert colour(picture) is None
    assert picture.lacking is not None
    assert picture.attempt == 0
    monkeypatch.setattr(picture._running, "again_at", 0.0)
    server.status = 200
    assert picture.attempt == 1  # so what was drawn is drawn anew
    assert colour(picture) is not None


@pytest.mark.parametrize("body", [b"<html>", b"", png((1, 2, 3), 8)[:40], b"\x89PNG" + b"0" * 99])
def test_what_is_no_picture_is_left_blank(server, body):
    server.body = body
    assert colour(allowed(server, "/{z}/{x}/{y}.png", grid=web_mercator(18, 18))) is None


def test_too_much_is_not_taken(server):
    server.body = b"\x89PNG" + b"0" * (5 << 20)
    picture = allowed(server, "/{z}/{x}/{y}.png", grid=web_mercator(18, 18))
    assert colour(picture) is None
    assert "too large" in str(picture.lacking)


def test_a_key_is_nowhere_but_in_its_file_and_the_question(server, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    ((_, picture),) = find_base_maps(f"{server.root}/{{z}}/{{x}}/{{y}}.png?tk=0123secret")
    access.allow("127.0.0.1")
    assert colour(picture) is not None
    assert "tk=0123secret" in server.asked[-1]
    assert "secret" not in repr(picture) + str(values_of(picture))
    assert stat.S_IMODE(access.access_file().stat().st_mode) == 0o600
    held = [one for one in tmp_path.rglob("*") if one.is_file() and b"secret" in one.read_bytes()]
    assert held == [access.access_file()]
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("sandbox")]
    assert not any("secret" in one for one in ours)
    # Without it nothing is asked; another key in the environment goes before it.
    access.set_key("127.0.0.1", "")
    again = read_picture(values_of(picture), None)
    assert again == picture
    cache.sweep(0)
    count = len(server.asked)
    assert colour(again) is None
    assert len(server.asked) == count
    assert "key" in str(again.lacking)


def test_a_key_of_the_environment_goes_first(server, monkeypatch):
    access.set_key("tianditu", "a")
    monkeypatch.setenv("SANDBOX_KEY_TIANDITU", "b")
    assert access.key("tianditu") == "b"


def test_keys_of_a_file_that_cannot_be_read_stay_beside_it():
    access.set_key("tianditu", "a")
    file = access.access_file()
    spoiled = file.read_text("utf-8") + "hosts = ["  # as an editor leaves it in mid-sentence
    file.write_text(spoiled, "utf-8")
    access.allow("tiles.example")
    assert access.is_allowed("tiles.example")
    beside = file.with_suffix(".toml.broken")
    assert beside.read_text("utf-8") == spoiled
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600


def test_the_cache_keeps_to_its_limit(server):
    for number in range(20):
        cache.keep(f"http://a/{number}", bytes(1000))
    cache.sweep(10_000)
    held = [one.stat().st_size for one in cache.cache_folder().rglob("*") if one.is_file()]
    assert 8_000 <= sum(held) <= 9_000


@pytest.mark.parametrize(
    "said",
    ["", "Nobody.Knows", "ftp://a/{x}/{y}/{z}", "file:///etc/{x}{y}{z}", "http://", "x" * 3000,
     "missing.mbtiles"],
)  # fmt: skip
def test_what_means_no_base_map_is_refused(server, said):
    with pytest.raises(files.Unreadable):
        find_base_maps(said)


def test_an_answer_with_entities_is_refused(server):
    server.body = b'<!DOCTYPE a [<!ENTITY b "c">]><Capabilities>&b;</Capabilities>'
    with pytest.raises(files.Unreadable):
        find_base_maps(f"{server.root}/wmts")


def test_names_of_xyzservices_and_tianditu_are_known():
    ((title, osm),) = find_base_maps("openstreetmap.mapnik")
    assert title.en == "OpenStreetMap.Mapnik"
    assert osm.address == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert osm.credit == "© OpenStreetMap contributors"
    ((_, sky),) = find_base_maps("Tianditu.Imagery")
    assert (sky.key_name, sky.host) == ("tianditu", "t*.tianditu.gov.cn")
    assert sky.grid.levels[0].name == "1"
    ((_, amap),) = find_base_maps("Gaode.Normal")
    assert amap.grid.datum == "gcj02"
    ((_, large),) = find_base_maps("MapTiler.Basic")
    assert (large.key_name, large.grid.levels[0].tile_px) == ("maptiler", 512)
    assert "{key}" in large.address
    # 512 pixels of level 0 are the world: the same step as level 1 of 256.
    assert large.grid.levels[0].step == web_mercator(0, 1).levels[1].step


def test_a_window_that_closes_does_not_wait_for_a_slow_server(server):
    held = threading.Event()

    def slow(_tile, check):
        held.wait(20.0)
        check()
        raise AssertionError("a tile that nobody wants was drawn")

    store = TileStore(slow, lambda: None, threads=1)
    store.want([Tile(Plate("a", 1.0, 1.0), 0, 0)])
    begun = time.monotonic()
    store.close(0.2)
    assert time.monotonic() - begun < 10.0
    held.set()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "OpenStreetMap.Mapnik"),
        ("http://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png", "OpenStreetMap.Mapnik"),
        ("https://tiles.bureau.example/{z}/{x}/{y}.png", "tiles.bureau.example"),
    ],
)
def test_an_address_that_is_listed_has_its_name_and_credit(address, name):
    ((title, picture),) = find_base_maps(address)
    assert title.en == name
    assert ("OpenStreetMap" in picture.credit) == (name != "tiles.bureau.example")
