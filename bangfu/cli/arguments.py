"""Arguments that several commands take, refused with a Chinese sentence."""

from __future__ import annotations

import argparse
import datetime as dt


def day(text: str) -> dt.date:
    """A date written as 2026-10-31."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-10-31 的样子") from None


def whole_number(text: str) -> int:
    """A whole number, 1 or more."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是正整数")
    return int(text)


def region(text: str) -> str:
    """The first digits of a region code."""
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise argparse.ArgumentTypeError(f"“{text}”不是行政区划代码，请写数字，如 4106")
    return text
