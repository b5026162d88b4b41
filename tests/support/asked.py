"""Questions of reach that move otherwise."""

from dataclasses import replace
from typing import Any

from sandbox.app.questions import ReachQuestion


def by(question: ReachQuestion, **fields: Any) -> ReachQuestion:
    """Return the same question with other fields of how one moves."""
    return replace(question, travel=replace(question.travel, **fields))
