"""The colours of the theme can be read (WCAG 2.1 AA), computed from the style sheet itself."""

import re

import pytest

from tools.tree import ROOT

THEME = (ROOT / "bangfu/ui/static/ui/theme.css").read_text(encoding="utf-8")

GROUNDS_OF_TEXT = {
    "ink": ["paper", "page", "mark", "accent-60"],
    "ink-2": ["paper", "page", "sunk", "accent-10"],
    "ink-3": ["paper", "page", "sunk", "accent-10"],
    "accent": ["paper", "page", "accent-10"],
    "accent-deep": ["accent-10", "accent-05"],
    "accent-20": ["accent-deep"],
    "paper": ["accent", "accent-deep", "bad"],
    "bad": ["paper", "bad-bg"],
    "warn": ["paper", "warn-bg"],
    "ok": ["paper", "ok-bg"],
}
EDGES = [("field", "paper"), ("accent", "paper"), ("accent-60", "paper"), ("accent", "accent-20")]


def _token(name: str) -> str:
    found = re.search(rf"--bf-{name}:\s*(#[0-9a-f]{{6}});", THEME)
    assert found, name
    return found[1]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours written #rrggbb, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("text", "ground"), [(text, ground) for text, grounds in GROUNDS_OF_TEXT.items() for ground in grounds]
)
def test_text_is_readable_on_its_ground(text: str, ground: str) -> None:
    assert contrast(_token(text), _token(ground)) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_that_mean_something_are_visible(edge: str, ground: str) -> None:
    assert contrast(_token(edge), _token(ground)) >= 3
