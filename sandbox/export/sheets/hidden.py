"""What circles hide, as a table that people read."""

from sandbox.analysis.circles.hidden import Hidden
from sandbox.export.sheets.sheet import SHARE, Field, Report, Sheet, unit_said
from sandbox.streets.facts import network_dated
from sandbox.words import Words


def hidden_report(found: Hidden, say: Words, *, schematic: bool) -> Report:
    """Return the table of what circles hide, that which loses most first.

    Parameters
    ----------
    found
        The answer.
    say
        Words of the language that it is written in.
    schematic
        Whether facilities or homes are schematic.
    """
    question, told = found.question, found.network.streets.provenance
    table = found.table
    zh = say.language == "zh"
    first, second = ("name_zh", "name_en") if zh else ("name_en", "name_zh")
    names = [a or b or c for a, b, c in zip(table[first], table[second], table["id"], strict=True)]
    rows = table.assign(name=[one or say("all together") for one in names])
    fields = [
        Field("name", say("Name")),
        Field("straight_km2", say("Straight circle"), "km²", 3),
        Field("streets_km2", say("Along streets"), "km²", 3),
        Field("slopes_km2", say("With slopes and stairs"), "km²", 3),
        Field("lost_streets", say("Area lost along streets"), "%", SHARE),
        Field("lost_slopes", say("Area lost with slopes"), "%", SHARE),
    ]
    if "straight_people" in table.columns:
        persons = say("persons")
        fields += [
            Field("straight_people", say("People in the circle"), persons, 0),
            Field("streets_people", say("People along streets"), persons, 0),
            Field("slopes_people", say("People with slopes"), persons, 0),
            Field("lost_people_streets", say("People lost along streets"), "%", SHARE),
            Field("lost_people_slopes", say("People lost with slopes"), "%", SHARE),
        ]
    notes = (
        say("Each area counts only within its circle; people are those of homes that touch it."),
        say("The walk on slopes takes as long as the radius does on the level."),
    )
    warnings = (
        (say("Schematic: streets, homes or facilities are made up, and so is every figure."),)
        if schematic or told.schematic
        else ()
    )
    facts = (
        (
            say("Radius"),
            f"{question.metres:g} {unit_said('m', say.language)} = {question.minutes:.1f} "
            f"{unit_said('min', say.language)}",
        ),
        (
            say("Who walks"),
            say(
                "{who}, {speed} km/h on the level{steps}",
                who=question.walker.title.said(say.language),
                speed=f"{question.kmh:g}",
                steps="" if question.walker.steps else say(", without steps"),
            ),
        ),
        (
            say("Street network"),
            network_dated(told).said(say),
        ),
        (
            say("Slopes"),
            say("not known in these streets")
            if found.network.streets.climb_m is None
            else question.slope,
        ),
    )
    sheet = Sheet("hidden", say("What the circle hides, worst first"), tuple(fields), rows, notes)
    return Report(say("What the circle hides"), facts, warnings, (sheet,), say.language)
