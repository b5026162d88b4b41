"""Scenes written as TOML, in the form that scene files are read in."""

import tomli_w

from sandbox.catalog.scenes import Scene


def as_toml(scene: Scene) -> str:
    """Return a scene as the text of its file; what is left out there is left out here."""
    return tomli_w.dumps(
        scene.model_dump(mode="json", exclude={"id"}, exclude_defaults=True, exclude_none=True)
    )
