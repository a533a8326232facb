#!/usr/bin/env python3
"""The commands to build on: ``python3 dev.py run|test|setup|check|bench|pictures|build|texts|lock``.

Each of them first makes ``.venv`` what requirements.lock and pyproject.toml say, unless it is so already.
Only the standard library is needed. The syntax stays that of Python 3.6, so that an old Python answers
with a sentence. What dev.py has to say goes to standard error: standard output belongs to the program.
"""

import ast
import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python learns of it
    sys.exit(
        f"DataFlow Desktop needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.\n"
        f"Install a newer one and call it by its name, for example: python3.12 {' '.join(sys.argv)}"
    )

import tomllib

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
BENCHES = ROOT / "tests" / "bench"
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"
GUARD = ROOT / ".venv.lock"
FONTS = Path("/usr/share/fonts")

# What the platform plugins (xcb, wayland, offscreen), QtGui and QtNetwork of PySide6-Essentials load and do
# not bring along, by ldd in an empty Debian. The library proves the package, whose name may vary (…t64).
QT_LIBRARIES = {
    "libbrotli1": "libbrotlidec.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libegl1": "libEGL.so.1",
    "libfontconfig1": "libfontconfig.so.1",
    "libfreetype6": "libfreetype.so.6",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libwayland-client0": "libwayland-client.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
    "libwayland-egl1": "libwayland-egl.so.1",
    "libx11-6": "libX11.so.6",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-glx0": "libxcb-glx.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-render0": "libxcb-render.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-util1": "libxcb-util.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxcb1": "libxcb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxkbcommon0": "libxkbcommon.so.0",
}

NODE_PACKAGES = "/usr/share/nodejs"
# Groups that need more than the lock, and the programs that prove their packages; `bench` is all benchmarks.
GROUP_PROGRAMS = {
    "servers": {"postgresql": "postgres", "mariadb-server": "mariadbd"},
    "root": {"e2fsprogs": "mkfs.ext4", "mount": "losetup", "strace": "strace"},
    "office": {
        "libreoffice-calc": "soffice",
        "nodejs": "node",
        "node-csv-spectrum": f"{NODE_PACKAGES}/csv-spectrum/package.json",
        "node-d3-dsv": f"{NODE_PACKAGES}/d3-dsv/package.json",
    },
    "build": {
        "appstream": "appstreamcli",
        "binutils": "strip",
        "desktop-file-utils": "desktop-file-validate",
        f"libpython3.{sys.version_info.minor}": f"libpython3.{sys.version_info.minor}.so.1.0",
        "xvfb": "Xvfb",
        "xz-utils": "xz",
    },
    "bench": {"sqlite3": "sqlite3", "postgresql": "postgres"},
}
BUILD_STEPS = {
    "executable": ["pyinstaller", "--noconfirm", "--log-level=WARN", "build.spec"],
    "size": ["python", "-m", "resources.packaging.archive", "--only-measure"],
}
PROOF_STEPS = {
    "proof": ["pytest", "tests/build"],
    "archive": ["python", "-m", "resources.packaging.archive"],
}
# The tests of a file stay in one process, for they share what takes long to make; long files come first.
# One process more than there are processors, for a third of their time tests wait.
SIDE_BY_SIDE = [
    f"--numprocesses={min(4, (os.cpu_count() or 1) + 1)}",
    "--dist=loadfile",
    "--no-loadscope-reorder",
]

TEST_GROUPS = tuple(group for group in GROUP_PROGRAMS if group != "bench")
PROGRAM_FOLDERS = ("/usr/sbin", "/sbin", *map(str, Path("/usr/lib/postgresql").glob("*/bin")))


class CannotGoOnError(Exception):
    """What is missing, in plain words, and what to do about it."""


def run(arguments: Sequence[str]) -> NoReturn:
    """Start the program with ARGS."""
    set_up()
    become([tool("dataflow-desktop"), *arguments], os.environ)


