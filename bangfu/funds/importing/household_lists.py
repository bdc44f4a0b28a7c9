"""Lists of households, one a line, typed, pasted or read from a workbook: who gets how much, whom the bank
refused and why (C-145)."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.exceptions import ValidationError

from bangfu.core.errors import SituationForbids
from bangfu.core.money import to_fen
from bangfu.funds.models import SubsidyBatch, SubsidyLine
from bangfu.funds.policies.amounts import NOTHING
from bangfu.households.models import Household
from bangfu.tabular.isolation import read_files
from bangfu.tabular.reading import ROW, SheetReading
from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec

LONGEST = 5_000
_PARTS = re.compile(r"[\t,，;；]")
_SHOWN = 10
_CODE = ColumnSpec("code", ("户编号", "户编码", "户号"), Kind.CODE)
_HEAD = ColumnSpec("head", ("户主", "户主姓名", "姓名"), Kind.NAME)
AMOUNTS = SheetSpec(
    id="subsidy_amounts",
    title="到户发放名单",
    columns=(_CODE, _HEAD, ColumnSpec("said", ("金额", "发放金额", "补助金额"), Kind.MONEY)),
    needs=(("code", "head"), ("said",)),
)
FAILURES = SheetSpec(
    id="card_results",
    title="银行回单",
    columns=(_CODE, _HEAD, ColumnSpec("said", ("失败原因", "原因", "退票原因", "备注"), Kind.TEXT)),
    needs=(("code", "head"), ("said",)),
)
ANSWERS = SheetSpec(
    id="card_answers",
    title="几批的银行回单",
    columns=(
        ColumnSpec("batch", ("凭证号", "批次", "批次名称"), Kind.TEXT),
        _CODE,
        _HEAD,
        ColumnSpec("said", ("失败原因", "原因", "退票原因", "备注"), Kind.TEXT),
    ),
    needs=(("batch",), ("code", "head"), ("said",)),
)
Listed = list[tuple[int, str, str]]


def read_lines(text: str) -> Listed:
    """(line number, household code or head, what is said of it). Raises SituationForbids line by line."""
    typed = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(typed) > LONGEST:
        raise SituationForbids(f"名单有 {len(typed)} 行，一批最多 {LONGEST} 行。{NOTHING}请分成几批。")
    found = []
    for number, line in typed:
        who, _, said = _PARTS.sub("，", line, count=1).partition("，")
        found.append((number, who.strip(), said.strip()))
    _refuse([f"第 {number} 行“{who}”后面没有写" for number, who, said in found if not (who and said)])
    return found


def amounts_of(lines: Listed, households: Iterable[Household]) -> dict[Household, int]:
    """Fen by household, each named once. Raises SituationForbids with the lines that are wrong."""
    known, amounts, wrong = Named(households), {}, []
    for number, who, said in lines:
        try:
            household, fen = known.find(who), to_fen(said)
        except (LookupError, ValidationError) as problem:
            wrong.append(f"第 {number} 行：{_words(problem)}")
            continue
        if household in amounts:
            wrong.append(f"第 {number} 行：“{who}”在名单里写了两次")
        amounts[household] = fen
    _refuse(wrong)
    return amounts


def reasons_of(lines: Listed, households: Iterable[Household]) -> dict[Household, str]:
    """The bank's reason by household. Raises SituationForbids with the lines that name none of them."""
    known, reasons, wrong = Named(households), {}, []
    for number, who, said in lines:
        try:
            reasons[known.find(who)] = said[:200]
        except LookupError as problem:
            wrong.append(f"第 {number} 行：{_words(problem)}")
    _refuse(wrong)
    return reasons


def answers_of(
    text: str, batches: Iterable[SubsidyBatch]
) -> dict[SubsidyBatch, list[tuple[SubsidyLine, str]]]:
    """By batch the lines that failed, with the reason; one line a household: batch or voucher, who, why.

    A household without a reason was paid. Raises SituationForbids with the lines that are wrong.
    """
    known = _Batches(batches)
    answers: dict[SubsidyBatch, list[tuple[SubsidyLine, str]]] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        which, who, reason = (
            cell.strip() for cell in (_PARTS.sub("，", line, 2) + "，，").split("，", 3)[:3]
        )
        try:
            batch, failed = known.find(which, who)
        except LookupError as problem:
            wrong.append(f"第 {number} 行：{_words(problem)}")
            continue
        found = answers.setdefault(batch, [])
        if reason:
            found.append((failed, reason[:200]))
    _refuse(wrong)
    return answers


