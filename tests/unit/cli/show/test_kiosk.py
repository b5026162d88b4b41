"""The commands of the exhibition, up to where a window would open."""

from pathlib import Path
from typing import Any

import pytest

from sandbox import cli
from sandbox.ui.kiosk import run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """What would be shown: the start and the configuration."""
    found: list[tuple[Any, Any]] = []

    def run_kiosk(start: object, config: object, **_: object) -> int:
        found.append((start, config))
        return 0

    monkeypatch.setattr(run, "run_kiosk", run_kiosk)
    return found


def test_safe_mode_shows_the_shipped_streets_with_the_halls_own_values(
    tmp_path: Path, opened: list[tuple[Any, Any]]
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        'language = "en"\npin = "97531"\napproval_number = "S(2026)001"\nhere = [106.4, 29.5]\n'
        'network = "drive.sandnet"\n[control]\nudp = 7001\n',
        "utf-8",
    )
    for safe in ([], ["--safe"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(["kiosk", "--config", str(file), *safe])
        assert ended.value.code == 0
    (usual, _), (start, config) = opened
    assert usual.settings.network == Path("drive.sandnet")
    assert start.settings.network is None
    assert (start.language, start.settings.approval_number) == ("en", "S(2026)001")
    assert start.settings.here == (106.4, 29.5)
    assert (config.own_pin, config.control.udp) == ("97531", 7001)


def test_a_broken_configuration_is_told_where_the_kiosk_is_started(
    tmp_path: Path, opened: list[tuple[Any, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text("idle_s = soon", "utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["--lang", "en", "kiosk", "--config", str(file)])
    assert ended.value.code == 0
    assert opened
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"The kiosk configuration {file} can't be used")
