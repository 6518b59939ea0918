"""Authors and admins, second votes, personal memory, linked accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audits',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audits'))
    )
    with op.batch_alter_table('audits', schema=None) as batch_op:
        batch_op.create_index('ix_audits_community', ['community_id', 'id'], unique=False)

    op.create_table('chores',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_chores'))
    )
    op.create_table('digests',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('learner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('community_id', 'learner_id', name=op.f('pk_digests')),
    sqlite_with_rowid=False
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
    op.create_table('pack_changes',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_pack_changes'))
    )
    op.create_table('packs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.Column('topics', sa.Integer(), nullable=False),
    sa.Column('source', sa.LargeBinary(), nullable=False),
    sa.Column('bank', sa.LargeBinary(), nullable=False),
    sa.Column('added_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('added_at', sa.BigInteger(), nullable=False),
    sa.Column('live_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packs')),
    sa.UniqueConstraint('community_id', 'name', 'version', name=op.f('uq_packs_community_id_name_version'))
    )
    with op.batch_alter_table('packs', schema=None) as batch_op:
        batch_op.create_index('ix_packs_state', ['state', 'community_id'], unique=False)

    op.create_table('question_states',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('question_id', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('community_id', 'question_id', name=op.f('pk_question_states')),
    sqlite_with_rowid=False
    )
    op.create_table('question_versions',
    sa.Column('question_id', sa.String(length=200), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('options', sa.Text(), nullable=False),
    sa.Column('seen_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('question_id', 'version', name=op.f('pk_question_versions')),
    sqlite_with_rowid=False
    )
    op.create_table('nights',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel', sa.String(length=200), nullable=False),
    sa.Column('topic', sa.String(length=80), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('bonus', sa.Boolean(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('next_at', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_nights_community_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nights'))
    )
    with op.batch_alter_table('nights', schema=None) as batch_op:
        batch_op.create_index('ix_nights_channel', ['community_id', 'channel'], unique=False)
        batch_op.create_index('ix_nights_due', ['state', 'next_at'], unique=False)

    with op.batch_alter_table('communities', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=12), server_default='en', nullable=False))

    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed_at', sa.BigInteger(), nullable=True))
        batch_op.create_index('ix_reports_community', ['community_id', 'state'], unique=False)

    with op.batch_alter_table('rounds', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tally_ends', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('shelf', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shelf_expires_at'), ['expires_at'], unique=False)
