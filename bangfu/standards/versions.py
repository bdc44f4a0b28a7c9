"""Versions of standards: the shipped ones, the one that holds in a place, and all standards there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bangfu.access.versioned_texts import keep_shipped, newest_of_all, newest_own, texts_in, unreadable_of
from bangfu.core.errors import SituationForbids
from bangfu.county_ledgers.enums import DefinitionState
from bangfu.county_ledgers.models import LedgerVersion
from bangfu.county_ledgers.versions import shipped_texts as shipped_ledgers
from bangfu.screening.catalogue.definitions import other_code
from bangfu.standards.definition.model import Standard
from bangfu.standards.definition.reading import WrongStandard, read_standard
from bangfu.standards.models import StandardVersion

_SHIPPED = Path(__file__).parent / "definitions"


@dataclass(frozen=True)
class Held:
    """A standard as it holds in a place; ``version`` is None for a shipped text that nobody used yet."""

    standard: Standard
    text: str
    version: StandardVersion | None


def shipped_texts() -> dict[str, str]:
    """The definitions that the software brings, by code, in the order of their names."""
    return texts_in(_SHIPPED)


def held_in(code: str, place: str) -> Held | None:
    """The standard of a code as it holds in a place: the county's newest, else the shipped one.

    None as well for a county's own that can no longer be read, see ``unreadable_in``.
    """
    return _held(code, newest_own(StandardVersion, code, place))


def _held(code: str, version: StandardVersion | None) -> Held | None:
    if version is not None:
        try:
            return Held(read_standard(version.text), version.text, version)
        except WrongStandard:
            return None
    text = shipped_texts().get(code)
    return Held(read_standard(text), text, None) if text else None


def all_held(place: str) -> list[Held]:
    """Every standard that holds in a place, by title."""
    own = newest_of_all(StandardVersion, place)
    found = (_held(code, own.get(code)) for code in sorted({*shipped_texts(), *own}))
    return sorted((one for one in found if one is not None), key=lambda one: one.standard.title)


def unreadable_in(place: str) -> list[tuple[StandardVersion, list[str]]]:
    """What should hold in a place and can no longer be read, with its mistakes."""
    return unreadable_of(StandardVersion, place, read_standard)


def version_for(*, at: datetime, held: Held) -> StandardVersion:
    """The version as a row; the shipped one is put down when it is first used. Inside an open recording.

    Raises SituationForbids when somebody published in the same moment.
    """
    if held.version is not None:
        return held.version
    own = held.standard
    found = keep_shipped(StandardVersion, at, code=own.id, title=own.title, text=held.text)
    if found is None:
        raise SituationForbids("这个标准刚有人发布新版，没有保存。请再试一次。")
    return found


def mistakes_in(code: str, text: str) -> list[str]:
    """What keeps a text from being published as a version of a standard; ``code`` empty: of any."""
    try:
        standard = read_standard(text)
    except WrongStandard as wrong:
        return list(wrong.problems)
    found = []
    if code and standard.id != code:
        found.append(other_code(text, standard.id, "这个标准", code))
    if standard.ledger and not _is_ledger(standard.ledger):
        found.append(f"没有编号是“{standard.ledger}”的台账。请到“自定台账”看编号，或者先建那本台账。")
    return found


def _is_ledger(code: str) -> bool:
    published = LedgerVersion.objects.filter(code=code, state=DefinitionState.PUBLISHED)
    return code in shipped_ledgers() or published.exists()
