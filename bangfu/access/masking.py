"""How personal data show to somebody who did not ask for them with a reason."""

from __future__ import annotations

from bangfu.access.classification import FieldClass

STAR = "*"
HIDDEN = "已隐去"
_ID_ENDS = 4
_MOBILE_DIGITS, _MOBILE_START, _MOBILE_END = 11, 3, 4
_SHORT_TAIL = 2
_ACCOUNT_TAIL = 4


def mask_id(number: str | None) -> str:
    """The first and last four characters: ``5399**********2417``; what is too short shows none."""
    return _ends(number or "", _ID_ENDS, _ID_ENDS)


def mask_phone(number: str | None) -> str:
    """A mobile number as ``138****2051``; any other shows its last two digits."""
    number = number or ""
    if len(number) >= _MOBILE_DIGITS:
        return _ends(number, _MOBILE_START, _MOBILE_END)
    return _ends(number, 0, _SHORT_TAIL)


def mask_account(number: str | None) -> str:
    """The last four digits of a bank account."""
    return _ends(number or "", 0, _ACCOUNT_TAIL)


def mask_health(text: str | None) -> str:
    """That something is recorded, not what."""
    return HIDDEN if text else ""


_MASKS = {
    FieldClass.IDENTITY: mask_id,
    FieldClass.CONTACT: mask_phone,
    FieldClass.BANK: mask_account,
    FieldClass.HEALTH: mask_health,
    FieldClass.SECRET: mask_health,
}


def mask(field_class: FieldClass, value: str | None) -> str:
    """``value`` as a page shows it by default; classes that are shown as they are pass through."""
    masker = _MASKS.get(field_class)
    return masker(value) if masker else value or ""


def is_masked(field_class: FieldClass) -> bool:
    """Whether values of this class are masked until somebody asks with a reason."""
    return field_class in _MASKS


def _ends(text: str, start: int, end: int) -> str:
    """``text`` with all but its ends starred; starred whole when that would hide less than a third."""
    if 3 * (len(text) - start - end) < len(text):
        return STAR * len(text)
    return text[:start] + STAR * (len(text) - start - end) + text[len(text) - end :]
