"""Any roster, imported into an empty register, says what the in-memory register says of its accepted rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bangfu.access.models import User
from bangfu.exchange import actions
from bangfu.exchange.models import Batch
from bangfu.exchange.reading import take
from bangfu.exchange.storage import folder_of
from bangfu.households.importing.staging import refused_before
from bangfu.households.models import Household, Member
from bangfu.screening.linking.register import build_register
from bangfu.tabular.reading import ROW
from tests.cast import NOW, TODAY, TOWN, make_regions, make_user
from tests.exchange.rosters import preflighted, silent
from tests.households.builders import id_number

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADER = (
    "行政村", "户编号", "人编号", "姓名", "证件号码", "与户主关系", "户类型", "监测对象类别", "健康状况",
    "是否危房户", "耕地面积", "家庭纯收入", "是否参加城乡居民基本医疗保险",
)  # fmt: skip
_NUMBERS = ["", *(id_number() for _ in range(5)), "530999197405060000", "4.10602E+17"]
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "行政村": st.sampled_from(["上寨村", "上寨", "下河村", "没有的村"]),
            "户编号": st.sampled_from(["H1", "H2", "H3", ""]),
            "人编号": st.sampled_from(["", "", "M1", "M2", "M3"]),
            "姓名": st.sampled_from(["杨志明", "李秀兰", "单于丹", ""]),
            "证件号码": st.sampled_from(_NUMBERS),
            "与户主关系": st.sampled_from(["户主", "之子", ""]),
            "户类型": st.sampled_from(["脱贫户", "一般农户", "", "说不清"]),
            "监测对象类别": st.sampled_from(["", "无", "边缘易致贫户"]),
            "健康状况": st.sampled_from(["健康", "残疾", ""]),
            "是否危房户": st.sampled_from(["是", "否", ""]),
            "耕地面积": st.sampled_from(["", "3.5", "2亩", "不详"]),
            "家庭纯收入": st.sampled_from(["", "12000.5", "1.2万"]),
            "是否参加城乡居民基本医疗保险": st.sampled_from(["是", "否", ""]),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(rows=_ROWS)
def test_what_is_imported_is_what_the_register_in_memory_says(rows: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        make_regions()
        check(rows, make_user("township", TOWN))
        transaction.set_rollback(True)


def check(rows: list[dict[str, Any]], by: User) -> None:
    batch = preflighted(rows, by, header=HEADER)
    if not batch.rows_accepted:
        return
    actions.run_commit(batch, by=by, at=NOW, progress=silent)
    counts = batch.receipt["counts"]
    assert counts["read"] == counts["accepted"] + counts["rejected"]
    assert counts["accepted"] == counts["new"] + counts["changed"] + counts["same"]
    people, homes = expected(batch)
    assert Counter(map(told_of, Member.objects.select_related("household", "identity"))) == people
    assert set(map(told_of_home, Household.objects.all())) == homes
    for home in Household.objects.all():
        assert home.member_count == home.members.count()


def told_of(member: Member) -> tuple[Any, ...]:
    return (
        member.household.code,
        member.code,
        member.name,
        member.identity.id_number,
        member.health,
        member.resident_insurance,
    )


def told_of_home(home: Household) -> tuple[Any, ...]:
    return home.code, home.dangerous_house, home.farmland, home.net_income


def expected(batch: Batch) -> tuple[Counter[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """What the in-memory register says of the rows that came in."""
    table = take(batch, {}, TODAY).rows
    refused = {one.row for one in refused_before(Path(folder_of(batch.uid)))}
    kept = pa.array([row not in refused for row in table[ROW].to_pylist()], pa.bool_())
    register, _ = build_register(table.filter(kept))
    facts = {row["person_key"]: row for row in register.member.to_pylist()}
    homes = register.directory.homes
    people = Counter(
        (
            homes[member.household_key].household_code,
            member.code or "",
            member.name or "",
            member.id_number or "",
            facts[member.key]["health"] or "",
            facts[member.key]["resident_insurance"],
        )
        for member in register.members
    )
    told = {
        (
            homes[row["household_key"]].household_code,
            row["dangerous_house"],
            None if row["farmland"] is None else round(row["farmland"], 2),
            None if row["net_income"] is None else int(row["net_income"] * 100),
        )
        for row in register.household.to_pylist()
    }
    return people, told
