"""``bench clues``: a county of any size and its 15 lists, from the button to clues in the pool, by stage."""

from __future__ import annotations

import csv
import datetime as dt
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, peak_mib, result, seconds

PERSONS = 4
_AS_OF = dt.date(2026, 10, 31)
_SEED = 3
_BILLS = (120,) * 60 + (800,) * 30 + (1900,) * 9 + (6100,)
_LONG_AGO = ("2020-01-01",) * 19 + ("2026-10-01",)
_MOSTLY = ("是",) * 49 + ("否",)
_PUPILS = range(2008, 2022)
#: Of each list: its columns behind name and number, how many of ten thousand people are in it, what it says.
_LISTS: dict[str, tuple[tuple[str, ...], int, tuple[Sequence[object], ...]]] = {
    "医疗费用": (("结算日期", "医疗类别", "个人自付"), 9000, (("2026-10-08",), ("住院",), _BILLS)),
    "大病专项救治": (("病种", "确诊日期"), 40, (("肺癌", "尿毒症"), ("2025-03-01", "2026-10-02"))),
    "持证残疾人": (("残疾类别", "残疾等级"), 300, (("肢体", "视力"), ("二级", "四级"))),
    "学籍": (("学校", "年级", "学籍状态"), 10_000, (("第一小学",), ("三年级",), ("在读",) * 99 + ("辍学",))),
    "救助对象": (("救助类别", "开始日期", "月保障金额"), 500, (("低保",), _LONG_AGO, (420,))),
    "住房安全鉴定": (("鉴定等级", "鉴定日期", "是否已改造"), 600, (("A级", "C级"), ("2026-06-01",), ("是",))),
    "饮水安全": (("水量", "水质达标", "取水时间(分钟)"), 600, ((40, 60), _MOSTLY, (5, 15))),
    "失业与断保": (("失业登记日期", "最近参保月份"), 300, (("", "2026-09-01"), ("2026-10",))),
    "受灾登记": (("灾种", "受灾日期", "损失金额"), 20, (("洪涝",), ("2026-10-11",), (9000,))),
    "交通事故": (("事故日期", "后果"), 10, (("2026-10-12",), ("重伤", "轻伤"))),
    "死亡注销": (("死亡日期",), 20, (("2026-09-30",),)),
    "车辆": (("车型", "登记日期"), 800, (("轿车",), ("2022-02-02",))),
    "经营主体": (("企业名称", "登记日期"), 200, (("小卖部",), ("2021-02-02",))),
    "不动产": (("坐落", "登记日期"), 300, (("县城",), ("2021-02-02",))),
    "财政供养": (("单位", "参加工作日期"), 100, (("中学",), ("2011-02-02",))),
}


def bench_clues(households: int) -> dict[str, object]:
    """Seconds of bringing the lists in, of the screening by stage, and of putting its clues into the pool.

    Raises BenchError when a list does not come in whole, or nothing is found.
    """
    with throw_away_installation() as vendor, tempfile.TemporaryDirectory() as folder:
        from bangfu.bench.filling import fill

        fill(households, PERSONS)
        figures: dict[str, Any] = {"households": households, "database": vendor}
        figures["rows"] = sum(_write(Path(folder)))
        figures["lists_import_s"] = round(seconds(lambda: _import(Path(folder))), 3)
        figures |= _screening()
    return result("clues", {**figures, "peak_mib": peak_mib()}, {})


def _write(folder: Path) -> Iterator[int]:
    """The lists as files; how many rows each has."""
    from bangfu.households.models import Member

    rows = Member.objects.order_by("id").values_list("name", "identity__id_number", "birth_date")
    people = [(name, number, born.year in _PUPILS) for name, number, born in rows]
    chance = random.Random(_SEED)
    for title, (columns, share, said) in _LISTS.items():
        there = [one for one in people if one[2] or title != "学籍"]
        listed = [one[:2] for one in there if chance.randrange(10_000) < share]
        with (folder / f"{title}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("姓名", "证件号码", *columns))
            writer.writerows((*one, *map(chance.choice, said)) for one in listed)
        yield len(listed)


def _import(folder: Path) -> None:
    from django.utils import timezone

    from bangfu.access.models import User
    from bangfu.bench.filling import COUNTY
    from bangfu.exchange.actions.importing import import_file

    by = User.objects.get(username="county")
    for path in sorted(folder.iterdir()):
        counts = import_file(path, by=by, at=timezone.now(), place=COUNTY).receipt["counts"]
        if counts["rejected"]:
            raise BenchError(f"{path.name} 没有全部导入：{counts}。")


def _screening() -> dict[str, Any]:
    """From the button to the pool; what was found."""
    from django.utils import timezone

    from bangfu.access.models import User
    from bangfu.bench.filling import COUNTY
    from bangfu.core.models import Region
    from bangfu.monitoring.actions.screenings import release_screening, run_screening, screen
    from bangfu.monitoring.models import Clue, ClueFact

    by, now = User.objects.get(username="county"), timezone.now()
    stages = _Stages()
    run = run_screening(by=by, at=now, region=Region.objects.get(code=COUNTY), as_of=_AS_OF)
    run = screen(run, at=now, progress=stages)
    stages(0, None, "")
    release_s = seconds(lambda: release_screening(by=by, at=now, run=run))
    found = {"clues": Clue.objects.count(), "facts": ClueFact.objects.count()}
    if not found["clues"]:
        raise BenchError("什么都没有筛出来，数字没有意义。")
    screening_s = sum(stages.spent.values())
    told = {f"stage_{number}_s": round(spent, 3) for number, spent in enumerate(stages.spent.values())}
    total = {"screening_s": round(screening_s, 3), "release_s": round(release_s, 3)}
    return found | told | total | {"total_s": round(screening_s + release_s, 3)}


class _Stages:
    """Seconds from each step that is told to the next."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._step, self._since = "", time.perf_counter()

    def __call__(self, done: int, total: int | None, step: str) -> None:
        """The step before has ended."""
        now = time.perf_counter()
        self.spent[self._step] = self.spent.get(self._step, 0.0) + now - self._since
        self._step, self._since = step, now
