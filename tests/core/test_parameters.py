"""County parameters: nearest place, dates, kinds, what was put in last, superseding without editing away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from bangfu.core import definitions
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import SituationForbids
from bangfu.core.models import AuditEvent, Parameter
from bangfu.core.parameters import (
    ParameterMissing,
    explain,
    register_definitions,
    supersede_parameter,
    value,
)
from tests.cast import COUNTY, NOW, OTHER_COUNTY, VILLAGE

pytestmark = pytest.mark.django_db
YAML = """
parameters:
  - id: test_line
    title: 测试线
    area: 测试
    unit: 元
    kind: money
    help: 只供测试。
    values:
      - {value: 7300, region: "53", from: 2023-01-01, to: 2023-12-31, basis: 某公告, grade: 次}
      - {value: 6000, from: 2023-01-01, basis: 默认, grade: 知}
  - id: test_list
    title: 测试清单
    area: 测试
    unit: ""
    kind: list
    help: 只供测试。
    values: [{value: [甲, 乙], basis: 默认, grade: 知}]
"""


@pytest.fixture(autouse=True)
def _definitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(definitions, "_definitions", dict(definitions._definitions))
    path = tmp_path / "parameters.yaml"
    path.write_text(YAML, "utf-8")
    register_definitions(path)
    yield


def put(text: str, place: str = "", first: date = date(2026, 1, 1), **more: Any) -> Parameter:
    facts = {"basis": "县文件", "grade": "官", **more}
    return supersede_parameter(
        by=SYSTEM, at=NOW, code="test_line", text=text, place=place, valid_from=first, **facts
    )


def test_shipped_values_hold_in_their_place_and_time() -> None:
    assert value("test_line", on=date(2023, 6, 1), place=VILLAGE) == 730_000
    assert value("test_line", on=date(2023, 12, 31), place=VILLAGE) == 730_000
    assert value("test_line", on=date(2024, 1, 1), place=VILLAGE) == 600_000
    assert value("test_line", on=date(2023, 6, 1), place="61") == 600_000
    assert value("test_list", on=date(2026, 1, 1)) == ("甲", "乙")


def test_no_value_on_the_day_is_said() -> None:
    with pytest.raises(ParameterMissing, match=r"测试线.*2022-12-31"):
        value("test_line", on=date(2022, 12, 31))
    with pytest.raises(LookupError):
        value("no_such", on=date(2026, 1, 1))


def test_the_nearest_place_wins() -> None:
    put("8000")
    put("8500.50", place=COUNTY)
    on = date(2026, 6, 1)
    assert value("test_line", on=on, place=VILLAGE) == 850_050
    assert value("test_line", on=on, place=OTHER_COUNTY) == 800_000
    assert value("test_line", on=on) == 800_000
    assert value("test_line", on=date(2025, 6, 1), place=VILLAGE) == 600_000


def test_a_place_shipped_wins_over_an_everywhere_put_in() -> None:
    put("1", first=date(2023, 1, 1))
    assert value("test_line", on=date(2023, 6, 1), place=COUNTY) == 730_000


def test_superseding_keeps_what_was() -> None:
    old = put("8000", place=COUNTY)
    new = put("9000", place=COUNTY, first=date(2026, 7, 1), basis="新文件")
    old.refresh_from_db()
    assert (old.value, old.superseded_by, old.valid_to) == ("8000", new, None)
    assert value("test_line", on=date(2026, 6, 30), place=COUNTY) == 800_000
    assert value("test_line", on=date(2026, 7, 1), place=COUNTY) == 900_000
    assert explain("test_line", date(2026, 7, 1), COUNTY).basis == "新文件"
    assert AuditEvent.objects.filter(verb="supersede_parameter", change=new.change).count() == 1


def test_after_a_value_for_a_time_the_former_holds_again() -> None:
    put("8000", place=COUNTY)
    put("9000", place=COUNTY, first=date(2026, 7, 1), valid_to=date(2026, 7, 31))
    assert value("test_line", on=date(2026, 7, 31), place=COUNTY) == 900_000
    assert value("test_line", on=date(2026, 8, 1), place=COUNTY) == 800_000


def test_unverified_unless_official() -> None:
    on = date(2026, 6, 1)
    assert explain("test_line", on).unverified
    put("8000", grade="官")
    assert not explain("test_line", on).unverified


@pytest.mark.parametrize(
    "more",
    [{"basis": " "}, {"grade": "好"}, {"grade": ""}, {"grade": "官次"}, {"valid_to": date(2025, 12, 31)}],
)
def test_a_value_without_basis_or_time_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(SituationForbids):
        put("8000", **more)
    assert not Parameter.objects.exists()


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("money", "1,200.5", 120_050),
        ("integer", "15", 15),
        ("decimal", "0.05", Decimal("0.05")),
        ("boolean", "是", True),
        ("boolean", "否", False),
        ("text", " 甲 ", "甲"),
        ("list", "甲\n\n乙 \n", ("甲", "乙")),
    ],
)
def test_kinds(kind: str, text: str, wanted: object) -> None:
    read = definitions.read_value(Parameter.Kind(kind), text)
    assert read == wanted
    assert type(read) is type(wanted)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("money", "许多"),
        ("integer", "1.5"),
        ("integer", "NaN"),
        ("decimal", "Infinity"),
        ("boolean", "true"),
        ("text", "  "),
        ("list", "\n"),
    ],
)
def test_texts_that_are_no_value(kind: str, text: str) -> None:
    with pytest.raises(ValidationError):
        definitions.read_value(Parameter.Kind(kind), text)


def test_a_code_is_defined_once(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(YAML.replace("测试线", "另一条线"), "utf-8")
    with pytest.raises(ValueError, match="twice"):
        register_definitions(path)
