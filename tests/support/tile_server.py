"""A server of tiles on this machine: XYZ, WMTS and WMS, each tile one colour that tells which."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import rasterio
import rasterio.io

WMTS = """<?xml version="1.0"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 version="1.0.0">
 <ows:ServiceProvider><ows:ProviderName>规划局</ows:ProviderName></ows:ServiceProvider>
 <Contents>
  <Layer><ows:Title>影像 2026</ows:Title><ows:Identifier>img</ows:Identifier>
   <Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
   <Format>image/png</Format>
   <TileMatrixSetLink><TileMatrixSet>c</TileMatrixSet></TileMatrixSetLink></Layer>
  <TileMatrixSet><ows:Identifier>c</ows:Identifier>
   <ows:SupportedCRS>urn:ogc:def:crs:EPSG::4490</ows:SupportedCRS>{matrices}</TileMatrixSet>
 </Contents></Capabilities>"""
MATRIX = (
    "<TileMatrix><ows:Identifier>{z}</ows:Identifier><ScaleDenominator>{scale}</ScaleDenominator>"
    "<TopLeftCorner>90.0 -180.0</TopLeftCorner><TileWidth>256</TileWidth>"
    "<TileHeight>256</TileHeight><MatrixWidth>{wide}</MatrixWidth><MatrixHeight>{high}"
    "</MatrixHeight></TileMatrix>"
)
WMS = """<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms">
 <Service><Title>规划局 WMS</Title></Service>
 <Capability><Request><GetMap><Format>image/png</Format></GetMap></Request>
  <Layer><CRS>EPSG:3857</CRS><CRS>EPSG:4326</CRS>
   <Layer><Name>plan</Name><Title>控规</Title></Layer></Layer></Capability></WMS_Capabilities>"""


def png(colour: tuple[int, int, int], side: int = 256) -> bytes:
    """Return a tile of one colour."""
    cells = np.empty((3, side, side), np.uint8)
    cells[:] = np.array(colour, np.uint8)[:, None, None]
    with rasterio.io.MemoryFile() as memory:
        with memory.open(
            driver="PNG", width=side, height=side, count=3, dtype="uint8",
            transform=rasterio.Affine(1, 0, 5, 0, -1, 5),
        ) as file:  # fmt: skip
            file.write(cells)
        return bytes(memory.read())


def colour_of(z: int, x: int, y: int) -> tuple[int, int, int]:
    """Return the colour of a tile: its level, column and row can be told from it."""
    return (z * 10, x * 37 % 251, y * 53 % 251)


@dataclass
class Server:
    """What a server was asked, and how it answers."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    status: int = 200
    body: bytes | None = None
    gone: set[tuple[int, int, int]] = field(default_factory=set)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def _answer(server: Server, address: str) -> tuple[int, bytes]:
    parts = urlsplit(address)
    said = {key.upper(): value[0] for key, value in parse_qs(parts.query).items()}
    if server.status != 200:
        return server.status, b"no"
    if server.body is not None:
        return 200, server.body
    match said.get("REQUEST"):
        case "GetCapabilities" if said["SERVICE"] == "WMTS":
            # Level 0 of the national grid has two tiles of 180 degrees.
            scale = 180.0 / 256 * 111_319.49079327358 / 0.00028
            matrices = "".join(
                MATRIX.format(z=z, scale=scale / 2**z, wide=2 ** (z + 1), high=2**z)
                for z in range(19)
            )
            return 200, WMTS.format(matrices=matrices).encode()
        case "GetCapabilities":
            return 200, WMS.encode()
        case "GetTile":
            z, x, y = (int(said[key]) for key in ("TILEMATRIX", "TILECOL", "TILEROW"))
        case "GetMap":
            west, _south, east, north = (float(one) for one in said["BBOX"].split(","))
            half = 20_037_508.342789244
            z = round(np.log2(2 * half / (east - west)))
            side = 2 * half / 2**z
            x, y = round((west + half) / side), round((half - north) / side)
        case _:
            z, x, y = (int(one.split(".")[0]) for one in parts.path.split("/")[-3:])
    if (z, x, y) in server.gone:
        return 404, b""
    return 200, png(colour_of(z, x, y))


@contextmanager
def tile_server() -> Iterator[Server]:
    """Give a server that runs on a free port of the loopback."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            status, body = _answer(server, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
