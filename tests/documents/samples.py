"""Data for every template: long names, rare characters, many rows. Everyone is made up."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from bangfu.documents.codes import return_code
from bangfu.documents.paper import Paper

RARE = "罗𬱖㙟䶮鿍"
LONG = "阿依努尔古丽·买买提江·吐尔逊阿吉"
UID = UUID("0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")
DAY = date(2026, 11, 16)
PHONES = [{"unit": "大沟村村民委员会", "phone": "0886-6620117"}, {"unit": "监督电话", "phone": "12317"}]
SIGNED = {"signed_by": "大沟村村民委员会", "signed_on": DAY}


def people(count: int = 3) -> list[dict[str, Any]]:
    names = [RARE, LONG, "郑有福"]
    return [
        {
            "group": f"第{index % 9 + 1}组",
            "name": names[index % 3],
            "people": index % 6 + 1,
            "category": "突发严重困难户",
            "reason": "家庭困难",
            "township": "青石镇",
            "village": "大沟村",
            "relation": "之女",
            "role": "村民代表",
            "opinion": "同意纳入",
            "situation": "整户无劳动能力",
        }
        for index in range(count)
    ]


_OPENING = (
    "经入户核查、信息比对，2026年11月13日村民代表会议民主评议，拟将下列户纳入防止返贫致贫对象，现予公示。"
)
_DOOR = {
    "head": LONG,
    "people": "4 人",
    "address": "大沟村 第2组",
    "workers": None,
    "swept_on": None,
    "met": None,
    "questions": [{"name": "饮水有保障吗", "answer": "■是　□否"}, {"name": "看到的、听到的"}],
}
_SHEET = {"head": LONG, "group": "第2组", "people": 4, "household_code": None}

DATA: dict[str, dict[str, Any]] = {
    "notice": {
        "opening": _OPENING,
        "period": "2026年11月16日至11月20日，共5日",
        "posted_at": "村委会公告栏",
        "phones": PHONES,
        **SIGNED,
    },
    "announcement": {"opening": "经县级审定，下列户纳入防止返贫致贫对象。", "phones": PHONES, **SIGNED},
    "review_minutes": {
        "held_on": DAY,
        "held_at": "村活动室",
        "chair": RARE,
        "recorder": LONG,
        "due": 30,
        "present": 27,
        "matter": "评议第3批拟纳入对象，逐户说明情况，逐户表决。",
        "needs": "第2组罗家需要技能培训和就近务工。",
        "discussion": None,
        "attendance": [],
        **SIGNED,
    },
    "application": {
        **_SHEET,
        "address": "大沟村第2组",
        "id_number": None,
        "phone": None,
        "applied_on": DAY,
        "members": [],
        "reason": None,
        "object_name": "防止返贫致贫对象",
    },
    "home_verification": {
        **_SHEET,
        "household_type": "一般农户",
        "verified_on": DAY,
        "members": [],
        "guarantees": [{"name": each} for each in ("吃", "穿", "教育", "医疗", "住房", "饮水")],
        "wage_income": "12,000.00",
        "business_income": None,
        "property_income": None,
        "transfer_income": None,
        "business_expense": None,
        "net_income": None,
        "out_of_pocket": None,
        "per_capita_net_income": None,
        "risks": ["因病", "缺劳动力"],
        "opinion": None,
    },
    "information_check": {
        **_SHEET,
        "authorised_on": DAY,
        "checked_on": DAY,
        "opinion": None,
        "signed_by": "县农业农村局",
        "signed_on": None,
    },
    "check_request": {
        **_SHEET,
        "addressee": "公安、税务",
        "address": "大沟村一组",
        "authorised_on": DAY,
        "asked_on": DAY,
        "members": [],
        "signed_by": "县农业农村局",
        "signed_on": None,
    },
    "township_review": {
        **_SHEET,
        "village": "大沟村",
        "reviewed_on": DAY,
        "category": "突发严重困难户",
        "notice_period": "11月16日至11月20日",
        "objections": "没有",
        "revisited": True,
        "papers": [{"name": "入户核查表", "dated_on": DAY, "signed": True, "sealed": True}],
        "revisit": "到户看过，情况属实。",
        "opinion": None,
        "signed_by": "青石镇人民政府",
        "signed_on": None,
    },
    "approval_list": {
        "addressee": "青石镇人民政府",
        "opening": "你镇上报的拟纳入名单收悉。经审定，同意下列户纳入防止返贫致贫对象。",
        "people": 13,
        "requirement": "请按规定公告，并落实帮扶责任人和帮扶方案。",
        "signed_by": "县农业农村局",
        "signed_on": DAY,
    },
    "refusal_letter": {
        "head": RARE,
        "body": "您家申请纳入帮扶对象，经入户核查和村里评议，收入和“三保障”都过了线，这次没有纳入。"
        "以后有困难，随时再来申请。",
        "appeal_way": "15天内找村委会或镇政府说，当面、写信、打电话都行，我们再核一次。",
        "phones": PHONES,
        "signed_by": "青石镇人民政府",
        "signed_on": DAY,
    },
    "case_file": {
        **_SHEET,
        "village": "大沟村",
        "category": "突发严重困难户",
        "approved_on": DAY,
        "helper": "何静",
        "removed_on": None,
        "index": [{"name": "申请及承诺授权书", "dated_on": DAY, "signed": True, "pages": 2}],
    },
    "assistance_plan": {
        **_SHEET,
        "labourers": 2,
        "category": "突发严重困难户",
        "approved_on": DAY,
        "helper": "何静",
        "helper_post": "县农业农村局 科员",
        "needs": "缺技术，想就近务工。",
        "measures": [{"risk": "缺劳动力", "name": "公益性岗位", "owner": "村委会", "starts_on": DAY}],
        "goal": None,
    },
    "civil_affairs_list": {
        "from_unit": "县农业农村局",
        "to_unit": "县民政局",
        "handed_over_on": DAY,
        "batch": "第3批",
    },
    "sweep_flyer": {"period": "12月1日到12月20日", "phones": PHONES, **SIGNED},
    "screening_sheet": _DOOR,
    "inspection_sheet": {
        **_DOOR,
        "member_columns": [["姓名", "name", "auto"], ["健康状况", "health"]],
        "members": [{"name": RARE, "health": "健康"}, {"name": "杨秀英"}],
    },
    "table": {
        "note": "截至2026年11月16日",
        "columns": [["户主", "name", 2], ["组", "group"], ["人口", "people", 1, "right"]],
    },
    "form": {
        "note": "",
        "facts": [("户主", RARE), ("组", "第2组"), ("说明", None)],
        "box_label": "意见",
        "box_text": None,
        "signer": "经办人",
    },
}
"""Without rows: ``sample`` adds them."""

DATA |= {
    "participation_sheet": {
        "course": "核桃提质增效",
        "held_on": "2026-11-16",
        "location": "大沟村活动室",
        "hours": "4",
        "audience": "户代表",
        "organiser": "县帮扶办",
    },
    "course_plan": {
        "course": "核桃提质增效",
        "organiser": "县帮扶办",
        "audience": "户代表",
        "classroom": "院坝课堂",
        "hours": "4",
        "teacher": LONG,
        "need": "户代表：核桃修剪（46 人）",
        "content": "修剪、病虫害、采后处理。",
        "materials": "县编讲义",
        "signed_by": "县帮扶办",
        "signed_on": None,
    },
    "training_summary": {
        "opening": "2026 年 1 月 1 日至 11 月 22 日，云岭县共办培训 9 班，参训 78 人次。",
        "gaps": "按频次还缺：村干部三季度没有办，已过 53 天。",
        "effects": "训后回访：用上了 2 人次。",
        "signed_by": None,
        "signed_on": None,
    },
}

_SECTIONS = [
    {"heading": "一、做了什么", "text": "本季度走访 12 户次。", "tables": []},
    {
        "heading": "二、列表",
        "text": "",
        "tables": [
            {"columns": [["村", "village"], ["户次", "count"]], "rows": [{"village": "大沟村", "count": 12}]}
        ],
    },
]

DATA |= {
    "report": {"addressed": "县农业银行", "sections": _SECTIONS, "signed_by": LONG, "signed_on": DAY},
    "public_report": {
        "addressed": "各乡镇",
        "sections": _SECTIONS,
        "signed_by": "县帮扶办",
        "signed_on": DAY,
    },
    "supervision_order": {
        "unit": "青石镇人民政府",
        "inspection": "三季度交叉检查",
        "due_on": DAY,
        "findings": [
            {"village": "大沟村", "kind": "措施没有落实", "words": "两户的方案没有填进展", "found_on": DAY}
        ],
        "demand": "逐户核对，补齐进展。",
        "signed_by": "县帮扶办",
        "issued_on": DAY,
    },
    "fund_trace": {
        "note": "中央衔接资金，产业路，2026-10-03 到县。指标金额 2,000,000.00 元。",
        "printed_on": "2026-11-22",
        "stages": [
            {
                "heading": "支付凭证",
                "text": "共 1 笔，300,000.00 元。",
                "tables": [
                    {
                        "rows": [
                            {
                                "giver": "上寨村产业路硬化",
                                "taker": "合同 HT-1（云岭路桥公司）",
                                "on": "2026-11-22",
                                "paper": "记-1",
                                "fen": "300,000.00",
                                "words": "云财农〔2026〕1号",
                            }
                        ],
                        "columns": [["从", "giver"], ["到", "taker"], ["金额（元）", "fen", 2, "right"]],
                    }
                ],
            }
        ],
    },
    "vote_sheet": {
        "project": LONG,
        "place": "大沟村",
        "kind": "一事一议",
        "held_on": DAY,
        "held_at": "村委会会议室",
        "chair": RARE,
        "entitled": "42 人",
        "present": "38 人",
        "agreed": "37 人",
        "result": "通过",
        "labour_days": "120",
        "raised": "8,600.00",
        "words": "同意硬化产业路，每户投工三天。",
    },
    "project_notice": {
        "opening": "经民主议事、申报审核，拟将下列项目报县级审定入库，现予公示。",
        "rows": [
            {"name": "项目", "words": LONG},
            {"name": "资金", "words": "1,200,000.00 元（中央衔接资金 1,200,000.00 元）"},
        ],
        "period": "2026年11月16日至2026年11月25日，共10日",
        "spot": "村委会公示栏",
        "asks": True,
        "phones": PHONES,
        **SIGNED,
    },
    "project_volume": {
        "project": LONG,
        "code": "530999-2026-03-0001",
        "category": "乡村建设行动·农村基础设施",
        "place": "大沟村",
        "planned": "1,200,000.00",
        "responsible_unit": "县交通运输局",
        "implementing_unit": "青石镇人民政府",
        "period": "2026-09-01 至 2026-12-20",
        "admission": "演示领〔2026〕3号 2026-08-20",
        "approval": None,
        "state": "实施中",
        "benefit": "60 户 210 人",
        "rows": [{"stage": "民主议事", "dated": "2026-08-01", "words": "村民代表会议"}],
    },
    "acceptance_sheet": {
        "project": LONG,
        "code": "530999-2026-03-0001",
        "place": "大沟村",
        "implementing_unit": "青石镇人民政府",
        "held_on": DAY,
        "result": "96 分，合格",
        "village_person": RARE,
        "township_person": "何静",
        "county_person": "周亚",
        "scores": [{"title": "按批复完成建设内容", "points": "25", "given": "23"}],
        "total": "96",
        "words": "同意验收。",
        "parties": "县帮扶办 周亚、县财政局 王会",
    },
    "wall_sheet": {
        "note": "2026 年度计划 1 个，资金 150.00 万元；超期 0 个。",
        "key": "阶段：●○○○ 列入计划。",
        "townships": [
            {
                "heading": "青石镇　1 个　150.00 万元",
                "text": "",
                "tables": [
                    {
                        "rows": [
                            {"name": "上寨村产业路硬化", "stage": "●●○○ 实施中", "built": "■■■■□□□□□□ 45%"}
                        ],
                        "columns": [["项目", "name", 3, "left"], ["阶段", "stage"], ["形象进度", "built"]],
                    }
                ],
            }
        ],
    },
    "estimate_sheet": {
        "project": LONG,
        "code": None,
        "place": "大沟村",
        "of": "项目概算",
        "number": "第 2 次",
        "drawn_on": DAY,
        "approval": "演示帮〔2026〕18号 2026-11-16",
        "rows": [
            {"name": LONG, "unit": "平方米", "quantity": "11,200", "price": "12.50", "amount": "140,000.00"}
        ],
        "total": "140,000.00",
        "above_word": "资金总额",
        "above": "1,500,000.00",
        "rest": "1,360,000.00",
    },
    "hand_over": {
        "giver": LONG,
        "taker": "郑有福",
        "day": DAY,
        "households_count": 1,
        "ties_count": 1,
        "households": [
            {"name": RARE, "village": "大沟村第1组", "people": 4, "code": "53099910020100001", "note": None}
        ],
        "ties": [{"kind": "乡镇责任组长", "target": "青石镇", "paper": None, "note": None}],
    },
    "post_hand_over": {
        "village": "青石镇大沟村",
        "unit": "县农业银行",
        "giver": LONG,
        "giver_role": "第一书记",
        "taker": "郑有福",
        "taker_role": "队员",
        "on": DAY,
        "witness": None,
        "items": [{"what": "核桃园二期项目", "note": None}, {"what": "村集体账目和合同", "note": None}],
    },
    "team_assessment": {
        "name": LONG,
        "year": 2026,
        "village": "青石镇大沟村",
        "role": "第一书记",
        "unit": "县农业银行",
        "since": DAY,
        "span": 326,
        "leave": 6,
        "away": 4,
        "counted": 320,
        "answers": [{"question": "建强村党组织", "words": "组织生活按月开，发展党员 2 名。"}],
        "village_opinion": "同意",
        "township_opinion": None,
        "county_opinion": None,
        "result": None,
    },
}


def sample(template: str, rows: int = 3, **data: Any) -> Paper:
    """A paper of that template with so many rows."""
    listed = {"rows": people(rows), "count": rows}
    return Paper(
        template,
        "大沟村拟纳入监测对象名单公示" if template == "notice" else TITLES.get(template, "材料"),
        {**DATA[template], **listed, **data},
        code=return_code(UID, template),
    )


TITLES = {
    "announcement": "大沟村新纳入监测对象公告",
    "review_minutes": "大沟村民主评议会议记录",
    "application": "监测对象申请及承诺授权（查询）书",
    "home_verification": "防止返贫监测对象信息采集表",
    "information_check": "信息比对结果表",
    "check_request": "信息比对提请函",
    "township_review": "乡镇审核表",
    "approval_list": "关于审定第3批监测对象的批复名单",
    "refusal_letter": "告知书",
    "case_file": "监测对象户档案",
    "assistance_plan": "一户一方案",
    "civil_affairs_list": "兜底保障对象移交清单",
    "sweep_flyer": "有困难，早点说",
    "screening_sheet": "防止返贫致贫筛查表",
    "inspection_sheet": "防止返贫致贫排查表",
}
