"""Sentences about input that somebody else wrote: in one line, of bounded length, without signs that are not printed."""

LINE = 300  # signs of a sentence
_END = 100  # of them, those of its end, where it says what was expected


def one_line(text: object, most: int = LINE) -> str:
    """A text as one line of at most so many signs: its beginning and its end, "…" between them.

    Control and direction signs become spaces. Only as much is looked at as can be shown.
    """
    whole = str(text)
    if len(whole) <= most and whole.isprintable() and "  " not in whole:
        return whole.strip()
    begin, end = (whole, "") if len(whole) <= 4 * most else (whole[: 2 * most], whole[-2 * most :])
    begin, end = _plain(begin), _plain(end)
    if not end and len(begin) <= most:
        return begin
    last = min(_END, most // 3)
    return f"{begin[: most - last - 1]}…{(end or begin)[-last:]}"


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
