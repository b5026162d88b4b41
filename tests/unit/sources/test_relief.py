"""Streets on heights made by hand: what they climb, and what that costs."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio
import rasterio.warp
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.engine import costs
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.sources.relief import with_climb
from sandbox.streets import speed_table
from sandbox.streets.modes import Access
from sandbox.streets.sandnet import load, save
from sandbox.streets.slopes import tobler
from sandbox.streets.streets import StreetClass, Structure
from sandbox.streets.travel import Travel
from tests.support.worlds import CRS, SOUTH, WEST, at, scipy_node_ms, seeds_of, streets

ALL = int(Access.WALK | Access.BIKE | Access.DRIVE)
LINE = [(0, 0), (400, 0), (800, 0)]


def street(xy=LINE, **more):
    count = len(xy) - 1
    made = streets(xy, [(i, i + 1) for i in range(count)], access=[ALL] * count)
    return replace(made, **more)


def ramp(x, y):
    """A tenth of a metre up for every metre east."""
    return 50 + 0.1 * (x - WEST)


def moved(xy, crs, to):
    """Return places in another system, by rasterio."""
    placed = rasterio.warp.transform(crs, to, xy[:, 0].tolist(), xy[:, 1].tolist())
    return np.array(placed[:2]).T


@pytest.fixture
def dem(tmp_path):
    """Write heights given as a function of metres, over a box of metres, to a file."""

    def written(
        height,
        box=(-100, -100, 900, 100),
        name="dem.tif",
        crs=CRS,
        unit=None,
        pixel_m=10,
        scale=1,
        offset=0,
        **more,
    ):
        west, south, east, north = box
        lows, highs = np.array(at(west, south)), np.array(at(east, north))
        elsewhere = crs is not None and not crs.startswith(CRS)
        if elsewhere:
            corners = [(x, y) for x in (lows[0], highs[0]) for y in (lows[1], highs[1])]
            placed = moved(np.array(corners), CRS, crs)
            lows, highs = placed.min(axis=0), placed.max(axis=0)
        columns, rows = (int((east - west) / pixel_m), int((north - south) / pixel_m))
        step = (highs - lows) / (columns, rows)
        transform = rasterio.Affine(step[0], 0.0, lows[0], 0.0, -step[1], highs[1])
        column, row = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
        x = transform.a * column + transform.c
        y = transform.e * row + transform.f
        if elsewhere:
            xy = moved(np.stack([x.ravel(), y.ravel()], axis=1), crs, CRS)
            x, y = (axis.reshape(rows, columns) for axis in xy.T)
        profile = {"driver": "GTiff", "height": rows, "width": columns, "count": 1} | more
        with rasterio.open(
            tmp_path / name, "w", dtype="float32", crs=crs, transform=transform, **profile
        ) as file:
            file.write(((height(x, y) - offset) / scale).astype("float32"), 1)
            file.scales, file.offsets = (scale,), (offset,)
            if unit is not None:
                file.set_band_unit(1, unit)
        return tmp_path / name

    return written


def climbs(made):
    """Return ascent and descent of each segment, by its west end's place along the line."""
    order = np.argsort(made.node_xy[made.segment_nodes][:, :, 0].min(axis=1))
    eastward = np.diff(made.node_xy[made.segment_nodes][:, :, 0], axis=1)[:, 0] > 0
    climb = np.where(eastward[:, None], made.climb_m, made.climb_m[:, ::-1])
    return climb[order].round(2).tolist()


def test_a_ramp_is_climbed_one_way_and_descended_the_other(dem):
    made = with_climb(street(), [dem(ramp)])
    assert climbs(made) == [[40, 0], [40, 0]]
    assert made.provenance.report["relief_nodes_outside"] == 0
    assert made.provenance.report["relief_nodes_in_voids"] == 0


# Degrees; Mercator; a zone of feet; a national grid of another datum, shifted by some metres.
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:2263", "EPSG:32649", "EPSG:2381"])
def test_heights_in_another_system_say_the_same(dem, crs):
    made = with_climb(street(), [dem(ramp, crs=crs)])
    assert made.provenance.report["relief_nodes_outside"] == 0
    assert np.array(climbs(made)) == pytest.approx(np.array([[40, 0], [40, 0]]), abs=0.15)


