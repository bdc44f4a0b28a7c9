"""Versions of definitions, and the rows of all ledgers in typed columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.county_ledgers.definition.reading import ROOM
from bangfu.county_ledgers.enums import DefinitionState
from bangfu.households.models import Household, Member

LONGEST = 500
KEYS = 1 << 40
"""How many keys of rows a shelf has; the keys of a ledger's rows are ``KEYS * shelf + 1`` and on."""


class LedgerVersion(TrackedModel):
    """A version of a ledger's definition: its YAML, for a place (empty: everywhere, as shipped).

    A published text never changes; a row keeps the version it was last written with.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    code = models.CharField("台账", max_length=26)
    number = models.PositiveIntegerField("版次号")
    title = models.CharField("名称", max_length=100)
    place = models.CharField("适用区划", max_length=15, blank=True)
    text = models.TextField("定义")
    digest = models.CharField("指纹", max_length=64, db_index=True)
    state = models.CharField("状态", max_length=10, choices=DefinitionState, default=DefinitionState.DRAFT)
    is_shipped = models.BooleanField("随软件带来", default=False)
    note = models.CharField("修改说明", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="编写人")
    made_at = models.DateTimeField("编写时间")
    published_at = models.DateTimeField("发布时间", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "台账定义的版本"
        ordering = ("code", "-number")
        constraints = (
            models.UniqueConstraint(fields=["code", "number"], name="county_ledgers_number"),
            models.UniqueConstraint(
                fields=["code", "digest"],
                condition=models.Q(is_shipped=True),
                name="county_ledgers_shipped_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"


class Shelf(models.Model):
    """The keys of a ledger's rows: they follow each other, so that the rows lie together in the database.

    ``last`` counts up only: a key that a removed row had is never given again, history knows it by that key.
    """

    code = models.CharField("台账", max_length=26, unique=True)
    last = models.BigIntegerField("给到第几个", default=0)

    class Meta:
        verbose_name = "台账的行的编号段"

    def __str__(self) -> str:
        return self.code


def take_keys(code: str, count: int) -> range:
    """Keys for so many new rows of a ledger; its shelf is held until the transaction ends."""
    shelf, _ = Shelf.objects.select_for_update().get_or_create(code=code)
    first = KEYS * shelf.pk + shelf.last + 1
    shelf.last += count
    shelf.save(update_fields=["last"])
    return range(first, first + count)


class RowQuerySet(TrackedScopedQuerySet):  # type: ignore[override]
    """Rows of ledgers; new ones are put on their ledger's shelf."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Insert in bulk under the open change, each row with a key of its ledger."""
        objs = list(objs)
        for code in sorted({row.code for row in objs if row.pk is None}):
            new = [row for row in objs if row.pk is None and row.code == code]
            for row, key in zip(new, take_keys(code, len(new)), strict=True):
                row.pk = key
        return super().bulk_create(objs, *args, **options)


class RowBase(TrackedModel):
    """What every row of a defined ledger has, besides the columns that its definition names.

    ``who`` is the row's name: the household's head, the unit, the village.
    """

    # 不设唯一约束：PostgreSQL 把这张表按编号分开放，只有编号能唯一
    uid = models.UUIDField(default=uid7, db_index=True, editable=False)
    code = models.CharField("台账", max_length=26)
    place = models.CharField("区划代码", max_length=15)
    definition = models.ForeignKey(LedgerVersion, models.PROTECT, related_name="rows", verbose_name="版本")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="地方")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name="对象")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="ledger_rows", verbose_name="户"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="ledger_rows", verbose_name="人"
    )
    who = models.CharField("对象名称", max_length=100)
    state = models.CharField("状态", max_length=20, blank=True)

    class Meta:
        abstract = True


def _pool(family: str) -> models.Field:
    makers: dict[str, Any] = {
        "word": lambda: models.CharField(max_length=LONGEST, null=True),
        "number": lambda: models.DecimalField(max_digits=18, decimal_places=4, null=True),
        "amount": lambda: MoneyField(null=True),
        "day": lambda: models.DateField(null=True),
        "flag": lambda: models.BooleanField(null=True),
    }
    field: models.Field = makers[family]()
    return field


SLOTS = {family: tuple(f"{family}_{at:02d}" for at in range(1, count + 1)) for family, count in ROOM.items()}
"""The typed columns of the table by family, in the order in which definitions take them."""


class LedgerRow(RowBase):
    """A row of any defined ledger; which of ``SLOTS`` hold what, ``storage`` says."""

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = "台账的行"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["code", "place", "id"], name="county_ledgers_row_place"),
            models.Index(fields=["household", "code"], name="county_ledgers_household"),
        )

    def __str__(self) -> str:
        return self.who

    def save(self, *args: Any, **options: Any) -> None:
        """Write under the open change; a new row gets the next key of its ledger."""
        if self._state.adding and self.pk is None:
            self.pk = take_keys(self.code, 1)[0]
            options["force_insert"] = True
        super().save(*args, **options)


# 各类的第一列在前，再是各类的第二列：一本台账用到的列靠前，数据库读一行时不必走过后面的空列
for _at in range(max(ROOM.values())):
    for _family, _names in SLOTS.items():
        for _name in _names[_at : _at + 1]:
            LedgerRow.add_to_class(_name, _pool(_family))
