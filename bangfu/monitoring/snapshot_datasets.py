"""What of clues and cases enters the lake at a month's end: where each stood, and its days; no words.

The circular of a month is counted from these (C-048).
"""

from __future__ import annotations

from bangfu.households.snapshots.columns import DAY, FLAG, TEXT, Dataset, LakeColumn, register_dataset
from bangfu.monitoring.models import Case, Clue

CLUES = Dataset(
    "clues",
    Clue,
    (
        LakeColumn("clue_uid", TEXT, "uid"),
        LakeColumn("place", TEXT),
        LakeColumn("channel", TEXT),
        LakeColumn("state", TEXT),
        LakeColumn("discovered_on", DAY),
        LakeColumn("due_on", DAY),
        LakeColumn("verdict", TEXT),
        LakeColumn("verified_on", DAY),
    ),
)

_REFUSED_ON = "(SELECT MAX(x.refused_on) FROM monitoring_refusal x WHERE x.case_id = r.id)"

CASES = Dataset(
    "cases",
    Case,
    (
        LakeColumn("case_uid", TEXT, "uid"),
        LakeColumn("place", TEXT),
        LakeColumn("kind", TEXT),
        LakeColumn("category", TEXT),
        LakeColumn("green_channel", FLAG),
        LakeColumn("discovered_on", DAY),
        LakeColumn("national_marked_on", DAY),
        LakeColumn("outcome", TEXT),
        LakeColumn("closed_on", DAY),
        LakeColumn("state", TEXT),
        LakeColumn("due_on", DAY),
        LakeColumn("opened_on", DAY),
        LakeColumn("approved_on", DAY),
        LakeColumn("refused_on", DAY),
        LakeColumn("follows_kind", TEXT),
    ),
    joins=(
        "JOIN workflow_flowrun f ON f.id = r.run_id"
        " JOIN workflow_flowstep s ON s.run_id = f.id AND s.number = 1"
        " LEFT JOIN monitoring_approvalbatch b ON b.id = r.approval_id"
        " LEFT JOIN monitoring_case p ON p.id = r.follows_id"
    ),
    joined=(
        ("state", "f.state"),
        ("due_on", "f.due_on"),
        ("opened_on", "s.entered_on"),
        ("approved_on", "b.approved_on"),
        ("refused_on", _REFUSED_ON),
        ("follows_kind", "p.kind"),
    ),
)


def register_snapshot_datasets() -> None:
    """Tell the lake; called when the application starts."""
    register_dataset(CLUES)
    register_dataset(CASES)
