"""Decisions of people on claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of decisions."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("claim_id", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("key", name=op.f("uq_decisions_key")),
        comment="What people decided of claims, every decision kept; by content and claim, and of no extraction.",
    )
    op.create_index(op.f("ix_decisions_claim_id"), "decisions", ["claim_id"], unique=False)
    op.create_index(op.f("ix_decisions_sha256"), "decisions", ["sha256"], unique=False)


def downgrade() -> None:
    """Drop the table of decisions."""
    op.drop_index(op.f("ix_decisions_sha256"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_claim_id"), table_name="decisions")
    op.drop_table("decisions")
