"""Lists typed one a line: money by source, steps with their days; each wrong line is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from bangfu.core.money import to_fen, yuan_text
from bangfu.plans.enums import StepRhythm
from bangfu.plans.terms.facts import StepFacts
from bangfu.plans.terms.saying import when_text

_DAY = r"\d{4}-\d{1,2}-\d{1,2}"
_BETWEEN = re.compile(rf"({_DAY})\s*至\s*({_DAY})\s+(.+)")
_BY = re.compile(rf"({_DAY})\s+(.+)")
_EVERY = re.compile(r"每\s*(\d*)\s*个?(月|周)\s*(\d+)\s*次\s+(.+)")
_OPEN = re.compile(r"不定期\s+(.+)")


def lines_in(text: str) -> list[str]:
    """The lines that say something."""
    return [line for line in (each.strip() for each in text.splitlines()) if line]


def read_money(text: str) -> tuple[tuple[str, int], ...]:
    """(source, fen) from lines such as 省级资金 90000; raises ValidationError naming the line."""
    found = []
    for line in lines_in(text):
        source, _, amount = line.replace("　", " ").rpartition(" ")
        if not source:
            raise ValidationError(f"“{line}”里没有来源或没有金额。先写来源，空一格，再写金额（元）。")
        found.append((source.strip()[:40], to_fen(amount)))
    return tuple(found)


def read_steps(text: str) -> tuple[StepFacts, ...]:
    """Steps from lines; raises ValidationError naming the line."""
    return tuple(_step(line) for line in lines_in(text))


def _step(line: str) -> StepFacts:
    if found := _BETWEEN.fullmatch(line):
        return StepFacts(found[3], StepRhythm.ONCE, _day(found[1], line), _day(found[2], line))
    if found := _BY.fullmatch(line):
        return StepFacts(found[2], StepRhythm.ONCE, due_on=_day(found[1], line))
    if found := _EVERY.fullmatch(line):
        return _every(found, line)
    if found := _OPEN.fullmatch(line):
        return StepFacts(found[1], StepRhythm.OPEN)
    raise ValidationError(f"“{line}”看不出什么时候做。请照上面的写法写，没有期限的写“不定期”。")


def _every(found: re.Match[str], line: str) -> StepFacts:
    months, times = int(found[1] or 1), int(found[3])
    if found[2] == "周" and months != 1:
        raise ValidationError(f"“{line}”：几周一次的，请写成每月几次。")
    if not 1 <= months <= 12 or not 1 <= times <= 99:
        raise ValidationError(f"“{line}”：月数写 1 到 12，次数写 1 到 99。")
    return StepFacts(found[4], StepRhythm.EVERY, every=0 if found[2] == "周" else months, times=times)


def _day(words: str, line: str) -> date:
    try:
        year, month, day = map(int, words.split("-"))
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(f"“{line}”里的 {words} 没有这一天。请改日期。") from error


def money_text(money: Iterable[tuple[str, int]]) -> str:
    """Lines as ``read_money`` reads them."""
    return "\n".join(f"{source} {yuan_text(fen).replace(',', '')}" for source, fen in money)


def steps_text(steps: Iterable[StepFacts]) -> str:
    """Lines as ``read_steps`` reads them."""
    return "\n".join(f"{when_text(step)} {step.words}" for step in steps)
