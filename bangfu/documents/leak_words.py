"""Words that tell where a person lives or how the person's health is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

import yaml

_NUMBER = r"[0-9一二三四五六七八九十百]{1,5}"
_ADDRESS = re.compile(
    rf"(?:路|街|巷|弄|大道|胡同|小区|新村|组|寨|坪){_NUMBER}号|{_NUMBER}(?:栋|幢|单元|室(?!外|内))"
    r"|门牌号?[::]?\s*\S{2,20}|(?:家庭|户籍|现居|居住)?(?:住址|地址)[::]\s*\S{2,40}"
)


def words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Every address and word on health in a text that was made plain before."""
    for found in _ADDRESS.finditer(text):
        yield "ADDRESS", *found.span()
    for found in _health().finditer(text):
        yield "ILLNESS", *found.span()


@cache
def _health() -> re.Pattern[str]:
    """The words of ``leak_words.yaml``, longest first, without those that only look like one."""
    raw = yaml.safe_load((resources.files("bangfu.documents") / "leak_words.yaml").read_text("utf-8"))
    words = "|".join(map(re.escape, sorted(raw["words"], key=len, reverse=True)))
    harmless = "|".join(map(re.escape, raw["harmless"]))
    return re.compile(f"(?!{harmless})(?:{words})", re.IGNORECASE)
