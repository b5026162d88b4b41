"""Many origins on the command line: options, how far a run is, and how it goes on."""

import json
import re

import pandas as pd
import pytest
from click.testing import CliRunner

from sandbox.cli import sandbox
from sandbox.cli.parts.chunks import progress_said
from sandbox.export.chunks.run import Progress

SAMPLE = ("--homes", "demo_estates", "--floor-area", "floor_area_m2")


def called(*arguments):
    return CliRunner().invoke(sandbox, ["--lang", "en", *map(str, arguments)])


def told(done):
    return str(done.exception or "") + done.output


def test_times_go_into_a_folder_and_on_where_they_stopped(tmp_path):
    folder = tmp_path / "times"
    asked = (
        "times",
        "--from",
        "labs",
        "--to",
        "parks",
        "--minutes",
        "20",
        "--into",
        folder,
    )
    done = called(*asked, "--chunk", 5, "--workers", 1, "--json")
    assert done.exit_code == 0, done.output
    facts = json.loads(done.stdout)
    assert facts["chunks"] == facts["chunks_made"] == len(list(folder.glob("part-*.parquet"))) > 1
    whole = called(
        "times",
        "--from",
        "labs",
        "--to",
        "parks",
        "--minutes",
        "20",
        "-o",
        tmp_path / "t.parquet",
    )
    assert whole.exit_code == 0
    there = pd.read_parquet(tmp_path / "t.parquet").dropna(subset=["minutes"])
    made = pd.read_parquet(folder)
    keys = ["from_id", "to_id", "minutes", "metres"]
    assert sorted(made[keys].itertuples(index=False)) == sorted(there[keys].itertuples(index=False))
    (folder / "part-00001.parquet").unlink()
    again = called(*asked, "--chunk", 5, "--workers", 1)
    assert re.search(r"1 of them made now", again.stdout)
    other = called(*asked, "--chunk", 10)
    assert "another run: other chunk" in told(other)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audit", *SAMPLE, "--chunk", "5"), "--chunk needs a folder"),
        (("access", "--measure", "dual", "--homes", "labs", "--places", "labs", "--workers", "2"),
         "--workers needs a folder"),
        (("audit", *SAMPLE, "--into", "run", "-o", "a.xlsx"), "either --into or --output"),
        (("times", "--from", "labs", "--to", "parks", "--chunk", "5"), "--chunk needs a folder"),
    ],
)  # fmt: skip
def test_options_that_mean_nothing_are_refused(arguments, said):
    assert said in told(called(*arguments))


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(0, 9, None), "0 of 9 chunks; too early to say how long the rest takes"),
        (Progress(3, 9, (12.4, 250.0)), "3 of 9 chunks, 12 s to 4 min left"),
        (Progress(3, 9, (60.2, 60.4)), "3 of 9 chunks, about 60 s left"),
        (Progress(3, 9, (6000.0, 9000.0)), "3 of 9 chunks, about 2 h left"),
        (Progress(9, 9, (0.0, 0.0)), "9 of 9 chunks"),
    ],
)
def test_how_far_a_run_is(monkeypatch, progress, said):
    monkeypatch.setenv("LC_ALL", "C")
    assert progress_said(progress) == said
