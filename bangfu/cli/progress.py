"""A progress bar on stderr, when that is a terminal."""

from __future__ import annotations

import sys
from types import TracebackType

from tqdm import tqdm

_LABELS = {"read": "读取文件", "link": "认人", "rules": "比对规则", "write": "写出结果", "make": "生成文件"}


class Progress:
    """Shows one bar a stage. Called with a stage's name, how much is done and of how much."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._stage = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is; the first call of a stage opens its bar."""
        if not sys.stderr.isatty():
            return
        if stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = tqdm(
                total=total, desc=_LABELS.get(stage, stage), unit="", leave=False, file=sys.stderr
            )
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
