"""What the steps of this room are called in history and audit."""

VERBS = {
    "register_source": "登记资金来源",
    "withdraw_source": "撤回资金来源",
    "allocate_fund": "下达资金",
    "replan_balance": "收回结余再安排",
    "submit_claim": "报账",
    "correct_claim": "更正报账",
    "review_claim": "审核报账",
    "set_schedule": "编付款计划",
    "pay_claim": "支付报账",
    "pay_households": "到户发放",
    "record_card_results": "登记银行回单",
    "reverse_payment": "冲回支付",
    "print_trace": "打印、导出资金流向",
}