def test(arguments: Sequence[str]) -> NoReturn:
    """Run the tests that need nothing more; with --all also the groups servers, root, office and build."""
    set_up()
    if "--all" in arguments:
        provide_group_programs()
        run_steps("test", BUILD_STEPS)
    os.chdir(ROOT)
    become([tool("pytest"), *pytest_options(arguments)], test_environment())


def setup(arguments: Sequence[str]) -> int:
    """Only make .venv."""
    refuse(arguments)
    set_up()
    return 0


def check(arguments: Sequence[str]) -> int:
    """Do what CI does: format, lint, types, import contracts, `test --all` with coverage."""
    refuse(arguments)
    set_up()
    provide_group_programs()
    steps = {
        "format": ["ruff", "format", "--check"],
        "lint": ["ruff", "check"],
        "types": ["mypy"],
        "floors": ["lint-imports", "--no-logo"],
        **BUILD_STEPS,  # what it makes is proved by the tests of the group `build`
        "tests": ["pytest", *pytest_options(["--all", "--cov", *SIDE_BY_SIDE])],
    }
    run_steps("check", steps)
    return 0


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmark NAME, with --json FILE for its figures; without NAME list them."""
    known = benches()
    if arguments and arguments[0] in known:
        set_up()
        provide_group_programs(["bench"])
        become([tool("python"), "-m", f"tests.bench.{arguments[0]}", *arguments[1:]], test_environment())
    say("Benchmarks:", *(f"  {name:20} {line}" for name, line in known.items()))
    return 2 if arguments else 0


def pictures(arguments: Sequence[str]) -> NoReturn:
    """Make pictures of the real window: --to FOLDER, and --help for the rest."""
    set_up()
    become([tool("python"), "-m", "tests.pictures", *arguments], test_environment())


def build(arguments: Sequence[str]) -> int:
    """Make the executable in dist/, prove that it works, and pack it into one file."""
    refuse(arguments)
    set_up()
    if sys.platform == "linux":  # elsewhere the tests of the group leave out what asks for these
        provide_group_programs(["build"])
    run_steps("build", {**BUILD_STEPS, **PROOF_STEPS})
    return 0


def texts(arguments: Sequence[str]) -> int:
    """Bring the translations up to the texts in the code, and name what is to be translated."""
    refuse(arguments)
    set_up()
    from resources.translations import window_texts

    try:
        missing = window_texts.update(ROOT)
    except window_texts.UnreadableTextError as problem:
        raise CannotGoOnError(str(problem)) from problem
    for source, compiled in window_texts.files(ROOT):
        call_or_stop(
            [tool("pyside6-lrelease"), "-silent", str(source), "-qm", str(compiled)], "lrelease failed."
        )
    say(*(f"to be translated: {text.context}: {text.source}" for text in missing))
    say(f"texts: {len(missing)} to be translated, in {window_texts.GERMAN}")
    return 1 if missing else 0


def lock(arguments: Sequence[str]) -> int:
    """Remake requirements.lock from pyproject.toml; with --upgrade from the newest of everything."""
    with tempfile.TemporaryDirectory() as folder:
        make_environment(Path(folder))
        pip_install(Path(folder), ["uv"])
        compile_options = ["--group=dev", "--universal", "--python-version=3.11", "--generate-hashes"]
        # Extras stay in the lock: pip under 23.3 takes `coverage==1` for no pin of `coverage[toml]`, and so
        # installs nothing any more from the day on which coverage 2 appears.
        compile_options += ["--no-strip-extras"]
        command = [program_of(Path(folder), "uv"), "pip", "compile", "pyproject.toml", *compile_options]
        # No index address: the lock is the same wherever it is made.
        command += ["--no-config", "--no-emit-index-url", f"--output-file={LOCK.name}", "--quiet", *arguments]
        environment = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "python3 dev.py lock"}
        return subprocess.call(command, cwd=ROOT, env=environment)


COMMANDS = {
    command.__name__: command for command in (run, test, setup, check, bench, pictures, build, texts, lock)
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names; 1 when something is missing, 2 when the call makes no sense."""
    if not arguments or arguments[0] not in COMMANDS:
        say("python3 dev.py …", *(f"  {name:8} {command.__doc__}" for name, command in COMMANDS.items()))
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except (CannotGoOnError, OSError) as reason:
        say(f"dev.py cannot go on: {reason}")
        return 1
    except KeyboardInterrupt:
        return 130


