"""Text of data on its way through folium, which takes what it is given for a template.

folium writes its script in two passes: the first fills values in, the second reads the
result as a Jinja template once more. A name that holds ``{{`` would be carried out there,
on the machine that writes the page. So every opening brace within a text is put away
before the first pass and brought back, as an escape of JavaScript, after the second.
"""

from collections.abc import Mapping
from typing import Any, Final

# A character for private use, which no text has a meaning for.
_SEAL: Final = "\ue07b"
_SEAL_IN_SCRIPT: Final = "\\ue07b"
_BRACE_IN_SCRIPT: Final = "\\u007b"


def sealed(value: Any) -> Any:
    """Return a value of JSON with the opening braces in its texts put away."""
    if isinstance(value, str):
        return value.replace("{", _SEAL)
    if isinstance(value, Mapping):
        return {sealed(key): sealed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [sealed(inner) for inner in value]
    return value


def unsealed(script: str) -> str:
    """Return a finished script with the braces back; its texts are ASCII with escapes."""
    return script.replace(_SEAL_IN_SCRIPT, _BRACE_IN_SCRIPT)
