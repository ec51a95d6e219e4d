"""Sizes of the river's drawings, in their own units: lying on a page, lying on a screen seen from afar, upright."""

import math
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from reports.water import Stream


class Type(Struct, frozen=True, weakref=True):
    """Sizes of letters and the distance of lines, in units of the drawing."""

    name: float  # of a section
    stream: float
    stem: float  # the main stem's name
    small: float
    leading: float
    below: float = 0.0  # more between a name and the lines under it


class DotStyle(Struct, frozen=True, weakref=True):
    """How a section's dot is drawn; ``hollow`` without a class. ``tip``: it names the section where it is pointed at."""

    radius: float
    edge: float
    numeral: float
    drop: float  # from the dot's middle to the numeral's baseline
    hollow_radius: float
    hollow_edge: float
    dashes: str
    ground: str  # colour inside rings and hollow dots
    tip: bool


class Lying(Struct, frozen=True, weakref=True):
    """Sizes of a river that lies: along the main stem, and of its tributaries away from it.

    ``full``: all words, and arrows along the water; else few words, in letters to be read from afar.
    """

    full: bool
    type: Type
    dot: DotStyle
    width: float
    edge: float  # half of the longest label fits before the first and behind the last dot
    gaps: Mapping[str, float]  # along the main stem by what follows what, before they are stretched to the width
    least_stretch: float  # at 1 the drawing grows where the gaps need more than the width
    top: float
    bottom: float
    least_north: float
    least_south: float
    sway: float
    bend: float  # how far along the main stem a tributary turns into it, and from how far away
    turn: float
    first_north: float  # a tributary's sections from the main stem
    first_south: float
    step: float
    head: float  # from the last of them to the tributary's end
    bare: float  # length of a tributary without sections
    branch: float  # width of its stroke
    ends: float  # the words at both ends above the main stem
    margin: float

    def length(self, stream: Stream) -> float:
        """How far a tributary reaches from the main stem."""
        if not stream.sections:
            return self.bare
        return self.first(stream) + (len(stream.sections) - 1) * self.step + self.head

    def first(self, stream: Stream) -> float:
        """How far a tributary's lowest section lies from the main stem."""
        return self.first_north if stream.from_north else self.first_south

    def y(self, x: float, middle: float) -> float:
        """Where the main stem runs at ``x``."""
        return middle + self.sway * math.sin(x / 95)


PAGE = Lying(
    True,
    Type(name=15.5, stream=14, stem=17, small=12.5, leading=16.5, below=1),
    DotStyle(13.5, 3, 14, 5, hollow_radius=13.5, hollow_edge=2, dashes="4 3", ground="var(--card)", tip=True),
    width=1160.0,
    edge=112.0,
    gaps={"section section": 170, "section mouth": 104, "mouth section": 112, "mouth mouth": 74},
    least_stretch=1.0,
    top=24.0,
    bottom=10.0,
    least_north=96.0,
    least_south=94.0,
    sway=5.0,
    bend=30.0,
    turn=40.0,
    first_north=80.0,
    first_south=132.0,
    step=55.0,
    head=68.0,
    bare=96.0,
    branch=6.0,
    ends=21.0,
    margin=10.0,
)
SCREEN = Lying(
    False,
    Type(name=28.0, stream=25.0, stem=28.0, small=25.0, leading=30.0),
    DotStyle(21.0, 4, 25, 8, hollow_radius=13.02, hollow_edge=2.5, dashes="5 4", ground="var(--ground)", tip=False),
    width=1808.0,
    edge=165.0,
    gaps={"section section": 240, "section mouth": 200, "mouth section": 200, "mouth mouth": 100},
    least_stretch=0.0,
    top=20.0,
    bottom=12.0,
    least_north=0.0,
    least_south=130.0,
    sway=0.0,
    bend=56.0,
    turn=52.0,
    first_north=76.0,
    first_south=142.0,
    step=46.0,
    head=42.0,
    bare=96.0,
    branch=9.0,
    ends=34.0,
    margin=8.0,
)
# Beside something else on a screen, and on one that stands upright.
BESIDE = replace(
    SCREEN,
    type=Type(name=26.0, stream=23.0, stem=22.0, small=22.0, leading=27.0),
    width=1100.0,
    edge=122.0,
    gaps={"section section": 204, "section mouth": 88, "mouth section": 118, "mouth mouth": 40},
    bend=20.0,
)
UPRIGHT = replace(
    BESIDE,
    type=Type(name=24.0, stream=22.4, stem=22.4, small=22.4, leading=26.0),
    width=1016.0,
    edge=124.0,
    gaps={"section section": 190, "section mouth": 74, "mouth section": 122, "mouth mouth": 20},
    bend=12.0,
    step=34.0,
    first_north=66.0,
    first_south=130.0,
    head=36.0,
    bare=84.0,
    top=8.0,
    bottom=8.0,
)
TALL_WIDE, LANE, SIDE_LANE = (
    360.0,
    24.0,
    70.0,
)  # upright: two lanes, the main stem on the left; letters and dots of PAGE
