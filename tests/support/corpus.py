"""Files as planning offices have them, and worse: each is made, and has its outcome.

An outcome is a text that the refusal must hold, or a check of the layers that come of the file.
"""

import io
import json
import os
import sqlite3
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ezdxf
import geopandas as gpd
import numpy as np
import pyogrio
import rasterio
import shapely
import xlsxwriter
from shapely import LineString, MultiPoint, Point, Polygon

from sandbox.geo.systems import system_named
from tests.support.xls import xls

NEAR = (106.1, 29.3, 106.7, 29.8)
AT = (106.3153, 29.5214)
OTHER = (106.3301, 29.5402)
NAMES = ["西永社区卫生服务中心", "大学城第一幼儿园"]
DBF_TEXT = "社区卫生服务中心"


@dataclass(frozen=True)
class Case:
    """An input: what makes it, what the user says of it, and what comes of it."""

    id: str
    make: Callable[[Path], Path]
    outcome: Any
    told: dict[str, Any] = field(default_factory=dict)


CASES: list[Case] = []


def case(id_, make, outcome, **told):
    CASES.append(Case(id_, make, outcome, told))


def text(name, content, encoding="utf-8"):
    def make(folder):
        (folder / name).write_bytes(
            content if isinstance(content, bytes) else content.encode(encoding)
        )
        return folder / name

    return make


def lies(at=AT, within_m=0.001, count=None, **columns):
    """The first feature lies there, and its columns say so."""

    def check(layers):
        (layer,) = layers
        table = layer.features
        assert count is None or len(table) == count
        first = table.iloc[0]
        middle = shapely.centroid(first.geometry)
        metres = np.hypot((middle.x - at[0]) * 96_900.0, (middle.y - at[1]) * 110_900.0)
        assert metres <= within_m, f"{metres} m off"
        for name, value in columns.items():
            assert first[name] == value, (name, first[name], value)

    return check


def frame(shapes=None, crs="EPSG:4326", **columns):
    shapes = [Point(AT), Point(OTHER)] if shapes is None else shapes
    columns = columns or {"名称": NAMES[: len(shapes)]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)


def saved(name, table, **more):
    def make(folder):
        with warnings.catch_warnings(action="ignore"):
            if name.endswith("parquet"):
                table.to_parquet(folder / name)
            else:
                # With an index its rows would stand in another order.
                options = {"SPATIAL_INDEX": "NO"} if name.endswith("fgb") else {}
                pyogrio.write_dataframe(table, folder / name, **options, **more)
        return folder / name

    return make


def shapefile(encoding="utf-8", cpg=None, prj=True, table=None, name="医疗.shp", without=()):
    table = frame(名称=NAMES) if table is None else table

    def make(folder):
        path = folder / name
        with warnings.catch_warnings(action="ignore"):
            pyogrio.write_dataframe(table, path, encoding=encoding)
        if cpg is None:
            path.with_suffix(".cpg").unlink(missing_ok=True)
        else:
            path.with_suffix(".cpg").write_text(cpg, "ascii")
        if not prj:
            path.with_suffix(".prj").unlink(missing_ok=True)
        for ending in without:
            path.with_suffix(ending).unlink()
        return path

    return make


def csv_of(header, *rows, sign=","):
    lines = [header, *rows]
    return "\n".join(sign.join(str(cell) for cell in line) for line in lines) + "\n"


def workbook(rows, merged=(), name="表.xlsx", sheets=None, formats=None):
    def make(folder):
        book = xlsxwriter.Workbook(str(folder / name))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, cells in (sheets or {"Sheet1": rows}).items():
            sheet = book.add_worksheet(title)
            for row, line in enumerate(cells):
                for column, cell in enumerate(line):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell not in ("", None):
                        sheet.write(row, column, cell)
            for first, last, value in merged:
                sheet.merge_range(*first, *last, value)
        book.close()
        return folder / name

    return make


def ods(rows, name="表.ods"):
    def cell(value):
        if isinstance(value, int | float):
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return packed(name, {"mimetype": _ODS, "content.xml": ods_content(lines), **_MANIFEST})


_MANIFEST = {
    "META-INF/manifest.xml": '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
    '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
}
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods_content(rows):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def packed(name, files):
    """A ZIP file of texts, bytes, or what other cases make."""

    def make(folder):
        inside = folder / "inside"
        inside.mkdir()
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for place, content in files.items():
                if callable(content):
                    content(inside)
                    for one in sorted(inside.rglob("*")):
                        if one.is_file():
                            archive.write(one, place + str(one.relative_to(inside)))
                else:
                    archive.writestr(place, content)
        return folder / name

    return make


def drawing(build, version="R2000", encoding=None, page=None, name="图.dxf", swap=None):
    def make(folder):
        document = ezdxf.new(version)
        build(document.modelspace())
        if encoding:
            document.encoding = encoding
        held = io.StringIO()
        document.write(held)
        said = held.getvalue()
        if page:
            said = said.replace("ANSI_1252", page).replace("ANSI_936", page)
        for old, new in (swap or {}).items():
            said = said.replace(old, new)
        (folder / name).write_bytes(said.encode(encoding or "utf-8"))
        return folder / name

    return make


def metres(code, *places):
    return [tuple(one) for one in system_named(code).from_lonlat(np.array(places)).tolist()]


SQUARE = [(106.31, 29.52), (106.32, 29.52), (106.32, 29.53), (106.31, 29.53)]
MIDDLE = (106.315, 29.525)


def outline(layer="社区医院"):
    def build(space):
        at = metres("EPSG:4544", *SQUARE)
        space.add_lwpolyline(at, close=True, dxfattribs={"layer": layer})

    return build


