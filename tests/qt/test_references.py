"""Every scene still looks as the picture of it that was looked at and kept."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from sandbox.app.atlas import Atlas
from sandbox.ui.kiosk import panels
from tests.support.studio import (
    ALLOWED,
    REFERENCES,
    SIZES,
    Look,
    Studio,
    apart,
    between,
    blocks,
    keep,
    lab,
    looks,
    pixels,
    shipped_atlas,
    small,
)

LANDSCAPE = (1920, 1080)
RENEW = "python -m tests.references"


@pytest.fixture(scope="module")
def atlas(qapp) -> Atlas:
    return shipped_atlas()


@pytest.fixture
def studio(atlas: Atlas) -> Iterator[Studio]:
    made = Studio(atlas)
    yield made
    made.close()


def reference(look: Look) -> QImage:
    return QImage(str(look.file))


# Walls of many pixels take longest, and all sizes differ from this in little but their shape.
SOON = ((1920, 1080),)
EACH = [pytest.param(size, marks=() if size in SOON else pytest.mark.long) for size in SIZES]


def unlike(studio: Studio, taken_of: list[Look], kept_in: Path) -> dict[str, str]:
    """Return how far pictures are from their references, and keep those that are too far."""
    differ = {}
    for look in taken_of:
        taken = studio.take(look)
        share = apart(taken, reference(look))
        if share > ALLOWED:
            keep(taken, kept_in / look.file.name)
            differ[look.name] = f"{share:.1%}"
    return differ


def is_said_again(look: Look) -> bool:
    """Whether a picture shows in English what another shows in Chinese, but for its first look."""
    return look.language == "en" and (look.step > 1 or look.size != LANDSCAPE)


@pytest.mark.parametrize("size", EACH, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_scene_looks_as_its_reference(studio: Studio, size, tmp_path: Path):
    mine = [look for look in looks() if look.size == size and not is_said_again(look)]
    differ = unlike(studio, mine, tmp_path)
    assert not differ, f"compare {tmp_path} with {REFERENCES}; if they are right: {RENEW}"


@pytest.mark.long
def test_the_rest_looks_as_its_references_in_english_too(studio: Studio, tmp_path: Path):
    differ = unlike(studio, [look for look in looks() if is_said_again(look)], tmp_path)
    assert not differ, f"compare {tmp_path} with {REFERENCES}; if they are right: {RENEW}"


def test_there_is_a_reference_of_each_picture_and_none_besides():
    assert {look.file for look in looks()} == set(REFERENCES.glob("*.webp"))
    assert {reference(look).width() for look in looks()} == {540, 640}
    assert sum(file.stat().st_size for file in REFERENCES.glob("*.webp")) < 8_000_000


def test_the_other_language_and_another_scene_are_told_apart():
    told = {look: blocks(reference(look)) for look in looks()}
    for look, picture in told.items():
        if look.language == "zh":
            assert between(picture, told[look._replace(language="en")]) > 4 * ALLOWED, look.name
    by_scene: dict[object, list[np.ndarray]] = {}
    for look, picture in told.items():
        if look.step == 1:
            by_scene.setdefault((look.size, look.language), []).append(picture)
    for pictures in by_scene.values():
        for one, other in pairwise(pictures):
            assert between(one, other) > 4 * ALLOWED


@pytest.mark.parametrize(
    ("scene", "piece"),
    [
        ("city", "paint_title"),
        ("city", "paint_languages"),
        ("city", "paint_tile"),
        ("city", "paint_caption"),
        ("circle", "paint_card"),
        ("services", "paint_steps"),
        ("growth", "paint_years"),
    ],
)
def test_a_missing_panel_is_seen(studio: Studio, monkeypatch, scene, piece):
    look = Look(scene, 1, "zh", LANDSCAPE)
    assert apart(studio.take(look), reference(look)) <= ALLOWED
    nothing = ((), []) if piece == "paint_card" else []
    monkeypatch.setattr(panels, piece, lambda *_given, **_more: nothing)
    studio.window.hide()
    studio.window._face.lay(studio.window.grid)
    assert apart(studio.again(LANDSCAPE), reference(look)) > ALLOWED


@pytest.mark.parametrize(
    ("scene", "layer"),
    [
        ("city", "water"),
        ("city", "relief"),
        ("city", "rail_existing"),
        ("parks", "parks"),
        ("parks", "streets"),
        ("labs", "labs"),
        ("labs", "main_roads"),
        ("supports", "innovation_supports"),
    ],
)
def test_a_missing_layer_is_seen(studio: Studio, scene, layer):
    look = Look(scene, 1, "zh", LANDSCAPE)
    studio.take(look)
    state = studio.session.state
    assert any(shown.id == layer and shown.visible for shown in state.document.layers)
    without = (
        replace(one, visible=one.visible and one.id != layer) for one in state.document.layers
    )
    studio.session.change(layers=tuple(without))
    assert apart(studio.again(LANDSCAPE), reference(look)) > ALLOWED


def test_a_missing_answer_is_seen(studio: Studio):
    look = Look("circle", 1, "en", LANDSCAPE)
    studio.take(look)
    studio.session.change(reach=None)
    assert apart(studio.again(LANDSCAPE), reference(look)) > ALLOWED


def as_image(code: np.ndarray) -> QImage:
    full = np.dstack([code[..., ::-1], np.full(code.shape[:2], 255, np.uint8)]).copy()
    size = (full.shape[1], full.shape[0])
    return QImage(full.data, *size, QImage.Format.Format_RGB32).copy()


@pytest.mark.parametrize("size", [LANDSCAPE, (1080, 1920)], ids=["landscape", "portrait"])
def test_what_another_machine_draws_otherwise_is_forgiven(studio: Studio, monkeypatch, size):
    """Rounding, other edges of letters, another gamma: all of it far within what is allowed."""
    from tests.support import studio as room

    monkeypatch.setattr(room, "small", lambda taken: taken)
    look = Look("city", 1, "zh", size)
    whole = studio.take(look)
    code = pixels(whole)
    noise = np.random.default_rng(5).normal(0, 3, code.shape)
    blurred = (code[:-1, :-1].astype(int) + code[1:, :-1] + code[:-1, 1:] + code[1:, 1:]) // 4
    told = {
        "half a pixel aside": ((code.astype(int) + np.roll(code, 1, axis=1)) // 2).astype(np.uint8),
        "noise": np.clip(code + noise, 0, 255).astype(np.uint8),
        "soft edges": np.pad(blurred, ((0, 1), (0, 1), (0, 0)), mode="edge").astype(np.uint8),
        "gamma": (255 * (code / 255) ** 1.03).round().astype(np.uint8),
    }
    for name, one in told.items():
        assert apart(small(as_image(one)), reference(look)) <= ALLOWED, name


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # White, black, and the primaries of sRGB, as computed from IEC 61966-2-1 and CIE 15.
        ((1, 1, 1), (100, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
        ((1, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 1, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 1), (32.30, 79.19, -107.86)),
    ],
)
def test_colours_are_measured_in_cielab(code, expected):
    assert lab(np.array(code, float)) == pytest.approx(np.array(expected), abs=0.02)
