"""The columns that rules and indicators may name: their types, units, codes and Chinese titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from bangfu.screening.catalogue.datasets import ROSTER, Dataset, load_datasets
from bangfu.screening.catalogue.model import Level
from bangfu.tabular.spec import Blank, ColumnSpec, Kind


class Type(StrEnum):
    """The type of a value in a rule. Only values of one family are compared with each other."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    CODE = "code"  # one of a list of codes
    TEXTS = "texts"  # several texts or codes, only for explaining

    @property
    def numeric(self) -> bool:
        """Whether one can reckon with it."""
        return self in (Type.INTEGER, Type.NUMBER, Type.MONEY)


@dataclass(frozen=True)
class Column:
    """One column of a table that the engine reads.

    ``codes`` maps each code to its Chinese label. ``blank`` says what a blank cell means; where it is *none*
    and the column is no code, a column ``<id>_given`` stands beside it.
    """

    id: str
    title: str
    type: Type
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    blank: Blank = Blank.UNKNOWN


_SEX = {"male": "男", "female": "女"}
_ID_STATUS = {"missing": "没有", "valid": "有效", "invalid": "有误"}

_MEMBER_DERIVED = (
    Column("stated_birth_date", "登记的出生日期", Type.DATE),
    Column("id_status", "证件号码状态", Type.CODE, codes=_ID_STATUS),
    Column(
        "id_problem",
        "证件号码问题",
        Type.CODE,
        codes={
            "length": "位数不对",
            "province": "前两位不是省级区划代码",
            "birth_date": "出生日期部分不可能",
            "check_digit": "校验位不对",
        },
    ),
    Column("id_birth_date", "证件号码中的出生日期", Type.DATE),
    Column("id_sex", "证件号码中的性别", Type.CODE, codes=_SEX),
    Column("id_shared", "证件号码与其他成员相同", Type.BOOLEAN),
)

_HOUSEHOLD_DERIVED = (
    Column("registered_household", "脱贫户", Type.BOOLEAN),
    Column("monitored", "监测对象", Type.BOOLEAN),
    Column("members", "家庭人口", Type.INTEGER, "人"),
    Column("per_capita_net_income", "人均纯收入", Type.NUMBER, "元"),
)

_TYPES = {
    Kind.TEXT: Type.TEXT,
    Kind.NAME: Type.TEXT,
    Kind.IDENTITY: Type.TEXT,
    Kind.CODE: Type.TEXT,
    Kind.DATE: Type.DATE,
    Kind.MONTH: Type.DATE,
    Kind.MONEY: Type.MONEY,
    Kind.NUMBER: Type.NUMBER,
    Kind.PERCENT: Type.NUMBER,
    Kind.YES_NO: Type.BOOLEAN,
    Kind.CHOICE: Type.CODE,
}
_SPECIAL_CODES = {"other": "其他", "none": "无"}


@lru_cache(maxsize=1)
def register_columns() -> Mapping[Level, Mapping[str, Column]]:
    """The columns of the tables ``member`` and ``household``, by level and id."""
    roster = load_datasets()[ROSTER]
    levels: dict[Level, dict[str, Column]] = {Level.MEMBER: {}, Level.HOUSEHOLD: {}}
    for spec in roster.fact_columns:
        level = Level.HOUSEHOLD if spec.id in roster.household_columns else Level.MEMBER
        levels[level].update({column.id: column for column in _columns(spec)})
    levels[Level.MEMBER].update({column.id: column for column in _MEMBER_DERIVED})
    levels[Level.HOUSEHOLD].update({column.id: column for column in _HOUSEHOLD_DERIVED})
    return levels


def list_columns(dataset: Dataset) -> dict[str, Column]:
    """The columns of a list's linked rows, by id."""
    return {column.id: column for spec in dataset.fact_columns for column in _columns(spec)}


def _columns(spec: ColumnSpec) -> Iterator[Column]:
    title = spec.titles[0]
    yield Column(spec.id, title, _TYPES[spec.kind], _unit(spec), _codes(spec), spec.blank)
    if spec.blank is Blank.NONE and spec.kind is not Kind.CHOICE:
        yield Column(f"{spec.id}_given", f"填有{title}", Type.BOOLEAN)
    if spec.kind is Kind.MONEY and len(spec.titles) > 1:
        yield Column(f"{spec.id}_source", f"{title}取自的列", Type.TEXT)


def _unit(spec: ColumnSpec) -> str:
    if spec.kind is Kind.MONEY:
        return "元"
    if spec.kind is Kind.PERCENT:
        return "%"
    if spec.kind is Kind.MONTH:
        return "月"
    return next((word for word, factor in spec.units.items() if factor == 1), "")


def _codes(spec: ColumnSpec) -> dict[str, str]:
    if spec.kind is not Kind.CHOICE:
        return {}
    codes = {code: spellings[0] for code, spellings in spec.choices.items()}
    if spec.open_choice:
        codes["other"] = _SPECIAL_CODES["other"]
    if spec.blank is Blank.NONE:
        codes.setdefault("none", _SPECIAL_CODES["none"])
    return codes
