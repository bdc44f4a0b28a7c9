"""The items of an estimate, read from lines as a spreadsheet gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from bangfu.core.money import to_fen

_PLACES = 3
_MOST = Decimal(10) ** 11
_MOST_ITEMS = 500
_NAME, _UNIT = 100, 20
_COLUMNS = 4
LINE = "一行一项：分项、单位、数量、单价（元）"


@dataclass(frozen=True)
class Item:
    """One line of an estimate; ``price`` in fen."""

    name: str
    unit: str
    quantity: Decimal
    price: int

    @property
    def amount(self) -> int:
        """Fen: quantity × price, half a fen and more rounded up."""
        return int((self.quantity * self.price).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class EstimateFacts:
    """What an estimate says; from the admission on with the approval that allows the change."""

    items: Sequence[Item]
    drawn_on: date
    reason: str = ""
    approval_number: str = ""
    approved_on: date | None = None

    @property
    def total(self) -> int:
        """Fen."""
        return sum(item.amount for item in self.items)


def read_items(text: str) -> list[Item]:
    """The items of a text, columns parted by tabs or blanks; raises ValidationError that names each line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _MOST_ITEMS:
        raise ValidationError(f"有 {len(lines)} 行，最多 {_MOST_ITEMS} 行。请合并后再填。")
    items, mistakes = [], []
    for number, line in enumerate(lines, 1):
        try:
            items.append(_item(line))
        except ValidationError as wrong:
            mistakes.append(f"第 {number} 行“{line[:30]}”：{wrong.messages[0]}")
    if mistakes:
        raise ValidationError(mistakes)
    return items


def _item(line: str) -> Item:
    parts = [part.strip() for part in line.split("\t") if part.strip()] if "\t" in line else line.split()
    if len(parts) < _COLUMNS:
        raise ValidationError(f"不够四栏。{LINE}。")
    *words, unit, quantity, price = parts
    name = " ".join(words)
    if len(name) > _NAME or len(unit) > _UNIT:
        raise ValidationError(f"分项最多 {_NAME} 个字，单位最多 {_UNIT} 个字。")
    item = Item(name, unit, _quantity(quantity), to_fen(price))
    if item.amount <= 0:
        raise ValidationError("数量和单价都要大于 0。")
    return item


def _quantity(text: str) -> Decimal:
    try:
        quantity = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise ValidationError(f"“{text}”不是数量。") from error
    if not quantity.is_finite() or not 0 < quantity < _MOST:
        raise ValidationError(f"“{text}”不是合理的数量。")
    if quantity != round(quantity, _PLACES):
        raise ValidationError(f"“{text}”小数太长，数量最多写 {_PLACES} 位小数。")
    return quantity


def line_of(item: Item) -> str:
    """The line that somebody would type."""
    quantity = f"{item.quantity.normalize():f}"
    return f"{item.name}\t{item.unit}\t{quantity}\t{item.price // 100}.{item.price % 100:02d}"
