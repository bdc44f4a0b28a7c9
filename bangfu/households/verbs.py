"""What the register's steps are called on a household's page."""

VERBS = {
    "register_household": "登记户",
    "add_member": "补登成员",
    "edit_household": "改户信息",
    "edit_member": "改成员信息",
    "propose_change": "提出变更建议",
    "decide_change": "审核变更建议",
    "withdraw_change": "撤回变更建议",
    "record_natural_change": "登记自然变更",
    "split_household": "分户",
    "merge_households": "并户",
    "undo": "撤回",
    "undo_natural_change": "撤回自然变更",
    "assign_grid": "划入网格",
    "commit_batch": "导入名册",
}


def verb_label(verb: str) -> str:
    """The Chinese name of a step; a step that another part of the register named keeps its own name."""
    return VERBS.get(verb, verb)