class _Batches:
    """Batches that wait for the bank, by their voucher or title, with their households."""

    def __init__(self, batches: Iterable[SubsidyBatch]) -> None:
        self._by_name: dict[str, set[SubsidyBatch]] = defaultdict(set)
        self._lines: dict[SubsidyBatch, dict[Household, SubsidyLine]] = {}
        for batch in batches:
            self._by_name[batch.title].add(batch)
            self._by_name[batch.payment.voucher].add(batch)
            self._lines[batch] = {line.household: line for line in batch.lines.all()}
        self._named = {batch: Named(lines) for batch, lines in self._lines.items()}

    def find(self, which: str, who: str) -> tuple[SubsidyBatch, SubsidyLine]:
        """The household of the batch; raises LookupError in Chinese."""
        found = self._by_name.get(which, set())
        if len(found) != 1:
            several = f"“{which}”不止一批，请写凭证号"
            raise LookupError(several if found else f"没有等回单的“{which}”这一批")
        (batch,) = found
        return batch, self._lines[batch][self._named[batch].find(who)]


def names_in(lines: Listed) -> set[str]:
    """The codes and heads that the list names."""
    return {who for _, who, _ in lines}


class Named:
    """Households by their code, and by their head where only one has that name."""

    def __init__(self, households: Iterable[Household]) -> None:
        rows = list(households)
        self._by_code: Mapping[str, Household] = {row.code: row for row in rows if row.code}
        self._by_head: dict[str, list[Household]] = defaultdict(list)
        for row in rows:
            self._by_head[row.head_name].append(row)

    def find(self, text: str) -> Household:
        """The one household meant; raises LookupError in Chinese for none or several."""
        if text in self._by_code:
            return self._by_code[text]
        found = self._by_head.get(text, [])
        if len(found) != 1:
            raise LookupError(f"“{text}”不止一户，请写户编号" if found else f"没有“{text}”这一户")
        return found[0]


def lines_of_workbook(content: bytes, name: str, spec: SheetSpec) -> tuple[str, list[str]]:
    """A workbook's rows as lines to look over, and the rows that were not taken, each with why.

    Raises SituationForbids for a file that cannot be read or lacks the columns.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()}"
        path.write_bytes(content)
        (outcome,) = read_files([path], [spec])
    if isinstance(outcome, str):
        raise SituationForbids(outcome)
    ours = next((one for one in outcome if one.spec_id == spec.id and one.table is not None), None)
    if ours is None:
        first = [column.titles[0] for column in spec.columns if column.id == "batch"]
        heads = "、".join([*first, "户编号（或户主）", spec.columns[-1].titles[0]])
        raise SituationForbids(f"文件里没有找到这些列：{heads}。没有读入任何行。")
    return "\n".join(_texts(ours)), [
        f"第 {row.row} 行没有读入：{'；'.join(f'应为{one.expected}' for one in row.problems)}"
        for row in ours.rejected
    ]


def _texts(reading: SheetReading) -> Iterable[str]:
    """An answer without a reason is a household that was paid: listed only where the file names the batch."""
    assert reading.table is not None
    for row in reading.table.sort_by(ROW).to_pylist():
        who, said = row.get("code") or row.get("head") or "", row["said"]
        if reading.spec_id == ANSWERS.id:
            yield f"{row['batch'] or ''}，{who}，{said or ''}"
        elif said is not None or reading.spec_id == AMOUNTS.id:
            yield f"{who}，{'' if said is None else said}"


def _words(problem: LookupError | ValidationError) -> str:
    return problem.messages[0] if isinstance(problem, ValidationError) else str(problem.args[0])


def _refuse(wrong: list[str]) -> None:
    """Raise SituationForbids with the first of the wrong lines."""
    if wrong:
        more = f"等 {len(wrong)} 处" if len(wrong) > _SHOWN else ""
        raise SituationForbids("；".join(wrong[:_SHOWN]) + f"{more}。{NOTHING}改好再存，别的行都还在。")
