"""What the steps with ties, units and their help are called in history and audit."""

VERBS = {
    "register_tie": "登记挂包关系",
    "edit_tie": "改挂包关系",
    "end_tie": "结束挂包关系",
    "register_unit": "登记帮扶单位",
    "describe_unit": "改单位资料",
    "register_person": "登记人员",
    "retire_person": "登记离任",
    "appoint_post": "登记任职",
    "end_post": "结束任职",
    "plan_year": "拟年度帮扶计划",
    "adopt_year_plan": "定年度帮扶计划",
    "finish_year_plan": "填计划完成情况",
    "record_brought": "登记帮扶成果",
    "withdraw_brought": "撤下帮扶成果",
    "hand_in_summary": "报年度总结",
    "hand_over_ties": "移交帮扶责任",
    "print_hand_over_ties": "打印移交清单",
    "assign_villages": "按需求定包村单位",
    "settle_parties": "核对帮扶力量名册",
}
