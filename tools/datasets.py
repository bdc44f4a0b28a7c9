"""docs/datasets.md: every list the software reads, its columns, spellings and what a blank means."""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.screening.catalogue.datasets import Dataset, PersonalClass, load_datasets
from bangfu.tabular.spec import Blank, ColumnSpec, Kind

PAGE = "docs/datasets.md"

KINDS = {
    Kind.TEXT: "文字",
    Kind.NAME: "姓名",
    Kind.IDENTITY: "证件号码",
    Kind.CERTIFICATE: "残疾人证号",
    Kind.CODE: "编码",
    Kind.DATE: "日期",
    Kind.MONTH: "年月",
    Kind.MONEY: "金额（元）",
    Kind.NUMBER: "数",
    Kind.PERCENT: "百分比",
    Kind.YES_NO: "是/否",
    Kind.CHOICE: "选项",
}
BLANKS = {Blank.NONE: "无", Blank.NOT_APPLICABLE: "不适用", Blank.UNKNOWN: "不知道"}
CLASSES = {
    PersonalClass.IDENTITY: "身份",
    PersonalClass.CONTACT: "联系方式",
    PersonalClass.TEXT: "文字",
    PersonalClass.FACT: "事实",
}
SUBJECTS = {"member": "一人", "household": "一户（写户主或任一成员）"}

_HEAD = """# 能读的名单

<!-- 由 make docs 从 bangfu/screening/catalogue/datasets/*.yaml 生成，请勿手改。 -->

一张表是哪种名单，只看表头，不看文件名。表头可在前 10 行的任何一行；列名不分空格、全角半角，括号里的单位
（元、万元）照算。每列的第一个名字是模板上印的，其余是也认得的写法。

* **空白**:这一列空着是什么意思。“无”就是没有，“不适用”就是轮不到，“不知道”既不算有也不算没有。
* **类别**:只有“事实”进入筛查引擎；“身份”“联系方式”“文字”在筛查时拿开，最后才按内部编号接回线索清单。
"""


def page() -> str:
    """The page's text, in the order of the contract."""
    return "\n".join([_HEAD, *(_section(dataset) for dataset in load_datasets().values())])


def _section(dataset: Dataset) -> str:
    lines = [
        f"## {dataset.title} `{dataset.id}`\n",
        f"来自：{dataset.sender}。一行说的是{SUBJECTS[dataset.subject]}。{_recognised(dataset)}\n",
        "| 列 | 印在模板上的名字 | 也认得 | 内容 | 空白 | 类别 |",
        "|---|---|---|---|---|---|",
        *(_row(dataset, column) for column in dataset.sheet.columns),
        "",
    ]
    return "\n".join(lines)


def _recognised(dataset: Dataset) -> str:
    sheet = dataset.sheet
    needs = "；".join(_either(sheet.column(c).titles[0] for c in group) for group in sheet.needs)
    deciding = _either("+".join(sheet.column(c).titles[0] for c in sorted(s)) for s in sheet.deciding)
    return f"表头须有：{needs}" + (f"；{deciding}" if sheet.deciding else "") + "。"


def _either(titles: Iterable[str]) -> str:
    return " 或 ".join(titles)


def _row(dataset: Dataset, column: ColumnSpec) -> str:
    required = "（必填）" if column.required else ""
    cells = [
        f"`{column.id}`",
        column.titles[0] + required,
        "、".join(column.titles[1:]) or "—",
        _content(column),
        BLANKS[column.blank],
        CLASSES[dataset.classes[column.id]],
    ]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _content(column: ColumnSpec) -> str:
    if column.kind is not Kind.CHOICE:
        return KINDS[column.kind]
    spellings = "；".join("/".join(words) for words in column.choices.values())
    return f"选项：{spellings}" + ("；其他也收" if column.open_choice else "")
