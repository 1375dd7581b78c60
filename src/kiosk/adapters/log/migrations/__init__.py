"""Alembic's environment for the log; run by `kiosk.adapters.log.migrate` in a child process."""
