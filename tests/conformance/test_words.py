"""Every text a person can see is said in Chinese too, and no translation is left over."""

import ast
import re
import string
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from sandbox import errors
from sandbox.cli import COMMANDS
from sandbox.cli import sandbox as family

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sandbox"
ZH = ROOT / "assets" / "translations" / "zh"
ERRORS = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.SandboxError)
}


class Literals:
    """The texts of one module that a person can see."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.speakers = {"words", *self._named_words()}
        self.errors = ERRORS | {
            node.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ClassDef)
            and any(isinstance(base, ast.Name) and base.id in ERRORS for base in node.bases)
        }
        self.tables = {
            name: node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
            for name in _targets(node)
        }

    def _named_words(self) -> Iterator[str]:
        """Names that hold a `Words`: by annotation, or given one."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.arg) and _is_words_type(node.annotation):
                yield node.arg
            elif isinstance(node, ast.AnnAssign) and _is_words_type(node.annotation):
                yield from _targets(node)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    pairs = (
                        zip(target.elts, node.value.elts, strict=False)
                        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                        else [(target, node.value)]
                    )
                    for name, value in pairs:
                        if _gives_words(value) and isinstance(name, ast.Name | ast.Attribute):
                            yield _last_name(name)

    def __iter__(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Call):
                continue
            name = _last_name(node.func)
            if name in self.errors:
                for argument in (*node.args[:2], *_keywords(node, "message", "hint")):
                    yield from self._texts(argument)
            elif name == "Text":
                for argument in (*node.args[:1], *_keywords(node, "template")):
                    yield from self._texts(argument)
            elif name == "Action":
                for argument in (*node.args[1:2], *_keywords(node, "text")):
                    yield from self._texts(argument)
            elif name in self.speakers or _gives_words(node.func):
                for argument in node.args[:1]:
                    yield from self._texts(argument)

    def _texts(self, node: ast.expr) -> Iterator[str]:
        """The literals that an argument can be, through choices and the module's tables."""
        match node:
            case ast.Constant(value=str(text)):
                if re.search(r"\w", re.sub(r"\{.*?\}", "", text)):
                    yield text
            case ast.IfExp(body=one, orelse=other):
                yield from self._texts(one)
                yield from self._texts(other)
            case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
                yield from self._table(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=given):
                yield from self._table(name)
                for argument in given[1:]:
                    yield from self._texts(argument)

    def _table(self, name: str) -> Iterator[str]:
        match self.tables.get(name):
            case ast.Constant(value=str(text)):
                yield text
            case ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                for value in values:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield value.value


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [_last_name(one) for one in targets if isinstance(one, ast.Name | ast.Attribute)]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _gives_words(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _last_name(node.func) in ("words", "words_of")


def _is_words_type(annotation: ast.expr | None) -> bool:
    return annotation is not None and ast.unparse(annotation).strip("\"'") == "Words"


def _keywords(node: ast.Call, *names: str) -> list[ast.expr]:
    return [keyword.value for keyword in node.keywords if keyword.arg in names]


def spoken() -> dict[str, str]:
    """Every text that the code can say, and where."""
    found: dict[str, str] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for text in Literals(file.read_text("utf-8")):
            found.setdefault(text, file.relative_to(PACKAGE).as_posix())
    return found | dict(_helps())


def _helps() -> Iterator[tuple[str, str]]:
    """The help of every command and option."""
    commands: list[tuple[str, click.Command]] = [("", family)]
    commands += [(name, getattr(import_module(module), name)) for name, module in COMMANDS.items()]
    while commands:
        name, command = commands.pop()
        where = f"sandbox {name} --help"
        if callback := command.callback:
            yield " ".join((callback.__doc__ or "").split()), where
        for node in _options(command):
            yield node, where
        if isinstance(command, click.Group):
            commands += [(f"{name} {inner}", one) for inner, one in command.commands.items()]


def _options(command: click.Command) -> Iterator[str]:
    for parameter in command.get_params(click.Context(command)):
        if isinstance(parameter, click.Option) and parameter.help:
            yield parameter.help


def trees() -> Iterator[tuple[Path, ElementTree.ElementTree]]:
    for file in sorted(ZH.glob("*.ts")):
        yield file, ElementTree.parse(file)  # noqa: S314  # the program's own file


def translations() -> Iterator[tuple[Path, str, str]]:
    for file, tree in trees():
        for message in tree.iter("message"):
            yield file, message.findtext("source", ""), message.findtext("translation", "")


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_text_has_chinese_words() -> None:
    known = {source for _, source, said in translations() if said.strip()}
    silent = [f"{where}: {text}" for text, where in spoken().items() if text not in known]
    assert silent == [], "\n".join(silent)


def test_no_translation_is_left_over() -> None:
    strings = set(spoken())
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
    orphans = [(file.name, source) for file, source, _ in translations() if source not in strings]
    assert orphans == []


def test_a_translation_fills_the_same_places() -> None:
    wrong = [
        (file.name, source, said)
        for file, source, said in translations()
        if places(source) != places(said)
    ]
    assert wrong == []


def test_a_translation_names_the_same_options() -> None:
    option = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
    wrong = [
        f"{file.name}: {source!r}: {said!r}"
        for file, source, said in translations()
        if set(option.findall(source)) != set(option.findall(said))
    ]
    assert wrong == [], "\n".join(wrong)


def test_a_text_is_translated_one_way() -> None:
    said_as: dict[str, set[str]] = {}
    for _, source, said in translations():
        said_as.setdefault(source, set()).add(said)
    assert {source: ways for source, ways in said_as.items() if len(ways) > 1} == {}


def test_chinese_words_are_finished_and_use_full_width_marks() -> None:
    wrong = []
    for file, tree in trees():
        assert tree.getroot().get("language") == "zh_CN", file.name
        for said in tree.iter("translation"):
            text = said.text or ""
            # Not the comma: coordinates are typed with a half-width one and named so too.
            if said.get("type") or re.search("！|!$|[一-鿿][;:?]", text):
                wrong.append(f"{file.name}: {text}")
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('words("Hello {name}", name="x")', ["Hello {name}"]),
        ('words()("Saved to {path}.", path=path)', ["Saved to {path}."]),
        ('words_of("zh")("A" if one else "B")', ["A", "B"]),
        ('said = words(session)\nsaid("Open")', ["Open"]),
        ('say, told = words(), 3\nsay("Open")', ["Open"]),
        ('def f(tell: Words):\n    tell("Open")', ["Open"]),
        ('self._say = words_of("en")\nself._say("Open")', ["Open"]),
        ('Text("{a} is {b}", {"a": 1, "b": 2})', ["{a} is {b}"]),
        ('raise NetworkError("No {file}", "Look again.", file=f)', ["No {file}", "Look again."]),
        ('raise LayerError("No", hint="Yes")', ["No", "Yes"]),
        ('Action("undo", "Undo", "Ctrl+Z")', ["Undo"]),
        ('T = {"a": "One", "b": "Two"}\nText(T.get(k, "Three"))', ["One", "Two", "Three"]),
        ('T = {"a": "One"}\nwords(T[k])', ["One"]),
        ('print("not said")\nText("{reason}", {"reason": 1})', []),
    ],
)
def test_the_reader_of_texts_sees_each_way_of_saying(source: str, found: list[str]) -> None:
    assert sorted(Literals(source)) == sorted(found)


