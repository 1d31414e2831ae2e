"""What is shipped works: a wheel, and a wheel made from the source archive, each in an empty environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = sorted(path.stem for path in (ROOT / "data" / "conversion_tables").glob("*.csv"))

pytestmark = pytest.mark.slow


def call(*command: str | Path, cwd: Path) -> str:
    """Run a command with nothing of ours on the path; what it printed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MEDSTEWARD_"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def built(what: str, source: Path, folder: Path) -> Path:
    """Build ``--wheel`` or ``--sdist`` of ``source`` with the tools at hand; the file made."""
    call(sys.executable, "-m", "build", what, "--no-isolation", "--outdir", folder, source, cwd=folder.parent)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return built("--sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def unpacked(sdist, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (source,) = folder.iterdir()
    return source


@pytest.fixture(scope="module", params=["the tree", "the source archive"])
def wheel(request, tmp_path_factory):
    source = ROOT if request.param == "the tree" else request.getfixturevalue("unpacked")
    return built("--wheel", source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The scripts folder of an empty environment with the wheel in it; this one lends the dependencies."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(home, symlinks=os.name != "nt", with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    call(
        sys.executable,
        *("-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel),
        cwd=home,
    )
    site = call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    Path(site, "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere") / "été in Köln"
    folder.mkdir()
    return folder


def test_there_are_tables():
    assert "cdc_2022" in TABLES


def test_the_installed_copy_is_the_one_that_runs(installed, elsewhere):
    where = call(installed / "python", "-c", "import medsteward; print(medsteward.__file__)", cwd=elsewhere)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_version(installed, elsewhere):
    from medsteward.version import __version__

    assert __version__ in call(installed / "medsteward", "--version", cwd=elsewhere)


def test_every_table_is_there(installed, elsewhere):
    listed = json.loads(call(installed / "medsteward", "tables", "list", "--format", "json", cwd=elsewhere))
    tables = listed["tables"] if isinstance(listed, dict) else listed
    assert sorted(table["id"] for table in tables) == TABLES


def test_the_catalogues_are_found(installed, elsewhere):
    asked = "from medsteward.writers.card.language import language; print(ascii(language('es').say('Morning')))"
    assert call(installed / "python", "-c", asked, cwd=elsewhere).strip() == ascii("En la mañana")


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"medsteward"}
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "medsteward").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for table in TABLES:
        expected |= {f"medsteward/data/conversion_tables/{table}.{kind}" for kind in ("csv", "toml")}
    limits = (ROOT / "data" / "dose_limits").iterdir()
    expected |= {f"medsteward/data/dose_limits/{path.name}" for path in limits}
    assert expected <= set(names)
    assert any(name.endswith(".dist-info/licenses/NOTICE") for name in names)


def test_the_source_archive_holds_what_tests_need(unpacked):
    for name in ("tests", "data", "docs", "examples", "benchmarks"):
        assert any((unpacked / name).iterdir())
    for name in ("Makefile", "LICENSE", "NOTICE", "README.md", "tests/node/package-lock.json"):
        assert (unpacked / name).is_file()
    assert not (unpacked / "tests" / "node" / "node_modules").exists()
