"""The participation log in SQLite: `writer` is the port, `export` reads it, `migrate` keeps its tables up to date.

    lock      one kiosk a data folder
    writer    the port: a queue and the one thread that owns the file
    store     the connection on that thread: rows in, visits cut off closed
    tables    the columns
    migrate   is the file of this version? made so by a child process
    damage    a file that can't be read is set aside
    export    the one place rows are read

What the screen's process imports before its first frame (`lock`, `writer`) is standard library only.
"""

DATABASE = "kiosk.sqlite3"
"""The file in the data folder."""

LOCK = "kiosk.lock"
"""Held by the kiosk that uses the data folder."""
