"""Versions of schemes: shipped ones, the one that holds in a place, all there are, what is wrong in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from bangfu.access.models import User
from bangfu.access.versioned_texts import keep_shipped, newest_of_all, newest_own, texts_in, unreadable_of
from bangfu.assessment.definition.model import Scheme
from bangfu.assessment.definition.reading import WrongScheme, read_scheme
from bangfu.assessment.enums import IndicatorKind
from bangfu.assessment.models import SchemeVersion
from bangfu.assessment.records import known_readings
from bangfu.core.errors import SituationForbids
from bangfu.screening.catalogue.definitions import other_code

_SHIPPED = Path(__file__).parent / "definitions"


@dataclass(frozen=True)
class Held:
    """A scheme as it holds in a place; ``version`` is None for a shipped text that nobody used yet."""

    scheme: Scheme
    text: str
    version: SchemeVersion | None


def shipped_texts() -> dict[str, str]:
    """The schemes that the software brings, by code."""
    return texts_in(_SHIPPED)


def held_in(code: str, place: str) -> Held | None:
    """The scheme of a code as it holds in a place: the county's newest, else the shipped one.

    None as well for a county's own that can no longer be read, see ``unreadable_in``.
    """
    return _held(code, newest_own(SchemeVersion, code, place))


def _held(code: str, version: SchemeVersion | None) -> Held | None:
    if version is not None:
        try:
            return Held(read_scheme(version.text), version.text, version)
        except WrongScheme:
            return None
    text = shipped_texts().get(code)
    return Held(read_scheme(text), text, None) if text else None


def all_held(place: str) -> list[Held]:
    """Every scheme that holds in a place, by title."""
    own = newest_of_all(SchemeVersion, place)
    found = (_held(code, own.get(code)) for code in sorted({*shipped_texts(), *own}))
    return sorted((one for one in found if one is not None), key=lambda one: one.scheme.title)


def unreadable_in(place: str) -> list[tuple[SchemeVersion, list[str]]]:
    """What should hold in a place and can no longer be read, with its mistakes."""
    return unreadable_of(SchemeVersion, place, read_scheme)


def version_for(*, at: datetime, held: Held) -> SchemeVersion:
    """The version as a row; the shipped one is put down when it is first used. Inside an open recording.

    Raises SituationForbids when somebody published in the same moment.
    """
    if held.version is not None:
        return held.version
    own = held.scheme
    found = keep_shipped(SchemeVersion, at, code=own.id, title=own.title, text=held.text)
    if found is None:
        raise SituationForbids("这个方案刚有人发布新版，没有保存。请再试一次。")
    return found


def mistakes_in(by: User, code: str, text: str) -> list[str]:
    """What keeps somebody from publishing a text as a version of a scheme; ``code`` empty: of any."""
    try:
        scheme = read_scheme(text)
    except WrongScheme as wrong:
        return list(wrong.problems)
    found = []
    if code and scheme.id != code:
        found.append(other_code(text, scheme.id, "这个方案", code))
    return [*found, *_wrong_readings(by, scheme)]


def _wrong_readings(by: User, scheme: Scheme) -> list[str]:
    known = known_readings(by, scheme.about)
    found = []
    for one in scheme.indicators:
        if not one.reading:
            continue
        reading = known.get(one.reading)
        if reading is None:
            near = "、".join(get_close_matches(one.reading, known, 3)) or "到方案页看可用的口径"
            found.append(
                f"“{one.title}”的口径“{one.reading}”不认识（考核{scheme.about.word}）。相近的：{near}。"
            )
        elif reading.is_rate and one.kind is IndicatorKind.SCORED and one.nothing is None:
            found.append(
                f"“{one.title}”是比例，没有写 nothing：分母是 0 的时候 full（得满分）还是 zero（不得分）。"
            )
    return found
