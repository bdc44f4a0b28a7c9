"""What keeps a paper from being printed or read; the message is a Chinese sentence for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bangfu.documents.leaks import Leak


class PaperError(Exception):
    """Nothing was printed; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class PaperIncomplete(PaperError):
    """The data lack something that the template prints."""


class TooLong(PaperError):
    """A text is longer than the paper allows."""


class GlyphMissing(PaperError):
    """No font at hand has a character; a box is never printed in its place."""


class UnreadableCode(PaperError):
    """A scanned or typed text is no return code, or was misread."""


class UnreadableContent(PaperError):
    """A file has no text that could be searched, so nothing can be said about it."""


class LeaksFound(PaperError):
    """A paper for the public shows what must not be shown; ``leaks`` lists every finding."""

    def __init__(self, leaks: Sequence[Leak]) -> None:
        self.leaks = list(leaks)
        listed = "；".join(leak.sentence() for leak in self.leaks[:10])
        more = f"；另有 {len(self.leaks) - 10} 处" if len(self.leaks) > 10 else ""
        super().__init__(f"这份材料要公开，里面有不能公开的内容，没有印出：{listed}{more}。请改掉再印。")
