"""What dev.py decides: when to set up, what to install or name, which tests to leave out."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

import dev

REPOSITORY = Path(dev.__file__).parent
SETTINGS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that dev.py takes for the repository, with everything that a fingerprint is made of."""
    paths = {"ROOT": ".", "LOCK": "requirements.lock", "BENCHES": "tests/bench", "GUARD": ".venv.lock"}
    for name, path in {**paths, "VENV": ".venv", "STAMP": ".venv/made-from"}.items():
        monkeypatch.setattr(dev, name, tmp_path / path)
    monkeypatch.setattr(dev, "missing_system_packages", list)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 80\n')
    (tmp_path / "requirements.lock").write_text("x==1\n")
    (tmp_path / "tests" / "bench").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that dev.py would have run, on a Debian."""
    made: list[str] = []

    def note(command: Sequence[str], failure: str) -> None:
        assert failure
        made.append(" ".join(command))

    monkeypatch.setattr(dev, "call_or_stop", note)
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    return made


def make_programs() -> None:
    for path in (Path(dev.tool("python")), Path(dev.tool("dataflow-desktop"))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_an_old_python_can_read_dev_py() -> None:
    ast.parse(Path(dev.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_lock_names_no_place_and_not_the_broken_pyside() -> None:
    locked = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in locked
    assert "--index" not in locked
    assert "pyside6-essentials==" in locked
    assert "pyside6-essentials==6.12.0" not in locked


def test_the_lock_has_everything_that_pyproject_asks_for() -> None:
    locked = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pinned = {line.partition("==")[0].partition("[")[0] for line in locked.splitlines() if "==" in line}
    asked = [*SETTINGS["project"]["dependencies"], *SETTINGS["dependency-groups"]["dev"]]
    assert {re.split(r"[<>=!\[; ]", name)[0].lower() for name in asked} <= pinned


def test_a_finished_environment_is_taken_as_it_is(clone: Path) -> None:
    make_programs()
    assert not dev.is_set_up()
    dev.write_stamp()
    assert dev.is_set_up()
    assert list(dev.VENV.glob("*.part")) == []


def test_a_tool_setting_changes_nothing(clone: Path) -> None:
    before = dev.fingerprint()
    (clone / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 110\n')
    assert dev.fingerprint() == before


@pytest.mark.parametrize(
    ("name", "text"),
    [("requirements.lock", "x==2\n"), ("pyproject.toml", '[project]\nname = "x"\nscripts = {y = "x:y"}\n')],
)
def test_another_lock_or_package_asks_for_another_environment(clone: Path, name: str, text: str) -> None:
    make_programs()
    dev.write_stamp()
    (clone / name).write_text(text)
    assert not dev.is_set_up()


@pytest.mark.parametrize("program", ["python", "dataflow-desktop"])
def test_an_environment_that_lost_a_program_is_not_finished(clone: Path, program: str) -> None:
    make_programs()
    dev.write_stamp()
    Path(dev.tool(program)).unlink()
    assert not dev.is_set_up()


def test_set_up_makes_everything_once_and_in_order(clone: Path, calls: list[str]) -> None:
    make_programs()  # since nothing is run that would
    dev.set_up()
    dev.set_up()
    made = [call for call in calls if "apt-get" not in call]
    assert [("venv" in call, "--require-hashes" in call, "--editable" in call) for call in made] == [
        (True, False, False),
        (True, True, False),
        (True, False, True),
    ]


def test_an_interrupted_set_up_begins_again(
    clone: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_programs()
    dev.write_stamp()
    (clone / "requirements.lock").write_text("x==2\n")

    def be_killed(environment: Path, what: Sequence[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dev, "pip_install", be_killed)
        with pytest.raises(KeyboardInterrupt):
            dev.set_up()
    (clone / "requirements.lock").write_text("x==1\n")  # even the old lock does not make it whole
    calls.clear()
    dev.set_up()
    assert any("-m venv --clear" in call for call in calls)


def test_a_finished_environment_on_a_new_system_only_gets_packages(
    clone: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_programs()
    dev.write_stamp()
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(dev, "missing_system_packages", lambda: ["libegl1"])
    dev.set_up()
    assert ["apt-get" in call for call in calls] == [True, True]


def test_an_environment_does_not_replace_itself(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(dev.VENV))
    with pytest.raises(dev.CannotGoOnError, match="the system's Python"):
        dev.set_up()


@pytest.mark.skipif(os.name == "nt", reason="a lock there belongs to its process alone")
def test_a_second_dev_py_is_kept_out_until_the_children_of_the_first_are_gone(clone: Path) -> None:
    with dev.alone():
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    with dev.GUARD.open("w") as guard:
        assert not dev.is_locked_by_us(guard)
        child.communicate(b"\n")
        assert dev.is_locked_by_us(guard)


def test_root_installs_what_is_missing(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    dev.provide_packages([])
    assert calls == []
    dev.provide_packages(["libegl1", "strace"])
    update, install = calls
    assert "apt-get update" in update
    assert "apt-get install -y --no-install-recommends libegl1 strace" in install


def test_anyone_else_is_told_the_command(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.CannotGoOnError, match=r"sudo apt-get install -y .* libegl1"):
        dev.provide_packages(["libegl1"])
    assert calls == []


def test_missing_libraries_fonts_and_venv_have_their_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    monkeypatch.setattr(dev, "has_library", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(dev, "FONTS", tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    python_venv = f"python3.{sys.version_info.minor}-venv"
    assert dev.missing_system_packages() == ["libegl1", "fonts-dejavu-core", python_venv]


def test_a_library_and_a_program_that_are_not_there_are_not_found() -> None:
    assert not dev.has_library("libnobody-has-this.so.1")
    assert not dev.has_program("nobody-has-this")
    assert dev.has_program("python3")


def test_a_group_program_that_cannot_be_installed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_debian", lambda: False)
    monkeypatch.setattr(dev, "has_program", lambda name: name != "strace")
    with pytest.raises(dev.CannotGoOnError, match="strace"):
        dev.provide_group_programs()


def test_groups_are_the_markers_of_pyproject() -> None:
    markers = SETTINGS["tool"]["pytest"]["ini_options"]["markers"]
    assert [marker.partition(":")[0] for marker in markers] == list(dev.GROUP_PROGRAMS)


def test_groups_wait_until_they_are_asked_for() -> None:
    usual = dev.pytest_options(["tests/unit"])
    assert usual == [
        "-m",
        "not servers and not root and not office and not build and not bench",
        "tests/unit",
    ]
    assert dev.pytest_options(["-x", "--all"]) == ["-m", "not bench", "-x"]


def test_the_callers_choice_of_screen_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert dev.test_environment()["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert dev.test_environment()["QT_QPA_PLATFORM"] == "xcb"


def test_benches_are_listed_with_their_first_line(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dev.BENCHES / "export.py").write_text('"""How fast an export is.\n\nMore.\n"""\n')
    (dev.BENCHES / "_shared.py").write_text('"""Not one of them."""\n')
    assert dev.main(["bench"]) == 0
    assert dev.main(["bench", "no-such"]) == 2
    assert capsys.readouterr().err.splitlines()[1] == f"  {'export':20} How fast an export is."


def test_a_failing_command_stops_with_the_given_words() -> None:
    with pytest.raises(dev.CannotGoOnError, match="no luck"):
        dev.call_or_stop([sys.executable, "-c", "raise SystemExit(3)"], "no luck")


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_calls_that_do_nothing_say_so(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == code
    captured = capsys.readouterr()
    assert captured.err
    assert not captured.out


def test_an_argument_too_many_is_refused() -> None:
    with pytest.raises(SystemExit) as refused:
        dev.main(["setup", "now"])
    assert refused.value.code == 2


def test_texts_are_collected_and_what_is_to_be_translated_is_named(
    clone: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.syspath_prepend(REPOSITORY)
    code, german = clone / "dataflow_desktop" / "words.py", clone / "resources/translations/dataflow_de.ts"
    code.parent.mkdir()
    code.write_text('class Bar:\n    def f(self):\n        self.tr("Rows")\n')
    german.parent.mkdir(parents=True)
    german.write_text('<TS version="2.1"></TS>')
    assert dev.texts([]) == 1
    assert "to be translated: Bar: Rows" in capsys.readouterr().err
    written = german.read_text()
    assert '<translation type="unfinished"></translation>' in written
    german.write_text(written.replace('<translation type="unfinished">', "<translation>Zeilen"))
    assert dev.texts([]) == 0
    assert [call.rpartition("/")[2] for call in calls] == 2 * ["dataflow_de.qm", "dataflow_en.qm"]
    assert all("pyside6-lrelease" in call for call in calls)
    code.write_text("class Bar:\n    def f(self, word):\n        self.tr(word)\n")
    with pytest.raises(dev.CannotGoOnError, match=r"words\.py:3"):
        dev.texts([])
