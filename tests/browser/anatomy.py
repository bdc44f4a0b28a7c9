"""What a page is built of and where it leads, from the text that the server sends."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Anatomy(HTMLParser):
    """``links``: the addresses in it; ``skeleton``: its parts, whatever its words or number of rows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self._pairs: set[str] = set()
        self.feed(html)
        self.close()

    @property
    def skeleton(self) -> str:
        """Each kind of element together with the kind of element it stands in."""
        return " ".join(sorted(self._pairs))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        sign = f"{tag}.{said.get('class') or ''}|{sorted(said)}"
        self._pairs.add(f"{self._open[-1][1]}>{sign}")
        if tag == "a" and said.get("href"):
            self.links.append(str(said["href"]))
        if tag not in _VOID:
            self._open.append((tag, sign))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings write an empty element like this; it stays open for nothing."""
        depth = len(self._open)
        self.handle_starttag(tag, attrs)
        del self._open[depth:]

    def handle_endtag(self, tag: str) -> None:
        """What its author left open ends with what it stands in."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return