def test_feet_are_turned_into_metres_and_other_units_refused(dem):
    made = with_climb(street(), [dem(ramp, unit="ft")])
    assert np.array(climbs(made)) == pytest.approx(np.array([[12.192, 0]] * 2), abs=0.01)
    with pytest.raises(NetworkError, match="furlong"):
        with_climb(street(), [dem(ramp, unit="furlong")])


@pytest.mark.parametrize(
    ("height_crs", "metres"), [("EPSG:6360", 1200 / 3937), ("EPSG:8228", 0.3048), ("EPSG:5703", 1)]
)
def test_the_unit_of_a_vertical_system_is_heeded(dem, height_crs, metres):
    made = with_climb(street(), [dem(ramp, crs=f"{CRS}+{height_crs[5:]}")])
    assert np.array(climbs(made)) == pytest.approx(np.array([[40 * metres, 0]] * 2), abs=0.01)


def test_values_that_are_scaled_and_shifted_are_turned_into_heights(dem):
    made = with_climb(street(), [dem(ramp, scale=0.1, offset=-100)])
    assert np.array(climbs(made)) == pytest.approx(np.array([[40, 0]] * 2), abs=0.02)


def test_a_picture_in_colours_is_refused(tmp_path, dem):
    with rasterio.open(dem(ramp)) as heights:
        profile = heights.profile | {"dtype": "uint8", "count": 3, "photometric": "RGB"}
    with rasterio.open(tmp_path / "shaded.tif", "w", **profile) as file:
        file.write(np.full((3, profile["height"], profile["width"]), 90, dtype="uint8"))
    with pytest.raises(NetworkError, match="colour image"):
        with_climb(street(), [tmp_path / "shaded.tif"])


def test_a_hill_between_two_nodes_is_seen(dem):
    def hill(x, y):
        return 30 - np.abs(x - (WEST + 200)) * 0.15

    made = with_climb(street([(0, 0), (400, 0)]), [dem(hill)])
    ((up, down),) = climbs(made)
    assert (up, down) == (pytest.approx(30, abs=1), pytest.approx(30, abs=1))


def valley(x, y):
    return 20 + np.abs(x - (WEST + 400)) * 0.2


def test_a_bridge_keeps_to_its_ends(dem):
    xy = [(0, 0), (100, 0), (400, 0), (700, 0), (800, 0)]
    file = dem(valley)
    low = climbs(with_climb(street(xy), [file]))
    assert sum(down for _, down in low) == pytest.approx(80, abs=2)
    for over in (Structure.BRIDGE, Structure.TUNNEL):
        made = street(xy)
        middle = made.node_xy[made.segment_nodes][:, :, 0].mean(axis=1) - WEST
        kinds = np.where((middle > 100) & (middle < 700), over, Structure.GROUND)
        across = climbs(with_climb(replace(made, structure=kinds.astype(np.uint8)), [file]))
        assert across[1:3] == [[0, 0], [0, 0]]
        assert across[0] == [0, pytest.approx(20, abs=0.1)]


@pytest.mark.parametrize("void", [-32768.0, -9999.0, np.nan])
@pytest.mark.parametrize("marked", [False, True])
def test_across_voids_heights_run_evenly(dem, void, marked):
    def holed(x, y):
        return np.where(np.abs(x - (WEST + 400)) < 45, void, ramp(x, y))

    xy = [(100 * i, 0) for i in range(9)]
    made = with_climb(street(xy), [dem(holed, **({"nodata": void} if marked else {}))])
    assert np.array(climbs(made)) == pytest.approx(np.array([[10, 0]] * 8), abs=0.02)
    assert made.provenance.report["relief_nodes_in_voids"] == 1


