"""Rules that every template and style sheet of the project keeps, whatever its room."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bangfu.ui.icons import SIGNALS, icon_names
from tools.tree import ROOT, project_files

PACKAGE = ROOT / "bangfu"
OWN_STYLES = sorted(path for path in PACKAGE.glob("*/static/**/*.css") if path.parent.name != "vendor")
OWN_SCRIPTS = sorted(path for path in PACKAGE.glob("*/static/**/*.js") if path.parent.name != "vendor")
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html") if path.is_file())
UI_TEMPLATES = [path for path in TEMPLATES if path.is_relative_to(PACKAGE / "ui" / "templates" / "ui")]

_TEMPLATE_COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/|url\(\".*?\"\)", re.DOTALL)
_TOKEN_SET = re.compile(r"(--bf-[\w-]+)\s*:")
_TOKEN_USED = re.compile(r"(--bf-[a-z0-9][\w-]*)")
_MODERN = re.compile(r"color-mix\(|light-dark\(|oklch\(|oklab\(|@scope|@layer")
_FORBIDDEN = {
    "a script inside the page": r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>",
    "an event in an attribute": r"\s(?:on(?:click|change|submit|input|load|error|focus|blur)\s*=|hx-on)",
    "a colour in a page": r"(?<![&\w\"'/])#[0-9a-fA-F]{3,8}\b(?=[;\"' ])|(?:fill|stroke)=\"#",
    "a size in pixels": r"font(?:-size)?\s*:[^;\"]*\dpx|font-size=\"\d",
    "a style sheet inside the page": r"<style\b",
    "something from elsewhere": r"(?:src|href)=[\"'](?:https?:)?//",
    "an alert of the browser": r"hx-confirm|hx-prompt",
}


def _named(paths: list[Path]) -> list:
    return [pytest.param(path, id=path.relative_to(PACKAGE).as_posix()) for path in paths]


def _icons_asked_for(text: str) -> Iterator[str]:
    yield from re.findall(r"{%\s*icon\s+[\"']([\w-]+)[\"']", text)
    yield from re.findall(r"{%\s*signal[^%]*?icon=[\"']([\w-]+)[\"']", text)
    yield from re.findall(r"icon_name=[\"']([\w-]+)[\"']", text)


@pytest.mark.parametrize("template", _named(TEMPLATES))
def test_a_template_leaves_looks_and_behaviour_to_the_files(template: Path) -> None:
    text = _TEMPLATE_COMMENT.sub("", template.read_text(encoding="utf-8"))
    assert [what for what, pattern in _FORBIDDEN.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a script inside the page", "<script>go()</script>"),
        ("an event in an attribute", '<a onclick="go()">'),
        ("a colour in a page", '<i style="color: #155e82">'),
        ("a size in pixels", '<p style="font-size: 13px">'),
        ("a style sheet inside the page", "<style>p {}</style>"),
        ("something from elsewhere", '<script src="https://example.org/x.js">'),
        ("an alert of the browser", '<button hx-confirm="?">'),
    ],
)
def test_what_is_forbidden_is_recognized(what: str, text: str) -> None:
    assert re.search(_FORBIDDEN[what], text)


@pytest.mark.parametrize("template", _named(TEMPLATES))
def test_icons_and_signals_of_a_template_exist(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert set(_icons_asked_for(text)) - icon_names() == set()
    assert set(re.findall(r"{%\s*signal\s+[\"'](\w+)[\"']", text)) - set(SIGNALS) == set()


def test_icons_that_python_and_yaml_name_exist() -> None:
    in_yaml = re.compile(r"\bicon:\s*[\"']?([a-z][\w-]+)[\"']?\s*[,}\n]")
    in_python = re.compile(r"[\"']icon[\"']\s*:\s*[\"']([\w-]+)[\"']")
    patterns = {".py": in_python, ".yaml": in_yaml}
    asked = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in project_files(PACKAGE)
        if path.suffix in patterns
        for name in patterns[path.suffix].findall(path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 20
    assert {(path, name) for path, name in asked if name not in icon_names()} == set()


@pytest.mark.parametrize("template", _named(UI_TEMPLATES))
def test_a_template_of_this_room_says_at_its_top_what_it_is_for(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert "{% comment %}" in text[:80]
    assert template.parent.name != "parts" or "Takes:" in text


@pytest.mark.parametrize("file", _named(OWN_STYLES + OWN_SCRIPTS))
def test_our_files_are_safe_in_an_old_browser(file: Path) -> None:
    """Chromium 109 is the last one for Windows 7."""
    assert _MODERN.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sheet", _named(OWN_STYLES))
def test_no_rule_of_our_style_sheets_stands_inside_another(sheet: Path) -> None:
    text = _STYLE_COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    opened: list[str] = []
    for before, brace in re.findall(r"([^{}]*)([{}])", text):
        if brace == "}":
            opened.pop()
        else:
            assert not opened or opened[-1].startswith("@"), f"{opened[-1]} 里套着 {before.strip()}"
            opened.append(before.strip())
    assert opened == []


@pytest.mark.parametrize("sheet", _named([sheet for sheet in OWN_STYLES if sheet.name != "theme.css"]))
def test_a_colour_stands_in_the_theme_only(sheet: Path) -> None:
    text = _STYLE_COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[\s;,)!])", text) == []


def test_every_token_that_is_used_is_set() -> None:
    styles = "".join(sheet.read_text(encoding="utf-8") for sheet in OWN_STYLES)
    code = [path for path in project_files(PACKAGE) if path.suffix in {".py", ".yaml"}]
    used = set(_TOKEN_USED.findall(styles))
    for path in TEMPLATES + OWN_SCRIPTS + code:
        used |= set(_TOKEN_USED.findall(path.read_text(encoding="utf-8")))
    assert used - set(_TOKEN_SET.findall(styles)) == set()