def unfilled(source: str) -> list[str]:
    """The places of a module's errors and texts that their own values don't fill."""
    literals = Literals(source)
    found: list[str] = []
    for node in ast.walk(literals.tree):
        if not isinstance(node, ast.Call):
            continue
        name = _last_name(node.func)
        if name in literals.errors:
            given: set[str | None] = {keyword.arg for keyword in node.keywords}
            texts = [*node.args[:2], *_keywords(node, "message", "hint")]
        elif name == "Text" and len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
            keys = node.args[1].keys
            given = {key.value if isinstance(key, ast.Constant) else None for key in keys}
            texts = node.args[:1]
        else:
            continue
        # What is spread into a call (**values), or filled later, isn't known here.
        if None not in given and (given or name != "Text"):
            found += [
                f"{node.lineno}: {place} of {text!r}"
                for argument in texts
                for text in literals._texts(argument)
                for place in places(text) - given
            ]
    return found


def test_every_place_of_an_error_is_filled() -> None:
    assert unfilled('NetworkError("{path} at {place}", "Mend {pth}.", path=1, place=2)') != []
    assert unfilled('Text("{path} is gone", {"pth": 1})') != []
    assert unfilled('NetworkError("{path}", "Mend {path}.", **values)') == []
    wrong = [
        f"{file.relative_to(PACKAGE).as_posix()}:{one}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for one in unfilled(file.read_text("utf-8"))
    ]
    assert wrong == [], "\n".join(wrong)


