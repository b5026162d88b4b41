import json

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.export.page.seal import sealed, unsealed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def through_a_template(value):
    return unsealed(jinja2.Template(json.dumps(sealed(value))).render())


@pytest.mark.parametrize("text", ["{{ 1 / 0 }}", "{% include 'x' %}", "{# gone", "{%", "{{{"])
def test_a_text_that_is_a_template_is_not_carried_out(text):
    assert json.loads(through_a_template({"name": [text], text: 1})) == {"name": [text], text: 1}


@given(JSON)
def test_any_value_comes_back_as_it_was(value):
    if "\ue07b" not in json.dumps(value, ensure_ascii=False) and "ue07b" not in json.dumps(value):
        assert json.loads(through_a_template(value)) == value
