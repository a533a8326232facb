"""Texts that programs stumble over, of every kind that the known lists of them have."""

import sys
import unicodedata

_CONTROLS = [chr(code) for code in [*range(0x20), 0x7F, *range(0x80, 0xA0)]]
_SPACES = [
    chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in {"Zs", "Zl", "Zp"}
]
_FORMATS = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]

NAUGHTY: tuple[str, ...] = (
    "", " ", "  ", "undefined", "null", "NULL", "nil", "None", "none", "true", "False", "NaN", "nan", "-inf", "N/A",
    "0", "-0", "+0", "00", "007", "1.00", "$1.00", "1/2", "1E2", "1e+02", "0x1F", "0b1", "1,000.00", "1.000,00",
    "1 000", "9" * 40, "-" + "9" * 40, "0." + "1" * 40, "1_000", "１２３", "٣", "½", "²", "Ⅷ", "-1.5", ".5", "5.",
    ",", ";", "\t", "|", '"', '""', '"""', "'", "''", "`", "\\", "\\\\", '\\"', "\\n", "a,b", 'a"b', '"a"', 'a""b',
    '"a', 'a"', '","', '"\n"', "a;b", "a\tb", "\n", "\r", "\r\n", "\n\n", "a\nb", "a\rb", "a\r\nb", "\na", "a\n",
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "'=1", "%s", "%n%n", "{0}", "${x}",
    "#REF!", "--", "-- x", "/* x */", "1; DROP TABLE x", "' OR 1=1 --", "../../etc", "C:\\CON", "nul", "~", "$HOME",
    "<b>", "</script>", "<![CDATA[x]]>", "]]>", "<!-- x -->", "&amp;", "&#0;", "&", "_x0041_", "_x000D_", "_x",
    "äöüß", "ÄÖÜ", "İi", "ıI", "ﬀ", "ſ", "Ω≈ç√∫", "田中さん", "社會科學院", "표", "تست", "שלום", "हिन्दी", "ไทย", "ខ្មែរ",
    "😀", "👩‍👩‍👧‍👦", "🇩🇪", "✊🏿", "🏳️‍🌈", "e\u0301", "\u00e9", "Z̸͎̈́a̷l̶g̵o̸", "\u202eabc", "\u2066a\u2069", "\ufeffa", "a\ufeff",
    "\ufffd", "\ufffe", "\uffff", "\U0001ffff", "\U0010ffff", "\ue000", "\u2028", "\u2029", "\x85", "a\0b", "\0", "\0\0",
    *_CONTROLS,
    *_SPACES,
    *(f"a{letter}b" for letter in _FORMATS),
    "".join(_CONTROLS),
    "".join(chr(code) for code in range(0x20, 0x500)),
    "x" * 5_000,
    '"' * 1_001,
    ("long, 'quoted' and \"double\"\n" * 400).strip(),
)  # fmt: skip
"""Each one once for itself, and some of them many times in one."""
