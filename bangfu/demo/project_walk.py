"""A project walked through its flows on given days, each step by who takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bangfu.access.models import User
from bangfu.households.reckoning.days import local_day
from bangfu.projects.actions import deciding
from bangfu.projects.enums.deciding import OpinionStage, PostingLevel, PostingStage, VoteKind
from bangfu.projects.models import Project
from bangfu.projects.terms.checklists import points_of
from bangfu.workflow.actions.papers import attach_step_paper
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.models import FlowRun

PAPER = b"%PDF-1.7 \xe6\xbc\x94\xe7\xa4\xba"


@dataclass
class ProjectWalk:
    """A project and the instant at which the next step happens."""

    people: dict[str, User]
    project: Project
    at: datetime

    def pass_days(self, days: int) -> ProjectWalk:
        """Later by so many days."""
        self.at += timedelta(days=days)
        return self

    def hand_in(self, who: str, *requirements: str) -> ProjectWalk:
        """Signed and sealed papers of the day."""
        for requirement in requirements:
            attach_step_paper(
                by=self.people[who],
                at=self.at,
                run=self._run(),
                requirement=requirement,
                content=PAPER,
                dated_on=local_day(self.at),
                signed=True,
                sealed=True,
            )
        return self

    def take(self, who: str, way: str, **data: Any) -> ProjectWalk:
        """Somebody takes the project on."""
        run = self._run()
        day = local_day(self.at)
        take_transition(
            by=self.people[who],
            at=self.at,
            run=run,
            transition=way,
            version=run.version,
            data={"date": day, **data},
        )
        return self

    def _run(self) -> FlowRun:
        return FlowRun.objects.filter(subject=self.project.subject_id).latest("pk")

    def vote(self) -> ProjectWalk:
        """The villagers' representatives want it."""
        deciding.record_vote(
            by=self.people["cun"],
            at=self.at,
            project=self.project,
            kind=VoteKind.REPRESENTATIVES,
            held_on=local_day(self.at),
            held_at="村委会会议室",
            chair="段文",
            entitled=42,
            present=38,
            agreed=37,
            words=f"商议“{self.project.name}”：做多大、占谁的地、谁来管，大家同意申报。",
        )
        return self

    def opine(self, who: str, stage: OpinionStage, words: str = "") -> ProjectWalk:
        """All points met."""
        deciding.give_opinion(
            by=self.people[who],
            at=self.at,
            project=self.project,
            stage=stage,
            points={point.code: True for point in points_of(stage)},
            passed=True,
            words=words,
            given_on=local_day(self.at),
        )
        return self

    def post(self, stage: PostingStage, *levels: PostingLevel) -> ProjectWalk:
        """Notices of ten days."""
        spots = {"village": "村委会公示栏", "township": "镇政府公示栏", "county": "县政府网站"}
        for level in levels:
            deciding.post_project(
                by=self.people["xian"],
                at=self.at,
                project=self.project,
                stage=stage,
                level=level,
                spot=spots[level.value],
                posted_on=local_day(self.at),
                days=10,
            )
        return self

    def submit(self) -> ProjectWalk:
        """Decided by the village, handed to the township."""
        return self.vote().hand_in("cun", "vote_paper").take("cun", "submit_project")

    def review(self) -> ProjectWalk:
        """Seen by the township, made public for ten days."""
        self.opine("zhen", OpinionStage.TOWNSHIP, "现场看过，做法可行，单价和市场价相当。")
        self.hand_in("zhen", "review_paper").take("zhen", "review_project")
        return self.post(PostingStage.APPLY, PostingLevel.VILLAGE, PostingLevel.TOWNSHIP)

    def admit(self, number: str) -> ProjectWalk:
        """After the notice: argued by two departments, approved, announced."""
        self.pass_days(11).hand_in("zhen", "notice_paper").take("zhen", "end_project_notice")
        self.opine("caizheng", OpinionStage.ARGUMENT, "资金来源清楚。").opine("xian", OpinionStage.ARGUMENT)
        self.take("xian", "argue_project").pass_days(4)
        self.hand_in("xian", "approval_paper").take("xian", "admit_project", number=number)
        self.post(PostingStage.ADMIT, PostingLevel.COUNTY)
        return self.take("xian", "announce_project")

    def prepare(self, number: str) -> ProjectWalk:
        """Approved as a project of its own, designed, made public on the spot, contractor chosen."""
        self.hand_in("xian", "approval_paper").take("xian", "approve_works", number=number).pass_days(3)
        self.hand_in("zhen", "design_paper", "budget_paper").take("zhen", "review_design")
        self.post(PostingStage.BEFORE_WORK, PostingLevel.VILLAGE)
        self.pass_days(11).hand_in("zhen", "work_notice_paper").take("zhen", "end_work_notice")
        return self.hand_in("zhen", "tender_paper").take("zhen", "choose_contractor")
