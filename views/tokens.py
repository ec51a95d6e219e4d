"""Colours where a chart or map needs them as values; the same as in house.css."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One theme's colours."""

    ground: str
    card: str
    ink: str
    muted: str
    line: str
    faint: str
    sky: str
    river: str
    leaf: str
    earth: str
    none: str


LIGHT = Tokens(
    "#F6F9FB",
    "#FFFFFF",
    "#12263A",
    "#54687A",
    "#DCE6EE",
    "#EAF0F5",
    "#1972BE",
    "#0B7F7B",
    "#2F7D34",
    "#9A5F10",
    "#8496A5",
)
DARK = Tokens(
    "#071826",
    "#0D2537",
    "#EAF2F8",
    "#9DB3C4",
    "#1E3A50",
    "#143147",
    "#5AB0F2",
    "#3CC4BD",
    "#6CC470",
    "#E0A450",
    "#6C8498",
)

# Official AQI colours: HJ 633 Table 2 (2012) / Table 1 (2026), appendix A. They mean AQI levels and nothing else.
AQI_LEVELS = {1: "#00E400", 2: "#FFFF00", 3: "#FF7E00", 4: "#FF0000", 5: "#99004C", 6: "#7E0023"}
# Water classes Ⅰ–劣Ⅴ: blue, green, yellow, orange, red (环办〔2011〕22号).
WATER_CLASSES = {1: "#236BBE", 2: "#236BBE", 3: "#43A047", 4: "#FDD835", 5: "#FB8C00", 6: "#D32F2F"}


def tokens(dark: bool) -> Tokens:
    """The colours of a theme."""
    return DARK if dark else LIGHT


def rgb(hex_color: str) -> list[int]:
    """#RRGGBB as [r, g, b] for map layers."""
    return [int(hex_color[i : i + 2], 16) for i in (1, 3, 5)]
