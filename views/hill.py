"""A hill of a hundred dots, wooded from its foot up: a share of forest that reads at a glance."""

from collections.abc import Sequence

from views import svg

ROWS = (4, 8, 12, 16, 18, 20, 22)  # from the top; a hundred in all
STEP, DOT = 8.6, 3.3
WIDE, TALL = 200, 104  # one hill with the room around it


def pair(hills: Sequence[tuple[float, str, str]], *, title: str) -> str:
    """SVG of hills side by side: for each its share in %, and the two lines of words under it."""
    body = "".join(_hill(x * WIDE, share, name, words) for x, (share, name, words) in enumerate(hills))
    return svg.frame(WIDE * len(hills), TALL, body, title=title)


def _hill(left: float, share_pct: float, name: str, words: str) -> str:
    wooded = round(share_pct)
    middle = left + WIDE / 2
    dots = []
    for row, count in reversed(list(enumerate(ROWS))):
        # outward from the middle, so that a few trees stand together
        places = sorted((i - (count - 1) / 2 for i in range(count)), key=abs)
        for place in places:
            fill = "var(--leaf)" if wooded > 0 else "var(--line)"
            wooded -= 1
            dots.append(
                f'<circle cx="{middle + place * STEP:.1f}" cy="{8 + row * STEP:.1f}" r="{DOT}" style="fill:{fill}"/>'
            )
    return (
        "".join(dots)
        + svg.words(middle, 86, name, size=14, fill="var(--ink)", anchor="middle", weight=650)
        + svg.words(middle, 101, words, size=12, anchor="middle")
    )