def texts_and_tables():
    """Encodings of every kind of text, and what says or lies about them."""
    header, rows = ["名称", "经度", "纬度"], [[NAMES[0], *AT], [NAMES[1], *OTHER]]
    for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"):
        for word, sign in (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|")):
            made = text("表.csv", csv_of(header, *rows, sign=sign), encoding)
            case(f"csv-{encoding}-{word}", made, lies(name_zh=NAMES[0], count=2))
    rare = csv_of(header, ["𠮷野㐂幼儿园", *AT])
    for encoding in ("utf-8", "gb18030"):
        case(f"csv-rare-{encoding}", text("表.csv", rare, encoding), lies(name_zh="𠮷野㐂幼儿园"))
    case("csv-sep-line", text("表.csv", "sep=;\n" + csv_of(header, *rows, sign=";")), lies(count=2))
    case(
        "csv-quoted",
        text("表.csv", '名称,经度,纬度\n"甲,乙""丙""",106.3153,29.5214\n'),
        lies(name_zh='甲,乙"丙"'),
    )
    case("csv-crlf", text("表.csv", csv_of(header, *rows).replace("\n", "\r\n")), lies(count=2))
    case("csv-cr", text("表.csv", csv_of(header, *rows).replace("\n", "\r")), lies(count=2))
    case("tsv", text("表.tsv", csv_of(header, *rows, sign="\t")), lies(count=2))
    case("txt", text("表.txt", csv_of(header, *rows, sign="\t"), "gbk"), lies(count=2))
    case("csv-full-width-commas", text("表.csv", csv_of(header, *rows, sign="，")), lies(count=2))
    case("csv-short-rows", text("表.csv", "名称,经度,纬度,备注\n甲,106.3153,29.5214\n"), lies())
    case("csv-blank-lines", text("表.csv", "\n\n名称,经度,纬度\n\n甲,106.3153,29.5214\n\n"), lies())
    case("csv-no-rows", text("表.csv", "名称,经度,纬度\n"), "contains no rows")
    case("csv-no-columns", text("表.csv", "名称,电话\n甲,12345\n"), "says where its rows lie")
    case("csv-no-positions", text("表.csv", "名称,经度,纬度\n甲,,\n"), "No row of")
    for encoding, cpg in (
        *(("utf-8", None), ("utf-8", "UTF-8"), ("utf-8", "GBK"), ("utf-8", "ISO-8859-1")),
        *(("utf-8", "936"), ("utf-8", "nonsense"), ("gbk", None), ("gbk", "GBK"), ("gbk", "CP936")),
        *(("gbk", "UTF-8"), ("gbk", "ISO-8859-1"), ("gbk", "ANSI 936"), ("gbk", "nonsense")),
        *(("gb18030", None), ("gb18030", "GB18030"), ("gb18030", "GB2312")),
    ):
        name = DBF_TEXT
        table = frame([Point(AT)], 名称=[name], 类型=["医院"])
        made = shapefile(encoding, cpg, table=table)
        case(f"shp-{encoding}-cpg-{cpg}", made, lies(name_zh=name))
    case(
        "shp-cut-off-in-a-sign",
        shapefile("utf-8", table=frame([Point(AT)], 名称=["长" * 120])),
        lambda layers: layers[0].features["name_zh"][0].startswith("长长长"),
    )
    case("shp-ascii", shapefile(table=frame([Point(AT)], name=["north"])), lies(name_en="north"))
    geojson = json.loads(frame().to_json())
    geojson.pop("crs", None)
    said = json.dumps(geojson, ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "gbk", "utf-16"):
        case(f"geojson-{encoding}", text("a.geojson", said, encoding), lies(name_zh=NAMES[0]))
    lines = [json.dumps(one, ensure_ascii=False) for one in geojson["features"]]
    for ending in ("geojsonl", "ndjson", "jsonl", "geojsons"):
        case(f"lines-{ending}", text(f"a.{ending}", "\n".join(lines)), lies(count=2))
    case("records", text("a.geojsonl", "".join(f"\x1e{one}\n" for one in lines)), lies(count=2))
    case("lines-cut-short", text("a.ndjson", "\n".join(lines)[:-9]), "is incomplete")
    kml = (
        '<?xml version="1.0" encoding="{}"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        "<Document><Folder><name>医院</name><Placemark><name>甲</name><Point><coordinates>"
        "106.3153,29.5214,0</coordinates></Point></Placemark></Folder>{}</Document></kml>"
    )
    school = (
        "<Folder><name>学校</name><Placemark><name>乙</name><Point><coordinates>106.33,29.54"
        "</coordinates></Point></Placemark></Folder>"
    )
    for encoding in ("UTF-8", "GBK"):
        case(
            f"kml-{encoding}", text("a.kml", kml.format(encoding, ""), encoding), lies(name_zh="甲")
        )
    case("kml-folders", text("a.kml", kml.format("UTF-8", school)), lies(count=2, kind="hospital"))
    case("kmz", packed("a.kmz", {"doc.kml": kml.format("UTF-8", "")}), lies(name_zh="甲"))
    case(
        "kml-entities",
        text("a.kml", '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "b">]><kml><Document/></kml>'),
        "defines entities",
    )
    for encoding, page in (("gbk", "ANSI_936"), ("gbk", "ANSI_1252"), ("gbk", "nonsense")):
        made = drawing(outline(), encoding=encoding, page=page)
        case(
            f"dxf-{encoding}-{page}", made, lies(MIDDLE, 1.0, kind="health_centre"), crs="EPSG:4544"
        )
    case(
        "dxf-utf-8",
        drawing(outline(), "R2010"),
        lies(MIDDLE, 1.0, kind="health_centre"),
        crs="EPSG:4544",
    )
    for escaped in ("\\M+5D2BD\\M+5D4BA", "\\U+533B\\U+9662", "医\\M+5D4BA"):

        def build(space, escaped=escaped):
            space.add_text(escaped, dxfattribs={"insert": metres("EPSG:4544", AT)[0]})
            space.add_mtext(escaped, dxfattribs={"insert": metres("EPSG:4544", OTHER)[0]})

        case(
            f"dxf-{escaped}",
            drawing(build, encoding="gbk"),
            lies(name_zh="医院", count=2),
            crs="EPSG:4544",
        )


def systems():
    """Every system in a table, a Shapefile and a GeoPackage; stated, unstated and chosen."""
    for code in (
        *("EPSG:4544", "EPSG:4545", "EPSG:4523", "EPSG:4524", "EPSG:4507", "EPSG:4496"),
        *("EPSG:2380", "EPSG:2359", "EPSG:2432", "EPSG:2411", "EPSG:3857", "EPSG:32648"),
    ):
        xy = metres(code, AT, OTHER)
        rows = [[name, repr(x), repr(y)] for name, (x, y) in zip(NAMES, xy, strict=True)]
        table = text("表.csv", csv_of(["名称", "x", "y"], *rows))
        turned = text("表.csv", csv_of(["名称", "x", "y"], *([n, y, x] for n, x, y in rows)))
        if code == "EPSG:3857":
            case(f"unstated-{code}", table, lies())
        else:
            # A zone of 6 degrees round the same meridian as one of 3 has the same numbers.
            same = {"EPSG:4507": "EPSG:4544"}.get(code, code)
            case(f"unstated-{code}", table, f"doesn't state its coordinate system.*{same} ")
        case(f"chosen-{code}", table, lies(), crs=code)
        if code != "EPSG:3857":  # in which every number is a place on the Earth
            case(f"swapped-{code}", turned, lies(), crs=code)
        case(f"swapped-said-{code}", turned, lies(), crs=f"{code}/yx")
        shapes = [Point(one) for one in xy]
        case(f"shp-{code}", shapefile(table=frame(shapes, code)), lies())
        case(
            f"shp-no-prj-{code}",
            shapefile(prj=False, table=frame(shapes, code)),
            lies() if code == "EPSG:3857" else "doesn't state its coordinate system",
        )
        if code in ("EPSG:4544", "EPSG:4524", "EPSG:2380", "EPSG:3857"):
            case(f"gpkg-{code}", saved("a.gpkg", frame(shapes, code)), lies())
            case(f"fgb-{code}", saved("a.fgb", frame(shapes, code)), lies())
            case(f"parquet-{code}", saved("a.parquet", frame(shapes, code)), lies())
    for code in ("EPSG:4326", "EPSG:4490"):
        case(f"gpkg-{code}", saved("a.gpkg", frame(crs=code)), lies())
    for code in ("gcj02", "bd09"):
        (lon, lat), (lon2, lat2) = metres(code, AT, OTHER)
        rows = [["甲", repr(lon), repr(lat)], ["乙", repr(lon2), repr(lat2)]]
        table = text("表.csv", csv_of(["名称", "经度", "纬度"], *rows))
        case(f"chosen-{code}", table, lies(), crs=code)
        turned = text("表.csv", csv_of(["名称", "经度", "纬度"], *([n, y, x] for n, x, y in rows)))
        case(f"swapped-{code}", turned, lies(), crs=code)
        # Without being told it is WGS 84 by the columns' names, off by what the shift is.
        case(f"not-said-{code}", table, lies(within_m=1300))
        word = {"gcj02": "高德", "bd09": "百度"}[code]
        for names in ([f"{word}经度", f"{word}纬度"], [f"lng_{code}", f"lat_{code}"],
                      [f"经度({code})", f"纬度({code})"]):  # fmt: skip
            case(f"named-{names[0]}", text("表.csv", csv_of(["名称", *names], *rows)), lies())
        geojson = saved("a.geojson", frame([Point(lon, lat)], 名称=["甲"]))
        case(f"geojson-{code}", geojson, lies(), crs=code)
        shapes = [Point(lon, lat), Point(lon2, lat2)]
        case(f"shp-{code}", shapefile(prj=False, table=frame(shapes)), lies(), crs=code)
    both = csv_of(
        ["名称", "lng_gcj02", "lat_gcj02", "lng_wgs84", "lat_wgs84"],
        ["甲", *metres("gcj02", AT)[0], *AT],
    )
    case("two-datums-in-one-table", text("表.csv", both), lies())
    case("degrees-no-prj", shapefile(prj=False), "gcj02 .*bd09 ")
    case(
        "degrees-called-metres",
        shapefile(table=frame(crs="EPSG:4544")),
        "outside the region.*--crs EPSG:4326",
    )
    case(
        "number-of-the-zone-not-stated",
        shapefile(table=frame([Point(one) for one in metres("EPSG:4523", AT, OTHER)], "EPSG:4544")),
        "outside the region.*--crs EPSG:4523",
    )
    case(
        "number-of-the-zone-stated-but-not-there",
        shapefile(table=frame([Point(one) for one in metres("EPSG:4544", AT, OTHER)], "EPSG:4523")),
        "outside the region.*--crs EPSG:4544",
    )
    mixed = [Point(metres("EPSG:4523", AT)[0]), Point(metres("EPSG:4524", (106.55, 29.56))[0])]
    case("mixed-zones-with-numbers", shapefile(table=frame(mixed, "EPSG:4523")), lies(count=2))
    turned = [Point(y, x) for x, y in metres("EPSG:4544", AT, OTHER)]
    case("swapped-and-stated", shapefile(table=frame(turned, "EPSG:4544")), lies())
    case("swapped-degrees", saved("a.geojson", frame([Point(AT[::-1])], 名称=["甲"])), lies())
    stray = [*metres("EPSG:4544", AT, OTHER, AT), (0.0, 0.0), (9e9, 9e9)]
    rows = [[number, *at] for number, at in enumerate(stray)]
    case(
        "strays",
        text("表.csv", csv_of(["名称", "x", "y"], *rows)),
        lambda layers: (len(layers[0].features), len(layers[0].mend)) == (3, 2),
        crs="EPSG:4544",
    )
    case(
        "system-unknown", text("表.csv", "名称,x,y\n甲,1,2\n"), "not a coordinate system", crs="42x"
    )
    case("numbers-of-nowhere", text("表.csv", "名称,x,y\n甲,1e11,1e11\n"), "fit none that is known")
    case(
        "system-said-wrong",
        text("表.csv", "名称,x,y\n甲,1e9,1e9\n"),
        "outside the region",
        crs="EPSG:4544",
    )


def positions():
    """Ways to write where a row lies, and to call the columns."""
    for lon, lat in (
        *(("106.3153", "29.5214"), ("106.3153°", "29.5214°"), ("106.3153E", "29.5214N")),
        *(
            ("E106.3153", "N29.5214"),
            ("东经106.3153", "北纬29.5214"),
            ("１０６．３１５３", "２９．５２１４"),
        ),
        *(("106°18′55.08″", "29°31′17.04″"), ("106°18'55.08\"", "29°31'17.04\"")),
        *(("106°18′55.08″E", "29°31′17.04″N"), ("E106°18′55.08″", "N29°31′17.04″")),
        *(("106度18分55.08秒", "29度31分17.04秒"), ("东经106°18′55.08″", "北纬29°31′17.04″")),
        *(("106:18:55.08", "29:31:17.04"), ("106-18-55.08", "29-31-17.04")),
        *(("106 18 55.08", "29 31 17.04"), ("106°18.918′", "29°31.284′")),
        *(
            (" 106.3153 ", " 29.5214 "),
            ("106.3153度", "29.5214度"),
            ("106º18’55.08”", "29º31’17.04”"),
        ),
        *(("106°18′55.08″东", "29°31′17.04″北"), ("1.063153e2", "2.95214e1")),
    ):
        content = csv_of(["名称", "经度", "纬度"], ["甲", lon, lat], sign="\t")
        case(f"degrees-{lon}", text("表.csv", content), lies())
    for said in (
        *("106.3153,29.5214", "106.3153 29.5214", "(106.3153, 29.5214)", "106.3153，29.5214"),
        *("106.3153;29.5214", "[106.3153,29.5214]", "106°18′55.08″E,29°31′17.04″N"),
        *(
            "E106.3153 N29.5214",
            "经度:106.3153,纬度:29.5214",
            "106.3153、29.5214",
            "29.5214,106.3153",
        ),
        "106.3153/29.5214",
    ):
        content = csv_of(["名称", "坐标"], ["甲", said], sign="\t")
        case(f"pair-{said}", text("表.csv", content), lies())
    for said in (
        *(
            "POINT(106.3153 29.5214)",
            "POINT (106.3153 29.5214)",
            "SRID=4326;POINT(106.3153 29.5214)",
        ),
        *("point z(106.3153 29.5214 300)", "MULTIPOINT((106.3153 29.5214))"),
        '{"type": "Point", "coordinates": [106.3153, 29.5214]}',
        shapely.to_wkb(Point(AT), hex=True),
        "LINESTRING(106.3143 29.5214, 106.3163 29.5214)",
        "POLYGON((106.3143 29.5204,106.3163 29.5204,106.3163 29.5224,106.3143 29.5224,"
        "106.3143 29.5204))",
    ):
        content = csv_of(["名称", "wkt"], ["甲", said], sign="\t")
        stated = {} if said.startswith("SRID") else {"crs": "EPSG:4326"}
        case(f"wkt-{said[:18]}", text("表.csv", content), lies(), **stated)
    case("wkt-unstated", text("表.csv", "名称,wkt\n甲,POINT(106.3 29.5)\n"), "doesn't state")
    pairs = (
        *(
            ("lon", "lat"),
            ("lng", "lat"),
            ("LON", "LAT"),
            ("Longitude", "Latitude"),
            ("long", "lat"),
        ),
        *(("经度", "纬度"), ("东经", "北纬"), ("经度(°)", "纬度(°)"), ("经度（E）", "纬度（N）")),
        *(("POI_LNG", "POI_LAT"), ("坐标_经度", "坐标_纬度"), ("中心点经度", "中心点纬度")),
        *(("x经度", "y纬度"), ("jd", "wd"), ("wgs84_lon", "wgs84_lat"), ("lon_wgs84", "lat_wgs84")),
        *(("WGS84经度", "WGS84纬度"), ("经度坐标", "纬度坐标"), ("位置经度", "位置纬度")),
    )
    for lon, lat in pairs:
        content = csv_of(["名称", lon, lat], ["甲", *AT])
        case(f"columns-{lon}", text("表.csv", content), lies())
    x, y = metres("EPSG:4544", AT)[0]
    for first, second in (
        *(("x", "y"), ("X坐标", "Y坐标"), ("POINT_X", "POINT_Y"), ("东坐标", "北坐标")),
        *(("横坐标", "纵坐标"), ("easting", "northing"), ("XCOORD", "YCOORD"), ("x(m)", "y(m)")),
        *(("横坐标(Y)", "纵坐标(X)"), ("坐标X", "坐标Y")),
    ):
        content = csv_of(["名称", first, second], ["甲", x, y])
        case(f"columns-{first}", text("表.csv", content), lies(), crs="EPSG:4544")
    content = csv_of(["名称", "甲列", "乙列"], ["甲", *AT])
    case(
        "columns-said", text("表.csv", content), lies(), crs="EPSG:4326", position=("甲列", "乙列")
    )
    case(
        "columns-said-wrong",
        text("表.csv", content),
        "has no column|says where",
        crs="EPSG:4326",
        position=("甲列", "丙列"),
    )
    bad = csv_of(["名称", "经度", "纬度"], ["甲", *AT], ["乙", "不详", "29.5"], ["丙", "106.3", ""])
    case(
        "positions-to-mend",
        text("表.csv", bad),
        lambda layers: layers[0].mend["row"].tolist() == [3, 4],
    )


def sheets():
    """Workbooks as offices keep them."""
    from datetime import date

    header, rows = ["名称", "经度", "纬度", "建成时间"], [["甲", *AT, ""], ["乙", *OTHER, ""]]
    case("xlsx", workbook([header, *rows]), lies(name_zh="甲", count=2))
    case(
        "xlsx-title",
        workbook([["2024年一览表"], header, *rows], [((0, 0), (0, 3), "2024年一览表")]),
        lies(name_zh="甲", count=2),
    )
    two = [["名称", "坐标", "", "建成时间"], ["", "经度", "纬度", ""], ["甲", *AT, 2019]]
    merges = [((0, 0), (1, 0), "名称"), ((0, 1), (0, 2), "坐标"), ((0, 3), (1, 3), "建成时间")]
    case("xlsx-merged-headers", workbook(two, merges), lies(name_zh="甲", opened="2019"))
    titled = [["卫生设施"], *two]
    shifted = [((a + 1, b), (c + 1, d), v) for (a, b), (c, d), v in merges]
    case("xlsx-title-and-merged-headers", workbook(titled, shifted), lies(opened="2019"))
    grouped = [["街道", "名称", "经度", "纬度"], ["西永", "甲", *AT], ["", "乙", *OTHER]]
    case(
        "xlsx-merged-cells",
        workbook(grouped, [((1, 0), (2, 0), "西永")]),
        lambda layers: layers[0].features["街道"].tolist() == ["西永", "西永"],
    )
    dated = [header, ["甲", *AT, date(2019, 9, 1)]]
    case("xlsx-date", workbook(dated), lies(opened="2019-09-01"))
    case("xlsx-serial", workbook([header, ["甲", *AT, 43709]]), lies(opened="2019-09-01"))
    case("xlsx-sum", workbook([header, *rows, ["合计", "", "", 2]]), lies(count=2))
    case(
        "xlsx-remark",
        workbook([header, *rows, ["注：数据截至2023年底", "", "", ""]]),
        lies(count=2),
    )
    case(
        "xlsx-sheets",
        workbook([], sheets={"说明": [["本表"], ["由某局提供"]], "点位": [header, *rows]}),
        lies(count=2),
    )
    several = {"医院": [header, *rows], "学校": [header, *rows]}
    case(
        "xlsx-two-layers",
        workbook([], sheets=several),
        lambda layers: [one.name for one in layers] == ["医院", "学校"],
    )
    case("xlsx-sheet-chosen", workbook([], sheets=several), lies(count=2), layer="学校")
    case("xlsx-no-such-sheet", workbook([], sheets=several), "no layer “公园”", layer="公园")
    case("xlsx-empty", workbook([]), "contains no")
    case("xlsx-headers-only", workbook([header]), "contains no rows")
    case("xlsx-text-numbers", workbook([header, ["甲", str(AT[0]), str(AT[1]), ""]]), lies())
    case("xls", lambda folder: _written(folder / "表.xls", xls([header, *rows])), lies(count=2))
    case(
        "xls-merged",
        lambda folder: _written(
            folder / "表.xls",
            xls(
                [["设施一览", "", "", ""], *two],
                merged=[((0, 0), (0, 3)), ((1, 0), (2, 0)), ((1, 1), (1, 2)), ((1, 3), (2, 3))],
            ),
        ),
        lies(opened="2019"),
    )
    case("ods", ods([header[:3], *(row[:3] for row in rows)]), lies(count=2))
    case("xlsx-called-xls", workbook([header, *rows], name="表.xls"), lies(count=2))
    case("xlsx-called-csv", workbook([header, *rows], name="表.csv"), lies(count=2))
    case("csv-called-xls", text("表.xls", csv_of(header[:3], rows[0][:3]), "gbk"), lies())
    case("csv-called-xlsx", text("表.xlsx", csv_of(header[:3], rows[0][:3])), lies())
    case(
        "page-called-xls", text("表.xls", "<html><table><tr><td>名称</td></tr></table>"), "document"
    )
    case(
        "xlsx-duplicate-headers",
        workbook([["名称", "名称", "经度", "纬度"], ["甲", "乙", *AT]]),
        lambda layers: "名称_2" in layers[0].features.columns,
    )


def _written(path, content):
    path.write_bytes(content)
    return path


def fields():
    """Words of columns, values and kinds."""
    for field_id, word, cell, value in (
        *(("capacity", "床位数", "120", 120.0), ("capacity", "学位数(个)", "1,080", 1080.0)),
        *(("capacity", "在校学生", "约900人", 900.0), ("capacity", "车位", "1.2万", 12000.0)),
        *(("people", "常住人口", "5200人", 5200.0), ("people", "人口（万人）", "1.5", 15000.0)),
        *(("people", "population", "12", 12.0), ("households", "户数", "300户", 300.0)),
        *(
            ("floor_area_m2", "建筑面积", "3500㎡", 3500.0),
            ("floor_area_m2", "总建筑面积(万平方米)", "2", 2e4),
        ),
        *(
            ("site_area_m2", "用地面积（公顷）", "1.5", 15000.0),
            ("site_area_m2", "占地面积(亩)", "15", 1e4),
        ),
        *(("site_area_m2", "用地面积", "2公顷", 2e4), ("classes", "班级数", "36班", 36.0)),
        *(("jobs", "就业岗位", "4千", 4000.0), ("accuracy_m", "定位精度", "30", 30.0)),
        *(("opened", "建成年份", "2019", "2019"), ("opened", "开业时间", "2019年9月", "2019-09")),
        *(
            ("opened", "成立日期", "2019-09-01", "2019-09-01"),
            ("opened", "建成时间", "2019.9", "2019-09"),
        ),
        *(
            ("opened", "竣工时间", "2019/9/1", "2019-09-01"),
            ("opened", "投用时间", "20190901", "2019-09-01"),
        ),
        *(("opened", "开园时间", "2019年底", "2019"), ("opened", "year", "1998", "1998")),
        *(
            ("status", "状态", "已建成", "operating"),
            ("status", "建设状态", "在建", "construction"),
        ),
        *(
            ("status", "现状", "规划", "planned"),
            ("status", "status", "under construction", "construction"),
        ),
        *(
            ("status", "运营状态", "正常营业", "operating"),
            ("status", "实施情况", "未开工", "planned"),
        ),
        *(
            ("opening_hours", "营业时间", "8:00-20:00", "8:00-20:00"),
            ("address", "详细地址", "甲路1号", "甲路1号"),
        ),
        *(("name_zh", "单位名称", "某院", "某院"), ("name_zh", "MC", "某院", "某院")),
        *(("name_en", "English Name", "North", "North"), ("name_en", "name", "North", "North")),
        *(("name_zh", "设施名称", "某院", "某院"), ("note_zh", "备注", "无障碍", "无障碍")),
        *(("kind", "类型", "幼稚园", "kindergarten"), ("kind", "设施类别", "综合医院", "hospital")),
        *(
            ("kind", "type", "Kindergarten", "kindergarten"),
            ("kind", "类别", "民办幼儿园", "kindergarten"),
        ),
        *(("kind", "小类", "农贸市场", "market"), ("kind", "设施类型", "某某所", "某某所")),
        *(("id", "编号", "A-7", "A-7"), ("source", "数据来源", "区卫健委", "区卫健委")),
    ):
        content = csv_of(["经度", "纬度", word], [*AT, f'"{cell}"'])
        case(f"field-{word}-{cell}", text("表.csv", content), lies(**{field_id: value}))
    for word, cell in (("床位数", "很多"), ("建成年份", "很久以前"), ("床位数", "100-200")):
        rows = [["甲", *AT, 7 if word == "床位数" else 2001]] * 2 + [["乙", *AT, cell]]
        content = csv_of(["名称", "经度", "纬度", word], *rows)
        case(
            f"mend-{word}-{cell}",
            text("表.csv", content),
            lambda layers, cell=cell: (
                (len(layers[0].mend), layers[0].mend.iloc[0, -1]) == (1, cell)
            ),
        )
        content = csv_of(["名称", "经度", "纬度", word], ["甲", *AT, cell])
        case(
            f"kept-{word}-{cell}",
            text("表.csv", content),
            lambda layers, word=word, cell=cell: layers[0].features[word][0] == cell,
        )
    for cell in ("", "-", "/", "不详", "无", "N/A", "暂无"):
        content = csv_of(
            ["名称", "经度", "纬度", "床位数", "建成年份"],
            ["甲", *AT, cell, cell],
            ["乙", *AT, 5, 2001],
        )
        case(f"unknown-{cell}", text("表.csv", content), lies(count=2))
    content = csv_of(["名称", "经度", "纬度", "床"], ["甲", *AT, 12])
    case("column-said", text("表.csv", content), lies(capacity=12.0), columns={"capacity": "床"})
    case("column-said-wrong", text("表.csv", content), "no column 窗", columns={"capacity": "窗"})
    case("field-said-wrong", text("表.csv", content), "no field beds", columns={"beds": "床"})
    content = csv_of(["名称", "经度", "纬度", "类型"], ["甲", *AT, "社康"])
    case(
        "kind-said",
        text("表.csv", content),
        lies(kind="health_centre"),
        kinds={"社康": "health_centre"},
    )
    case(
        "kind-said-by-its-word",
        text("表.csv", content),
        lies(kind="clinic"),
        kinds={"社康": "社区卫生服务站"},
    )
    case(
        "kind-by-the-layer",
        text("幼儿园.csv", csv_of(["名称", "经度", "纬度"], ["甲", *AT])),
        lies(kind="kindergarten"),
    )


def geometry():
    """Shapes of all kinds, and those that are none."""
    square = Polygon(SQUARE)
    bow = Polygon([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]])
    flat = Polygon([(106.31, 29.52), (106.32, 29.52), (106.31, 29.52)])
    for name in ("a.gpkg", "a.shp", "a.geojson", "a.fgb"):

        def gone(shapes, kept, mended, name=name, **more):
            return saved(name, frame(shapes, 名称=["甲"] * len(shapes)), **more), (
                lambda layers: (len(layers[0].features), len(layers[0].mend)) == (kept, mended)
            )

        for id_, shapes, kept, mended in (
            ("null", [Point(AT), None], 1, 1),
            ("z", [Point(*AT, 310.0)], 1, 0),
            ("line", [LineString(SQUARE)], 1, 0),
            ("multi", [MultiPoint([AT, OTHER])], 1, 0),
            ("area", [square], 1, 0),
            ("bow", [bow], 1, 0),
        ):
            made, check = gone(shapes, kept, mended)
            case(f"shape-{id_}-{name}", made, check)
    case(
        "shape-empty",
        saved("a.gpkg", frame([Point(AT), Point()], 名称=["甲", "乙"])),
        lambda layers: layers[0].mend["row"].tolist() == [2],
    )
    case(
        "shape-flat",
        saved("a.gpkg", frame([square, flat], 名称=["甲", "乙"])),
        lambda layers: "encloses no area" in str(layers[0].problems[0]),
    )
    case(
        "shape-bow-is-repaired",
        saved("a.gpkg", frame([bow], 名称=["甲"])),
        lambda layers: (
            layers[0].features.geometry.is_valid.all()
            and any("repaired" in str(one) for one in layers[0].notes)
        ),
    )
    case(
        "shape-mixed",
        saved("a.geojson", frame([Point(AT), square], 名称=["甲", "乙"])),
        lies(count=2),
    )
    case("shape-none-at-all", saved("a.geojson", frame([None, None])), "No row of")
    collection = {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "Point", "coordinates": AT},
            {"type": "LineString", "coordinates": SQUARE},
        ],
    }
    rows = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"名称": "甲"}, "geometry": collection}],
    }
    case("shape-collection", text("a.geojson", json.dumps(rows)), lies(within_m=5000))
    case("shape-measures", _by_bytes(_line_zm((106.3143, 29.5214), (106.3163, 29.5214))), lies())
    arc = [(106.3143, 29.5214), (106.3153, 29.5224), (106.3163, 29.5214)]
    case("shape-curves", _by_bytes(_curve_polygon(arc)), lies(within_m=80))
    ids = csv_of(["编号", "名称", "经度", "纬度"], [7, "甲", *AT], [7, "乙", *OTHER])
    case(
        "ids-twice",
        text("表.csv", ids),
        lambda layers: layers[0].features["id"].tolist() == ["7", "7-2"],
    )
    case(
        "gdb",
        saved("城市.gdb", frame(), driver="OpenFileGDB", layer="医院_现状"),
        lambda layers: layers[0].name == "医院_现状",
    )
    case(
        "gdb-zipped",
        packed(
            "城市.gdb.zip", {"": saved("城市.gdb", frame(), driver="OpenFileGDB", layer="医院")}
        ),
        lies(name_zh=NAMES[0]),
    )
    case("zip-shp", packed("包.zip", {"": shapefile("gbk")}), lies(name_zh=NAMES[0]))
    case("zip-folder", packed("包.zip", {"资料/": shapefile("gbk")}), lies(name_zh=NAMES[0]))
    case("zip-with-others", packed("包.zip", {"说明.txt": "x", "": shapefile()}), lies(count=2))
    case("zip-gbk-names", _gbk_zip, lies(name_zh="甲"))
    case(
        "dxf-blocks", drawing(_blocks, encoding="gbk"), lies(count=1, block="医院"), crs="EPSG:4544"
    )
    case("dxf-hatch", drawing(_hatch), lies(MIDDLE, 1.0), crs="EPSG:4544")
    case(
        "dxf-circle",
        drawing(lambda space: space.add_circle(metres("EPSG:4544", AT)[0], 50)),
        lies(within_m=0.5),
        crs="EPSG:4544",
    )
    case(
        "dxf-spline",
        drawing(lambda space: space.add_spline(metres("EPSG:4544", *SQUARE))),
        lies(within_m=3000),
        crs="EPSG:4544",
    )
    case("dxf-unstated", drawing(outline()), "EPSG:4544 ")
    case("dxf-empty", drawing(lambda space: None), "contains no features")


