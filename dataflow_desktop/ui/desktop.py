"""The desktop around the window: application, colours, language, folders, clipboard."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFileOpenEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from dataflow_desktop import __version__, locations
from dataflow_desktop.ui.languages import Language, choose_language, chosen_language, speak
from dataflow_desktop.ui.palettes import make_palette

if TYPE_CHECKING:
    from dataflow_desktop.ui.export_choices import ExportChoices

_APPEARANCE = "appearance"
_LAST_FOLDER = "export/folder"
_AT_ONCE = "export/at_once"

HALF_LIGHT = 127

AT_ONCE = (1, 2, 3, 4)
"""How many exports of one database a person may let run at once; by default the first."""

_LIBRARIES = "LD_LIBRARY_PATH"
_PLACES = (_LIBRARIES, "QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
"""Set by PyInstaller: https://pyinstaller.org/en/stable/runtime-information.html#ld-library-path-libpath-considerations"""


class Appearance(StrEnum):
    """Which colours the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast light"
    CONTRAST_DARK = "contrast dark"


_SCHEMES = {
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.DARK: Qt.ColorScheme.Dark,
    Appearance.CONTRAST_LIGHT: Qt.ColorScheme.Light,
    Appearance.CONTRAST_DARK: Qt.ColorScheme.Dark,
}
_CONTRASTS = frozenset({Appearance.CONTRAST_LIGHT, Appearance.CONTRAST_DARK})


def has_screen() -> bool:
    """Whether Qt will find a screen; without one it would end the process with words of its own."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


class Application(QApplication):
    """The application; `file_wished` carries the path of a file that macOS asks it to open.

    A class of its own and no event filter, which would be asked about every event of every object.
    """

    file_wished = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Take the wish for a file: one that was double-clicked, or dropped onto the icon."""
        if isinstance(event, QFileOpenEvent):
            self.file_wished.emit(event.file() or event.url().toString())
            return True
        return super().event(event)


def create_application(arguments: Sequence[str]) -> Application:
    """Return the one application object, styled and in the person's language; made when there is none."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, Application) else Application(list(arguments))
    application.setApplicationName(locations.APP_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(locations.APP_ID)
    application.setStyle("Fusion")
    for effect in Qt.UIEffect:
        # Nothing moves but what tells how far something is: no system need be asked whether that is wanted.
        application.setEffectEnabled(effect, False)
    speak(application, chosen_language(open_settings()))
    return application


def open_settings() -> QSettings:
    """Return what the window remembers, an ini file among the program's settings."""
    return QSettings(str(locations.settings_folder() / "window.ini"), QSettings.Format.IniFormat)


class Desktop(QObject):
    """Keeps the colours as the person or the system wants them; `session_ends` when the desktop closes."""

    session_ends = Signal()

    def __init__(self, application: QApplication, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._settings = settings
        application.commitDataRequest.connect(self._on_session_ends, Qt.ConnectionType.DirectConnection)
        # Kept: PySide takes what `accessibility` returns for gone with the Python side of these hints.
        self._hints = application.styleHints()
        self._hints.colorSchemeChanged.connect(self._colour)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._colour)
        self.wear(self.appearance)

    @property
    def appearance(self) -> Appearance:
        """Which colours are wanted."""
        stored = str(self._settings.value(_APPEARANCE, Appearance.SYSTEM))
        return Appearance(stored) if stored in tuple(Appearance) else Appearance.SYSTEM

    def wear(self, appearance: Appearance) -> None:
        """Show and remember these colours."""
        self._settings.setValue(_APPEARANCE, str(appearance))
        self._hints.setColorScheme(_SCHEMES[appearance])
        self._colour()

    @property
    def language(self) -> Language:
        """Which language is wanted, from the next start on."""
        return chosen_language(self._settings)

    def remember_language(self, language: Language) -> None:
        """Speak another language from the next start on."""
        choose_language(self._settings, language)

    @cached_property
    def export_choices(self) -> "ExportChoices":
        """What was chosen for the last exports."""
        from dataflow_desktop.ui.export_choices import ExportChoices  # not needed by the first paint

        return ExportChoices(self._settings)

    def export_folder(self) -> Path:
        """Return the folder of the last export, else the person's documents, else their home."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        last = str(self._settings.value(_LAST_FOLDER, documents))
        folders = [Path(folder) for folder in (last, documents) if folder]
        return next((folder for folder in folders if folder.is_dir()), Path.home())

    def remember_export_folder(self, folder: Path) -> None:
        """Propose this folder next time."""
        self._settings.setValue(_LAST_FOLDER, str(folder))

    @property
    def is_in_front(self) -> bool:
        """Whether a window of this program has the keys: then a person sees what it says."""
        active = self._application.activeWindow()
        return active is not None and not active.isMinimized()

    @property
    def exports_at_once(self) -> int:
        """How many exports of one database run at once."""
        stored = str(self._settings.value(_AT_ONCE, AT_ONCE[0]))
        return next((count for count in AT_ONCE if str(count) == stored), AT_ONCE[0])

    def remember_exports_at_once(self, count: int) -> None:
        """Let so many exports of one database run at once, the next time too."""
        self._settings.setValue(_AT_ONCE, count)

    def _colour(self) -> None:
        palette = make_palette(is_dark=self._is_dark, is_contrast=self._is_contrast)
        self._application.setPalette(palette)
        # Set again: a style sheet resolves palette(...) when it is set.
        self._application.setStyleSheet(_style_for(palette))

    @property
    def _is_dark(self) -> bool:
        wanted = _SCHEMES[self.appearance]
        if wanted is Qt.ColorScheme.Unknown:
            wanted = self._hints.colorScheme()
        return wanted is Qt.ColorScheme.Dark

    @property
    def _is_contrast(self) -> bool:
        if self.appearance is not Appearance.SYSTEM:
            return self.appearance in _CONTRASTS
        preference = self._hints.accessibility().contrastPreference()
        return preference is Qt.ContrastPreference.HighContrast

    def _on_session_ends(self) -> None:
        self.session_ends.emit()


def _style_for(palette: QPalette) -> str:
    """Return the style sheet with the icons that are seen on these colours: a sheet cannot recolour them."""
    style = locations.resource_path("style.qss").read_text(encoding="utf-8")
    roles = {"ON_ACCENT": QPalette.ColorRole.HighlightedText, "ON_BUTTON": QPalette.ColorRole.ButtonText}
    for mark, role in roles.items():
        style = style.replace(mark, "light" if palette.color(role).lightness() > HALF_LIGHT else "dark")
    return style.replace("ICONS", locations.resource_path("icons").as_posix())


def open_path(path: str) -> bool:
    """Open a file, or a folder, with the system's program for it; False when there is none."""
    with _without_places_of_ours():
        return QDesktopServices.openUrl(QUrl.fromLocalFile(path))


@contextmanager
def _without_places_of_ours() -> Iterator[None]:
    """Let a program that is started now find its own libraries: our executable says where ours are."""
    frozen = getattr(sys, "frozen", False)
    taken = {name: os.environ.pop(name) for name in _PLACES if frozen and name in os.environ}
    theirs = os.environ.get(f"{_LIBRARIES}_ORIG") if taken else None
    if theirs is not None:
        os.environ[_LIBRARIES] = theirs
    try:
        yield
    finally:
        os.environ.update(taken)


def set_clipboard(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
