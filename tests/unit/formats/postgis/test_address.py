"""Addresses of databases: what they say, what they must not, and that they travel as paths."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import files
from sandbox.errors import LayerError
from sandbox.formats.postgis.address import Address, address_of, is_address
from sandbox.formats.said import file_said

NAMES = st.text("abcÄ表 _-.:@/%?&=#", min_size=1, max_size=12).filter(lambda one: one.strip())


@given(
    st.builds(
        Address,
        host=st.sampled_from(["db.example", "127.0.0.1", "::1"]),
        port=st.integers(1, 65535),
        database=NAMES.filter(lambda one: "/" not in one),
        user=NAMES | st.just(""),
        table=NAMES | st.just(""),
        bounds_lonlat=st.just((106.25, 29.5, 106.5, 29.75)) | st.none(),
        limit=st.integers(1, 10**8) | st.none(),
        exists=st.sampled_from(["refuse", "replace", "add"]),
        secured=st.just((("sslmode", "verify-full"),)) | st.just(()),
    )
)
def test_an_address_says_the_same_after_it_was_a_text_and_a_path(address: Address) -> None:
    assert address_of(address.text) == address
    assert address_of(address.path) == address
    assert is_address(address.path)


@pytest.mark.parametrize(
    "wrong",
    [
        "postgresql://planner@db",
        "postgresql://planner@db/city?tabel=clinics",
        "postgresql://planner@db/city?bbox=106.4,29.3,106.2,29.8",
        "postgresql://planner@db/city?limit=0",
        "postgresql://planner@db:no/city",
        "postgresql://planner@db/city?exists=drop",
        "mysql://planner@db/city",
    ],
)
def test_what_is_written_wrong_is_refused_with_how_it_is_written(wrong: str) -> None:
    with pytest.raises(files.Unreadable) as caught:
        address_of(wrong)
    assert caught.value.hint is not None
    assert "postgresql://USER@HOST" in str(caught.value.hint)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://planner:s3cret@db/city",
        "postgres://planner:s3cret%2F@db/city?table=clinics",
        "postgresql://db/city?password=s3cret&table=a",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(files.Unreadable, match="a password stands in the address"):
        address_of(text)
    for value in (text, Path(text)):
        told = str(LayerError("{path} can't be read.", path=value))
        assert "s3cret" not in told
        assert told.startswith("postgresql://")


def test_tables_are_named_as_layers_of_files_are() -> None:
    said = file_said("postgresql://planner@db/city:public.clinics@gcj02")
    assert (said.layer, said.crs, said.called) == ("public.clinics", "gcj02", "public.clinics")
    assert address_of(said.path) == Address("db", database="city", user="planner")
    said = file_said("postgresql://planner@db:5433/city?table=clinics")
    assert (said.layer, said.crs, said.called) == (None, None, "clinics")
    assert address_of(said.path).port == 5433