def test_across_a_strip_of_zeros_that_is_not_declared_heights_run_evenly(dem):
    """A ramp from 40 m to 140 m with a strip of 0 m across it, which is no ground."""

    def broken(x, y):
        return np.where(np.abs(x - (WEST + 400)) < 45, 0.0, ramp(x, y))

    xy = [(100 * i, 0) for i in range(9)]
    made = with_climb(street(xy), [dem(broken)])
    assert np.array(climbs(made)) == pytest.approx(np.array([[10, 0]] * 8), abs=0.02)
    # The strip is 8 columns of 10 m wide, and the rows beside the line are looked through.
    told = made.provenance.report["relief_undeclared"]
    assert told["dem.tif"] > 0
    assert told["dem.tif"] % 8 == 0
    assert made.provenance.report["relief_nodes_in_voids"] == 1

    def shore(x, y):
        return np.maximum(0.1 * (x - WEST) - 40, 0.0)

    level = with_climb(street(), [dem(shore)])
    assert level.provenance.report["relief_undeclared"] == {}
    assert level.climb_m.sum() == pytest.approx(40, abs=0.5)


def test_files_that_cover_half_the_streets_are_refused_and_tiles_add_up(dem):
    west = dem(ramp, (-100, -100, 400, 100), "west.tif")
    east = dem(ramp, (400, -100, 900, 100), "east.tif")
    xy = [(100 * i, 0) for i in range(9)]
    with pytest.raises(NetworkError, match="cover only 56% of the streets") as caught:
        with_climb(street(xy), [west])
    # The box of the files, to be given as it stands.
    box = [float(value) for value in str(caught.value.hint).split("--bbox=")[1].split(",")]
    corners = geo.to_lonlat(np.array([at(-100, -100), at(400, 100)]), CRS)
    assert box == pytest.approx([*corners[0], *corners[1]], abs=2e-4)
    made = with_climb(street(xy), [west, east])
    # Within half a pixel of a tile's edge its last value stands.
    assert np.array(climbs(made)) == pytest.approx(np.array([[10, 0]] * 8), abs=0.6)
    assert made.provenance.report["relief_files"] == ["west.tif", "east.tif"]


def test_a_little_beyond_the_edge_is_level_and_told(dem):
    # Twenty-one nodes of which the two in the east lie outside.
    xy = [(50 * i, 0) for i in range(21)]
    made = with_climb(street(xy), [dem(ramp, (-100, -100, 910, 100))])
    climb = np.array(climbs(made))
    assert climb[:18] == pytest.approx(np.array([[5, 0]] * 18), abs=0.1)
    assert climb[18:] == pytest.approx(0, abs=1.1)
    # Beyond the first that leaves the file nothing is known.
    assert (climb[19:] == 0).all()
    report = made.provenance.report
    assert report["relief_nodes_outside"] == 2
    assert report["relief_share_outside"] == pytest.approx(2 / 20, abs=1e-3)
    # Three of them are too many.
    with pytest.raises(NetworkError, match="cover only 86%"):
        with_climb(street(xy), [dem(ramp, (-100, -100, 890, 100))])


def test_files_of_elsewhere_are_refused(dem):
    with pytest.raises(NetworkError, match="cover only 0% of the streets"):
        with_climb(street(), [dem(ramp, (5000, 5000, 6000, 6000))])


@pytest.mark.parametrize("finest_first", [False, True])
def test_of_tiles_that_overlap_the_finest_says_the_height(dem, finest_first):
    fine = dem(ramp, (-100, -100, 500, 100), "fine.tif")
    coarse = dem(lambda x, y: 0 * x + 7, name="coarse.tif", pixel_m=50)
    xy = [(100 * i, 0) for i in range(9)]
    files = [fine, coarse] if finest_first else [coarse, fine]
    climb = np.array(climbs(with_climb(street(xy), files)))
    assert climb[:4] == pytest.approx(np.array([[10, 0]] * 4), abs=0.02)
    assert (climb[6:] == 0).all()
    # Down from 50 + 50 m to 7 m where the fine one ends.
    assert climb[4:6, 1].sum() - climb[4:6, 0].sum() == pytest.approx(90 - 7, abs=0.1)


