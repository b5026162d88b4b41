"""A small Qt process in the kiosk's place: it lives, answers `ctl`, and breaks as told.

``python -m tests.support.beating [--scene ID] [--safe] [how]``: ``how`` is ``well``,
``crash`` (after a moment), ``hang`` (its UI thread stops), ``refuse`` (never begins).
"""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sandbox.app.supervise import RESTART_STATUS
from sandbox.ui.heartbeat import Heartbeat
from sandbox.ui.local import LocalPort
from tests.support.show import show


def main(arguments: list[str]) -> int:
    how = arguments[-1]
    if how == "refuse":
        return 2
    app = QApplication(["beating"])
    made = show(restart=lambda: QApplication.exit(RESTART_STATUS))
    if "--scene" in arguments:
        made.do("scene", arguments[arguments.index("--scene") + 1])
    heart = Heartbeat(lambda: made.state.scene)
    port = LocalPort(made.do)
    if how == "crash":
        QTimer.singleShot(100, lambda: sys.exit(3))
    if how == "hang":
        QTimer.singleShot(300, lambda: time.sleep(600))
    status = app.exec()
    port.close()
    heart.close()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
