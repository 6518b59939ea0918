"""Authors and admins, second votes, personal memory, linked accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chores',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_chores'))
    )
    op.create_table('forgotten_months',
    sa.Column('month', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('forgotten_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('month', name=op.f('pk_forgotten_months'))
    )
    op.create_table('link_codes',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('learner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account', sa.String(length=200), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_link_codes')),
    sqlite_with_rowid=False
    )
    op.create_table('memory_parameters',
    sa.Column('learner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('effective_at', sa.BigInteger(), nullable=False),
    sa.Column('parameters', sa.Text(), nullable=False),
    sa.Column('reviews', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('learner_id', 'effective_at', name=op.f('pk_memory_parameters')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('communities', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=12), server_default='en', nullable=False))

    with op.batch_alter_table('rounds', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tally_ends', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('shelf', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shelf_expires_at'), ['expires_at'], unique=False)
