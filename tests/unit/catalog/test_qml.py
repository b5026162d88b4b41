"""Looks in QML: what QGIS's reader looks for."""

from xml.etree import ElementTree

from sandbox.catalog.qml import qml, theme_qml
from sandbox.catalog.symbology import Symbology
from tests.support.cities import clinics, lakes


def test_each_kind_of_geometry_has_its_symbol() -> None:
    for one, kind, symbol in (
        (clinics(), "marker", "SimpleMarker"),
        (lakes(), "fill", "SimpleFill"),
    ):
        top = ElementTree.fromstring((theme_qml(one) or "").split("\n", 1)[1])  # noqa: S314 - our own
        found = top.find("renderer-v2/symbols/symbol")
        assert found is not None
        assert found.get("type") == kind
        assert [part.get("class") for part in found] == [symbol]
    water = {part.get("name"): part.get("value") for part in top.iter("Option")}
    assert water["color"] == "185,216,232,255"


def test_values_have_a_category_each_and_one_for_all_others() -> None:
    chosen = Symbology(column="kind", values=("a", "b"), colours=("#010203", "#040506"))
    text = qml(clinics(), chosen)
    assert 'type="categorizedSymbol"' in text
    assert text.count("<category ") == 3
    assert '"1,2,3,255"' in text
