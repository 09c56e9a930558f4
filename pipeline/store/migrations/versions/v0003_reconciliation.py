"""Evaluations and their reconciliation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of evaluations and of their rows."""
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("gold", sa.String(length=64), nullable=False),
        sa.Column("run", sa.String(length=64), nullable=False),
        sa.Column("split", sa.String(length=10), nullable=True),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
        sa.UniqueConstraint("key", name=op.f("uq_evaluations_key")),
        comment="A run compared with the gold: gold and run are hashes of what was compared, so none is told twice.",
    )
    op.create_table(
        "reconciliations",
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("claim_id", sa.String(length=20), nullable=True),
        sa.Column("gold_id", sa.String(length=20), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_reconciliations_evaluation_id_evaluations")
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "position", name=op.f("pk_reconciliations")),
        comment="The rows of an evaluation: a pair of a claim and a label, or what either side has alone.",
    )
    op.create_index(op.f("ix_reconciliations_claim_id"), "reconciliations", ["claim_id"], unique=False)
    op.create_index(op.f("ix_reconciliations_status"), "reconciliations", ["status"], unique=False)


def downgrade() -> None:
    """Drop both tables."""
    op.drop_index(op.f("ix_reconciliations_status"), table_name="reconciliations")
    op.drop_index(op.f("ix_reconciliations_claim_id"), table_name="reconciliations")
    op.drop_table("reconciliations")
    op.drop_table("evaluations")
