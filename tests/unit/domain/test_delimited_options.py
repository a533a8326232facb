"""Options of delimited text that do not go together are refused, all others are not."""

import pytest

from dataflow_desktop.domain.file_options import DelimitedOptions, Encoding, check_delimited
from dataflow_desktop.errors import ConfigurationError, ReasonCode

CP1252 = Encoding.CP1252


@pytest.mark.parametrize(
    "options",
    [
        DelimitedOptions(),
        DelimitedOptions("\t"),
        DelimitedOptions("😀"),
        DelimitedOptions("§", encoding=CP1252),
        DelimitedOptions(decimal_mark=","),
        DelimitedOptions(null_text="NULL", has_bom=True),
        DelimitedOptions(";", null_text="a,b"),
        DelimitedOptions(encoding=Encoding.UTF_16, has_bom=True),
    ],
)
def test_what_a_reader_can_undo_is_allowed(options: DelimitedOptions) -> None:
    check_delimited(options)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        *((DelimitedOptions(odd), ReasonCode.DELIMITER_WRONG) for odd in ("", ";;", '"', "\r", "\n", "\0")),
        (DelimitedOptions("→", encoding=CP1252), ReasonCode.DELIMITER_WRONG),
        (DelimitedOptions("\ud800"), ReasonCode.DELIMITER_WRONG),
        *((DelimitedOptions(null_text=odd), ReasonCode.NULL_TEXT_WRONG) for odd in ("a,", '"', "\r", "a\nb")),
        (DelimitedOptions("|", null_text="a|b"), ReasonCode.NULL_TEXT_WRONG),
        (DelimitedOptions(null_text="∅", encoding=CP1252), ReasonCode.NULL_TEXT_WRONG),
        *((DelimitedOptions(decimal_mark=odd), ReasonCode.DECIMAL_MARK_WRONG) for odd in ("", ";", ".,")),
        (DelimitedOptions(encoding=CP1252, has_bom=True), ReasonCode.BOM_NOT_POSSIBLE),
    ],
)
def test_what_no_reader_can_undo_is_refused(options: DelimitedOptions, code: ReasonCode) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_delimited(options)
    assert caught.value.reason.code == code.name
    assert caught.value.reason.hint
