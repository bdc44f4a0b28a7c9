"""The sprite holds the icons of the list, drawn from an unpacked package."""

from pathlib import Path

import pytest

from bangfu.ui.icons import icon_names
from tools import icons

OUTLINE = """<svg
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  stroke="currentColor"
>
  <path stroke="none" d="M0 0h24v24H0z" fill="none" />
  <path d="M5 12l-2 0l9 -9" />
  <path d="M9 21v-6" />
</svg>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "icons" / "outline"
    folder.mkdir(parents=True)
    (folder / "home.svg").write_text(OUTLINE, encoding="utf-8")
    (folder / "empty.svg").write_text("<html/>", encoding="utf-8")
    return tmp_path


def test_the_sprite_holds_exactly_the_icons_of_the_list() -> None:
    assert icon_names() == set(icons.NAMES.read_text(encoding="utf-8").split())


def test_a_symbol_carries_the_strokes_and_no_colour_or_frame(package: Path) -> None:
    assert icons.sprite(["home"], package) == (
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        '<symbol id="home" viewBox="0 0 24 24"><path d="M5 12l-2 0l9 -9"/><path d="M9 21v-6"/></symbol>\n'
        "</svg>\n"
    )


def test_a_name_twice_in_the_list_is_drawn_once(package: Path) -> None:
    assert icons.sprite(["home", "home"], package).count("<symbol") == 1


@pytest.mark.parametrize("name", ["gone", "empty"])
def test_an_icon_that_cannot_be_drawn_is_named(package: Path, name: str) -> None:
    with pytest.raises(icons.MissingIconError, match=name):
        icons.sprite(["home", name], package)


def test_without_a_folder_the_command_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert icons.main([]) == 2
    assert "用法" in capsys.readouterr().err
