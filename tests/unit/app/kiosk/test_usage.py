"""The hall's own figures: counted by day, bounded, and readable whatever the file holds."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from sandbox.app.kiosk.usage import DAYS_KEPT, KEYS_A_DAY, Usage, read, total

DAY = date(2026, 11, 25)


def test_counts_of_a_day_are_kept_and_go_on_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state" / "usage.json"
    for _ in range(2):
        usage = Usage(file, lambda: DAY)
        usage.count("touch")
        usage.count("scene parks")
        usage.save()
    assert read(file) == {"2026-11-25": Counter({"touch": 2, "scene parks": 2})}


def test_only_so_many_days_and_keys_are_kept(tmp_path: Path) -> None:
    day = [DAY]
    usage = Usage(tmp_path / "usage.json", lambda: day[0])
    for number in range(DAYS_KEPT + 50):
        day[0] = DAY + timedelta(days=number)
        usage.count("touch")
    for number in range(KEYS_A_DAY * 2):
        usage.count(f"scene {number}")
    usage.save()
    kept = read(tmp_path / "usage.json")
    assert len(kept) == DAYS_KEPT
    assert max(kept) == day[0].isoformat()
    assert len(kept[max(kept)]) == KEYS_A_DAY


def test_the_sum_is_of_the_last_days() -> None:
    days = {"2026-11-23": Counter(touch=5), "2026-11-25": Counter(touch=2, start=1)}
    assert total(days, 1) == Counter(touch=2, start=1)
    assert total(days, 9) == Counter(touch=7, start=1)


@pytest.mark.parametrize(
    "text",
    ["", "[1, 2]", "{", '{"yesterday": {"touch": 1}}', "[" * 100_000, "\x00"],
)
def test_a_damaged_file_begins_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "usage.json"
    file.write_text(text, "utf-8")
    assert read(file) == {}


def test_counts_that_are_none_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "usage.json"
    file.write_text('{"2026-11-25": {"a": -1, "b": "x", "c": true, "d": 4}, "2026-11-26": 3}')
    assert read(file) == {"2026-11-25": Counter(d=4), "2026-11-26": Counter()}


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = Usage(tmp_path / "usage.json", lambda: DAY)
    usage.count("touch")
    usage.save()

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    usage.count("touch")
    with pytest.raises(OSError, match="No space"):
        usage.save()
    assert read(tmp_path / "usage.json") == {"2026-11-25": Counter(touch=1)}
    assert [file.name for file in tmp_path.iterdir()] == ["usage.json"]
