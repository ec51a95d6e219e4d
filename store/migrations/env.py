"""Runs the steps on the connection :mod:`store.migrate` gives, inside its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
