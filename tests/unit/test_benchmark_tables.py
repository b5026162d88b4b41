"""The benchmarks' one table: a peer that isn't there has a row that says so."""

from tests.benchmark.engine import Table, one_table


def test_a_missing_peer_is_a_row_and_the_others_are_still_measured():
    table = Table("Search")
    table.add("sandbox", [1.0, 2.0, 3.0])
    with table.peer("absent"):
        import no_such_engine  # noqa: F401  # pyright: ignore
    with table.peer("broken"):
        raise ValueError("no route | here")
    with table.peer("other"):
        table.add("other", [4.0, 4.0, 4.0], "all found")
    assert one_table([table]).splitlines()[2:] == [
        "| Search | sandbox | 2.000 | 2.900 | 1.0 |  |",
        "|  | absent | – | – | – "
        "| not measured: ModuleNotFoundError: No module named 'no_such_engine' |",
        "|  | broken | – | – | – | not measured: ValueError: no route / here |",
        "|  | other | 4.000 | 4.000 | 2.0 | all found |",
    ]
