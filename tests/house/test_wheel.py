"""``pip install .`` gives a working command with its data: the wheel alone, in an empty environment. C-185"""

import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tools.tree import ROOT, project_files

_PACKED = ["bangfu", "pyproject.toml", "README.md", "LICENSE"]


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def _copy_of_the_project(to: Path) -> Path:
    """A copy, so that no build folder of an earlier day gets into the wheel."""
    for name in _PACKED:
        source = ROOT / name
        for file in project_files(source) if source.is_dir() else [source]:
            copy = to / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
    return to


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = _copy_of_the_project(tmp_path_factory.mktemp("project"))
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "out", cwd=project)
    (built,) = (project / "out").glob("bangfu-*.whl")
    return built


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """An empty environment with the wheel; its dependencies are those of the running one, so no network."""
    folder = tmp_path_factory.mktemp("environment")
    _run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / "bin" / "python"
    _run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", wheel),
        cwd=folder,
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    # A .pth inside an added folder is not followed, so the editable bangfu of that folder stays out.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("bangfu/")}
    assert packed == {path.relative_to(ROOT).as_posix() for path in project_files(ROOT / "bangfu")}


def test_bangfu_comes_from_the_wheel_alone(environment: Path, tmp_path: Path) -> None:
    shown = _run(environment / "bin" / "python", "-c", "import bangfu; print(bangfu.__file__)", cwd=tmp_path)
    assert shown.startswith(str(environment))


def test_the_installed_command_screens_a_small_folder(environment: Path, folder: Path) -> None:
    command = [environment / "bin" / "bangfu", "screen", "名单", "--as-of", "2026-10-31"]
    _run(*command, "--out", "线索.xlsx", "--json", "结果.json", cwd=folder)
    result = json.loads((folder / "结果.json").read_text(encoding="utf-8"))
    assert result["registry"] == {"households": 2, "members": 2}
    over = [f for f in result["findings"] if f["rule"] == "medical_self_pay_registered"]
    assert [(f["household"], f["member"]) for f in over] == [("H2", "P2")]
    assert zipfile.is_zipfile(folder / "线索.xlsx")
