"""Money is integer fen; yuan and 万元 appear only at the edge."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

FEN_PER_YUAN = 100
_LIMIT_FEN = 10**17


def to_fen(text: str) -> int:
    """Fen from what a person typed in yuan, such as ``1,200.50``, ``1200元`` or ``3.2万``.

    Raises ValidationError (a Chinese sentence) for anything else, for parts of a fen and for absurd sizes.
    """
    cleaned = text.strip().replace(",", "").replace("，", "").removesuffix("元")
    scale = 10_000 if cleaned.endswith("万") else 1
    try:
        fen = Decimal(cleaned.removesuffix("万")) * scale * FEN_PER_YUAN
    except InvalidOperation as error:
        raise ValidationError(f"“{text}”不是金额。请填数字，例如 1200.50，单位元。") from error
    if not fen.is_finite() or abs(fen) >= _LIMIT_FEN:
        raise ValidationError(f"“{text}”不是合理的金额。请核对后再填。")
    if fen != fen.to_integral_value():
        raise ValidationError(f"“{text}”比分还小。金额最多写到分（两位小数）。")
    return int(fen)


def yuan_text(fen: int) -> str:
    """Yuan with two decimals and thousands separators: 1200050 → ``12,000.50``; minus is U+2212."""
    sign = "−" if fen < 0 else ""
    return f"{sign}{abs(fen) // FEN_PER_YUAN:,}.{abs(fen) % FEN_PER_YUAN:02d}"


class MoneyField(models.BigIntegerField):
    """An amount in fen."""

    description = "amount in fen"

    def get_prep_value(self, value: Any) -> Any:
        """Refuse floats and decimals, whose fen would be a guess."""
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise TypeError(f"money is integer fen, not {type(value).__name__}")
        return super().get_prep_value(value)
