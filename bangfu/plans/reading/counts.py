"""Counts with their unit: 500 人次, 3—5 个农技协, 60% 以上, 两个村."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.plans.reading.numbers import DIGITS, number
from bangfu.plans.reading.shapes import Count, Span

_NOUNS = (
    "自然村|行政村|贫困村|脱贫村|示范村|重点村|项目村|村民小组|村|乡镇|乡|镇|街道|社区|县|区|单位|部门|项目|合作社|企业|基地|"
    "园区|站点|网点|服务点|安置点|试点|景点|教学点|发放点|销售点|站|小组|家庭农场|产业(?![化园链路基])|农技协|学校|中心|卫生室|岗位|班|品牌|产品|队|户|工程|车间|"
    "示范点|标准化|片区|家庭|团队|平台|个体户|集镇|组|课题|典型|案例|文件|方案|月|百分点|工作日|名额|门店|超市|大棚"
)
_MEASURES = (
    "人次|人份|户次|场次|班次|个班|批次|家次|人|户|名|位|家|所|座|处|公里|千米|日内|天内|个?工作日内|个月内|天|小时|种|课时|学时|例|起|宗|倍|款|轮|遍|㎡|平方米|立方米|平方公里|亩|公顷|头|只|"
    "羽|株|棵|吨|公斤|斤|场|次|期|批|件|项|套|台|辆|本|份|篇|盏|口|眼|间|栋|幢|条|米|千瓦|兆瓦|册|条|盘|对|届|门|类|"
    "支|张|块|桶|箱|袋|架|艘|把|瓶|片|枚|支队伍|个"
)
_DIGIT_UNITS = (
    rf"个\s*[^,;。、:()\s\d“”是在中的和与]{{0,12}}?(?:{_NOUNS})|百分点|%|‰|"
    rf"万?\s*(?:{_MEASURES})|余\s*(?:{_MEASURES})"
)
_COUNT = re.compile(
    rf"(?P<floor>不少于|不低于|至少|超过|达到)?\s*(?P<low>{DIGITS})\s*"
    rf"(?:(?:%|人次|人|户|名|亩|个)?\s*(?:-|至|到)\s*(?P<high>{DIGITS}))?\s*(?P<unit>{_DIGIT_UNITS})\s*(?P<up>以上)?"
)
_WORD = r"[二两三四五六七八九十][一二两三四五六七八九十百千万]*"
_WORDED = re.compile(
    rf"(?P<floor>不少于|不低于|至少|超过|达到)?\s*(?<![一二两三四五六七八九十百千万第“周])(?P<low>{_WORD})\s*"
    rf"(?P<unit>个\s*[^,;。、:()\s\d“”是在中的和与]{{0,8}}?(?:{_NOUNS})|(?:(?<=[十百千万])个|人次|户|名|座|所|公里|亩|场|次|批|家|条|套)(?!一))\s*(?P<up>以上)?"
)


def find_counts(even: str, span: Span) -> Iterator[Count]:
    """The numbers with a unit in a stretch of evened text, in figures or in words of two and more."""
    for pattern in (_COUNT, _WORDED):
        for found in pattern.finditer(even, span.start, span.end):
            made = _count(found)
            if made is not None:
                yield made


def _count(found: re.Match[str]) -> Count | None:
    groups = found.groupdict()
    try:
        low, high = number(found["low"]), number(groups.get("high") or found["low"])
    except ValueError:
        return None
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    end = found.end() - (len(found[0]) - len(found[0].rstrip()))
    unit = re.sub(r"\s", "", found["unit"])
    floor = bool(found["floor"] in ("不少于", "不低于", "至少", "超过") or found["up"])
    return Count(Span(start, end), found[0].strip(), low, max(low, high), unit, floor)
