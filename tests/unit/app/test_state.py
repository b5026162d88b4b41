"""What a document makes of the values it is given."""

from dataclasses import replace

import shapely

from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.questions import Against, ReachQuestion
from sandbox.app.state import Document, View
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.streets.travel import Travel
from tests.support.atlas import at

VIEW = View(at(0, 0), 4.0)
EDITS = StreetEdits((StreetEdit("closed", shapely.Point(at(10, 0)), "Works"),))
ASKED = ReachQuestion(at(0, 0), travel=Travel(mode="bike"))


def test_every_question_is_of_the_document_s_own_edits() -> None:
    made = Document(VIEW, (), reach=ASKED, analyses=(CirclesQuestion("labs"),), edits=EDITS)
    assert (made.reach, made.analyses) == (
        replace(ASKED, edits=EDITS),
        (CirclesQuestion("labs", edits=EDITS),),
    )
    without = replace(made, edits=StreetEdits())
    assert (without.reach, without.analyses) == (ASKED, (CirclesQuestion("labs"),))


def test_a_comparison_ends_with_what_it_compares() -> None:
    with_bike = Against("mode", "bike")
    assert Document(VIEW, (), reach=ASKED, against=with_bike).against is None
    walk = replace(ASKED, travel=Travel())
    assert Document(VIEW, (), reach=walk, against=with_bike).against == with_bike
    # Without a question it waits for one.
    assert Document(VIEW, (), against=with_bike).against == with_bike


def test_bands_are_hidden_where_they_are_wholly_transparent() -> None:
    shown = [Document(VIEW, (), reach_opacity=o).reach_shown for o in (None, 0.3, 0.0)]
    assert shown == [True, True, False]
