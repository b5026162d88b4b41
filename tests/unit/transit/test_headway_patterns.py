"""Lines by headway packed as patterns, by hand; and the same vehicles backwards in time."""

from sandbox.transit.headway_patterns import HeadwayPattern, Run, by_headway

MINUTE_MS = 60_000


def two_stops(run: Run) -> HeadwayPattern:
    return HeadwayPattern((2, 0), (0, MINUTE_MS), (0, MINUTE_MS), (run,))


def test_each_draw_has_its_first_vehicle_and_as_many_as_fit() -> None:
    # Every 5 minutes from 0:00 to 0:10: three from the hour on, two from half a headway on.
    made = by_headway([two_stops(Run(0, 10 * MINUTE_MS, 5 * MINUTE_MS, (0.0, 0.5)))], 3, 2)
    assert made.draws == 2
    assert made.first_ms.tolist() == [[0], [150_000]]
    assert made.count.tolist() == [[3], [2]]
    assert made.stop_offsets.tolist() == [0, 1, 1, 2]
    assert (made.stop_pattern.tolist(), made.stop_place.tolist()) == ([0, 0], [1, 0])


def test_a_phase_after_the_end_of_a_short_run_brings_no_vehicle() -> None:
    made = by_headway([two_stops(Run(0, MINUTE_MS, 10 * MINUTE_MS, (0.0, 0.5)))], 3, 2)
    assert made.count.tolist() == [[1], [1]]
    assert made.first_ms[1, 0] > 24 * 60 * MINUTE_MS


def test_backwards_the_last_vehicle_is_the_first_and_stops_turn_round() -> None:
    made = by_headway([two_stops(Run(0, 10 * MINUTE_MS, 5 * MINUTE_MS, (0.0, 0.5)))], 3, 2)
    back = made.mirrored()
    assert back.stop.tolist() == [0, 2]
    # The last vehicle of each draw arrives at 0:11 and at 0:08:30.
    assert back.first_ms.tolist() == [[-11 * MINUTE_MS], [-510_000]]
    assert back.mirrored().first_ms.tolist() == made.first_ms.tolist()
    assert back.mirrored().stop.tolist() == made.stop.tolist()


def test_backwards_a_run_of_untold_vehicles_is_between_the_same_times() -> None:
    made = by_headway([two_stops(Run(MINUTE_MS, 10 * MINUTE_MS, MINUTE_MS, None))], 3, 1)
    assert (made.first_ms.tolist(), made.count.tolist()) == ([[MINUTE_MS]], [[0]])
    back = made.mirrored()
    assert (back.first_ms.tolist(), back.last_ms.tolist()) == (
        [[-11 * MINUTE_MS]],
        [-2 * MINUTE_MS],
    )


def test_vehicles_that_run_backwards_board_where_one_got_off() -> None:
    # Nobody gets off at the first stop, so backwards nobody boards at it, the last one then.
    pattern = HeadwayPattern(
        (0, 1), (0, 1), (0, 1), (Run(0, MINUTE_MS, MINUTE_MS, (0.0,)),), halts=(2, 0)
    )
    assert by_headway([pattern], 2, 1).mirrored().halt.tolist() == [0, 1]
