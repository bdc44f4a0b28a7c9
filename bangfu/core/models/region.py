"""Regions: a stable row, dated codes, successors. The whole country's table is a file, not rows."""

from __future__ import annotations

from django.db import models

from bangfu.core.models.change import TrackedModel, TrackedQuerySet


class RegionLevel(models.IntegerChoices):
    """Levels, by the digits of the statistical code."""

    PROVINCE = 1, "省"
    CITY = 2, "市"
    COUNTY = 3, "县"
    TOWNSHIP = 4, "乡镇"
    VILLAGE = 5, "村"
    GROUP = 6, "组"


CODE_LENGTHS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12, 6: 15}
COUNTY_LENGTH = CODE_LENGTHS[RegionLevel.COUNTY]


def county_of(place: str) -> str:
    """The code of the county in which a place lies; a place above counties is given back as it is."""
    return place[:COUNTY_LENGTH]


class Region(TrackedModel):
    """A region of this installation, or an ancestor of one.

    ``code`` is today's code (2/4/6/9/12 digits, +3 for a group); earlier ones are in RegionCode. Scope
    compares
    codes by range: a region holds every code from its own up to ``code_end``.
    """

    code = models.CharField("代码", max_length=15, unique=True)
    name = models.CharField("名称", max_length=60)
    level = models.PositiveSmallIntegerField("级别", choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="上级"
    )
    subject = models.OneToOneField("core.Subject", models.PROTECT, null=True, related_name="region")
    valid_from = models.DateField("启用", null=True)
    valid_to = models.DateField("停用", null=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="predecessors", verbose_name="并入"
    )

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = "行政区划"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def code_end(self) -> str:
        """The first code after this region's own and its descendants'."""
        return range_end(self.code)


class RegionCode(TrackedModel):
    """A code that a region had from one day until another."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="codes")
    code = models.CharField("代码", max_length=15, db_index=True)
    valid_from = models.DateField("启用", null=True)
    valid_to = models.DateField("停用", null=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = "区划代码"
        ordering = ("region", "valid_from")


def range_end(code: str) -> str:
    """The end (exclusive) of the codes that start with ``code``: ``5309`` → ``530:``, since ``:`` follows 9.

    An empty code stands for the whole country.
    """
    return code[:-1] + chr(ord(code[-1]) + 1) if code else ":"
