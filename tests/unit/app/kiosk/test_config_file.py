"""The kiosk's configuration: read whole, refused whole, and never in the way of the show."""

import re
from pathlib import Path

import pytest

from sandbox.app.kiosk import config_file
from sandbox.app.kiosk.config import KioskConfig
from sandbox.errors import ControlError


def _write(folder: Path, text: str) -> Path:
    file = folder / "kiosk.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_shipped_example_says_the_defaults() -> None:
    assert config_file.read(config_file.example_file()) == KioskConfig()


def test_every_line_that_the_example_offers_can_be_used(tmp_path: Path) -> None:
    """Take the hash from each key that is offered; the words after it are comments."""
    text = config_file.example_file().read_text("utf-8")
    offered = re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE)
    assert '\npin = "2580"' in offered  # an example that everybody knows, and opens nothing
    offered = offered.replace('token = ""', 'token = "0123456789abcdef"')
    # Tables of rows come after the keys of their section, as TOML wants it.
    config = config_file.read(_write(tmp_path, offered))
    assert config.control.udp == 7001
    assert config.control.command[0].received == b"\xa5\x01"
    assert config.control.send[0].send == "power_on"
    assert config.schedule.screen_off == "18:00"
    assert config.take.port == 8080
    assert config.here == (106.37, 29.5)


def test_every_key_stands_in_the_example() -> None:
    text = config_file.example_file().read_text("utf-8")
    tables = {name: field.annotation for name, field in KioskConfig.model_fields.items()}
    keys = list(tables)
    for name in ("control", "take", "schedule", "supervisor"):
        keys += list(tables[name].model_fields)
    assert [key for key in keys if not re.search(rf"\b{key}\b( =|\])", text)] == []


def test_all_faults_are_told_at_once_and_no_secret(tmp_path: Path) -> None:
    file = _write(
        tmp_path,
        'language = "fr"\npin = "98x76"\nidel_s = 4\n[control]\nhttp = 80\ntoken = "sesame"\n'
        'udp = 70000\nallow = ["nowhere"]\n[[control.command]]\nascii = "A"\ndo = "format c:"\n',
    )
    with pytest.raises(ControlError) as caught:
        config_file.read(file)
    said = str(caught.value)
    for key in ("language", "pin", "idel_s", "control.udp", "control.allow.1", "command.1.do"):
        assert key in said
    assert "98x76" not in said
    assert "sesame" not in said


def test_http_without_a_long_token_is_refused_without_saying_it(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="token") as caught:
        config_file.read(_write(tmp_path, '[control]\nhttp = 80\ntoken = "sesame"\n'))
    assert "sesame" not in str(caught.value)


def test_a_configuration_does_not_print_its_secrets(tmp_path: Path) -> None:
    config = config_file.read(
        _write(tmp_path, 'pin = "97531"\n[control]\ntoken = "0123456789abcdef"\n')
    )
    assert config.pin == "97531"
    assert "97531" not in repr(config)
    assert "0123456789abcdef" not in repr(config)


@pytest.mark.parametrize("broken", ["idle_s = ", "idle_s = 1", "\x00", "a" * 300_000])
def test_a_broken_file_falls_back_to_the_last_good_content(tmp_path: Path, broken: str) -> None:
    file = _write(tmp_path, "idle_s = 45\n")
    assert config_file.load(file).config.idle_s == 45
    _write(tmp_path, broken)
    loaded = config_file.load(file)
    assert loaded.config.idle_s == 45
    assert loaded.fault is not None


def test_a_file_that_has_gone_falls_back_too(tmp_path: Path) -> None:
    file = _write(tmp_path, "idle_s = 45\n")
    config_file.load(file)
    file.unlink()
    loaded = config_file.load(file)
    assert loaded.config.idle_s == 45
    assert str(file) in str(loaded.fault)


def test_without_any_file_the_defaults_are_used_and_nothing_is_wrong() -> None:
    assert config_file.load() == config_file.Loaded(KioskConfig())


def test_a_broken_first_file_gives_the_defaults(tmp_path: Path) -> None:
    loaded = config_file.load(_write(tmp_path, "idle_s = -1\n"))
    assert loaded.config == KioskConfig()
    assert loaded.fault is not None


def test_safe_mode_keeps_what_is_the_halls_own(tmp_path: Path) -> None:
    """Also where the file can't be read any more: its last good content counts."""
    file = _write(
        tmp_path,
        'language = "en"\npin = "97531"\napproval_number = "渝S(2026)001"\nhere = [106.37, 29.5]\n'
        'network = "drive.sandnet"\nscreen = 1\nscenes = ["hub"]\nscenes_folder = "own"\n'
        "[control]\ntcp = 7002\n[take]\nport = 8080\n[schedule]\nrestart = '04:00'\n",
    )
    config_file.load(file)
    _write(tmp_path, 'pin = "')
    whole = config_file.load(file).config
    safe = whole.safe()
    assert (safe.language, safe.own_pin, safe.screen) == ("en", "97531", 1)
    assert (safe.approval_number, safe.here) == ("渝S(2026)001", (106.37, 29.5))
    assert safe.control == whole.control
    fresh = KioskConfig()
    assert (safe.network, safe.scenes, safe.scenes_folder) == ("", (), "")
    assert (safe.take, safe.schedule) == (fresh.take, fresh.schedule)


@pytest.mark.parametrize(("pin", "own"), [("", ""), ("2580", ""), ("97531", "97531")])
def test_a_pin_that_everybody_knows_is_none(pin: str, own: str) -> None:
    config = KioskConfig(pin=pin)
    assert config.own_pin == own
    assert config.safe().own_pin == own
    assert (config_file.no_pin(config) is None) == bool(own)


def test_no_room_for_the_copy_does_not_stop_the_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert config_file.load(_write(tmp_path, "idle_s = 45\n")).config.idle_s == 45
