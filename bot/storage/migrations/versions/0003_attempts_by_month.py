"""Attempts by month: a partition for each on PostgreSQL, a column on SQLite.

The month is that of the slot's making. Where what a slot belonged to is no longer kept, nobody can answer in it
again, and the month of the answer serves as well.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, slot, learner_id, community_id, question_id, question_version, seed, origin, picks, correct, first, "
    "scored, confidence, seconds, points, answered_at, local_date"
)
# r12 is round 12, p7.3 and m7.3 are the fourth item of practice 7 and of mock exam 7.
NUMBER = {
    "sqlite": "CAST(substr(a.slot, 2) AS INTEGER)",
    "postgresql": "CAST(substring(a.slot from '^[pm]([0-9]+)[.]') AS bigint)",
}
ROUND_NUMBER = {
    "sqlite": "CAST(substr(a.slot, 2) AS INTEGER)",
    "postgresql": "CAST(substring(a.slot from '^r([0-9]+)$') AS bigint)",
}
MONTH = {
    "sqlite": "CAST(strftime('%Y%m', ({born}) / 1000, 'unixepoch') AS INTEGER)",
    "postgresql": "CAST(to_char(to_timestamp(({born}) / 1000) AT TIME ZONE 'UTC', 'YYYYMM') AS integer)",
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.rename_table("attempts", "attempts_before")
    op.drop_index("ix_attempts_learner", table_name="attempts_before")
    if dialect == "sqlite":
        _create(sa.PrimaryKeyConstraint("id", name="pk_attempts"))
    else:
        _make_room_on_postgresql()
        _create(sa.PrimaryKeyConstraint("id", "month", name="pk_attempts"), postgresql_partition_by="LIST (month)")
        _sequence_and_partitions(dialect)
    op.create_index("ix_attempts_learner", "attempts", ["learner_id", "id"])
    op.create_index("ix_attempts_question", "attempts", ["question_id", "id"])
    op.execute(f"INSERT INTO attempts (month, {COLUMNS}) SELECT {_month(dialect)}, {COLUMNS} FROM attempts_before a")
    op.drop_table("attempts_before")


def _make_room_on_postgresql() -> None:
    op.execute("ALTER TABLE attempts_before DROP CONSTRAINT uq_attempts_slot_learner_id")
    op.execute("ALTER TABLE attempts_before DROP CONSTRAINT pk_attempts")
    op.execute("ALTER SEQUENCE attempts_id_seq OWNED BY NONE")


def _create(key: sa.PrimaryKeyConstraint, **options: Any) -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "attempts",
        sa.Column("id", number, nullable=False, autoincrement=False if options else "auto"),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(60), nullable=False),
        sa.Column("learner_id", number, nullable=False),
        sa.Column("community_id", number, nullable=False),
        sa.Column("question_id", sa.String(200), nullable=False),
        sa.Column("question_version", sa.String(40), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("picks", sa.String(40), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("scored", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("seconds", sa.Float()),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("local_date", sa.String(10), nullable=False),
        key,
        sa.UniqueConstraint("month", "slot", "learner_id", name="uq_attempts_month_slot_learner_id"),
        **options,
    )


def _sequence_and_partitions(dialect: str) -> None:
    op.execute("ALTER TABLE attempts ALTER COLUMN id SET DEFAULT nextval('attempts_id_seq')")
    op.execute("ALTER SEQUENCE attempts_id_seq OWNED BY attempts.id")
    op.execute("CREATE TABLE attempts_default PARTITION OF attempts DEFAULT")
    found = op.get_bind().execute(sa.text(f"SELECT DISTINCT {_month(dialect)} FROM attempts_before a"))
    for (month,) in found.all():
        op.execute(f"CREATE TABLE attempts_{month:d} PARTITION OF attempts FOR VALUES IN ({month:d})")


def _month(dialect: str) -> str:
    born = f"""coalesce(CASE substr(a.slot, 1, 1)
        WHEN 'r' THEN (SELECT created_at FROM rounds WHERE id = {ROUND_NUMBER[dialect]})
        WHEN 'p' THEN (SELECT created_at FROM practices WHERE id = {NUMBER[dialect]})
        WHEN 'm' THEN (SELECT started_at FROM mocks WHERE id = {NUMBER[dialect]})
        END, a.answered_at)"""
    return MONTH[dialect].format(born=born)
