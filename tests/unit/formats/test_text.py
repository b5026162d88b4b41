"""Encodings by whole files: what is said of them doesn't count against what they are."""

import pytest

from sandbox.files import Unreadable
from sandbox.formats.text import decoded, encoding_of, text_of

CHINESE = "社区卫生服务中心"


@pytest.mark.parametrize("stated", ["", "UTF-8", "GBK", "ISO-8859-1", "Big5", "nonsense", "936"])
def test_utf_8_and_gb18030_are_told_whatever_is_said(stated):
    assert encoding_of([CHINESE.encode()], stated) == "utf-8"
    if stated != "Big5":
        assert encoding_of([CHINESE.encode("gbk")], stated) == "gb18030"


def test_what_is_neither_is_as_it_says_or_guessed():
    assert encoding_of(["社區醫院綜合門診".encode("big5")], "Big5") == "big5"
    assert encoding_of(["café bar".encode("latin-1")], "ISO-8859-1") == "iso8859-1"
    russian = "Поликлиника городская больница номер семь в центре".encode("cp1251")
    assert text_of(russian, encoding_of([russian, b"\xff\x20"]))


@pytest.mark.parametrize(
    ("said", "stated", "encoding"),
    [
        # Two signs of Chinese that are also Armenian in UTF-8; a statement settles it too.
        ("医", "", "gb18030"),
        ("医", "GBK", "gb18030"),
        # Letters of the West, and of Greece beside signs that aren't usual.
        ("Müller", "", "utf-8"),
        ("社", "", "utf-8"),
    ],
)
def test_few_signs_that_are_valid_in_both(said, stated, encoding):
    assert encoding_of([said.encode(encoding)], stated) == encoding
    assert decoded(said.encode(encoding), stated) == (said, encoding)


def test_a_sign_that_is_cut_off_at_the_end_is_left_out():
    assert text_of(CHINESE.encode()[:-1], "utf-8") == CHINESE[:-1]
    assert encoding_of([CHINESE.encode()[:-1], CHINESE.encode()]) == "utf-8"


def test_a_mark_says_it_and_may_lie():
    assert decoded(CHINESE.encode("utf-8-sig")) == (CHINESE, "utf-8")
    assert decoded(CHINESE.encode("utf-16"))[0] == CHINESE
    with pytest.raises(Unreadable, match="encoding"):
        decoded(b"\xef\xbb\xbf" + CHINESE.encode("gbk"))
