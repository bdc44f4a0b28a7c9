"""A made-up screening of a made-up county, for the tests of what is written out. Nobody in it exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.result import (
    Finding,
    Rejection,
    Result,
    RuleReport,
    SourceReport,
    Undecided,
    Unmatched,
)

AS_OF = dt.date(2026, 10, 31)

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = ("德明", "秀英", "建国", "玉兰", "志强", "桂芳", "文华", "小妹", "永福", "春燕", "阿依古丽·买买提")
_PLACES = (
    ("青石镇", ("上寨村", "下河村", "大沟村")),
    ("云溪乡", ("新田村", "石桥村")),
    ("马鞍镇", ("柳树湾村", "杨柳村", "马鞍村")),
)
_REASONS = {
    "medical_self_pay_registered": (
        "{name}2026年1月1日至10月31日住院个人自付{amount}元（取自“个人自付”列），达到脱贫户、监测对象预警线5,000.00元。"
    ),
    "compulsory_school_dropout": "{name}12周岁（6至15为义务教育年龄），学籍状态为辍学，没有在读记录。",
    "dangerous_house": "{head}户住房最近一次鉴定为D级危房（鉴定日期2026-09-12），登记为未改造。",
    "unsafe_water": "{head}户每人每日水量15升，不足20升。",
    "unemployed_three_months": "{name}最近参保月份为2026年6月，至2026年10月已满3个月。",
    "income_below_line": "{head}户人均纯收入7,860.00元，低于监测范围8,500.00元（依据未核实）。",
    "id_checksum": "{name}的证件号码校验位不对，请核对证件。",
    "birth_mismatch": "{name}登记的出生日期是1978-03-05，证件号码显示为1978-05-03。",
}


def finding(**changes: Any) -> Finding:
    """One finding; any of its fields can be given."""
    plain = Finding(
        rule="dangerous_house",
        rule_title="住房鉴定为危房且未改造",
        kind="risk",
        household="5326001010010001",
        member=None,
        severity="high",
        reason="户主某户住房最近一次鉴定为D级危房，登记为未改造。",
        values={"house_levels": "D"},
        basis="某县实施办法",
        county="云岭县",
        township="青石镇",
        village="上寨村",
        head_name="赵德明",
        member_name=None,
        helper="何静",
        owner="村两委、驻村工作队核实",
        due=dt.date(2026, 11, 15),
    )
    return replace(plain, **changes)


def findings(per_village: int = 5) -> list[Finding]:
    """Findings of every kind and signal, in the catalogue's order, over three townships."""
    rules = load_catalogue().rules
    found = []
    for number, (township, village, code) in enumerate(_homes(per_village)):
        rule = rules[list(_REASONS)[number * 5 % len(_REASONS)]]
        head, name = _name(number), _name(number * 7 + 3)
        reason = _REASONS[rule.id].format(name=name, head=head, amount=f"{5_000 + number * 1_137.5:,.2f}")
        per_member = "{name}" in _REASONS[rule.id]
        found.append(
            finding(
                rule=rule.id,
                rule_title=rule.title,
                kind=str(rule.kind),
                household=code,
                member=f"{code}02" if per_member else None,
                severity=str(rule.severity),
                reason=reason,
                values={"amount": 5_000 + number * 1_137.5},
                basis=rule.basis,
                township=township,
                village=village,
                head_name=head,
                member_name=name if per_member else None,
                helper=_name(number * 3 + 1),
                owner=rule.owner,
                due=dt.date(2026, 11, 15 if str(rule.kind) == "risk" else 30),
            )
        )
    order = list(rules)
    return sorted(found, key=lambda item: order.index(item.rule))


def _homes(per_village: int) -> list[tuple[str, str, str]]:
    return [
        (township, village, f"53260010{t + 1:02}{v + 1:02}{home + 1:04}")
        for t, (township, villages) in enumerate(_PLACES)
        for v, village in enumerate(villages)
        for home in range(per_village)
    ]


def _name(number: int) -> str:
    given = _GIVEN[number % len(_GIVEN)]
    return given if "·" in given else _SURNAMES[number % len(_SURNAMES)] + given


def sources() -> list[SourceReport]:
    """A roster, a list with every kind of trouble, a sheet that is no list and a broken file."""
    return [
        SourceReport(
            "县/名册.xlsx", "户与成员", "household_roster", 3, rows=1_240, accepted=1_239, duplicates=1
        ),
        SourceReport(
            "县/医保局/住院.csv",
            None,
            "medical_expense",
            1,
            rows=420,
            accepted=415,
            repaired=12,
            rejected=3,
            unmatched=2,
            duplicates=2,
            repairs={"fullwidth_id": 10, "id_15_to_18": 2},
            unknown_columns=["经办机构"],
            flags={"negative_amount": 4},
            rejections=[
                Rejection(9, "证件号码", "4.10602E+17", "文本格式的18位号码"),
                Rejection(31, "结算日期", "上周三", "日期,如 2026-03-05"),
                Rejection(77, None, "", "姓名或证件号码"),
            ],
            unmatched_rows=[
                Unmatched(12, "证件号码有效,但名册中没有此人"),
                Unmatched(40, "没有证件号码,同名同生日的有2人"),
            ],
        ),
        SourceReport("县/医保局/说明.xlsx", "填表说明", None),
        SourceReport("县/残联/持证.xlsx", None, None, error="文件不完整或已损坏,请重新导出后再交"),
    ]


def result(**changes: Any) -> Result:
    """A whole result; any of its parts can be given."""
    parts: dict[str, Any] = {
        "as_of": AS_OF,
        "catalogue": "2026.11+abc12345",
        "engine": {"name": "duckdb", "version": "1.5.5"},
        "households": 412,
        "members": 1_239,
        "sources": sources(),
        "rules": [_rule_report(rule) for rule in load_catalogue().rules],
        "findings": findings(),
        "undecided": [
            Undecided("income_below_line", "532600100101" + f"{number:04}", None, ["per_capita_net_income"])
            for number in range(1, 24)
        ],
        "timings": {"read_s": 0.1, "link_s": 0.1, "rules_s": 0.1, "write_s": 0.0},
    }
    return Result(**{**parts, **changes})


def _rule_report(rule: str) -> RuleReport:
    if rule == "disaster_hit":
        return RuleReport(rule, 1, "not_run", "没有收到受灾登记名单")
    return RuleReport(rule, 1, "run", None)
