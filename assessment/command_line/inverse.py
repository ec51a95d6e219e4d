"""The concentrations that have an IAQI, as a CSV of one row."""

from assessment import aqi
from assessment.command_line.air import ITEM_OF
from assessment.command_line.columns import line
from assessment.command_line.source import InputError
from assessment.editions import AqiEdition

OZONE = "o3"  # by its average of the report: 8 hours by the day, 1 hour by the hour
POLLUTANTS = (*ITEM_OF, OZONE)
COLUMNS = ("standard", "item", "iaqi", "above", "up_to", "low", "high")


def concentration(pollutant: str, index: int, edition: AqiEdition, hourly: bool) -> bytes:
    """The range of :func:`assessment.aqi.concentrations` of one of :data:`POLLUTANTS`; a cell without a number is empty.

    Raises InputError where the report does not take the item or its table does not reach.
    """
    average = ("o3_1h" if hourly else "o3_8h") if pollutant == OZONE else pollutant
    item = ITEM_OF[average]
    try:
        found = aqi.concentrations(index, item, edition, hourly=hourly)
    except ValueError as error:
        raise InputError(str(error)) from error
    numbers = ("" if one is None else f"{one:g}" for one in (found.above, found.up_to, found.low, found.high))
    cells = (edition.id, item, str(index), *numbers)
    return line(COLUMNS) + line(cells)
