"""An answer's tables as a file, by its ending."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from sandbox.app.project.approving import number_and_level
from sandbox.draw.report.homes_map import Shaded, png
from sandbox.engine.network import Network
from sandbox.export.files import check_file, ending_of
from sandbox.export.sheets.document import write_pdf
from sandbox.export.sheets.page import write_page
from sandbox.export.sheets.sheet import Report
from sandbox.export.sheets.workbook import write_workbook
from sandbox.export.tables import write_layers
from sandbox.projects.project import Approval, check_public
from sandbox.words import words_of

ENDINGS: Final = (".gpkg", ".xlsx", ".html", ".pdf")


def write_report(  # noqa: PLR0917 - all that stands on a page
    path: Path,
    report: Report,
    layers: Callable[[], Mapping[str, gpd.GeoDataFrame]],
    network: Network,
    shaded: Shaded,
    approval: Approval,
) -> None:
    """Write an answer as a GeoPackage, workbook, page or PDF, whole or not at all.

    Parameters
    ----------
    path
        Its ending says which.
    report
        The tables.
    layers
        Makes the layers of a GeoPackage.
    network, shaded
        What the map shows, on pages and paper.
    approval
        What the map's official review says, which stands under it.

    Raises
    ------
    ProjectError
        It is a page, and the map's level of secrecy isn't public.
    ExportError
        If the file can't be written.
    """
    check_file(path, *ENDINGS)
    ending = ending_of(path)
    if ending == ".html":
        check_public(approval)
    if ending == ".gpkg":
        write_layers(path, layers())
    elif ending == ".xlsx":
        write_workbook(path, report)
    else:
        running = drawing_application()
        picture = png(network, shaded)
        write = write_page if ending == ".html" else write_pdf
        reviewed = number_and_level(approval).said(words_of(report.language))
        write(path, report, picture, f"{shaded.title} · {shaded.footer} · {reviewed}")
        del running


def drawing_application() -> Any:
    """Return Qt's application, which painting needs; without a display it paints offscreen."""
    from PySide6.QtGui import QGuiApplication

    running = QGuiApplication.instance()
    if running is not None:
        return running
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(sys.argv[:1])
