"""What a network is called."""

import pytest

from sandbox.streets.facts import network_name
from sandbox.words import words_of


@pytest.mark.parametrize(
    ("title", "schematic", "english", "chinese"),
    [
        ("Grid city", False, "Grid city", "Grid city"),
        ("Grid city", True, "Grid city (schematic)", "Grid city（示意）"),
        (
            "Schematic streets of the Science City",
            True,
            "Schematic streets of the Science City",
            "科学城示意路网",
        ),
        ("新区示意路网", True, "新区示意路网", "新区示意路网"),
        ("{x}", True, "{x} (schematic)", "{x}（示意）"),
    ],
)
def test_that_streets_are_schematic_is_said_once(title, schematic, english, chinese) -> None:
    name = network_name(title, schematic=schematic)
    assert name.said(words_of("en")) == english
    assert name.said(words_of("zh")) == chinese
