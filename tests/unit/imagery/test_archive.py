"""Base maps in one file: MBTiles with rows from the south, PMTiles, and what is refused."""

import pmtiles.tile
import pmtiles.writer
import pytest

from sandbox import files
from sandbox.imagery.archive import open_archive, plain
from sandbox.imagery.described import read_picture, values_of
from sandbox.imagery.found import find_base_maps
from tests.support.tile_archives import mbtiles, number_of, pmtiles_file
from tests.support.tile_server import colour_of
from tests.unit.imagery.test_service import colour


@pytest.mark.parametrize("make", [mbtiles, pmtiles_file])
def test_an_archive_shows_its_tiles_and_names_who_made_it(tmp_path, make):
    path = make(tmp_path / ("a.mbtiles" if make is mbtiles else "a.pmtiles"))
    ((title, picture),) = find_base_maps(str(path))
    assert title.zh == "a"
    assert picture.credit == "© 规划局"
    assert picture.bounds_lonlat == pytest.approx((106.2, 29.4, 106.4, 29.6))
    # Its finest level is 14: nearer, that one is enlarged.
    assert colour(picture) == colour_of(*number_of(14))
    assert read_picture(values_of(picture), path) == picture
    path.unlink()
    assert colour(picture) is None
    assert "a." in str(picture.lacking)


def test_vector_tiles_are_refused_with_what_to_do(tmp_path):
    for path in (mbtiles(tmp_path / "a.mbtiles", format="pbf"),
                 pmtiles_file(tmp_path / "a.pmtiles", pmtiles.tile.TileType.MVT)):  # fmt: skip
        with pytest.raises(files.Unreadable) as refused:
            open_archive(path)
        assert "vector" in str(refused.value.reason)
        assert refused.value.hint is not None


def test_damaged_archives_are_refused_or_blank(tmp_path):
    whole = pmtiles_file(tmp_path / "a.pmtiles").read_bytes()
    for number, content in enumerate((whole[:100], whole[:150], b"PMTiles\x03" + b"\xff" * 400)):
        path = tmp_path / f"{number}.pmtiles"
        path.write_bytes(content)
        with pytest.raises(files.Unreadable):
            open_archive(path)
    path = tmp_path / "a.mbtiles"
    path.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    with pytest.raises(files.Unreadable):
        open_archive(path)
    held = mbtiles(tmp_path / "b.mbtiles")
    picture = open_archive(held)
    held.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    assert colour(picture) is None


def test_a_credit_is_plain():
    assert plain('<a href="a">(C) A</a> &amp;  B') == "© A & B"
