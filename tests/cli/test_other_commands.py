"""`bangfu synthesize`, `bangfu rules`, `bangfu bench` at the command line (contract section 2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bangfu.cli.main import main


def test_synthesize_writes_files_and_the_truth(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["synthesize", "--households", "120", "--seed", "1", "--out", str(tmp_path / "县")]) == 0
    truth = json.loads((tmp_path / "县" / "truth.json").read_text(encoding="utf-8"))
    assert truth["registry"]["households"] == 120
    assert "120 户" in capsys.readouterr().out


@pytest.mark.parametrize("households", ["0", "-3", "三", "5"])
def test_synthesize_refuses_with_a_sentence(
    households: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    try:
        code = main(["synthesize", "--households", households, "--seed", "1", "--out", str(tmp_path / "县")])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    assert capsys.readouterr().err.strip().endswith(("。", "看写法。"))


def test_synthesize_never_writes_into_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "别人的.txt").write_text("x", encoding="utf-8")
    assert main(["synthesize", "--households", "120", "--seed", "1", "--out", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["别人的.txt"]


def test_rules_list_names_every_rule_of_the_contract(capsys: pytest.CaptureFixture) -> None:
    assert main(["rules", "list"]) == 0
    listed = capsys.readouterr().out
    for rule in ("medical_self_pay_registered", "compulsory_school_dropout", "birth_mismatch", "id_checksum"):
        assert rule in listed


def test_rules_show_prints_condition_parameters_and_basis(capsys: pytest.CaptureFixture) -> None:
    assert main(["rules", "show", "income_below_line"]) == 0
    shown = capsys.readouterr().out
    assert "8500" in shown
    assert "依据" in shown


def test_rules_show_of_an_unknown_rule_is_a_sentence(capsys: pytest.CaptureFixture) -> None:
    assert main(["rules", "show", "no_such_rule"]) == 2
    assert "no_such_rule" in capsys.readouterr().err


def test_rules_check_says_in_one_line_what_is_wrong_and_where(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "my_rule.yaml"
    file.write_text("id: my_rule\nlevel: village\n", encoding="utf-8")
    assert main(["rules", "check", str(file)]) == 1
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines
    assert all(line.startswith(f"{file}:") for line in lines)


def test_bench_read_prints_one_json_object(capsys: pytest.CaptureFixture) -> None:
    assert main(["bench", "read", "--rows", "200", "--columns", "20"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {"name", "figures", "ratios", "machine", "versions"} == set(figures)
    assert {"read_s", "raw_s"} <= set(figures["figures"])
    assert "read_to_raw" in figures["ratios"]


def test_a_defect_is_a_sentence_without_personal_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """A defect of ours never looks like a result, and its message (here a name) stays out of the output."""

    def broken(path: str) -> str:
        raise RuntimeError("张三")

    monkeypatch.setattr("bangfu.cli.rules.show_rule", broken)
    assert main(["rules", "show", "income_below_line"]) == 2
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert "张三" not in said
    assert "Traceback" not in said
