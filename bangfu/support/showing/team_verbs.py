"""What the steps of teams are called, in history and in the audit log."""

VERBS = {
    "form_team": "登记工作队",
    "disband_team": "撤工作队",
    "join_team": "队员到村",
    "leave_team": "队员离村",
    "check_selection": "核对选派条件",
    "hand_over_post": "驻村交接",
    "request_leave": "请假、报外出",
    "decide_leave": "批请假",
    "withdraw_leave": "撤回请假",
    "return_from_leave": "提前返岗",
    "record_unit_support": "登记派出单位支持",
    "withdraw_unit_support": "撤下派出单位支持",
    "hand_in_assessment": "交年度自评",
    "assess_member": "写驻村考核意见",
    "print_hand_over_post": "打印驻村交接清单",
    "print_assessment": "打印驻村考核表",
}
