"""The colours: named once, read by charts, maps, drawings and every stylesheet."""

from msgspec import Struct
from msgspec.structs import asdict

SANS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"  # where a drawing has no stylesheet


class Tokens(Struct, frozen=True, weakref=True):
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
    link: str
    water_line: str


LIGHT = Tokens(
    ground="#F6F9FB",
    card="#FFFFFF",
    ink="#12263A",
    muted="#54687A",
    line="#DCE6EE",
    faint="#EAF0F5",
    sky="#1972BE",
    river="#0B7F7B",
    leaf="#2F7D34",
    earth="#9A5F10",
    none="#8496A5",
    link="#14609F",
    water_line="#A9C9DE",
)
DARK = Tokens(
    ground="#071826",
    card="#0D2537",
    ink="#EAF2F8",
    muted="#9DB3C4",
    line="#1E3A50",
    faint="#143147",
    sky="#5AB0F2",
    river="#3CC4BD",
    leaf="#6CC470",
    earth="#E0A450",
    none="#6C8498",
    link="#7CC2F7",
    water_line="#2E5A78",
)
# More contrast, where the visitor or the device chooses it.
LIGHT_CONTRAST = Tokens(
    ground="#FFFFFF",
    card="#FFFFFF",
    ink="#000000",
    muted="#22303C",
    line="#5B6B78",
    faint="#F0F3F6",
    sky="#0A4C8C",
    river="#05524F",
    leaf="#1A5420",
    earth="#6E3F00",
    none="#55636F",
    link="#0A4C8C",
    water_line="#A9C9DE",
)
DARK_CONTRAST = Tokens(
    ground="#000000",
    card="#000000",
    ink="#FFFFFF",
    muted="#E3ECF3",
    line="#9FB2C1",
    faint="#10202C",
    sky="#8CCBFF",
    river="#6FE6DF",
    leaf="#96E59A",
    earth="#FFC66B",
    none="#A9BAC7",
    link="#8CCBFF",
    water_line="#2E5A78",
)
# What each theme of the city's environment is coloured in.
ACCENTS = {"air": "sky", "water": "river", "waste": "earth", "greening": "leaf"}
ACCENT_VARIABLES = {
    theme: f"var(--{name})" for theme, name in ACCENTS.items()
}  # as stylesheets and drawings write them

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


def _named(theme: Tokens) -> dict[str, str]:
    return {name.replace("_", "-"): color for name, color in asdict(theme).items()}


def _accents() -> str:
    return "".join(f".theme-{theme}{{--accent:var(--{color})}}" for theme, color in ACCENTS.items())


def stylesheet() -> str:
    """The colours as CSS variables that follow the color-scheme Streamlit sets on the page."""

    def pairs(light: Tokens, dark: Tokens) -> str:
        return "".join(f"--{name}:light-dark({color},{_named(dark)[name]});" for name, color in _named(light).items())

    return (
        f":root{{{pairs(LIGHT, DARK)}--accent:var(--sky)}}\n"
        f"html[data-contrast=more]{{{pairs(LIGHT_CONTRAST, DARK_CONTRAST)}}}\n{_accents()}\n"
    )


def exhibit_stylesheet() -> str:
    """What the exhibit has besides: emphasised words, read from afar, and the official colour of water of class Ⅰ."""
    return f":root{{--emphasis:light-dark({LIGHT_CONTRAST.link},{DARK_CONTRAST.link});--class-1:{WATER_CLASSES[1]}}}\n"


def light_page_stylesheet() -> str:
    """The same for light pages, with media queries: older browsers on phones know no light-dark()."""
    light, dark = (
        ";".join(f"--{name}:{color}" for name, color in _named(theme).items() if name not in ("link", "water-line"))
        for theme in (LIGHT, DARK)
    )
    return (
        f":root{{{light};color-scheme:light}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark};color-scheme:dark}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark};color-scheme:dark}}}}{_accents()}"
    )


DARK_INK, LIGHT_INK = "#0A1520", "#FFFFFF"  # the dark one reads on the official red too (4.6 : 1)


def ink_on(color_hex: str) -> str:
    """Dark or light ink, whichever reads better on a colour (WCAG relative luminance)."""
    parts = [int(color_hex[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return DARK_INK if luminance > 0.196 else LIGHT_INK
