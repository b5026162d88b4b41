import pytest

from sandbox.sources.osm.access_tags import CLOSED, OPEN
from sandbox.sources.osm.barriers import lets_through
from sandbox.sources.osm.highways import HIGHWAYS, structure
from sandbox.sources.osm.walking import walking
from sandbox.streets.modes import Access
from sandbox.streets.streets import Structure

# The foot column of the worldwide table on the wiki's page "OSM tags for
# routing/Access restrictions", typed anew from the page.
WORLDWIDE = """
motorway no | trunk yes | primary yes | secondary yes | tertiary yes | unclassified yes
residential yes | living_street yes | road yes | pedestrian yes | track yes | path yes
bridleway no | cycleway no | footway yes | busway no
"""


@pytest.mark.parametrize(
    ("highway", "foot"), [row.split() for row in WORLDWIDE.replace("\n", "|").split("|") if row]
)
def test_defaults_are_those_of_the_wiki(highway, foot):
    access, decided = walking({"highway": highway})
    assert (access == Access.WALK) == (foot == "yes")
    assert bool(access) == (foot == "yes")
    assert decided == f"highway={highway}"


@pytest.mark.parametrize("highway", ["motorway", "trunk", "primary", "secondary", "tertiary"])
def test_a_link_is_as_open_as_its_road(highway):
    assert HIGHWAYS[f"{highway}_link"] == HIGHWAYS[highway]


@pytest.mark.parametrize(
    "highway", ["construction", "proposed", "razed", "raceway", "via_ferrata", "nonsense", ""]
)
def test_what_the_table_lacks_is_closed(highway):
    assert not walking({"highway": highway})[0]


@pytest.mark.parametrize(
    ("tags", "open_", "decided"),
    [
        ("highway=footway access=no", False, "access=no"),
        ("highway=footway access=no foot=yes", True, "foot=yes"),
        ("highway=service access=private", False, "access=private"),
        ("highway=service access=customers", True, "highway=service"),
        ("highway=service access=destination", True, "highway=service"),
        ("highway=residential foot=no", False, "foot=no"),
        ("highway=residential foot=use_sidepath", False, "foot=use_sidepath"),
        ("highway=residential access=yes foot=private", False, "foot=private"),
        ("highway=motorway access=yes", False, "highway=motorway"),
        ("highway=motorway foot=yes", True, "foot=yes"),
        ("highway=trunk motorroad=yes", False, "motorroad=yes"),
        ("highway=trunk motorroad=yes sidewalk=both", True, "sidewalk=both"),
        ("highway=trunk motorroad=yes sidewalk=separate", False, "motorroad=yes"),
        ("highway=trunk motorroad=yes sidewalk=both foot=no", False, "foot=no"),
        ("highway=trunk motorroad=no", True, "highway=trunk"),
        ("highway=primary sidewalk=separate", True, "highway=primary"),
        ("highway=cycleway foot=designated", True, "foot=designated"),
        ("highway=cycleway sidewalk=right", True, "sidewalk=right"),
        ("highway=residential construction=yes", False, "construction=yes"),
        ("highway=path access=odd foot=odder", True, "highway=path"),
        ("highway=path vehicle=no bicycle=no", True, "highway=path"),
        ("route=ferry", True, "route=ferry"),
        ("route=ferry foot=yes", True, "foot=yes"),
        ("route=ferry foot=no", False, "foot=no"),
        ("route=ferry access=no", False, "access=no"),
        ("route=ferry access=private foot=yes", True, "foot=yes"),
        ("route=ferry construction=yes", False, "construction=yes"),
        ("route=bus foot=yes", False, "highway="),
    ],
)
def test_tags_of_the_way_go_before_the_default(tags, open_, decided):
    access, by = walking(dict(tag.split("=") for tag in tags.split()))
    assert (bool(access), by) == (open_, decided)


@pytest.mark.parametrize(
    ("tags", "access"),
    [
        ("highway=residential oneway=yes", Access.WALK),
        ("highway=footway oneway:foot=yes", Access.WALK_FORWARD),
        ("highway=footway oneway:foot=-1", Access.WALK_BACKWARD),
        ("highway=footway foot:backward=no", Access.WALK_FORWARD),
        ("highway=steps conveying=forward", Access.WALK_FORWARD),
        ("highway=steps conveying=backward foot=yes", Access.WALK_BACKWARD),
        ("highway=steps conveying=yes", Access.WALK),
        ("route=ferry oneway=yes", Access.WALK_FORWARD),
        ("route=ferry oneway=-1", Access.WALK_BACKWARD),
        ("route=ferry oneway=no", Access.WALK),
    ],
)
def test_one_way_binds_walkers_only_where_it_says_so(tags, access):
    assert walking(dict(tag.split("=") for tag in tags.split()))[0] == access


@pytest.mark.parametrize(
    ("tags", "through"),
    [
        ("highway=crossing foot=no", True),
        ("barrier=gate", True),
        ("barrier=bollard access=no foot=yes", True),
        ("barrier=gate access=private", False),
        ("barrier=gate access=private foot=permissive", True),
        ("barrier=lift_gate foot=no", False),
        ("barrier=gate locked=yes", False),
        ("barrier=gate locked=yes foot=yes", True),
        ("barrier=fence", False),
        ("barrier=wall access=yes", True),
        ("barrier=kerb", True),
    ],
)
def test_barriers_on_nodes(tags, through):
    assert lets_through(dict(tag.split("=") for tag in tags.split())) == through


@pytest.mark.parametrize(
    ("tags", "lies"),
    [
        ("bridge=yes", Structure.BRIDGE),
        ("bridge=viaduct layer=1", Structure.BRIDGE),
        ("bridge=no", Structure.GROUND),
        ("tunnel=yes", Structure.TUNNEL),
        ("tunnel=building_passage", Structure.GROUND),
        ("layer=-1", Structure.GROUND),
        ("route=ferry", Structure.BRIDGE),
    ],
)
def test_structure(tags, lies):
    assert structure(dict(tag.split("=") for tag in tags.split())) == lies


def test_no_value_both_opens_and_closes():
    assert not OPEN & CLOSED
