"""The county's fund table in its own columns: what is exported reads in again (C-128)."""

from __future__ import annotations

from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.permissions import Permission
from bangfu.funds.models import Allocation
from bangfu.funds.queries.spending import allocations_seen
from bangfu.ledgers.definition import Column, Filter, Ledger
from bangfu.projects.enums.admission import SourceKind


def _url(row: Allocation) -> str:
    return reverse("project_file", args=[row.project.uid]) + "?tab=funds"


FUND_TABLE = Ledger(
    id="fund_table",
    title="资金台账",
    lead="一行是一份指标下达到一个项目，按报表的栏目排：导出就是报表，改了栏目名也读得回来。",
    permission=Permission.FUND_VIEW,
    rows=lambda user: allocations_seen(user).filter(account__amount__gt=0),
    columns=(
        Column("notice_number", "资金文号", "source.notice_number", sort="source__notice_number"),
        Column("kind", "资金来源", "source.get_kind_display", sort="source__kind"),
        Column("noticed_on", "文件日期", "source.noticed_on", kind="date", sort="source__noticed_on"),
        Column("received_on", "到县日期", "source.received_on", kind="date", sort="source__received_on"),
        Column("purpose", "用途方向", "source.purpose"),
        Column("source_amount", "指标金额", "source.account.amount", kind="money"),
        Column("book", "专户", "source.book"),
        Column("pooled", "纳入整合", "source.pooled", kind="bool"),
        Column("donor", "捐赠人", "source.donor", classified=FieldClass.NAME, default=False),
        Column("project_code", "项目编码", "project.code", sort="project__code"),
        Column("project", "项目名称", "project.name", sort="project__name"),
        Column("region", "实施地点", "project.region.name", sort="place"),
        Column("paper_number", "下达文号"),
        Column("on", "下达日期", kind="date", sort="on"),
        Column("amount", "下达金额", "account.amount", kind="money", sort="account__amount", total=True),
        Column("used", "已支付", "account.used", kind="money", sort="account__used", total=True),
    ),
    filters=(
        Filter("year", "指标年度", "range", field="source__year"),
        Filter("kind", "来源", field="source__kind", choices=SourceKind),
        Filter("on", "下达日期", "day"),
    ),
    default_sort="-on",
    row_url=_url,
    row_permissions=(Permission.PROJECT_VIEW,),
    search=lambda rows, text: (
        rows.filter(project__name__icontains=text) | rows.filter(source__notice_number__icontains=text)
    ),
    search_label="项目、文号",
    print_title="资金台账",
    empty="还没有下达。可以从“导入”把县里现成的资金台账读进来。",
)
