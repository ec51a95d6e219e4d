"""The digits behind a displayed value in a column of their own.

Until here they stood in the note, behind the word "raw". It is known in this step alone.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"

WORD = "raw "


def upgrade() -> None:
    """Add the column, then fill it from the notes of values. A note without a value is a reason, whatever it says."""
    for name in ("readings", "replaced"):
        op.add_column(name, sa.Column("original", sa.Text(), nullable=True))
        rows = sa.table(name, *(sa.column(one) for one in ("value", "note", "original")))
        digits = sa.func.substr(rows.c.note, len(WORD) + 1)
        named = sa.and_(rows.c.value.is_not(None), sa.func.substr(rows.c.note, 1, len(WORD)) == WORD)
        op.execute(sa.update(rows).where(named).values(original=digits, note=None))
