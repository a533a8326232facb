"""The colours of the window, light and dark, with one accent; everything else takes them from the palette."""

from PySide6.QtGui import QColor, QPalette

_ROLE = QPalette.ColorRole

_LIGHT = {
    _ROLE.Window: "#f3f5f7",
    _ROLE.WindowText: "#1c232b",
    _ROLE.Base: "#ffffff",
    _ROLE.AlternateBase: "#f8f9fb",
    _ROLE.Text: "#1c232b",
    _ROLE.Button: "#f9fafb",
    _ROLE.ButtonText: "#1c232b",
    _ROLE.BrightText: "#b3261e",
    _ROLE.Light: "#ffffff",
    _ROLE.Midlight: "#e6e9ee",
    _ROLE.Mid: "#cfd5dd",
    _ROLE.Dark: "#a3adb9",
    _ROLE.Shadow: "#6b7683",
    _ROLE.Highlight: "#1468c7",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Accent: "#1468c7",
    _ROLE.Link: "#1468c7",
    _ROLE.LinkVisited: "#5b4aa8",
    _ROLE.PlaceholderText: "#66717f",
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
    _ROLE.Dark: "#66717e",
    _ROLE.Shadow: "#08090b",
    _ROLE.Highlight: "#3584d8",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Accent: "#4f9cec",
    _ROLE.Link: "#6db0f5",
    _ROLE.LinkVisited: "#b3a4f0",
    _ROLE.PlaceholderText: "#93a0ae",
    _ROLE.ToolTipBase: "#e4e8ed",
    _ROLE.ToolTipText: "#1d2126",
}

_DISABLED = {False: "#9aa4b0", True: "#66717d"}
_DISABLED_ROLES = (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.HighlightedText)


def make_palette(*, is_dark: bool) -> QPalette:
    """Return the palette for light or dark surroundings."""
    palette = QPalette()
    for role, colour in (_DARK if is_dark else _LIGHT).items():
        palette.setColor(role, QColor(colour))
    for role in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED[is_dark]))
    palette.setColor(QPalette.ColorGroup.Disabled, _ROLE.Highlight, palette.color(_ROLE.Mid))
    return palette