def set_up() -> None:
    """Make ``.venv`` what the lock and pyproject.toml say; nothing happens when it is.

    The stamp is written last, so whatever was interrupted is made again from nothing.
    """
    if is_set_up() and not missing_system_packages():
        return
    if Path(sys.prefix) == VENV:
        raise CannotGoOnError("'.venv' is out of date and cannot replace itself: call the system's Python.")
    with alone():
        provide_packages(missing_system_packages())
        if is_set_up():  # also by the one we waited for
            return
        STAMP.unlink(missing_ok=True)
        say("Making .venv from requirements.lock; once, it takes a minute or two.")
        make_environment(VENV)
        pip_install(VENV, ["--require-hashes", "--only-binary=:all:", f"--requirement={LOCK}"])
        pip_install(VENV, ["--no-deps", "--no-build-isolation", f"--editable={ROOT}"])
        write_stamp()


def is_set_up() -> bool:
    """Whether a finished ``.venv`` stands here, made from today's lock, pyproject.toml, place and Python."""
    whole = STAMP.exists() and Path(tool("python")).exists() and Path(tool("dataflow-desktop")).exists()
    return whole and STAMP.read_text() == fingerprint()


def fingerprint() -> str:
    """Name everything that ``.venv`` is made from, the part of pyproject.toml that tools read left out."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = [settings.get("build-system"), settings.get("project"), settings.get("tool", {}).get("hatch")]
    sources = [package, LOCK.read_text(encoding="utf-8"), str(ROOT), sys.version_info[:2]]
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


def write_stamp() -> None:
    """Say in one step, not in two that could be parted, that ``.venv`` is finished."""
    unfinished = STAMP.with_suffix(".part")
    unfinished.write_text(fingerprint())
    unfinished.replace(STAMP)


def make_environment(folder: Path) -> None:
    """Make an empty virtual environment, in place of what is there."""
    call_or_stop([sys.executable, "-m", "venv", "--clear", str(folder)], "The virtual environment failed.")


def pip_install(environment: Path, what: Sequence[str]) -> None:
    """Install with the environment's own pip, and say what most often stands in the way."""
    command = [program_of(environment, "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    call_or_stop(
        [*command, "install", "--no-input", *what],
        "pip could not install the packages; its own words are above. Most often the network or the package\n"
        "index is out of reach: check the connection and, behind a proxy, HTTPS_PROXY; then call again.",
    )


@contextmanager
def alone() -> Iterator[None]:
    """Let one dev.py at a time make ``.venv``; the next waits, also for a pip that outlived its dev.py."""
    with GUARD.open("w") as guard:
        os.set_inheritable(guard.fileno(), True)  # the lock falls when the last process that has it ends
        if not is_locked_by_us(guard):
            say("Another dev.py is making .venv; waiting for it.")
            while not is_locked_by_us(guard):
                time.sleep(0.2)
        yield


def is_locked_by_us(guard: IO[str]) -> bool:
    """Try to take the lock, without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(guard.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def missing_system_packages() -> list[str]:
    """On Debian and its kin, what no window opens or no environment is made without; elsewhere none is known.

    It costs 30 ms, and so is asked at every call: an environment may outlive the system it was made on.
    """
    if not is_debian():
        return []
    missing = [package for package, library in QT_LIBRARIES.items() if not has_library(library)]
    if not any(FONTS.rglob("*.[ot]tf")):
        missing.append("fonts-dejavu-core")
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    return missing


def provide_group_programs(groups: Sequence[str] = TEST_GROUPS) -> None:
    """Programs that `groups` need, else those of ``test --all``: what is lacking is an error, not a skip."""
    needed = {package: name for group in groups for package, name in GROUP_PROGRAMS[group].items()}
    missing = {package: name for package, name in needed.items() if not has_program(name)}
    if missing and not is_debian():
        raise CannotGoOnError(f"{', '.join(groups)} need these programs: " + ", ".join(missing.values()))
    provide_packages(list(missing))


def provide_packages(packages: Sequence[str]) -> None:
    """Install Debian packages if we may, else name the command that does."""
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        raise CannotGoOnError(
            "these system packages are missing, and only root may install them. Please run\n\n"
            f"    sudo apt-get update && sudo {' '.join(install)}\n\nand call again."
        )
    say("Installing system packages: " + " ".join(packages))
    failure = "apt-get failed; its own words are above. Check the network and the package sources."
    unasked = ["env", "DEBIAN_FRONTEND=noninteractive"]
    call_or_stop([*unasked, "apt-get", "update", "-qq"], failure)
    call_or_stop([*unasked, *install, "-qq", "-o", "DPkg::Lock::Timeout=300"], failure)


def is_debian() -> bool:
    """Whether apt-get rules here: Debian, Ubuntu and what comes from them."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def has_library(name: str) -> bool:
    """Whether the dynamic linker finds a library, wherever the system keeps it."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    """Whether a program is on the PATH or where Debian hides it; of a path, whether a file is there.

    Of a library, whether it is to be had.
    """
    if ".so." in name:
        return has_library(name)
    return Path(name).is_file() or (
        shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *PROGRAM_FOLDERS])) is not None
    )


def pytest_options(arguments: Sequence[str]) -> list[str]:
    """Leave out the groups that were not asked for; a -m of the caller's own comes later and so wins."""
    left_out = ["bench"] if "--all" in arguments else list(GROUP_PROGRAMS)
    wanted = " and ".join(f"not {group}" for group in left_out)
    return ["-m", wanted, *(argument for argument in arguments if argument != "--all")]


def test_environment() -> dict[str, str]:
    """Qt without a screen, unless the caller chose one; compiled modules are kept.

    Tests start a thousand processes, and each would compile all that it imports anew.
    """
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def benches() -> dict[str, str]:
    """Name each module of tests/bench and the first line of its docstring."""
    modules = sorted(path for path in BENCHES.glob("*.py") if not path.name.startswith("_"))
    return {path.stem: first_line(path) for path in modules}


def first_line(module: Path) -> str:
    """Read what a module says it is, without running it."""
    return (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def run_steps(what: str, steps: Mapping[str, Sequence[str]]) -> None:
    """Run the steps of a command, and say how long each took; the first that fails ends it."""
    took = [f"{name} {seconds_of_step(f'{what}: {name}', step):.1f} s" for name, step in steps.items()]
    say(f"{what}: all steps done (" + ", ".join(took) + ")")


def seconds_of_step(name: str, command: Sequence[str]) -> float:
    """Run one step."""
    say(f"{name}: {shlex.join(command)}")
    started = time.monotonic()
    code = subprocess.call([tool(command[0]), *command[1:]], cwd=ROOT, env=test_environment())
    seconds = time.monotonic() - started
    if code != 0:
        raise CannotGoOnError(f"{name} failed after {seconds:.1f} s (exit code {code})")
    return seconds


def tool(name: str) -> str:
    """Where ``.venv`` keeps a program."""
    return program_of(VENV, name)


def program_of(environment: Path, name: str) -> str:
    """Where a virtual environment keeps a program."""
    if os.name == "nt":
        return str(environment / "Scripts" / f"{name}.exe")
    return str(environment / "bin" / name)


def become(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Give way to COMMAND: its signals are then its own, and its exit code is ours."""
    if os.name == "nt":  # exec there returns to the shell at once
        sys.exit(subprocess.call(command, env=environment))
    os.execve(command[0], list(command), environment)


def call_or_stop(command: Sequence[str], failure: str) -> None:
    """Run a command of the set-up, its words on standard error, its standard input empty."""
    done = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, close_fds=False)
    if done != 0:
        raise CannotGoOnError(failure)


def refuse(arguments: Sequence[str]) -> None:
    """Stop at arguments that the command does not have."""
    if arguments:
        say(f"dev.py does not understand: {' '.join(arguments)}")
        sys.exit(2)


def say(*lines: str) -> None:
    """Tell the person something, on standard error."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
