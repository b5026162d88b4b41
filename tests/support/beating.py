"""A small Qt process in the kiosk's place: it lives, answers `ctl`, and breaks as told.

``python -m tests.support.beating [--scene ID] [--safe] [how]``: ``how`` is ``well``,
``crash`` (after a moment), ``hang`` (its UI thread stops), ``pause`` (it stops
for two seconds and shows the scene hub then), ``refuse`` (never begins),
``slow`` (never comes to its end once it is told to), ``standby`` (begins when it is called
on), ``deaf`` (says that it stands by, and never begins).
"""

import sys
import time

from PySide6.QtCore import QCoreApplication, QTimer

from sandbox.app.kiosk.supervise import RESTART_STATUS, called_on, say_ending
from sandbox.ui.remote.heartbeat import Heartbeat
from sandbox.ui.remote.local import LocalPort
from tests.support.show import show


def main(arguments: list[str]) -> int:
    how = arguments[-1]
    if how == "refuse":
        return 2
    begin = arguments[arguments.index("--scene") + 1] if "--scene" in arguments else ""
    if how in ("standby", "deaf"):
        called = called_on()
        if called is None:
            return 4
        if how == "deaf":
            time.sleep(600)
        begin = called
    app = QCoreApplication(["beating"])
    made = show(restart=lambda: QCoreApplication.exit(RESTART_STATUS))
    if begin:
        made.do("scene", begin)
    heart = Heartbeat(made)
    port = LocalPort(made.do)
    if how == "crash":
        QTimer.singleShot(100, lambda: sys.exit(3))
    if how == "pause":
        QTimer.singleShot(300, lambda: (time.sleep(2.0), made.do("scene", "hub")))
    if how == "hang":
        QTimer.singleShot(300, lambda: time.sleep(600))
    status = app.exec()
    say_ending(status)
    if how == "slow":
        time.sleep(600)
    port.close()
    heart.close()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
