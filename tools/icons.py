"""Draws one sprite of the icons we use: python -m tools.icons FOLDER (an unpacked @tabler/icons package)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.tree import ROOT

NAMES = ROOT / "bangfu" / "ui" / "icons.txt"
SPRITE = ROOT / "bangfu" / "ui" / "static" / "ui" / "icons.svg"

_INVISIBLE = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class MissingIconError(Exception):
    """The package has no outline icon of this name."""


def main(arguments: list[str]) -> int:
    """Write the sprite from the package folder given as the only argument; returns the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("用法：python -m tools.icons 解开的 @tabler/icons 文件夹\n")
        return 2
    names = NAMES.read_text(encoding="utf-8").split()
    SPRITE.write_text(sprite(names, Path(arguments[0])), encoding="utf-8")
    sys.stdout.write(f"{SPRITE.relative_to(ROOT)}：{len(names)} 个图标\n")
    return 0


def sprite(names: list[str], package: Path) -> str:
    """One SVG file with a symbol for each name, in the order of the alphabet.

    Raises MissingIconError if the package has no such outline icon.
    """
    symbols = [_symbol(name, package / "icons" / "outline" / f"{name}.svg") for name in sorted(set(names))]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, file: Path) -> str:
    if not file.is_file():
        raise MissingIconError(f"@tabler/icons 里没有“{name}”这个图标，请改 icons.txt")
    found = _BODY.search(file.read_text(encoding="utf-8"))
    if found is None:
        raise MissingIconError(f"“{name}”的文件里没有图形")
    lines = [line.strip().replace(" />", "/>") for line in found[1].splitlines()]
    body = "".join(line for line in lines if line and line != _INVISIBLE.replace(" />", "/>"))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
