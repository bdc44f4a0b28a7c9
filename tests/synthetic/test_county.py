"""The county as a whole: the same from the same seed, counts that add up, refusals."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.synthetic import SynthesisError, county, synthesize
from tests.synthetic.conftest import HOUSEHOLDS, SEED, Made, made


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(dirty: Made, tmp_path: Path) -> None:
    assert _digests(made(tmp_path / "again").folder) == _digests(dirty.folder)


def test_another_seed_gives_other_people(dirty: Made, tmp_path: Path) -> None:
    assert made(tmp_path / "other", seed=SEED + 1).truth["findings"] != dirty.truth["findings"]


def test_two_processes_make_what_one_makes(
    dirty: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(county, "_IN_ONE_PROCESS", 10)
    two = made(tmp_path / "two")
    assert two.truth == dirty.truth


def test_truth_speaks_of_format_seed_day_and_registry(dirty: Made) -> None:
    truth = dirty.truth
    assert (truth["format"], truth["seed"], truth["as_of"]) == (1, SEED, "2026-10-31")
    assert truth["registry"]["households"] == HOUSEHOLDS
    assert 2 < truth["registry"]["members"] / HOUSEHOLDS < 5


def test_every_source_adds_up_and_every_dataset_is_there(dirty: Made) -> None:
    sources = dirty.truth["sources"]
    for source in sources:
        assert source["rows"] == source["accepted"] + source["rejected"] + source["duplicates"]
        assert source["repaired"] <= source["accepted"]
        assert source["unmatched"] <= source["accepted"]
    assert {source["dataset"] for source in sources} - {None} == set(load_datasets())
    assert [source["path"] for source in sources] == sorted(source["path"] for source in sources)
    on_disk = set(_digests(dirty.folder)) - {"truth.json"}
    assert {source["path"] for source in sources} == on_disk


def test_each_kind_of_trouble_is_counted_somewhere(dirty: Made) -> None:
    total = Counter[str]()
    for source in dirty.truth["sources"]:
        total.update({key: value for key, value in source.items() if isinstance(value, int)})
    assert all(total[kind] > 3 for kind in ("repaired", "rejected", "duplicates", "unmatched"))


def test_rows_that_cannot_be_used_stand_in_each_of_these_lists(dirty: Made) -> None:
    for name in ("义务教育学籍", "门诊慢特病", "大额自付", "大病专项", "红山镇农户名册", "西山乡农户名册"):
        rejected = [s["rejected"] for s in dirty.truth["sources"] if name in s["path"] and s["dataset"]]
        assert sum(rejected) > 0, name


def test_bills_of_one_file_come_again_in_another_that_is_read_later(dirty: Made) -> None:
    (first,) = [s for s in dirty.truth["sources"] if "住院费用" in s["path"]]
    (later,) = [s for s in dirty.truth["sources"] if "大额自付" in s["path"]]
    assert first["path"] < later["path"]
    assert later["duplicates"] >= 2


def test_tidy_files_tell_of_the_same_county_without_troubled_rows(dirty: Made, tidy: Made) -> None:
    assert tidy.truth["registry"] == dirty.truth["registry"]
    for source in tidy.truth["sources"]:
        assert (source["repaired"], source["rejected"], source["duplicates"]) == (0, 0, 0)


def test_every_rule_finds_somebody_and_answers_are_sorted(dirty: Made) -> None:
    rules = {
        "medical_self_pay_registered", "medical_self_pay_general", "outpatient_self_pay", "major_disease_new",
        "disability_new", "compulsory_school_dropout", "social_assistance_new", "dangerous_house",
        "unsafe_water", "unemployed_three_months", "disaster_hit", "traffic_accident_serious",
        "income_below_line", "death_still_listed", "duplicate_id_number", "id_checksum", "sex_mismatch",
        "birth_mismatch", "school_whereabouts_unknown", "dangerous_house_roster",
    }  # fmt: skip
    answers = [(a["rule"], a["household"], a["member"] or "") for a in dirty.truth["findings"]]
    assert {rule for rule, _, _ in answers} == rules
    assert answers == sorted(set(answers))


def test_findings_name_codes_of_the_invented_county(dirty: Made) -> None:
    for answer in dirty.truth["findings"] + dirty.truth["undecided"]:
        assert answer["household"].startswith("530999")
        assert answer["member"] is None or answer["member"].startswith(answer["household"])


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "别人的文件.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SynthesisError, match="不是空文件夹"):
        synthesize(households=HOUSEHOLDS, seed=1, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["别人的文件.txt"]


def test_too_small_a_county_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SynthesisError, match="至少需要 10 户"):
        synthesize(households=9, seed=1, out=tmp_path / "县")


def test_the_smallest_county_still_has_people_and_lists(tmp_path: Path) -> None:
    small = made(tmp_path / "县", households=10)
    assert small.truth["registry"]["households"] == 10
    assert {source["dataset"] for source in small.truth["sources"]} - {None} == set(load_datasets())
    assert sum(source["rows"] for source in small.truth["sources"] if "学籍" in source["path"]) > 0


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    synthesize(households=120, seed=1, out=tmp_path / "县", progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]
