"""Logs without personal data."""

from __future__ import annotations

import logging
import re

_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_BLACK = "***"


class Impersonal(logging.Filter):
    """Blacks out long numbers (identity numbers, phones, accounts) in messages and in traces of errors."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let the record through, without its long numbers."""
        record.msg = _LONG_NUMBER.sub(_BLACK, record.getMessage())
        record.args = ()
        if record.exc_info:
            # 数据库报唯一键冲突时会把值写进错误信息
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_text = _LONG_NUMBER.sub(_BLACK, trace)
        return True
