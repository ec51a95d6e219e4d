"""The measurement tables in their newest form: alembic, with the steps of ``store/migrations/versions``."""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from store import database

FOLDER = Path(__file__).parent / "migrations"
VERSION = table("alembic_version", column("version_num"))


def upgrade() -> None:
    """Bring the measurement tables to their newest form, all steps or none. Of two that start at once the second waits."""
    with database.reading() as c:
        if version(c) == head():
            return
    with database.engine().begin() as c:
        if version(c) != head():
            from alembic import command  # a sixth of a command's start, which only a store that is not
            from alembic.config import Config  # at the newest step needs

            config = Config(attributes={"connection": c})
            config.set_main_option("script_location", str(FOLDER))
            command.upgrade(config, "head")


def head() -> str:
    """The newest step: their files begin with their number."""
    return max(file.name[:4] for file in FOLDER.glob("versions/[0-9]*.py"))


def version(c: Connection) -> str | None:
    """The step a store is at; None where it has none."""
    return c.scalar(select(VERSION.c.version_num)) if inspect(c).has_table(VERSION.name) else None