def test_a_void_of_one_tile_is_filled_from_another(dem):
    holed = dem(
        lambda x, y: np.where(np.abs(x - (WEST + 400)) < 45, -32768.0, ramp(x, y)), name="holed.tif"
    )
    whole = dem(ramp, name="whole.tif", pixel_m=20)
    made = with_climb(street([(100 * i, 0) for i in range(9)]), [holed, whole])
    assert made.provenance.report["relief_nodes_in_voids"] == 0
    assert np.array(climbs(made)) == pytest.approx(np.array([[10, 0]] * 8), abs=0.02)


def test_a_ferry_is_level_across_what_it_crosses(dem):
    made = street([(0, 0), (100, 0), (700, 0), (800, 0)])
    middle = made.node_xy[made.segment_nodes][:, :, 0].mean(axis=1) - WEST
    kind = np.where((middle > 100) & (middle < 700), StreetClass.FERRY, StreetClass.LOCAL)
    structure = np.where(kind == StreetClass.FERRY, Structure.BRIDGE, Structure.GROUND)
    boat = replace(made, street_class=kind.astype(np.uint8), structure=structure.astype(np.uint8))
    across = climbs(with_climb(boat, [dem(valley)]))
    assert across[1] == [0, 0]


def test_mostly_void_files_are_refused(dem):
    def holes(x, y):
        return np.where(x > WEST + 300, -32768.0, 5.0)

    with pytest.raises(NetworkError, match="voids at 67%"):
        with_climb(street(), [dem(holes)])


def test_tiles_of_the_shuttle_mission_are_read(tmp_path):
    lon, lat = geo.to_lonlat(np.array(at(0, 0)), CRS)
    heights = np.tile(np.arange(1201, dtype=">i2"), (1201, 1))
    file = tmp_path / f"N{int(lat):02d}E{int(lon):03d}.hgt"
    heights.tofile(file)
    made = with_climb(street(), [file])
    # A metre up for every three seconds of arc eastward.
    far = geo.to_lonlat(np.array([at(0, 0), at(800, 0)]), CRS)
    assert sum(up for up, _ in climbs(made)) == pytest.approx(
        (far[1, 0] - far[0, 0]) * 1200, abs=0.05
    )


def test_what_is_no_raster_is_refused(tmp_path, dem):
    text = tmp_path / "notes.tif"
    text.write_text("no heights", "utf-8")
    for file in (text, tmp_path / "none.tif"):
        with pytest.raises(NetworkError, match="can't be read as an elevation raster"):
            with_climb(street(), [file])
    with pytest.raises(NetworkError, match="coordinate system"):
        with_climb(street(), [dem(ramp, crs=None)])


def test_climb_is_kept_in_the_file(tmp_path, dem):
    made = with_climb(street(), [dem(ramp)])
    save(made, tmp_path / "town.sandnet")
    assert (load(tmp_path / "town.sandnet").climb_m == made.climb_m).all()


def seconds(made, **travel):
    """Return times eastward and westward over the whole line."""
    ms = costs.segment_ms(made, Travel(**travel)) / 1000
    eastward = np.diff(made.node_xy[made.segment_nodes][:, :, 0], axis=1)[:, 0] > 0
    return np.where(eastward[:, None], ms, ms[:, ::-1]).sum(axis=0).tolist()


def test_walking_on_a_ramp_by_hand(dem):
    made = with_climb(street(), [dem(ramp)])
    level = 800 / (4.8 / 3.6)
    up, down = seconds(made)
    # Tobler: 6 exp(-3.5 |s + 0.05|) km/h, against that at s = 0.
    assert up == pytest.approx(level * np.exp(-0.175) / np.exp(-3.5 * 0.15), rel=1e-3)
    assert down == pytest.approx(level * np.exp(-0.175) / np.exp(-3.5 * 0.05), rel=1e-3)
    # Naismith: an hour for 2,000 feet.
    up, down = seconds(made, slope="naismith")
    assert (up - level, down) == (pytest.approx(80 / 609.6 * 3600, rel=1e-3), pytest.approx(level))
    assert seconds(made, slope="flat") == pytest.approx([level, level])
    assert seconds(made, mode="drive") == seconds(made, mode="drive", slope="flat")


