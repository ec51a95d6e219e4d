"""Where in a file something is wrong or was left out."""

from msgspec import Struct
from msgspec.structs import force_setattr

from assessment.messages import LINE, one_line

MOST_NAME = 80  # signs of a sheet or header


class Fault(Struct, frozen=True):
    """What is wrong and where, one line; ``cell``: its address, empty where a whole sheet or file is meant."""

    sheet: str
    cell: str
    header: str
    problem: str

    def __post_init__(self) -> None:
        for name, most in (("sheet", MOST_NAME), ("header", MOST_NAME), ("problem", LINE)):
            force_setattr(self, name, one_line(getattr(self, name), most))

    def __str__(self) -> str:
        where = f"{self.cell}（{self.header}）" if self.header else self.cell
        return (
            "，".join(part for part in (f"工作表“{self.sheet}”" if self.sheet else "", where) if part)
            + f"：{self.problem}"
        )
