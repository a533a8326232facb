"""Which language the window speaks: that of the system, or the one a person chose."""

import locale
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

from dataflow_desktop import locations

_SETTING = "language"


class Language(StrEnum):
    """What a person can choose; all but the first are codes of ISO 639."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


NAMES = {Language.ENGLISH: "English", Language.GERMAN: "Deutsch"}
"""What each is called, in itself: so a person finds their own among others."""

_USUAL_LOCALES = {Language.ENGLISH: "en_US", Language.GERMAN: "de_DE"}
"""Where a language was chosen that is not the system's; the C locale, too, groups no digits."""


def chosen_language(settings: QSettings) -> Language:
    """Return what the person chose; at first what the system speaks."""
    stored = str(settings.value(_SETTING, Language.SYSTEM))
    return Language(stored) if stored in tuple(Language) else Language.SYSTEM


def choose_language(settings: QSettings, language: Language) -> None:
    """Speak `language` from the next start on: texts that stand in the window already stay."""
    settings.setValue(_SETTING, str(language))


def speak(application: QCoreApplication, language: Language) -> None:
    """Let texts, Qt's own too, and numbers and dates be those of `language`; before the first widget is made.

    Only what is shown follows: files, commands, records and logs are the same in every language.
    """
    _speak_plainly_below()
    system = QLocale.system()
    spoken = spoken_language(language, system.uiLanguages())
    QLocale.setDefault(locale_of(language, spoken, system))
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (
        (f"qtbase_{spoken}", qt_folder),
        (f"dataflow_{spoken}", str(locations.resource_path("translations"))),
    ):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)


def _speak_plainly_below() -> None:
    """Give C libraries their own language back, which Qt made that of the system.

    What they say of a disk stands in records and logs, and what they read and write are numbers with a point.
    """
    for category in ("LC_MESSAGES", "LC_NUMERIC"):
        if hasattr(locale, category):  # Windows knows no messages
            locale.setlocale(getattr(locale, category), "C")


def system_decimal_mark() -> str:
    """Return what other programs on this desktop write and read between units and tenths."""
    return QLocale.system().decimalPoint()


def spoken_language(chosen: Language, system_languages: list[str]) -> Language:
    """Return the language that `chosen` stands for: of those the person reads, the first that we speak."""
    if chosen is not Language.SYSTEM:
        return chosen
    codes = [name.replace("_", "-").partition("-")[0] for name in system_languages]
    return next((Language(code) for code in codes if code in NAMES), Language.ENGLISH)


def locale_of(chosen: Language, spoken: Language, system: QLocale) -> QLocale:
    """Return how numbers and dates are written: as the system does, unless another language was chosen."""
    is_usable = system.language() != QLocale.Language.C
    if is_usable and (chosen is Language.SYSTEM or QLocale(spoken).language() == system.language()):
        return system
    return QLocale(_USUAL_LOCALES[spoken])
