"""What the steps of clues are called, in history and in the audit log."""

VERBS = {
    "register_clue": "登记线索",
    "declare_difficulty": "自主申报",
    "ask_declaration": "查自主申报进度",
    "match_clue": "线索对户",
    "dispatch_clue": "派发线索",
    "dispatch_clues": "批量派发线索",
    "accept_clue": "接线索",
    "return_clue": "退回线索",
    "verify_clue": "核实线索",
    "close_clue": "办结线索",
    "run_screening": "筛查全县",
    "release_screening": "把筛查结果放入线索池",
    "discard_screening": "放弃筛查结果",
    "set_list_requirement": "改名单报送要求",
    "remind_list": "催报名单",
    "return_results": "向部门反馈核实结果",
    "export_results": "导出给部门的核实结果",
}