def _by_bytes(wkb):
    """A layer of one shape that no library here writes."""

    def make(folder):
        path = folder / "a.gpkg"
        pyogrio.write_dataframe(
            frame([Point(AT)], 名称=["甲"]), path, SPATIAL_INDEX="NO", geometry_type="Unknown"
        )
        with closing(sqlite3.connect(path)) as database:
            head = b"GP\x00\x01" + struct.pack("<i", 4326)
            database.execute("UPDATE a SET geom=?", (head + wkb,))
            database.commit()
        return path

    return make


def _line_zm(*places):
    rows = b"".join(struct.pack("<4d", *at, 300.0, 7.0) for at in places)
    return struct.pack("<BII", 1, 3002, len(places)) + rows


def _curve_polygon(arc):
    """An arc and the straight line back, as one ring (ISO 13249-3, types 10, 9, 8 and 2)."""
    curve = struct.pack("<BII", 1, 8, 3) + b"".join(struct.pack("<2d", *at) for at in arc)
    back = struct.pack("<BII", 1, 2, 2) + b"".join(
        struct.pack("<2d", *at) for at in (arc[2], arc[0])
    )
    ring = struct.pack("<BII", 1, 9, 2) + curve + back
    return struct.pack("<BII", 1, 10, 1) + ring


