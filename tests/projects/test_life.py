"""The life of a project: papers at every step, contracts, acceptance, assets (C-010, C-126, C-138, C-174)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.projects.actions import accepting, contracts, works
from bangfu.projects.enums.admission import ProjectKind, ProjectState
from bangfu.projects.enums.deciding import OpinionStage, PostingLevel, PostingStage
from bangfu.projects.enums.works import AssetEventKind, AssetKind, ComplaintChannel, ContractObject
from bangfu.projects.models import Project
from bangfu.projects.policies.works import needs_tender
from bangfu.projects.terms.checklists import FULL_SCORE, score_items
from bangfu.workflow.registry import room_of
from tests.cast import COUNTY, NOW, TODAY
from tests.projects import builders as b

FULL = {item.code: item.points for item in score_items()}


def report(cast: b.Cast, project: Project, percent: int, *, value: int = 0) -> None:
    works.record_progress(
        by=cast.village, at=NOW, project=project, on=TODAY, percent=percent, value=value, words="照图施工"
    )


def accept(cast: b.Cast, project: Project, **given) -> None:
    said = {
        "held_on": TODAY,
        "parties": ["县帮扶办 何静", "县财政局 王会", "县交通局技术员 李工", "村民代表 杨大"],
        "scores": FULL,
        "village_person": "杨支书",
        "township_person": "何镇长",
        "county_person": "李局长",
        "words": "合格",
    }
    accepting.accept_project(by=cast.office, at=NOW, project=project, **{**said, **given})


def begun(cast: b.Cast, regions: dict[str, Region]) -> Project:
    """From the approval to the first day of building."""
    project = b.approved(cast, regions)
    then, over = NOW - timedelta(days=16), NOW - timedelta(days=4)
    b.bring(cast.township, project, "design_paper", "budget_paper", at=then)
    b.take(cast.township, project, "review_design", at=then)
    b.post(cast, project, PostingStage.BEFORE_WORK, PostingLevel.VILLAGE, at=then)
    b.bring(cast.township, project, "work_notice_paper", at=then)
    b.take(cast.township, project, "end_work_notice", at=over)
    b.bring(cast.township, project, "tender_paper", at=over)
    b.take(cast.township, project, "choose_contractor", at=over)
    b.signed(cast, project)
    b.bring(cast.township, project, "contract_paper")
    b.take(cast.township, project, "sign_works")
    works.put_up_board(by=cast.village, at=NOW, project=project, spot="村口", put_up_on=TODAY, words="产业路")
    works.appoint_watcher(
        by=cast.village, at=NOW, project=project, name="杨大", chosen_by="代表会议", valid_from=TODAY
    )
    b.bring(cast.township, project, "start_paper")
    b.take(cast.township, project, "begin_works", date=TODAY)
    return project


def built(cast: b.Cast, regions: dict[str, Region]) -> Project:
    """From the approval to the end of building."""
    project = begun(cast, regions)
    report(cast, project, 100, value=90 * b.WAN)
    b.take(cast.township, project, "finish_building")
    return project


def test_road_goes_from_approval_to_maintenance(regions: dict[str, Region]) -> None:
    """C-010, C-126, C-127, C-135, C-136, C-138: every step with its record and its paper."""
    cast = b.make_cast()
    project = built(cast, regions)
    b.opine(cast.township, project, OpinionStage.PRECHECK)
    b.take(cast.township, project, "precheck_project")
    accept(cast, project)
    b.bring(cast.office, project, "acceptance_paper")
    b.take(cast.office, project, "accept_works")
    accepting.settle_project(
        by=cast.township,
        at=NOW,
        project=project,
        audited_on=TODAY,
        auditor="县审计局",
        report_number="云审〔2026〕7号",
        submitted=90 * b.WAN,
        settled=88 * b.WAN,
    )
    b.bring(cast.township, project, "audit_paper")
    b.take(cast.township, project, "settle_works")
    b.post(cast, project, PostingStage.COMPLETION, PostingLevel.VILLAGE)
    b.take(cast.village, project, "finish_works")
    asset = accepting.register_asset(
        by=cast.township,
        at=NOW,
        project=project,
        name="产业路 2.5 公里",
        kind=AssetKind.PUBLIC,
        original=88 * b.WAN,
        spot="上寨村",
        owner="上寨村集体",
        registered_on=TODAY,
    )
    with pytest.raises(SituationForbids, match="还没有移交：产业路"):
        b.take(cast.township, project, "maintain_works")
    accepting.hand_over_asset(
        by=cast.township, at=NOW, asset=asset, on=TODAY, maintainer="上寨村村委会", maintenance="每季清沟"
    )
    b.bring(cast.township, project, "hand_over_paper")
    b.take(cast.township, project, "maintain_works")
    project.refresh_from_db()
    assert project.state == ProjectState.MAINTAINED
    assert b.run_of(project).state == "maintain"


def test_contract_before_the_approval_is_refused(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.planned(cast, regions)
    with pytest.raises(SituationForbids, match="还没有立项批复"):
        b.signed(cast, project)
    project = b.approved(cast, regions, name="另一条路", purpose="另一条")
    early = project.approved_on - timedelta(days=1)
    with pytest.raises(SituationForbids, match="早于立项批复"):
        b.signed(cast, project, signed_on=early, selected_on=early)


def test_contract_outside_the_library_is_refused(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    with pytest.raises(SituationForbids, match="不在项目库里"):
        b.signed(cast, b.applied(cast, regions))


def test_contracts_together_never_exceed_the_project(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    b.signed(cast, project)
    with pytest.raises(SituationForbids, match=r"多 100,000\.00 元"):
        b.signed(cast, project, number="HT-2", amount=20 * b.WAN)
    assert project.contracts.count() == 1


def test_days_of_a_contract_come_in_order(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    with pytest.raises(SituationForbids, match="日期要依次是"):
        b.signed(cast, project, selected_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize(("fen", "tender"), [(399_999_999, False), (400_000_000, True), (400_000_001, True)])
def test_exact_threshold_belongs_to_the_tender(db: None, fen: int, tender: bool) -> None:
    """C-174: the parameter says 含本数, so exactly 4,000,000 yuan is put out to tender."""
    assert needs_tender(ContractObject.WORKS, fen, COUNTY, TODAY) is tender


def test_contract_at_the_threshold_needs_a_tender(regions: dict[str, Region]) -> None:
    """C-174."""
    cast = b.make_cast()
    project = b.approved(cast, regions, planned=500 * b.WAN, sources={"central": 500 * b.WAN})
    with pytest.raises(SituationForbids, match="不能用“议标”"):
        b.signed(cast, project, amount=400 * b.WAN)
    assert b.signed(cast, project, amount=400 * b.WAN, way="tender").amount == 400 * b.WAN


def test_change_of_a_contract_keeps_before_and_after(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    contract = b.signed(cast, b.approved(cast, regions))
    change = {
        "by": cast.township,
        "at": NOW,
        "contract": contract,
        "version": contract.version,
        "ends_on": contract.ends_on,
        "reason": "增加涵洞",
        "approval_number": "云帮〔2026〕30号",
        "approved_on": TODAY,
    }
    with pytest.raises(SituationForbids, match="超过项目资金"):
        contracts.change_contract(amount=101 * b.WAN, **change)
    made = contracts.change_contract(amount=95 * b.WAN, **change)
    contract.refresh_from_db()
    assert (made.amount_before, made.amount_after, contract.amount) == (90 * b.WAN, 95 * b.WAN, 95 * b.WAN)
    assert contract.signed_amount == 90 * b.WAN


def test_progress_never_goes_back(regions: dict[str, Region]) -> None:
    """C-030."""
    cast = b.make_cast()
    project = b.approved(cast, regions)
    report(cast, project, 40)
    with pytest.raises(SituationForbids, match="倒退"):
        report(cast, project, 39)


def test_open_complaint_keeps_a_notice_open(regions: dict[str, Region]) -> None:
    """C-029, C-137."""
    cast = b.make_cast()
    project = b.approved(cast, regions)
    then = NOW - timedelta(days=16)
    b.bring(cast.township, project, "design_paper", "budget_paper", at=then)
    b.take(cast.township, project, "review_design", at=then)
    b.post(cast, project, PostingStage.BEFORE_WORK, PostingLevel.VILLAGE, at=then)
    b.bring(cast.township, project, "work_notice_paper", at=then)
    complaint = works.record_complaint(
        by=cast.village,
        at=NOW,
        project=project,
        channel=ComplaintChannel.PHONE,
        complainant="",
        received_on=TODAY,
        words="路没有到我家门口。",
    )
    with pytest.raises(SituationForbids, match="1 件投诉没有答复"):
        b.take(cast.township, project, "end_work_notice")
    works.answer_complaint(
        by=cast.village, at=NOW, complaint=complaint, answer="二期修到。", upheld=False, answered_on=TODAY
    )
    b.take(cast.township, project, "end_work_notice")


def test_acceptance_needs_all_parties_and_enough_points(regions: dict[str, Region]) -> None:
    """C-138, C-173."""
    cast = b.make_cast()
    project = b.approved(cast, regions)
    with pytest.raises(SituationForbids, match="只有 3 方"):
        accept(cast, project, parties=["甲", "乙", "丙"])
    with pytest.raises(SituationForbids, match="0 到 30 分"):
        accept(cast, project, scores={**FULL, "quality": 31})
    accept(cast, project, scores={**FULL, "quality": 9})
    accept(cast, project, scores={**FULL, "quality": 10})
    assert list(project.acceptances.values_list("total", "passed")) == [(79, False), (80, True)]


def test_papers_of_a_project_are_reviewed_point_by_point(regions: dict[str, Region]) -> None:
    """C-139."""
    cast = b.make_cast()
    project = b.approved(cast, regions)
    b.opine(cast.township, project, OpinionStage.PAPERS, passed=False)
    b.opine(cast.township, project, OpinionStage.PAPERS)
    found = project.opinions.filter(stage=OpinionStage.PAPERS)
    assert list(found.values_list("passed", flat=True)) == [False, True]


def test_score_sheet_adds_up_to_a_hundred() -> None:
    assert sum(FULL.values()) == FULL_SCORE


def test_asset_is_disposed_of_with_an_approval_only(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    asset = accepting.register_asset(
        by=cast.township,
        at=NOW,
        project=project,
        name="烘烤房",
        kind=AssetKind.BUSINESS,
        original=10 * b.WAN,
        spot="上寨村",
        owner="上寨村合作社",
        registered_on=TODAY,
    )
    event = {
        "by": cast.township,
        "at": NOW,
        "asset": asset,
        "on": TODAY,
        "household_count": 0,
        "words": "卖了",
    }
    with pytest.raises(SituationForbids, match="先办移交"):
        accepting.record_asset_event(kind=AssetEventKind.INCOME, amount=5 * b.WAN, **event)
    accepting.hand_over_asset(
        by=cast.township, at=NOW, asset=asset, on=TODAY, maintainer="合作社", maintenance="自管"
    )
    with pytest.raises(SituationForbids, match="先报批"):
        accepting.record_asset_event(kind=AssetEventKind.DISPOSE, amount=5 * b.WAN, **event)
    accepting.record_asset_event(
        kind=AssetEventKind.DISPOSE, amount=5 * b.WAN, approval_number="云资〔2026〕1号", **event
    )
    asset.refresh_from_db()
    assert asset.state == "disposed"


def test_village_signs_no_contract(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    with pytest.raises(NotPermitted):
        contracts.sign_contract(by=cast.village, at=NOW, project=project, facts=b.contract_facts())


@pytest.mark.parametrize("kind", list(ProjectKind))
def test_every_kind_has_a_flow_that_ends(kind: ProjectKind) -> None:
    """C-010: seven kinds and the county's own, each approved first and closed at last."""
    flow = room_of(f"project_{kind.value}").flow
    path = [state.id for state in flow.main_path()]
    assert (path[0], path[-1]) == ("approve", "closed")


