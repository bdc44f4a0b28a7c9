"""Names of the repairs and flags a row can carry, each a bit of an integer column."""

from __future__ import annotations

from enum import IntFlag


class Repair(IntFlag):
    """What was mended in a row: of IDs, names and merged cells. The member's name in lower case is public."""

    FULLWIDTH_ID = 1
    WHITESPACE_ID = 2
    LOWERCASE_X = 4
    ID_15_TO_18 = 8
    DISABILITY_NUMBER = 16  # an ID column held a disability number; its first 18 characters are the ID
    TEXT_PREFIX_ID = 32  # '4106… or ="4106…", the ways Excel users keep an ID as text
    NAME_WHITESPACE = 64
    NAME_MIDDLE_DOT = 128
    NAME_FULLWIDTH = 256
    FILLED_DOWN = 512


class Flag(IntFlag):
    """What is noted of an accepted row. The member's name in lower case is public."""

    FUTURE_DATE = 1
    NEGATIVE_AMOUNT = 2
    MONTH_IN_DATE_COLUMN = 4  # the day is unknown, so the date is
    UNREADABLE_VALUE = 8  # outside the listed spellings: taken as unknown
    CODE_LOST_DIGITS = 16  # a region or phone-like code that went through a float: taken as unknown
    CONTRADICTION = 32  # another row says otherwise of the same household or member
    ID_SHARED = 64  # the ID belongs to two members; linked to both
    NAME_DIFFERS = 128  # linked by a valid ID under another name
    ID_INVALID = 256


def names(bits: int, of: type[IntFlag]) -> list[str]:
    """The lower-case names of the bits that are set, in the order of their definition."""
    return [str(member.name).lower() for member in of if bits & member]