def _blocks(space):
    block = space.doc.blocks.new("医院")
    block.add_circle((0, 0), 5)
    block.add_attdef("床位", (0, 0))
    placed = space.add_blockref("医院", metres("EPSG:4544", AT)[0])
    placed.add_auto_attribs({"床位": "120"})


def _hatch(space):
    hatch = space.add_hatch()
    at = metres("EPSG:4544", *SQUARE)
    hatch.paths.add_polyline_path(at, is_closed=True)


def _gbk_zip(folder):
    """Names in GBK without a mark, as programs for Chinese Windows pack."""
    content = csv_of(["名称", "经度", "纬度"], ["甲", *AT]).encode("gbk")
    entry = zipfile.ZipInfo("X" * len("医疗设施.csv".encode("gbk")))
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr(entry, content)
    path = folder / "包.zip"
    path.write_bytes(
        path.read_bytes().replace(entry.filename.encode(), "医疗设施.csv".encode("gbk"))
    )
    return path


def hostile():
    """What is broken, or made to break."""

    def noise(ending, head=b""):
        return text(
            f"坏{ending}", head + bytes(np.random.default_rng(3).integers(0, 256, 900, np.uint8))
        )

    for ending, head in (
        *(
            (".shp", b"\x00\x00\x27\x0a"),
            (".gpkg", b"SQLite format 3\x00"),
            (".fgb", b"fgb\x03fgb\x00"),
        ),
        *(
            (".parquet", b"PAR1"),
            (".xlsx", b"PK\x03\x04"),
            (".xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ),
        *(
            (".zip", b"PK\x03\x04"),
            (".kmz", b"PK\x03\x04"),
            (".dxf", b"  0\nSECTION\n"),
            (".tif", b"II*\x00"),
        ),
        *(
            (".png", b"\x89PNG"),
            (".geojson", b'{"type":'),
            (".kml", b"<kml>"),
            (".ods", b"PK\x03\x04"),
        ),
    ):
        case(f"noise{ending}", noise(ending, head), "can't be read|says where")
        case(f"empty{ending}", text(f"空{ending}", b""), "is empty")
    for ending in (".shp", ".gpkg", ".fgb", ".parquet", ".xlsx", ".dxf", ".geojson", ".xls"):
        case(f"noise-without-head{ending}", noise(ending), "can't be read|says where")
    case("missing", lambda folder: folder / "无.shp", "doesn't exist")
    case("folder-called-shp", _folder("无.shp"), "can't be read|folder")
    case("fifo", _fifo, "not an ordinary file")
    case("shp-without-shx", shapefile(without=[".shx"]), ".shx is missing")
    case("shp-without-dbf", shapefile(without=[".dbf"]), ".dbf is missing")
    case("shp-claims-2-gb", _claims(".shp", 24, struct.pack(">i", 1 << 30)), "is incomplete")
    case("dbf-claims-2-gb", _claims(".dbf", 4, struct.pack("<I", 1 << 24)), "is incomplete")
    case("dbf-part", text("a.dbf", b"\x03" + b"\0" * 40), "one part of a Shapefile")
    case("dwg", text("图.dwg", b"AC1032" + b"\0" * 64), "Save it as DXF")
    case("dwg-called-dxf", text("图.dxf", b"AC1032" + b"\0" * 64), "Save it as DXF")
    case("pdf", text("图.pdf", b"%PDF-1.7"), "document")
    case("rar", text("包.rar", b"Rar!\x1a\x07"), "archive")
    case("osm", text("城.osm", "<?xml version='1.0'?><osm version='0.6'></osm>"), "OpenStreetMap")
    case("tab", text("表.tab", "!table\n"), "QGIS|says where|no rows")
    case("png-nowhere", _picture(None), "doesn't say where it lies")
    case("tif", _picture("a.tif"), "is a raster")
    many = [f"c{number}" for number in range(10_000)]
    case("columns-10000-csv", text("表.csv", csv_of(["经度", "纬度", *many])), "10,002 columns")
    case("columns-1500-xlsx", workbook([["经度", "纬度", *many[:1500]], [*AT]]), "1,502 columns")
    case(
        "columns-3000-geojson",
        text(
            "a.geojson",
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [
                        {
                            "type": "Feature",
                            "properties": dict.fromkeys(many[:3000], 1),
                            "geometry": {"type": "Point", "coordinates": AT},
                        }
                    ],
                }
            ),
        ),
        "3,000 columns",
    )
    case("xlsx-corner-cells", _corners, "claims a table of 1,048,576 × 16,384")
    repeat = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    )
    case(
        "ods-repeated-cells",
        packed("表.ods", {"mimetype": _ODS, "content.xml": ods_content(repeat)}),
        "claims a table",
    )
    case("zip-bomb", packed("包.zip", {"a.csv": b"0" * (64 << 20)}), "many times its size")
    case(
        "zip-of-zips",
        packed("包.zip", {"b.zip": _bytes_of_zip({"a.csv": "x"})}),
        "an archive in an archive",
    )
    case("zip-traversal", packed("包.zip", {"../../away.csv": "x"}), "place outside")
    case("zip-absolute", packed("包.zip", {"/etc/away.csv": "x"}), "place outside")
    case("zip-drive", packed("包.zip", {"C:\\away.csv": "x"}), "place outside")
    case("zip-backslashes", packed("包.zip", {"..\\..\\away.csv": "x"}), "place outside")
    case("zip-link", _link_zip, "place outside")
    case("zip-many", packed("包.zip", {f"{n}.csv": "x" for n in range(2100)}), "2,100 files")
    case("zip-claims-2-gb", _lying_zip, "larger|damaged|times its size|claims")
    case("zip-empty", packed("包.zip", {}), "contains no features|can't be read")
    case("zip-locked", _locked_zip, "password")
    case("zip-nothing-useful", packed("包.zip", {"readme.md": "x"}), "contains no features")
    for word, content in (
        ("streamed", '{"type": "gdal_streamed_alg", "command_line": "read /etc/passwd"}'),
        (
            "vrt",
            "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource>"
            "</OGRVRTLayer></OGRVRTDataSource>",
        ),
    ):
        for ending in (".geojson", ".kml", ".csv"):
            case(f"program-{word}{ending}", text(f"a{ending}", content), "isn't supported")
    case(
        "geojson-cut-short",
        text("a.geojson", '{"type":"FeatureCollection","features":[{"type":'),
        "can't be read",
    )
    case("geojson-deep", text("a.geojson", '{"a":' * 5000 + "1" + "}" * 5000), "can't be read")
    case(
        "geojson-not-features",
        text("a.geojson", '{"hello": [1, 2]}'),
        "can't be read|No row|No column",
    )
    case(
        "geojson-no-numbers",
        text(
            "a.geojson",
            '{"type":"FeatureCollection","features":[{"type":'
            '"Feature","properties":{},"geometry":{"type":"Point","coordinates":[NaN,1]}}]}',
        ),
        "No row",
    )
    case(
        "csv-huge-cell",
        text("表.csv", "名称,经度,纬度\n" + "x" * (2 << 20) + ",106,29\n"),
        "can't be read",
    )
    case("csv-binary", text("表.csv", b"\x00\x01\x02" * 400), "can't be read|no rows")
    case(
        "pickle-called-csv",
        text("表.csv", b"\x80\x04\x95\x0b\x00\x00\x00"),
        "can't be read|no rows|says where",
    )
    case("dxf-blocks-in-blocks", drawing(_nested), "contains no features|EPSG", crs=None)


