"""Fixed words of this room."""

from __future__ import annotations

from enum import StrEnum

from django.db import models


class DefinitionState(models.TextChoices):
    """Where a version of a definition stands."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    RETIRED = "retired", "已停用"


class About(StrEnum):
    """What a row of a ledger is about."""

    HOUSEHOLD = "household"
    MEMBER = "member"
    VILLAGE = "village"
    TOWNSHIP = "township"
    PROJECT = "project"
    UNIT = "unit"
    PERSON = "person"
    NONE = "none"

    @property
    def label(self) -> str:
        """Its Chinese word, as headings and imports use it."""
        return _ABOUT[self]

    @property
    def is_in_register(self) -> bool:
        """Whether a row must be tied to somebody of the register."""
        return self in (About.HOUSEHOLD, About.MEMBER)

    @property
    def is_region(self) -> bool:
        """Whether the place itself is what the row is about."""
        return self in (About.VILLAGE, About.TOWNSHIP)


_ABOUT = {
    About.HOUSEHOLD: "户",
    About.MEMBER: "人",
    About.VILLAGE: "村",
    About.TOWNSHIP: "乡镇",
    About.PROJECT: "项目",
    About.UNIT: "单位",
    About.PERSON: "人员",
    About.NONE: "名称",
}


class ColumnKind(StrEnum):
    """What a column of a ledger holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSON = "person"
    UNIT = "unit"
    REGION = "region"
    REFERENCE = "reference"

    @property
    def family(self) -> str:
        """Which of the typed columns of the table hold it."""
        return _FAMILIES.get(self, "word")

    @property
    def adds_up(self) -> bool:
        """Whether a total makes sense."""
        return self in (ColumnKind.NUMBER, ColumnKind.MONEY)


_FAMILIES = {
    ColumnKind.NUMBER: "number",
    ColumnKind.MONEY: "amount",
    ColumnKind.DATE: "day",
    ColumnKind.MONTH: "day",
    ColumnKind.YES_NO: "flag",
}
