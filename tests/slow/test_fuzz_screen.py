"""Folders full of nonsense through the whole command: an exit code, sentences, counts that add up (C-185)."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from bangfu.cli.main import main
from bangfu.screening.catalogue.datasets import Dataset, load_datasets
from tests.tabular import books
from tests.tabular.books import make_id, wrong_check_digit

pytestmark = pytest.mark.slow

IDS = [make_id(n, f"20{n:02d}0229" if n % 4 == 0 else f"19{60 + n}1231") for n in range(20)]
ODD = [
    "",
    None,
    " ",
    "\u3000",
    "无",
    "-",
    "/",
    "合计",
    "小计",
    "#N/A",
    "=1+1",
    "'",
    '"',
    "\x01",
    "𠀀",
    "a\nb",
    "null",
]
NUMBERS = [
    "1e5",
    "nan",
    "inf",
    "1,2345",
    "-0",
    "3.2万",
    "1200元",
    "约100",
    "99999999999999999999",
    "0.005",
    "１２",
]
DAYS = [
    "2026-02-30",
    "2026-13-01",
    "202609",
    "2026年9月",
    "46000",
    "2026-10-31 24:00",
    "9999-12-31",
    "1899-12-31",
]
WORDS = [
    "是",
    "否",
    "√",
    "脱贫户",
    "边缘易致贫户",
    "住院",
    "门特",
    "C级危房",
    "一级",
    "在读",
    "辍学",
    "低保",
    "户主",
    "男",
]
TYPED: list[Any] = [0, -1, 1.5, 1e300, 4.1e17, 46000, True, False, 10**14, 2026.1]


def cell(chance: random.Random, usual: list[Any], noise: float) -> Any:
    if chance.random() > noise:
        return chance.choice(usual)
    return chance.choice(chance.choice([ODD, NUMBERS, DAYS, WORDS, TYPED, IDS]))


def usual(kind: str, column_id: str) -> list[Any]:
    if kind in ("identity", "certificate"):
        return [*IDS, *(i + "43B1" for i in IDS[:3]), wrong_check_digit(IDS[0]), IDS[1].lower(), "", 4.1e17]
    known: dict[str, list[Any]] = {
        "name": ["申屠甲", "欧阳 乙", "买买提•丙", ""],
        "code": ["H1", "H2", "41060200100101", "41060200100102", ""],
        "date": ["2026-10-31", "2026-10-01", "2026/9/30", "20260228", ""],
        "month": ["202609", "2026-07", ""],
        "money": ["0", "5000", "4999.99", "2万", 20000, "-300"],
        "number": ["15升", "20", 3, ""],
        "percent": ["95%", 0.9, 90],
    }
    return known.get(kind, WORDS) if column_id != "relation" else ["户主", "配偶", "长子"]


def sheet(chance: random.Random, dataset: Dataset, rows: int) -> list[list[Any]]:
    """A sheet of a dataset: a header that is at times spelt oddly, rows that are at times no rows."""
    columns = list(dataset.sheet.columns)
    if chance.random() < 0.3:
        chance.shuffle(columns)
    titles = [
        chance.choice(c.titles) + chance.choice(["", "", "", "(必填)", "\n", "（元）", "*"]) for c in columns
    ]
    above = [["某县", ""], ["单位:万元"], []][: chance.randrange(4)]
    body: list[list[Any]] = []
    for _ in range(rows):
        kind = chance.random()
        if kind < 0.05:
            body.append(list(titles))
        elif kind < 0.1:
            body.append([chance.choice(["合 计", "填报人:某", "注:1.某", "", 7])])
        else:
            body.append(
                [cell(chance, usual(c.kind, c.id), 1 / len(columns)) for c in columns][
                    : chance.choice([99, 99, 3])
                ]
            )
    return [*above, titles, *body]


def save(chance: random.Random, path: Path, content: list[list[Any]]) -> None:
    plain = [
        ["" if c is None else "".join(ch for ch in str(c) if ch >= " " or ch == "\n") for c in r]
        for r in content
    ]
    kind = chance.randrange(4)
    if kind == 0:
        typed = [
            [c if not isinstance(c, str) else p for c, p in zip(a, b, strict=True)]
            for a, b in zip(content, plain, strict=True)
        ]
        books.xlsx_by_writer(path.with_suffix(".xlsx"), typed)
    elif kind == 1:
        books.xls(path.with_suffix(".xls"), plain)
    else:
        encoding = chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
        suffix = chance.choice([".csv", ".csv.gz", ".xlsx"])
        books.csv_file(path.parent / (path.name + suffix), plain, encoding, delimiter=chance.choice(",\t;"))


@pytest.mark.parametrize("seed", range(40))
def test_a_folder_of_nonsense(seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(seed)
    given = tmp_path / "名单"
    given.mkdir()
    datasets = list(load_datasets().values())
    for number, dataset in enumerate([datasets[0], *chance.choices(datasets, k=6)]):
        save(chance, given / f"{number}{dataset.id}", sheet(chance, dataset, chance.choice([0, 3, 30])))
    out, result = tmp_path / "线索.xlsx", tmp_path / "r.json"
    arguments = [str(given), "--as-of", "2026-10-31", "--out", str(out), "--json", str(result)]
    code = main(["screen", *arguments, "--receipts", str(tmp_path / "回执")])
    assert "Traceback" not in "".join(capfd.readouterr())
    assert code in (0, 1, 2)
    if code == 2:  # no usable roster
        assert not out.exists() and not result.exists()
        return
    found = json.loads(result.read_text(encoding="utf-8"))
    for source in found["sources"]:
        assert source["rows"] == source["accepted"] + source["rejected"] + source["duplicates"]
        assert len(source["rejections"]) == source["rejected"]
        assert len(source["unmatched_rows"]) == source["unmatched"] <= source["accepted"]
        assert source["repaired"] <= source["accepted"]
        assert max([*source["repairs"].values(), 0]) <= source["repaired"]
        assert max([*source["flags"].values(), 0]) <= source["accepted"]
    bad = any(source["rejected"] or source["error"] for source in found["sources"])
    assert code == int(bad)
