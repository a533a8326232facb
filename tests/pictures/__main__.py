"""Pictures of the real window, for the README and for eyes that judge it: NAME… as files of a folder.

A picture is a function of `_scenes`; without NAME all are made. Scale, colours, language, direction and size
are those of one person's desktop; the window needs no screen.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from dataflow_desktop import locations
from tests.pictures import _scenes

THEMES = ("light", "dark", "contrast light", "contrast dark")


def main(arguments: Sequence[str]) -> None:
    """Make the pictures that `arguments` wish for."""
    wish = _parser().parse_args(arguments)
    unknown = set(wish.names) - set(_scenes.SCENES)
    if unknown:
        sys.exit(f"no picture is called {', '.join(sorted(unknown))}; there are: {', '.join(_scenes.SCENES)}")
    width, height = (int(number) for number in wish.size.split("x"))
    target = wish.to.absolute()
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="pictures-") as folder:
        _set_up(Path(folder), wish.scale, wish.language, (width, height))
        from tests.pictures._stage import Stage  # after the desktop is set up: it brings Qt along

        stage = Stage(Path(folder), wish.theme, wish.direction, (width, height))
        try:
            for name in wish.names or _scenes.SCENES:
                picture = _scenes.SCENES[name](stage)
                picture.save(str(target / f"{name}{wish.suffix}.png"))
                stage.tidy()
        finally:
            stage.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 dev.py pictures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="one of: " + ", ".join(_scenes.SCENES))
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--suffix", default="", help="what comes behind each picture's name")
    parser.add_argument("--scale", default="1", help="1, 1.5, 2, …")
    parser.add_argument("--theme", choices=THEMES, default=THEMES[0])
    parser.add_argument("--language", default="en_US", help="en_US, de_DE, …")
    parser.add_argument("--direction", choices=("ltr", "rtl"), default="ltr")
    parser.add_argument("--size", default="1440x900", metavar="WIDTHxHEIGHT", help="of the screen")
    return parser


def _set_up(folder: Path, scale: str, language: str, size: tuple[int, int]) -> None:
    """Let Qt find a desktop with one screen of this size, on which points are so many pixels wide."""
    pixels = [round(side * float(scale)) for side in size]
    screen = {"name": "screen", "x": 0, "y": 0, "width": pixels[0], "height": pixels[1]}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1.0}
    described = folder / "screens.json"
    described.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": [screen]}))
    os.environ |= {
        locations.HOME_VARIABLE: str(folder / "home"),
        "QT_QPA_PLATFORM": f"offscreen:configfile={described}",
        "QT_SCALE_FACTOR": scale,
        "LANG": f"{language}.UTF-8",
        "LANGUAGE": language,
        "LC_ALL": f"{language}.UTF-8",
    }


if __name__ == "__main__":
    main(sys.argv[1:])
