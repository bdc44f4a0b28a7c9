"""What the steps of visits are called, in history and in the audit log."""

VERBS = {
    "record_visit": "记走访",
    "withdraw_visit": "撤下走访",
    "propose_visit_change": "走访后提变更建议",
}
