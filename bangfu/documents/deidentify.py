"""From what is known to what may be hung on a wall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

OTHER_REASON = "家庭困难"
"""What an unknown reason becomes, so that a new risk never shows by itself."""


@dataclass(frozen=True)
class NoticeRow:
    """A household as the office knows it. ``reason`` is the risk, such as 因病."""

    name: str
    group: str
    category: str
    reason: str = ""
    people: int | None = None
    id_number: str = ""
    minor: bool = False


@dataclass(frozen=True)
class PublicRow:
    """A household as the wall shows it; the keys of the notice's table."""

    name: str
    group: str
    category: str
    reason: str
    people: int | None
    id_number: str

    def cells(self) -> dict[str, object]:
        """For the table of a paper."""
        return dict(vars(self))


@dataclass(frozen=True)
class Rules:
    """What a county shows.

    ``mask_names``: 郑*福 instead of the name; ``masked_ids``: first six and last four digits, otherwise none;
    ``reasons``: the class each reason is told as. A reason that is not in it becomes 家庭困难.
    """

    mask_names: bool = False
    masked_ids: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)


def deidentify(rows: Iterable[NoticeRow], rules: Rules) -> list[PublicRow]:
    """The rows of a public notice: never an ID, phone, address, illness or the name of a minor."""
    return [
        PublicRow(
            name=f"{row.name[:1]}某某" if row.minor else _name(row.name, rules),
            group=row.group,
            category=row.category,
            reason=_reason(row.reason, rules),
            people=row.people,
            id_number=_masked_id(row.id_number) if rules.masked_ids and not row.minor else "",
        )
        for row in rows
    ]


def masked_name(name: str) -> str:
    """郑*福; of two characters the last is hidden, of a longer name all between first and last."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[:1] + "*" * (len(name) - 2) + name[-1:]


def _reason(reason: str, rules: Rules) -> str:
    """The class of a reason; one that is a class already stays."""
    if not reason or reason in rules.reasons.values():
        return reason
    return rules.reasons.get(reason, OTHER_REASON)


def _name(name: str, rules: Rules) -> str:
    return masked_name(name) if rules.mask_names else name


def _masked_id(number: str) -> str:
    """First six (the county) and last four digits; the birth date between them stays hidden."""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else ""
