"""Take the kiosk's reference pictures anew: `python -m tests.references [NAME …] [--to FOLDER]`.

Without names, all that no longer look like their reference are replaced; with names (as
`circle-zh` or `1080x1920`), those whose name holds one of them. `--to` writes all that are
asked for into another folder, to look at them before. Look at each picture that changed
before it is committed: that is what makes it a reference.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage

from tests.support.studio import ALLOWED, REFERENCES, Studio, apart, keep, looks, shipped_atlas


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.references", description=__doc__)
    asked.add_argument("names", nargs="*", help="parts of names")
    asked.add_argument("--to", type=Path, help="folder to write to")
    given = asked.parse_args()
    wanted = [
        look
        for look in looks()
        if not given.names or any(part in look.name for part in given.names)
    ]
    studio = Studio(shipped_atlas())
    try:
        for look in wanted:
            taken = studio.take(look)
            old = QImage(str(look.file))
            share = 1.0 if old.isNull() else apart(taken, old)
            if given.to is not None:
                given.to.mkdir(parents=True, exist_ok=True)
                keep(taken, given.to / look.file.name)
            elif given.names or share > ALLOWED:
                keep(taken, look.file)
            print(f"{look.name}: {share:.2%} of it looked different", flush=True)
    finally:
        studio.close()
    if not given.names and given.to is None:
        known = {look.file for look in looks()}
        for file in set(REFERENCES.glob("*.webp")) - known:
            file.unlink()
            print(f"{file.stem}: no such scene any more, removed")


if __name__ == "__main__":
    main()
