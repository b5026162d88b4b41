"""What a layer's columns say to readers of each language."""

import pytest

from sandbox.catalog.layer import Column
from sandbox.words import Bilingual


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("km²", "平方公里", "km²"),
        ("m²", "平方米", "m²"),
        ("km", "公里", "km"),
        ("mu", "亩", "mu"),
        ("%", "%", "%"),
        ("人", "人", ""),
        ("", "", ""),
    ],
)
def test_a_unit_is_written_as_its_readers_write_it(unit: str, zh: str, en: str) -> None:
    column = Column("size", "number", Bilingual("大小", "Size"), unit)
    assert (column.unit_in("zh"), column.unit_in("en")) == (zh, en)