# The glossary: what a text doesn't say, and what it says instead. Each is a pattern.
_CHINESE = {
    "街道": "道路（街道 is a tier of government）",
    "公交": "公共交通（公交 is a bus）",
    "出发点|出发地点": "起点",
    "到达地点": "终点",
    "千米|km/h|km²": "公里，公里/小时，平方公里",
    r"\d 分(?!钟)|\} 分(?!钟)|（分）": "分钟",
    "用地覆盖率": "面积覆盖率",
    "自由流|畅行": "畅通路况",
    "直线半径": "直线服务半径",
    "随附|随程序提供": "自带",
    "请改正": "请修正",
    "行车速度|行车路程|小汽车": "驾车",
    "建立路网|重新生成": "构建",
    "要写出|已写出": "输出，保存",
    "所缺|所问|提问": "原因，所选，计算",
    "只画只数": "仅示意线路与条数，不计入可达计算",
}
_ENGLISH = {
    "[Bb]y line(?! by)": "by public transport",
    "[Oo]ne (?:moves|gets|walks|rides|boards|can)": "you, or what is done",
    "\\b[Mm]end": "correct",
    "[Ww]hence|[Ww]hither|[Aa]shore|[Aa]float": "from where, to where",
    "\\b[Tt]ells?\\b|\\b[Tt]old\\b": "states, shows",
    "\\b[Aa]sked\\b|\\b[Aa]sks?\\b(?! the provider)": "uses, calculates",
    "(?<!level )\\b[Gg]round\\b(?!-level)": "area, land",
    "[Ll]eft out|[Ll]eave .*\\bout\\b": "skipped, omitted, not covered",
    "there twice": "appears twice",
    "(?:isn't|is not) there\\b": "doesn't exist",
    "\\b[Hh]alls?\\b": "kiosk",
    "[Tt]ake (?:as|along)|[Tt]aken as": "save as, take with you",
    "[Uu]nforeseen": "unexpected",
    "[Ss]traight-line circle": "straight-line radius",
    "[Cc]rossings?\\b": "junctions",
    "known (?:less well|to within)": "less accurate",
    "\\bso (?:many|and so)\\b|\\bto write\\b": "the number; output",
    "^\\S* ?is no [a-z]+ as\\b|\\} is no (?!faster)": "is not",
}


def breaches(rules: dict[str, str], text: str) -> list[str]:
    """Return what to say instead of each word of a text that its glossary doesn't have."""
    read = re.sub(r"\{.*?\}", "{}", text)
    return [to for no, to in rules.items() if re.search(no, read)]


def test_texts_keep_to_the_glossary_in_both_languages() -> None:
    texts = [(file.name, source, said) for file, source, said in translations()]
    assert len(texts) > 1000
    odd = [(name, said, why) for name, _, said in texts for why in breaches(_CHINESE, said)]
    odd += [(name, said, why) for name, said, _ in texts for why in breaches(_ENGLISH, said)]
    assert odd == [], "\n".join(map(str, odd))


_UNIT = re.compile(r"^ ?(?:km/h|km²|m²|km|m|min|h|s|ms)(?![A-Za-z²])")


def bare_units(source: str) -> list[str]:
    """Return the units that stand right after a value without going through the words."""
    return [
        str(after.value)
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.JoinedStr)
        for value, after in pairwise(one.values)
        if isinstance(value, ast.FormattedValue)
        and isinstance(after, ast.Constant)
        and _UNIT.match(str(after.value))
    ]


def test_units_on_screen_are_in_the_program_s_words() -> None:
    rooms = ("draw", "ui", "app", "export", "cli")
    files = [file for room in rooms for file in (PACKAGE / room).rglob("*.py")]
    found = {file.name: bare_units(file.read_text("utf-8")) for file in files}
    assert {name: units for name, units in found.items() if units} == {}
    assert bare_units('f"{x:g} km" + f"{y}{z} m²" + f"{x} minutes"') == [" km", " m²"]


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        (_CHINESE, "最近的街道距此 {distance} 米"),
        (_CHINESE, "{minutes} 分"),
        (_CHINESE, "{area} km²"),
        (_ENGLISH, "{minutes} min by line"),
        (_ENGLISH, "“{value}” is no size as 1920x1080."),
        (_ENGLISH, "Mend it, or leave it out."),
        (_ENGLISH, "The folder {folder} isn't there."),
    ],
)
def test_the_glossary_finds_what_it_doesn_t_have(rules: dict[str, str], text: str) -> None:
    assert breaches(rules, text) != []
    assert breaches(rules, "{minutes} 分钟" if rules is _CHINESE else "{minutes} minutes") == []