def test_cycling_on_a_ramp_takes_the_power_of_the_level(dem):
    def gentle(x, y):
        return 0.02 * (x - WEST)

    power, made = speed_table.load().bike.power, with_climb(street(), [dem(gentle)])
    kmh = [800 / one * 3.6 for one in seconds(made, mode="bike", bike_kmh=18)]

    def watts(speed_kmh, slope):
        v = speed_kmh / 3.6
        rolling = power.mass_kg * 9.80665 * (power.rolling + slope)
        return v * (rolling + 0.5 * power.air_kg_m3 * power.drag_area_m2 * v**2)

    assert watts(kmh[0], 0.02) == pytest.approx(watts(18, 0), rel=5e-3)
    assert watts(kmh[1], -0.02) == pytest.approx(watts(18, 0), rel=5e-3)
    brisk = with_climb(street(), [dem(lambda x, y: 0.06 * (x - WEST))])
    fastest = 18 * power.downhill_factor
    assert 800 / seconds(brisk, mode="bike", bike_kmh=18)[1] * 3.6 == pytest.approx(fastest)
    # Where riding up would be slower than walking, the bike is pushed.
    steep = with_climb(street(), [dem(lambda x, y: 0.3 * (x - WEST))])
    assert seconds(steep, mode="bike")[0] == pytest.approx(seconds(steep, mode="walk")[0])


@pytest.mark.parametrize("mode", ["walk", "bike"])
def test_on_the_level_nothing_changes_to_the_bit(mode, dem):
    made = with_climb(street(), [dem(lambda x, y: 0 * x + 7)])
    plain = replace(made, climb_m=None)
    assert (costs.segment_ms(made, Travel(mode)) == costs.segment_ms(plain, Travel(mode))).all()


@settings(max_examples=50, deadline=None)
@given(up=st.floats(0, 200), down=st.floats(0, 200), more=st.floats(0.5, 50))
def test_who_climbs_more_is_later(up, down, more):
    made = street([(0, 0), (1000, 0)])
    one, other = (
        replace(made, climb_m=np.array([[ascent, down]], dtype=np.float32))
        for ascent in (up, up + more)
    )
    first, second = (
        costs.segment_ms(each, Travel(slope="naismith"))[0, 0] for each in (one, other)
    )
    assert second >= first
    # By power it costs more to climb more over the same length, if nothing goes down.
    one, other = (replace(each, climb_m=each.climb_m * [[1, 0]]) for each in (one, other))
    first, second = (
        costs.segment_ms(each, Travel("bike", bike_kmh=12))[0, 0] for each in (one, other)
    )
    assert second >= first


def test_tobler_is_fastest_a_little_downhill():
    slopes = np.linspace(-0.5, 0.5, 101)
    assert slopes[tobler(slopes).argmin()] == pytest.approx(-0.05)
    assert tobler(np.array([0.0]))[0] == 1.0


@pytest.mark.parametrize("travel", [Travel(), Travel(slope="naismith"), Travel("bike")])
@pytest.mark.parametrize("towards", [False, True])
def test_times_on_slopes_are_those_of_scipy(travel, towards):
    random = np.random.default_rng(5)
    xy = random.uniform(0, 2000, (150, 2))
    ends = [(i, int(random.integers(0, i))) for i in range(1, 150)]
    made = streets(xy, ends, access=[ALL] * len(ends))
    height = 0.1 * (made.node_xy[:, 0] - WEST) + 30 * np.sin((made.node_xy[:, 1] - SOUTH) / 200)
    rise = np.diff(height[made.segment_nodes], axis=1)[:, 0]
    climb = np.stack([np.maximum(rise, 0), np.maximum(-rise, 0)], axis=1).astype(np.float32)
    town = Network(replace(made, climb_m=climb))
    graph = town.moving(replace(travel, towards=towards))
    start = town.snap(at(900, 900), 5000.0, travel.mode)
    reached = search(graph, start, 5_000_000)
    times = np.full(len(made.node_xy), np.inf)
    times[reached.node] = reached.node_ms
    assert np.isfinite(times).sum() > 20
    assert (times == scipy_node_ms(graph, seeds_of(graph, start), 5_000_000)).all()
