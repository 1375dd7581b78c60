"""Alembic's environment for the log; run by `kiosk.adapters.log.migrate` in a child process.

A new step is a file `versions/rNNNN_what_it_does.py` whose `revision` is the name without its `r`, the last one's being
its `down_revision`. That name becomes `migrate.HEAD`, and the one before joins `migrate.EARLIER`. A test compares what
the revisions make with `tables`.
"""