def test_project_page_shows_each_tab(regions: dict[str, Region], signed_in) -> None:
    cast = b.make_cast()
    project = built(cast, regions)
    accept(cast, project)
    client = signed_in(cast.office)
    page = reverse("project_file", args=[project.uid])
    for tab, word in (
        ("", "七化自查"),
        ("deciding", "应到 40 人、实到 35 人"),
        ("works", "云岭路桥公司"),
        ("assets", "总分 100"),
        ("results", "硬化里程"),
    ):
        answer = client.get(page, {"tab": tab})
        assert answer.status_code == 200
        assert word in answer.content.decode()


def test_sheets_of_vote_and_acceptance_print_as_pdf_and_word(regions: dict[str, Region], signed_in) -> None:
    """C-138, C-153."""
    cast = b.make_cast()
    project = b.approved(cast, regions)
    accept(cast, project)
    client = signed_in(cast.township)
    pages = (
        reverse("print_vote", args=[project.votes.get().uid]),
        reverse("print_acceptance", args=[project.acceptances.get().uid]),
    )
    for page in pages:
        assert client.get(page, {"format": "pdf"}).content.startswith(b"%PDF")
        assert client.get(page, {"format": "docx"}).content.startswith(b"PK")


def test_wrong_report_is_withdrawn_with_a_reason_and_counts_no_more(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = begun(cast, regions)
    report(cast, project, 20)
    report(cast, project, 90)
    wrong = project.progress.get(percent=90)
    with pytest.raises(SituationForbids, match="请写撤回的原因"):
        works.withdraw_record(by=cast.village, at=NOW, record=wrong, reason=" ")
    works.withdraw_record(by=cast.village, at=NOW, record=wrong, reason="多打了一个 0")
    report(cast, project, 30)
    assert project.progress.count() == 3
    with pytest.raises(SituationForbids, match="什么都没有改动"):
        works.withdraw_record(by=cast.village, at=NOW, record=wrong, reason="再撤一次")


def test_withdrawn_watcher_may_be_named_again(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = begun(cast, regions)
    watcher = project.watchers.get()
    works.withdraw_record(by=cast.village, at=NOW, record=watcher, reason="写错了怎样推选")
    said = {"by": cast.village, "at": NOW, "project": project, "valid_from": TODAY}
    works.appoint_watcher(name=watcher.name, chosen_by="村民代表会议", **said)
    assert project.watchers.filter(withdrawn_on=None).count() == 1


def test_vote_opinion_notice_and_complaint_are_withdrawn_until_the_next_step(
    regions: dict[str, Region], signed_in
) -> None:
    """Each counts no more and stays to be read; what a step rests on stays."""
    cast = b.make_cast()
    project = b.applied(cast, regions)
    b.vote(cast, project)
    b.aim(cast, project)
    b.bring(cast.village, project, "vote_paper")
    said = {"at": NOW, "reason": "登记错了"}
    works.withdraw_record(by=cast.village, record=project.votes.get(), **said)
    with pytest.raises(SituationForbids, match="还没有登记民主议事"):
        b.take(cast.village, project, "submit_project")
    b.vote(cast, project)
    b.take(cast.village, project, "submit_project")
    with pytest.raises(SituationForbids, match="已经往下办了一步"):
        works.withdraw_record(by=cast.village, record=project.votes.get(withdrawn_on=None), **said)
    b.opine(cast.township, project, OpinionStage.TOWNSHIP)
    opinion = project.opinions.get()
    with pytest.raises(NotPermitted):
        works.withdraw_record(by=cast.village, record=opinion, **said)
    with pytest.raises(SituationForbids, match="由他们撤回"):
        works.withdraw_record(by=cast.office, record=opinion, **said)
    client = signed_in(cast.township)
    page = reverse("project_file", args=[project.uid])
    way = reverse("withdraw_opinion", args=[opinion.uid])
    assert way in client.get(page, {"tab": "deciding"}).content.decode()
    assert client.post(way, {"reason": "勾错了一项"}).status_code == 302
    assert "勾错了一项" in client.get(page, {"tab": "deciding"}).content.decode()
    b.bring(cast.township, project, "review_paper")
    with pytest.raises(SituationForbids, match="审核意见有 0 份"):
        b.take(cast.township, project, "review_project")
    b.post(cast, project, PostingStage.APPLY, PostingLevel.VILLAGE)
    works.withdraw_record(by=cast.office, record=project.postings.get(), **said)
    made = works.record_complaint(
        by=cast.village,
        at=NOW,
        project=project,
        channel=ComplaintChannel.PHONE,
        complainant="",
        received_on=TODAY,
        words="说的是另一条路。",
    )
    works.withdraw_record(by=cast.village, record=made, **said)
    with pytest.raises(SituationForbids, match="答复或撤回"):
        works.answer_complaint(
            by=cast.village, at=NOW, complaint=made, answer="好", upheld=True, answered_on=TODAY
        )
    assert "说的是另一条路" in client.get(page, {"tab": "works"}).content.decode()
