"""Taking what is on the planner's map as a scene for the hall."""

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from sandbox.app import moving
from sandbox.app.answers import compare
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.scenes.playable import missing
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.state import MapState
from sandbox.catalog.description import fault
from sandbox.catalog.scenes import HERE, Scene
from sandbox.errors import LayerError
from sandbox.words import Text

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """What a scene says beside what the map shows; empty texts are left out.

    Attributes
    ----------
    id
        Name of its file, and of the action ``scene ID``.
    order
        Number before that name, by which scenes are sorted, 0 to 999.
    title, tile, caption, notes
        Texts in Chinese and English: over the picture, on its button, below it, for the guide.
    duration_s
        How long it shows while scenes follow one another.
    narration
        File of spoken words in the scenes' folder.
    press
        Whether visitors may ask from other places.
    """

    id: str
    order: int = 500
    title: tuple[str, str] = ("", "")
    tile: tuple[str, str] = ("", "")
    caption: tuple[str, str] = ("", "")
    notes: tuple[str, str] = ("", "")
    duration_s: float = 14.0
    narration: str = ""
    press: bool = False

    @property
    def file_name(self) -> str:
        """Name of its file."""
        return f"{self.order:03d}_{self.id}.toml"


def scene_of(atlas: Atlas, state: MapState, size_px: tuple[float, float], draft: Draft) -> Scene:
    """Return what is on the map as a scene.

    Parameters
    ----------
    atlas, state
        The data and what is on screen.
    size_px
        Width and height of the map on screen, logical pixels; all of it will be seen.
    draft
        Texts and times.

    Raises
    ------
    LayerError
        With all that keeps it from being a scene at once.
    """
    faults: list[Text] = []
    if not draft.id:
        faults.append(Text("{place} is empty", {"place": "id"}))
    elif _ID.fullmatch(draft.id) is None:
        faults.append(
            Text("the name is {value}; only a-z, 0-9 and _ are allowed", {"value": draft.id})
        )
    m_per_px = state.document.view.m_per_px
    told: dict[str, Any] = {
        "id": draft.id,
        "title": _said(draft.title),
        "tile": _said(draft.tile),
        "duration_s": draft.duration_s,
        "narration": draft.narration,
        "camera": {
            "center": _rounded(state.document.view.center_lonlat),
            "width_m": round(size_px[0] * m_per_px),
            "height_m": round(size_px[1] * m_per_px),
        },
        "layers": [layer.id for layer in state.document.layers if layer.visible],
    }
    if any(draft.caption):
        told["captions"] = [_said(draft.caption)]
    if any(draft.notes):
        told["notes"] = _said(draft.notes)
    asked, base = _compared(atlas, state, faults)
    if asked is not None:
        told["reach"] = _reach(atlas, asked, draft, faults) | base
    if state.document.edits.edits:
        faults.append(Text("scenes show the existing streets, without edits"))
    scene = None
    try:
        scene = Scene.model_validate(told)
    except ValidationError as error:
        faults += [fault(one) for one in error.errors(include_url=False)]
    if scene is not None:
        faults += missing(scene, atlas)
        if not faults and asked is not None and not _usual(atlas, scene, asked):
            faults.append(Text("scenes use the usual speed, slope, hour and departure"))
    if scene is None or faults:
        raise LayerError(
            "This view can't be saved as a scene yet", "Correct it and try again.", faults=faults
        )
    return scene


def _said(texts: tuple[str, str]) -> dict[str, str]:
    zh, en = texts
    return {"zh": zh.strip(), "en": en.strip()}


def _rounded(lonlat: tuple[float, float]) -> list[float]:
    # To a tenth of a metre; more digits would only look exact.
    return [round(value, _DIGITS) for value in lonlat]


def _compared(
    atlas: Atlas, state: MapState, faults: list[Text]
) -> tuple[ReachQuestion | None, dict[str, str]]:
    """Return what the scene asks, the plan of a comparison, and what it is compared with."""
    asked, beside = state.document.reach, state.document.against
    if asked is None or beside is None:
        return asked, {}
    if beside.kind != "scenario":
        faults.append(Text("scenes only compare scenarios, not modes or percentiles"))
        return asked, {}
    other = compare.question_against(atlas, asked, beside)
    base, plan = (other, asked) if compare.other_is_base(atlas, asked, beside) else (asked, other)
    if base.scenario is None or moving.scenarios(atlas).get(base.scenario.id) != base.scenario:
        faults.append(Text("scenes only compare with the shipped scenarios"))
        return plan, {}
    return plan, {"against": base.scenario.id}


def _reach(atlas: Atlas, asked: ReachQuestion, draft: Draft, faults: list[Text]) -> dict[str, Any]:
    """Return a question as scenes ask it, and add what they can't ask to `faults`."""
    told: dict[str, Any] = {
        "mode": asked.travel.mode, "minutes": list(asked.minutes), "press": draft.press,
    }  # fmt: skip
    if asked.place is None:
        told["at"] = _rounded(asked.origin_lonlat)
    else:
        here = asked.place == scenes.HERE_PLACE
        told["place"] = HERE if here else _where(asked.place)
    if asked.travel.towards:
        faults.append(Text("scenes show travel times from a place, not to it"))
    if asked.travel.mode == "transit" and asked.scenario is not None:
        told["scenario"] = asked.scenario.id
        if moving.scenarios(atlas).get(asked.scenario.id) != asked.scenario:
            faults.append(
                Text(
                    "the scenario {id} was changed; scenes only use the shipped scenarios",
                    {"id": asked.scenario.id},
                )
            )
    return told


def _usual(atlas: Atlas, scene: Scene, asked: ReachQuestion) -> bool:
    """Return whether the scene asks what is asked; its place is rounded."""
    made = scenes.question_of(atlas, scene, 0)
    return made is not None and replace(made, origin_lonlat=asked.origin_lonlat) == asked


def _where(place: Selected) -> str:
    return f"{place.layer}/{place.id}"
