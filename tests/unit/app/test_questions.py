"""Which questions a comparison fits."""

import pytest
import shapely

from sandbox.app.questions import Against, ReachQuestion
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.streets.travel import Travel
from tests.support.atlas import at

ON_FOOT = ReachQuestion(at(0, 0))
BY_TRANSIT = ReachQuestion(at(0, 0), travel=Travel(mode="transit", towards=True))
_WORKS = StreetEdit("closed", shapely.Point(at(10, 0)))
EDITED = ReachQuestion(at(0, 0), edits=StreetEdits((_WORKS,)))
SWITCHED_OFF = ReachQuestion(at(0, 0), edits=StreetEdits((_WORKS,)).switched(0, on=False))


@pytest.mark.parametrize(
    ("against", "question", "fits"),
    [
        (Against("scenario", ""), ON_FOOT, False),
        (Against("scenario", ""), BY_TRANSIT, True),
        (Against("percentile", "90"), ON_FOOT, False),
        (Against("percentile", "90"), BY_TRANSIT, True),
        (Against("mode", "bike"), ON_FOOT, True),
        (Against("mode", "walk"), ON_FOOT, False),
        (Against("direction", "to"), ON_FOOT, True),
        (Against("direction", "from"), ON_FOOT, False),
        (Against("direction", "to"), BY_TRANSIT, False),
        (Against("streets", "unedited"), ON_FOOT, False),
        (Against("streets", "unedited"), SWITCHED_OFF, False),
        (Against("streets", "unedited"), EDITED, True),
        (Against("place", "106.3,29.6"), ON_FOOT, True),
    ],
)
def test_a_comparison_fits_a_question_that_it_changes(
    against: Against, question: ReachQuestion, fits: bool
) -> None:
    assert against.fits(question) is fits
