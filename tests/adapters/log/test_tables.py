"""The tables: the documented columns and no others, the same in the migrations, and no revision forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateTable

import kiosk.adapters.log
from kiosk.adapters.log import DATABASE, migrate
from kiosk.adapters.log.store import connect
from kiosk.adapters.log.tables import METADATA, TABLE_OF
from kiosk.core.records import TABLES

FIRST = "id kiosk site day hour"
COLUMNS = {
    "opened": f"{FIRST} visit seed language mode event",
    "visit": f"{FIRST} visit seed plan form language age_band returning mode event finished ended_by seconds "
    "idle_seconds answers size muted speed",
    "answer": f"{FIRST} visit seq item pack pack_version kind fraud_type verdict channel round step choice right "
    "judged ms people",
    "hearing": f"{FIRST} visit item pages heard_to_end seconds",
    "help_opened": f"{FIRST} visit",
}
"""All that is ever written down. A column that isn't here could name somebody: think before you add it."""

POSTGRESQL = registry.load("postgresql")()

MIGRATIONS = Path(kiosk.adapters.log.__file__).parent / "migrations"


@pytest.fixture
def base(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / DATABASE)
    yield connection
    connection.close()


def test_the_file_holds_these_columns_in_this_order_and_no_others(base: sqlite3.Connection) -> None:
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    assert sorted(tables) == sorted([*COLUMNS, "alembic_version"])
    for table, columns in COLUMNS.items():
        assert [row[1] for row in base.execute(f"PRAGMA table_info({table})")] == columns.split()


def test_a_row_of_the_core_has_the_columns_of_its_table() -> None:
    for row_type, name in TABLES.items():
        assert TABLE_OF[row_type].name == name
        columns = list(TABLE_OF[row_type].columns.keys())
        assert columns == ["id", "kiosk", "site", *row_type._fields]


def test_the_migrations_make_exactly_the_tables(folder: Path, base: sqlite3.Connection) -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    statements = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"
    with engine.connect() as fresh:
        assert dict(base.execute(statements).fetchall()) == dict(
            [tuple(row) for row in fresh.exec_driver_sql(statements)]
        )
    engine.dispose()
    with connect(folder / DATABASE) as migrated:
        assert compare_metadata(MigrationContext.configure(migrated), METADATA) == []


def test_the_newest_revision_is_the_one_that_is_looked_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migrate.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == {migrate.HEAD, *migrate.EARLIER}


def test_every_revision_is_named_for_what_it_does() -> None:
    for path in (MIGRATIONS / "versions").glob("r*.py"):
        assert f'revision = "{path.stem.removeprefix("r")}"' in path.read_text(encoding="utf-8")
        assert len(path.stem.removeprefix("r")) <= 32, "alembic_version has room for 32 characters"


def test_the_tables_can_be_made_in_postgresql_too() -> None:
    for table in METADATA.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=POSTGRESQL))


def test_commits_are_durable_and_readers_do_not_block(folder: Path) -> None:
    with connect(folder / DATABASE) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_migrating_twice_changes_nothing(folder: Path) -> None:
    before = (folder / DATABASE).read_bytes()
    assert migrate.upgrade(folder) is False
    assert (folder / DATABASE).read_bytes() == before


def test_a_beginning_that_was_cut_off_is_begun_again(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as base:
        base.execute("PRAGMA journal_mode = WAL")
    assert migrate.look(tmp_path) is migrate.State.DUE
    assert migrate.upgrade(tmp_path)
    assert migrate.look(tmp_path, thorough=True) is migrate.State.CURRENT


def test_a_migration_that_fails_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    create, made = op.create_table, []

    def fail_at_the_third(name: str, *rest: object, **options: object) -> object:
        made.append(name)
        if len(made) == 3:
            raise sqlite3.OperationalError("disk I/O error")
        return create(name, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", fail_at_the_third)
    with pytest.raises(sqlite3.OperationalError):
        migrate.upgrade(tmp_path)
    assert migrate.look(tmp_path) is migrate.State.DUE
    monkeypatch.undo()
    assert migrate.upgrade(tmp_path)
