"""Chinese words for what the result names in English: signals, kinds, repairs, flags, inputs of rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bangfu.screening.catalogue.columns import list_columns, register_columns
from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.screening.catalogue.loading import load_catalogue

#: Severity → signal. A colour's name and what to do: the colour alone would be lost on grey paper, and 绿
#: means "visit all the same" in one place and "nothing to do" in another.
SIGNALS = {"high": "红·先办", "medium": "黄·尽快办", "low": "蓝·按期办"}
KINDS = {"risk": "风险线索", "quality": "数据问题"}

#: What a clerk may choose as the result of checking, by kind of finding. No ASCII commas: Excel's own mark.
OUTCOMES = {
    "risk": (
        "属实·拟纳入监测",
        "属实·已是监测对象",
        "属实·已帮扶解决",
        "属实·无返贫致贫风险",
        "不属实·名单有误",
        "外出未见·待再核",
    ),
    "quality": ("已更正名册", "名册无误·名单有误", "待部门核实", "外出未见·待再核"),
}

_REPAIRS = {
    "fullwidth_id": "证件号码全角改半角",
    "whitespace_id": "证件号码去掉空白",
    "lowercase_x": "证件号码小写x改大写",
    "id_15_to_18": "15位证件号码升为18位",
    "disability_number": "由残疾人证号取证件号码",
    "text_prefix_id": "证件号码去掉文本标记",
    "name_whitespace": "姓名去掉空白",
    "name_middle_dot": "姓名间隔号统一",
    "name_fullwidth": "姓名全角改半角",
    "filled_down": "合并单元格向下补全",
}
_FLAGS = {
    "future_date": "日期晚于截至日期",
    "negative_amount": "金额为负（冲销）",
    "month_in_date_column": "日期只有月份，按不知道算",
    "unreadable_value": "取值认不出，按不知道算",
    "code_lost_digits": "编码丢了位数，按不知道算",
    "contradiction": "与同一户、人的另一行不一致",
    "id_shared": "证件号码两人共用",
    "name_differs": "证件号码相同而姓名不同",
    "id_invalid": "证件号码有误",
}


def signal(severity: str) -> str:
    """The signal of a severity: colour and what to do."""
    return SIGNALS.get(severity, severity)


def dataset_title(dataset: str | None) -> str:
    """The Chinese name of a dataset."""
    known = load_datasets()
    return known[dataset].title if dataset and dataset in known else "未认出"


def rule_title(rule: str) -> str:
    """The Chinese title of a rule of the catalogue; KeyError if there is none of this id."""
    return load_catalogue().rules[rule].title


def input_title(name: str) -> str:
    """What a person calls a rule's input: a column, an indicator or a parameter."""
    return _inputs().get(name, name)


def counted_words(counts: Mapping[str, int]) -> str:
    """Repairs or flags with their counts, as one phrase."""
    words = {**_REPAIRS, **_FLAGS}
    return "、".join(f"{words.get(name, name)} {count:,}" for name, count in counts.items())


@lru_cache(maxsize=1)
def _inputs() -> dict[str, str]:
    """Titles by id; where one id has several, the register's comes first."""
    catalogue = load_catalogue()
    titles: dict[str, str] = {}
    for columns in register_columns().values():
        for column in columns.values():
            titles.setdefault(column.id, column.title)
    for indicator in catalogue.indicators.values():
        titles.setdefault(indicator.id, indicator.title)
    for parameter in catalogue.parameters.values():
        titles.setdefault(parameter.id, parameter.title)
    for dataset in load_datasets().values():
        for column in list_columns(dataset).values():
            titles.setdefault(column.id, column.title)
    return titles
