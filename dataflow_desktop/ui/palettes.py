"""The colours of the window: light and dark, and both in high contrast; everything else takes them from here.

There is one accent. Text stands out from what is behind it by 4.5 : 1 at least, and the outline of a control,
the ring around what has the keys and an icon by 3 : 1 (WCAG 2.2, AA); in high contrast by 7 : 1 and 4.5 : 1.
"""

from PySide6.QtGui import QColor, QPalette

_ROLE = QPalette.ColorRole

_LIGHT = {
    _ROLE.Window: "#f3f5f7",
    _ROLE.WindowText: "#1c232b",
    _ROLE.Base: "#ffffff",
    _ROLE.AlternateBase: "#f8f9fb",
    _ROLE.Text: "#1c232b",
    _ROLE.Button: "#fbfcfd",
    _ROLE.ButtonText: "#1c232b",
    _ROLE.BrightText: "#b3261e",
    _ROLE.Light: "#ffffff",
    _ROLE.Midlight: "#e6e9ee",
    _ROLE.Mid: "#cfd5dd",
    _ROLE.Dark: "#7f8a98",
    _ROLE.Shadow: "#0f4f99",
    _ROLE.Highlight: "#1468c7",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Accent: "#1468c7",
    _ROLE.Link: "#1468c7",
    _ROLE.LinkVisited: "#5b4aa8",
    _ROLE.PlaceholderText: "#5f6a78",
    _ROLE.ToolTipBase: "#1c232b",
    _ROLE.ToolTipText: "#f3f5f7",
}

_DARK = {
    _ROLE.Window: "#1d2126",
    _ROLE.WindowText: "#e4e8ed",
    _ROLE.Base: "#15181c",
    _ROLE.AlternateBase: "#191d22",
    _ROLE.Text: "#e4e8ed",
    _ROLE.Button: "#2a3037",
    _ROLE.ButtonText: "#e4e8ed",
    _ROLE.BrightText: "#ff8a80",
    _ROLE.Light: "#3a424b",
    _ROLE.Midlight: "#2b3138",
    _ROLE.Mid: "#3a424c",
    _ROLE.Dark: "#77838f",
    _ROLE.Shadow: "#1f5596",
    _ROLE.Highlight: "#2b73c4",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Accent: "#4f9cec",
    _ROLE.Link: "#6db0f5",
    _ROLE.LinkVisited: "#b3a4f0",
    _ROLE.PlaceholderText: "#9aa6b4",
    _ROLE.ToolTipBase: "#e4e8ed",
    _ROLE.ToolTipText: "#1d2126",
}

_CONTRAST_LIGHT = {
    **_LIGHT,
    **dict.fromkeys((_ROLE.Window, _ROLE.Base, _ROLE.Button), "#ffffff"),
    **dict.fromkeys((_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.ToolTipBase), "#000000"),
    **dict.fromkeys((_ROLE.Mid, _ROLE.Dark, _ROLE.Shadow), "#000000"),
    **dict.fromkeys((_ROLE.Highlight, _ROLE.Accent, _ROLE.Link), "#003d99"),
    _ROLE.AlternateBase: "#f2f2f2",
    _ROLE.Midlight: "#e0e0e0",
    _ROLE.BrightText: "#8f0000",
    _ROLE.LinkVisited: "#4b2a8c",
    _ROLE.PlaceholderText: "#333333",
    _ROLE.ToolTipText: "#ffffff",
}

_CONTRAST_DARK = {
    **_DARK,
    **dict.fromkeys((_ROLE.Window, _ROLE.Base, _ROLE.Button), "#000000"),
    **dict.fromkeys((_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.ToolTipBase), "#ffffff"),
    **dict.fromkeys((_ROLE.Mid, _ROLE.Dark, _ROLE.Shadow), "#ffffff"),
    **dict.fromkeys((_ROLE.Highlight, _ROLE.Accent, _ROLE.Link), "#7cc4ff"),
    **dict.fromkeys((_ROLE.HighlightedText, _ROLE.ToolTipText), "#000000"),
    _ROLE.AlternateBase: "#1a1a1a",
    _ROLE.Midlight: "#303030",
    _ROLE.BrightText: "#ffb0a8",
    _ROLE.LinkVisited: "#d0c4ff",
    _ROLE.PlaceholderText: "#d6d6d6",
}

_COLOURS = {
    (False, False): _LIGHT,
    (True, False): _DARK,
    (False, True): _CONTRAST_LIGHT,
    (True, True): _CONTRAST_DARK,
}
_DISABLED = {
    (False, False): "#8f99a6",
    (True, False): "#66717d",
    (False, True): "#5e5e5e",
    (True, True): "#a6a6a6",
}
_DISABLED_ROLES = (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.HighlightedText)


def make_palette(*, is_dark: bool, is_contrast: bool = False) -> QPalette:
    """Return the palette for light or dark surroundings, in high contrast where that is wanted."""
    palette = QPalette()
    kind = (is_dark, is_contrast)
    for role, colour in _COLOURS[kind].items():
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in _DISABLED_ROLES:
        palette.setColor(disabled, role, QColor(_DISABLED[kind]))
    # Where the letters become grey, black on the accent would be unreadable.
    palette.setColor(disabled, _ROLE.Highlight, palette.color(_ROLE.Midlight))
    return palette
