"""Authors and admins, second votes, personal memory, linked accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('memory_parameters',
    sa.Column('learner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('parameters', sa.Text(), nullable=False),
    sa.Column('reviews', sa.Integer(), nullable=False),
    sa.Column('fitted_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('learner_id', name=op.f('pk_memory_parameters'))
    )
