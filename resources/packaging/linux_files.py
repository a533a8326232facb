"""What a Linux desktop wants to know of the program, and the scripts that install it."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from dataflow_desktop.locations import APP_ID, APP_NAME
from resources.packaging.app_icons import write_hicolor

_TEMPLATES = Path(__file__).resolve().parent / "linux"
_ROOT = Path(__file__).resolve().parents[2]


def write_linux_files(folder: Path, version: str) -> None:
    """Write desktop file, icons, metainfo, read-me and scripts into the folder of the program."""
    words = {"@APP_ID@": APP_ID, "@APP_NAME@": APP_NAME, "@VERSION@": version, "@DATE@": _date()}
    share = folder / "share"
    _fill("app.desktop", share / "applications" / f"{APP_ID}.desktop", words)
    _fill("app.metainfo.xml", share / "metainfo" / f"{APP_ID}.metainfo.xml", words)
    _fill("README.txt", folder / "README.txt", words)
    for script in ("install.sh", "uninstall.sh"):
        _fill(script, folder / script, words).chmod(0o755)
    write_hicolor(share / "icons" / "hicolor", APP_ID)


def _fill(template: str, path: Path, words: dict[str, str]) -> Path:
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(name, word)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _date() -> str:
    """Return the day of the release: what SOURCE_DATE_EPOCH says, else the last change's, else today."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return time.strftime("%Y-%m-%d", time.gmtime(int(given)))
    if shutil.which("git") and (_ROOT / ".git").exists():
        command = ["git", "log", "-1", "--format=%cs"]
        return subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True).stdout.strip()
    return time.strftime("%Y-%m-%d")
