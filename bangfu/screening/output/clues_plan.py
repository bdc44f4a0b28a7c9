"""Which findings stand on which sheet of the clues workbook, and in what order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bangfu.screening.result import Finding
from bangfu.tabular.cell_writing import ROW_LIMIT, unique_sheet_names

NO_TOWNSHIP = "未注明乡镇"
OTHER_TOWNSHIPS = "其他乡镇"
SUMMARY, UNDECIDED, NOT_USED = "汇总", "未能判断", "退回与未匹配"

HEAD_ROWS = 3  # title, note, header
SHEET_LIMIT = 200  # townships with a sheet of their own: each sheet is an open file while it is written

_SEVERITIES = {"high": 0, "medium": 1, "low": 2}
_KINDS = {"risk": 0, "quality": 1}


@dataclass(frozen=True)
class TownshipSheet:
    """One sheet: its name, the heading on it and its findings in the order they are handed out."""

    name: str
    heading: str
    findings: list[Finding]


def plan_sheets(
    findings: Sequence[Finding], *, max_rows: int = ROW_LIMIT - HEAD_ROWS, max_sheets: int = SHEET_LIMIT
) -> list[TownshipSheet]:
    """A sheet for each township, in the order of household codes and so of region codes: no ranking.

    A township of more than ``max_rows`` findings goes on on another sheet; those beyond ``max_sheets`` share
    one. Findings without a township come last.
    """
    parts = []
    for heading, group in _gathered(_by_township(findings), max_sheets).items():
        ordered = _handed_out(group)
        parts += [(heading, ordered[at : at + max_rows]) for at in range(0, len(ordered), max_rows)]
    names = unique_sheet_names((heading for heading, _ in parts), taken=(SUMMARY, UNDECIDED, NOT_USED))
    return [TownshipSheet(name, *part) for name, part in zip(names, parts, strict=True)]


def _by_township(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by heading: the township, with its county where two counties have one of that name."""
    counties: dict[str, set[str]] = defaultdict(set)
    findings = list(findings)
    for finding in findings:
        if finding.county:
            counties[finding.township or ""].add(finding.county)
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[_heading(finding, counties)].append(finding)
    return groups


def _heading(finding: Finding, counties: Mapping[str, set[str]]) -> str:
    if not finding.township:
        return NO_TOWNSHIP
    if len(counties[finding.township]) < 2:
        return finding.township
    return f"{finding.township}（{finding.county or '未注明县'}）"


def _gathered(groups: Mapping[str, list[Finding]], max_sheets: int) -> dict[str, list[Finding]]:
    order = sorted(groups, key=lambda heading: (heading == NO_TOWNSHIP, _first_code(groups[heading])))
    own = [heading for heading in order if heading != NO_TOWNSHIP]
    rest = own[max_sheets:]
    gathered = {heading: groups[heading] for heading in own[:max_sheets]}
    if rest:
        gathered[OTHER_TOWNSHIPS] = [finding for heading in rest for finding in groups[heading]]
    if NO_TOWNSHIP in groups:
        gathered[NO_TOWNSHIP] = groups[NO_TOWNSHIP]
    return gathered


def _first_code(findings: Iterable[Finding]) -> str:
    return min(finding.household for finding in findings)


def _handed_out(findings: Sequence[Finding]) -> list[Finding]:
    """Risks before data issues; then by village, household, signal: what one visitor takes along together."""
    villages: dict[str, str] = {}
    for finding in findings:
        village = finding.village or ""
        villages[village] = min(villages.get(village, finding.household), finding.household)
    return sorted(findings, key=_order(villages))


def _order(villages: Mapping[str, str]) -> Callable[[Finding], tuple[int, bool, str, str, str, int, str]]:
    def key(finding: Finding) -> tuple[int, bool, str, str, str, int, str]:
        village = finding.village or ""
        return (
            _KINDS.get(finding.kind, 9),
            not village,
            villages[village],
            village,
            finding.household,
            _SEVERITIES.get(finding.severity, 9),
            finding.member or "",
        )

    return key
