"""What holds for the tests of commands."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application_of_windows(qapp: QApplication) -> QApplication:
    """Have Qt's application from the start: one that a command makes for its pages has no windows.

    There is one in a process, and a later test may need windows.
    """
    return qapp
