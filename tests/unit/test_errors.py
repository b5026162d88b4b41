import pytest

from sandbox import errors, files
from sandbox.errors import (
    AnalysisError,
    LayerError,
    NetworkError,
    SandboxError,
    TransitError,
    missing_files,
)
from sandbox.words import Text, Words

ENGLISH = Words("en", {})
CHINESE = Words(
    "zh",
    {
        "{file} is empty.": "{file} 是空的。",
        "Fill {file} first.": "请先填写 {file}。",
        "{column} is missing": "缺少 {column}",
    },
)


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = SandboxError("{file} is empty.", "Fill {file} first.", file="a.csv")
    assert error.said(ENGLISH) == "a.csv is empty. Fill a.csv first."
    assert error.said(CHINESE) == "a.csv 是空的。请先填写 a.csv。"


def test_an_error_without_a_hint_ends_with_its_message() -> None:
    assert SandboxError("{file} is empty.", file="a").said(ENGLISH) == "a is empty."


def test_all_faults_stand_in_one_line() -> None:
    faults = [Text("{column} is missing", {"column": name}) for name in ("id", "kind")]
    error = LayerError("Two faults", "Mend them.", faults=faults)
    assert error.said(ENGLISH) == "Two faults: id is missing; kind is missing. Mend them."
    assert error.said(CHINESE) == "Two faults：缺少 id；缺少 kind。Mend them."
    assert "\n" not in error.said(ENGLISH)


def test_a_log_shows_the_error_in_english() -> None:
    assert str(SandboxError("{file} is empty.", file="a")) == "a is empty."


@pytest.mark.parametrize(
    "kind",
    [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and one.__module__ == "sandbox.errors"
    ],
)
def test_one_family_holds_every_error(kind: type) -> None:
    assert issubclass(kind, SandboxError)
    with pytest.raises(SandboxError):
        raise kind("It failed.")


def test_an_error_tells_python_everything_in_one_line() -> None:
    error = SandboxError(
        "{file} has faults",
        "Mend {file}.",
        faults=[Text("one {n}", {"n": 1}), Text("two")],
        file="a",
    )
    assert str(error) == "a has faults: one 1; two. Mend a."
    assert str(SandboxError("No {what} here.", what="{street}")) == "No {street} here."


def test_an_error_whose_value_was_forgotten_is_raised_all_the_same() -> None:
    error = SandboxError("{pth} of {size:.1f} MB isn't there.", "Make {pth}.", path="a")
    assert str(error) == "{pth} of {size} MB isn't there. Make {pth}."
    assert error.said(CHINESE) == str(error)


@pytest.mark.parametrize("family", [LayerError, NetworkError, TransitError, AnalysisError])
def test_a_wrong_value_is_a_value_error_too(family):
    assert issubclass(family, ValueError)
    assert issubclass(family, SandboxError)


@pytest.mark.parametrize("family", [NetworkError, TransitError, AnalysisError])
@pytest.mark.parametrize(
    "cause", [FileNotFoundError(2, "no"), files.Unreadable(Text("no"), missing=True)]
)
def test_a_file_that_is_not_there_is_a_missing_file_too(family, cause):
    with pytest.raises(FileNotFoundError) as caught, missing_files():
        raise family("{path} isn't there.", "Look for {path}.", path="x.gpkg") from cause
    assert isinstance(caught.value, family)
    assert str(caught.value) == "x.gpkg isn't there. Look for x.gpkg."


def test_a_damaged_file_is_no_missing_file():
    with pytest.raises(NetworkError) as caught, missing_files():
        raise NetworkError("{path} is damaged.", path="x") from files.Unreadable(Text("no"))
    assert not isinstance(caught.value, FileNotFoundError)
