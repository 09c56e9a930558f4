"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=50), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        comment="Each start of the line: when, with what, and how much it wrote. No record depends on it.",
    )
    op.create_index(op.f("ix_runs_name"), "runs", ["name"], unique=False)
    op.create_table(
        "works",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("doi", sa.Text(), nullable=True),
        sa.Column("pmid", sa.Text(), nullable=True),
        sa.Column("pmcid", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("journal", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["works.id"], name=op.f("fk_works_merged_into_works")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works")),
        sa.UniqueConstraint("doi", name=op.f("uq_works_doi")),
        sa.UniqueConstraint("pmcid", name=op.f("uq_works_pmcid")),
        sa.UniqueConstraint("pmid", name=op.f("uq_works_pmid")),
        comment="A paper, however many files hold it. Works that prove to be the same point to the one that stays.",
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("doc_id", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("fk_documents_work_id_works")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("doc_id", name=op.f("uq_documents_doc_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_documents_sha256")),
        comment="A content, known by the hash of its bytes.",
    )
    op.create_index(op.f("ix_documents_work_id"), "documents", ["work_id"], unique=False)
    op.create_table(
        "files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_files_document_id_documents")),
        sa.PrimaryKeyConstraint("path", "document_id", name=op.f("pk_files")),
        comment="Where a content was found; not current where the path holds another content now.",
    )
    op.create_index(op.f("ix_files_document_id"), "files", ["document_id"], unique=False)
    op.create_table(
        "renditions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(length=64), nullable=False),
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("layout", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_renditions_document_id_documents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renditions")),
        sa.UniqueConstraint("document_id", "reading", name=op.f("uq_renditions_document_id_reading")),
        comment="What a reader made of a document: the text that offsets point into, and its sections and tables.",
    )
    op.create_table(
        "extractions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("rendition_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_extractions_document_id_documents")),
        sa.ForeignKeyConstraint(
            ["rendition_id"], ["renditions.id"], name=op.f("fk_extractions_rendition_id_renditions")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_extractions_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extractions")),
        sa.UniqueConstraint("document_id", "fingerprint", name=op.f("uq_extractions_document_id_fingerprint")),
        comment="What one make (code, model, vocabulary, settings) found; one per document is current.",
    )
    op.create_index(op.f("ix_extractions_rendition_id"), "extractions", ["rendition_id"], unique=False)
    op.create_index(
        "uq_extractions_current",
        "extractions",
        ["document_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "claims",
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("intervention", sa.Text(), nullable=False),
        sa.Column("intervention_id", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_id", sa.Text(), nullable=True),
        sa.Column("direction", sa.String(length=20), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("species", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extractions.id"], name=op.f("fk_claims_extraction_id_extractions")
        ),
        sa.PrimaryKeyConstraint("extraction_id", "position", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_claim_id"), "claims", ["claim_id"], unique=False)
    op.create_index(op.f("ix_claims_intervention_id"), "claims", ["intervention_id"], unique=False)
    op.create_table(
        "entities",
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extractions.id"], name=op.f("fk_entities_extraction_id_extractions")
        ),
        sa.PrimaryKeyConstraint("extraction_id", "position", name=op.f("pk_entities")),
    )
    op.create_index(op.f("ix_entities_concept_id"), "entities", ["concept_id"], unique=False)
    op.create_index(op.f("ix_entities_label"), "entities", ["label"], unique=False)
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=50), nullable=False),
        sa.Column("survivable", sa.Boolean(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extractions.id"], name=op.f("fk_failures_extraction_id_extractions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failures")),
        comment="Of an extraction; or, without one, of a path whose content could not be had.",
    )
    op.create_index(op.f("ix_failures_extraction_id"), "failures", ["extraction_id"], unique=False)
    op.create_index(op.f("ix_failures_path"), "failures", ["path"], unique=False)


def downgrade() -> None:
    """Drop all tables."""
    op.drop_index(op.f("ix_failures_path"), table_name="failures")
    op.drop_index(op.f("ix_failures_extraction_id"), table_name="failures")
    op.drop_table("failures")
    op.drop_index(op.f("ix_entities_label"), table_name="entities")
    op.drop_index(op.f("ix_entities_concept_id"), table_name="entities")
    op.drop_table("entities")
    op.drop_index(op.f("ix_claims_intervention_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_claim_id"), table_name="claims")
    op.drop_table("claims")
    op.drop_index(
        "uq_extractions_current",
        table_name="extractions",
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.drop_index(op.f("ix_extractions_rendition_id"), table_name="extractions")
    op.drop_table("extractions")
    op.drop_table("renditions")
    op.drop_index(op.f("ix_files_document_id"), table_name="files")
    op.drop_table("files")
    op.drop_index(op.f("ix_documents_work_id"), table_name="documents")
    op.drop_table("documents")
    op.drop_table("works")
    op.drop_index(op.f("ix_runs_name"), table_name="runs")
    op.drop_table("runs")
