"""Makes the pieces lie end to end, so that no letter of the text is dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bangfu.plans.reading.shapes import Piece, PieceKind, Span


def covered(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with every gap filled: blanks join the piece before, words become a piece of their own."""
    made: list[Piece] = []
    place = 0
    for piece in sorted(pieces, key=lambda each: each.span):
        if piece.span.end <= place:
            continue
        _fill(text, made, place, piece.span.start)
        start = made[-1].span.end if made else 0
        made.append(replace(piece, span=Span(start, piece.span.end)))
        place = piece.span.end
    _fill(text, made, place, len(text))
    return _joined(text, made)


def _fill(text: str, made: list[Piece], start: int, end: int) -> None:
    if start >= end:
        return
    if made and not text[start:end].strip():
        made[-1] = replace(made[-1], span=Span(made[-1].span.start, end))
    else:
        made.append(Piece(PieceKind.OTHER, Span(start, end), made[-1].path if made else ()))


def _joined(text: str, made: list[Piece]) -> list[Piece]:
    """Pieces of blanks alone join the one before."""
    kept: list[Piece] = []
    for piece in made:
        if kept and not text[piece.span.start : piece.span.end].strip():
            kept[-1] = replace(kept[-1], span=Span(kept[-1].span.start, piece.span.end))
        else:
            kept.append(piece)
    return kept
