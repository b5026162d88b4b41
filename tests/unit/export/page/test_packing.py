import json

from sandbox.export.page.packing import packed, packed_json
from tests.support.paged import inflated


def test_what_is_packed_comes_back_and_can_stand_in_a_page():
    data = bytes(range(256)) * 50
    assert inflated(packed(data)) == data
    value = {"name": "</script>{{ 7 }}\u2028凤栖湖", "list": [1, 2.5, None]}
    text = packed_json(value)
    assert "<" not in text
    assert json.loads(inflated(text)) == value


def test_a_lone_half_of_a_pair_does_not_end_the_page():
    assert inflated(packed_json("\ud800")) == b'"\xed\xa0\x80"'
