"""Runs the revisions over the connection that it is given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from kiosk.adapters.log.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
