"""Under which licences the parts of the executable stand: their own texts, and a list of them."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, packages_distributions
from pathlib import Path

_TEXTS = Path(__file__).resolve().parent / "licences"
_NAMES = ("licen", "copying", "notice", "authors")

_INTRODUCTION = """\
DataFlow Desktop stands under the MIT licence (LICENSE.txt). It comes with the parts listed below, each under
its own licence; the texts are in the folders beside this file.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3 (LGPL-3.0.txt and, as it refers
to it, GPL-3.0.txt). They are libraries of their own in this folder, unchanged: you may replace them by others
that fit. Their source: https://download.qt.io/official_releases/
"""


def write_licences(folder: Path, modules: Iterable[str], libraries: Iterable[Path]) -> None:
    """Write into `folder` the licences of all `modules` that are inside, and of the system's `libraries`."""
    shutil.copytree(_TEXTS, folder, dirs_exist_ok=True)
    shutil.copyfile(_TEXTS.parents[2] / "LICENSE", folder / "LICENSE.txt")
    python = Path(sys.base_prefix, "lib", f"python3.{sys.version_info.minor}", "LICENSE.txt")
    for text in (python, Path(sys.base_prefix, "LICENSE.txt")):
        if text.is_file():
            shutil.copyfile(text, folder / "Python.txt")
    lines = [f"Python {sys.version.split()[0]}: PSF-2.0"]
    lines += [_copied(part, folder) for part in _distributions(modules)]
    lines += [f"{package}: see {package}/copyright" for package in _debian_packages(libraries, folder)]
    (folder / "LICENCES.txt").write_text(_INTRODUCTION + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _distributions(modules: Iterable[str]) -> list[Distribution]:
    known = packages_distributions()
    names = {name for module in modules for name in known.get(module, ())} - {"dataflow-desktop"}
    return [Distribution.from_name(name) for name in sorted(names, key=str.lower)]


def _copied(part: Distribution, folder: Path) -> str:
    """Copy the licence texts of a package and return the line that names it."""
    name = part.metadata["Name"]
    for file in part.files or ():
        is_text = file.suffix in {"", ".txt", ".md", ".rst"} and file.stem.lower().startswith(_NAMES)
        if is_text and ".dist-info" in file.parts[0]:
            kept = folder / name / file.name
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(str(part.locate_file(file)), kept)
    return f"{name} {part.version}: {_licence_of(part)}"


def _licence_of(part: Distribution) -> str:
    about = part.metadata
    classifiers = about.get_all("Classifier") or []
    classified = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    named = [about[name].partition("\n")[0] for name in ("License-Expression", "License") if name in about]
    if "License-Expression" in about or not classified:
        return next(filter(None, named), "see its folder")
    return ", ".join(classified)


def _debian_packages(libraries: Iterable[Path], folder: Path) -> list[str]:
    """Copy what Debian says of libraries that come from it, and return the names of their packages."""
    if shutil.which("dpkg-query") is None:
        return []
    found = set[str]()
    for library in libraries:
        # A library may be known by its path from before /lib became a link to /usr/lib.
        for path in (library.resolve(), Path(str(library.resolve()).removeprefix("/usr"))):
            answer = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
            found.update(line.partition(":")[0] for line in answer.stdout.splitlines())
    packages = [name for name in sorted(found) if Path("/usr/share/doc", name, "copyright").is_file()]
    for name in packages:
        (folder / name).mkdir(exist_ok=True)
        shutil.copyfile(Path("/usr/share/doc", name, "copyright"), folder / name / "copyright")
    return packages
