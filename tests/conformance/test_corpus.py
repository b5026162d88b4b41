"""Every input of the corpus has its outcome: layers that lie where they should, or one refusal."""

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from sandbox.catalog.importing.importing import Told, import_file
from sandbox.errors import LayerError
from sandbox.formats.known import Known
from tests.support.corpus import CASES, NEAR

KNOWN = Known(near=NEAR)
AT_ONCE_S = 20.0  # on a machine that does much else; usually milliseconds


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.id)
def test_input(case: Any, tmp_path: Path):
    if case.id == "fifo" and not hasattr(os, "mkfifo"):
        pytest.skip("a system without named pipes")
    path = case.make(tmp_path)
    before = sorted(one.name for one in tmp_path.iterdir())
    told = Told(**case.told)
    begin = time.process_time()
    if isinstance(case.outcome, str):
        with pytest.raises(LayerError) as caught:
            import_file(path, told, KNOWN)
        said = str(caught.value)
        assert re.search(case.outcome, said), said
        assert "\n" not in said
    else:
        layers: Any = import_file(path, told, KNOWN)
        assert case.outcome(layers) is not False
        for one in layers:
            assert one.features.crs.to_epsg() == 4326
            assert one.features["id"].is_unique
            assert (one.features["name_zh"] != "").any() or len(one.features.columns) > 9
            assert one.features.geometry.is_valid.all()
    assert time.process_time() - begin < AT_ONCE_S
    # A file is read, and nothing is left beside it.
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_the_corpus_holds_hundreds_of_inputs_each_once():
    assert len(CASES) >= 300
    assert len({one.id for one in CASES}) == len(CASES)
