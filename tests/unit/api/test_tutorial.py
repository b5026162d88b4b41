"""The tutorial's cells run one after the other, as a reader runs them."""

import ast
import json
from pathlib import Path

import sandbox

GUIDE = Path(__file__).parents[3] / "assets" / "guide"


def test_the_tutorial_runs_from_its_first_cell_to_its_last():
    notebook = json.loads((GUIDE / "tutorial.ipynb").read_text("utf-8"))
    names: dict[str, object] = {}
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "tutorial", "exec"), names)  # noqa: S102 - the program's own notebook
        if last is not None:
            value = ast.Expression(last.value)
            shown.append(eval(compile(value, "tutorial", "eval"), names))  # noqa: S307
    net, areas, counts, times, (edits, schematic) = shown
    assert "<svg" in net._repr_html_()
    assert areas["id"].tolist() == ["A"] * 3 + ["B"] * 3 + ["C"]
    assert areas["reason"].notna().tolist() == [False] * 6 + [True]
    assert counts["within_30_min"].notna().tolist() == [True, True, False]
    assert (counts["within_15_min"] <= counts["within_30_min"])[:2].all()
    assert times["minutes"].is_monotonic_increasing
    assert [one["name"] for one in edits] == ["修路 works"]
    assert schematic is True


def test_the_guides_name_functions_that_are_there():
    for language in ("zh", "en"):
        text = (GUIDE / f"{language}.md").read_text("utf-8")
        for name in sandbox.__all__:
            if name[0].islower() and name not in {"check_feed", "layer", "layers"}:
                told = name in text or name in {"scenario", "scenarios"}
                assert told, name
        for block in text.split("```python")[1:]:
            ast.parse(block.split("```")[0])