def _folder(name):
    def make(folder):
        (folder / name).mkdir()
        return folder / name

    return make


def _fifo(folder):
    os.mkfifo(folder / "管.shp")
    return folder / "管.shp"


def _claims(ending, at, content):
    def make(folder):
        path = shapefile()(folder)
        file = path.with_suffix(ending)
        held = bytearray(file.read_bytes())
        held[at : at + len(content)] = content
        file.write_bytes(held)
        return path

    return make


def _picture(name):
    def make(folder):
        path = folder / (name or "图.png")
        with warnings.catch_warnings(action="ignore"):
            profile = {"driver": "GTiff" if name else "PNG", "width": 4, "height": 4, "count": 3}
            more = {"crs": "EPSG:4544", "transform": rasterio.Affine(1, 0, 6e5, 0, -1, 3.2e6)}
            with rasterio.open(
                path, "w", dtype="uint8", **profile, **(more if name else {})
            ) as file:
                file.write(np.zeros((3, 4, 4), np.uint8))
        return path

    return make


def _corners(folder):
    path = workbook([["经度"]])(folder)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    cells = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        b'2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
        b'<c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, cells if "worksheets/sheet" in name else content)
    return path


def _bytes_of_zip(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _link_zip(folder):
    entry = zipfile.ZipInfo("链.csv")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return folder / "包.zip"


def _lying_zip(folder):
    """An archive whose only file claims 2 GB."""
    path = folder / "包.zip"
    path.write_bytes(_bytes_of_zip({"a.csv": "x" * 100}))
    held = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        begin = held.index(mark)
        held[begin + at : begin + at + 4] = struct.pack("<I", 2 << 30)
    path.write_bytes(held)
    return path


def _locked_zip(folder):
    path = folder / "包.zip"
    path.write_bytes(_bytes_of_zip({"a.csv": "x"}))
    held = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        held[held.index(mark) + at] |= 1
    path.write_bytes(held)
    return path


def _nested(space):
    before = None
    for level in range(30):
        block = space.doc.blocks.new(f"b{level}")
        for _ in range(8):
            if before is None:
                block.add_point((0, 0))
            else:
                block.add_blockref(before, (0, 0))
        before = f"b{level}"
    space.add_blockref(before, metres("EPSG:4544", AT)[0])


texts_and_tables()
systems()
positions()
sheets()
fields()
geometry()
hostile()
