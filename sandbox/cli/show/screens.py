"""What Qt finds on this machine: its platform, its screens and the map's typeface.

Run as a program by the doctor: where Qt finds no way to draw it ends the process.
"""

import json
import os
import sys
from typing import Any


def look() -> dict[str, Any]:
    """Return what Qt finds; without a display it looks offscreen."""
    if sys.platform == "linux" and not ({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6 import __version__ as pyside_version
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QFontDatabase, QGuiApplication, QRawFont

    from sandbox.draw.lettering import fonts

    application = QGuiApplication(sys.argv[:1])
    family = fonts.load()
    system = QFontDatabase.WritingSystem.SimplifiedChinese
    return {
        "qt": qVersion(),
        "pyside": pyside_version,
        "platform": application.platformName(),
        "font": family,
        "font_shows_chinese": QRawFont.fromFont(fonts.font(16)).supportsCharacter("渝"),
        "chinese_families": len(QFontDatabase.families(system)),
        "screens": [
            {
                "name": screen.name(),
                "width_px": screen.size().width(),
                "height_px": screen.size().height(),
                "scale": screen.devicePixelRatio(),
                "refresh_hz": round(screen.refreshRate(), 1),
            }
            for screen in application.screens()
        ],
    }


if __name__ == "__main__":
    print(json.dumps(look()))
