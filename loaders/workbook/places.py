"""Where in a file something is wrong or was left out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong and where; ``cell``: its address, empty where a whole sheet or file is meant."""

    sheet: str
    cell: str
    header: str
    problem: str

    def __str__(self) -> str:
        where = f"{self.cell}（{self.header}）" if self.header else self.cell
        return (
            "，".join(part for part in (f"工作表“{self.sheet}”" if self.sheet else "", where) if part)
            + f"：{self.problem}"
        )
