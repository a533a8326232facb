"""Numbers, sizes and times as people of the user's country write them."""

import re
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

_MINUTE, _HOUR = 60, 3600
_MILLION = 1_000_000
_BEYOND_QT = 2_000_000_000

_WEEKDAY = re.compile("d{3,4}")
_DAY_AND_MONTH = re.compile(r"d+[^My]*M+|M+[^My]*d+\w*")
"""Their part of a format of Qt's for dates: d. MMMM, MMMM d, M月d日."""


def number(value: float) -> str:
    """Return a whole number with its groups of digits: 31,002."""
    return QLocale().toString(round(value))


def plural(count: int) -> int:
    """Return the number by which Qt chooses a plural form: it takes 31 bits, and the last digits decide."""
    return count if count < _BEYOND_QT else _BEYOND_QT // 2 + count % 1000


def rows_text(rows: int) -> str:
    """Return a number of rows in words."""
    return _counted("{count} row(s)", rows).format(count=number(rows))


def rows_of_text(rows: int, total: int) -> str:
    """Return how many of all rows something is about."""
    return _counted("{rows} of {total} row(s)", total).format(rows=number(rows), total=number(total))


def rough_number(value: int) -> str:
    """Return a number that is not exact: 12.3 million, or 31,000."""
    if value >= _MILLION:
        return _tr("{millions} million").format(millions=QLocale().toString(value / _MILLION, "f", 1))
    return number(value)


def percent_text(part: int, whole: int) -> str:
    """Return how much of the whole is done; 100 % only when all of it is."""
    return _tr("{percent} %").format(percent=permille(part, whole) // 10)


def permille(part: int, whole: int) -> int:
    """Return 0 to 1000; progress bars take no numbers beyond 31 bits."""
    return 1000 if part >= whole else part * 1000 // whole


def size_text(size_bytes: int) -> str:
    """Return a size as file managers show it."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def speed_text(bytes_per_second: float) -> str:
    """Return how fast something grows: 73.4 MB/s."""
    return _tr("{size}/s").format(size=size_text(round(bytes_per_second)))


def time_left_text(seconds: float) -> str:
    """Return how long something will still take, in the unit that fits."""
    return _tr("{time} left").format(time=duration_text(seconds))


def duration_text(seconds: float) -> str:
    """Return how long something takes, in the unit that fits."""
    rounded = round(seconds)
    if rounded < 1:
        return _tr("less than a second")
    if rounded < _MINUTE:
        return _tr("{seconds} s").format(seconds=rounded)
    if rounded < _HOUR:
        return _tr("{minutes} min {seconds} s").format(minutes=rounded // _MINUTE, seconds=rounded % _MINUTE)
    minutes = rounded // _MINUTE
    return _tr("{hours} h {minutes} min").format(hours=minutes // _MINUTE, minutes=minutes % _MINUTE)


def time_text(stored: str | None) -> str:
    """Return a stored time, ISO 8601 in UTC, as people of the user's country write their own time."""
    if stored is None:
        return _tr("an unknown time")
    seconds = int(datetime.fromisoformat(stored).timestamp())
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(seconds), QLocale.FormatType.ShortFormat)


def moment_text(stored: str) -> str:
    """Return a stored time, ISO 8601 in UTC, as people of the user's country say it: 3 November, 12:04."""
    moment = QDateTime.fromString(stored, Qt.DateFormat.ISODateWithMs).toLocalTime()
    is_this_year = moment.date().year() == QDateTime.currentDateTime().date().year()
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    written = _DAY_AND_MONTH.search(_WEEKDAY.sub("", locale.dateFormat(QLocale.FormatType.LongFormat)))
    if is_this_year and written is not None:
        date = locale.toString(moment.date(), written.group())
    else:
        date = locale.toString(moment.date(), short)
    return f"{date}, {locale.toString(moment.time(), short)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Figures", text)


def _counted(text: str, count: int) -> str:
    return QCoreApplication.translate("Figures", text, None, plural(count))
