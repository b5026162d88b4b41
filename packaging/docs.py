"""Builds the pages of the Python interface: the guide in both languages, and each function."""

import sys
from pathlib import Path

import markdown2
import pdoc

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>body{{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.6 sans-serif}}
pre{{background:#f4f5f7;padding:.8em;overflow:auto}}td,th{{padding:.2em .8em;text-align:left}}
</style><nav><a href="index.html">中文</a> · <a href="en.html">English</a> ·
<a href="sandbox.html">API</a></nav>{body}</html>
"""


def build(target: Path) -> None:
    """Write the pages into a folder; `index.html` is the guide in Chinese."""
    pdoc.render.configure(docformat="numpy", search=False, show_source=False)
    pdoc.pdoc("sandbox", r"!sandbox\..+", output_directory=target)
    for language, name in (("zh", "index.html"), ("en", "en.html")):
        text = (ROOT / "assets" / "guide" / f"{language}.md").read_text("utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        body = markdown2.markdown(text, extras=["fenced-code-blocks", "tables"])
        page = PAGE.format(language=language, title=title, body=body)
        (target / name).write_text(page, "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("packaging/docs FOLDER")
    build(Path(sys.argv[1]))
