"""The store's tables: works → documents → renditions → extractions → entities, claims, failures; runs beside them.

Records are kept whole, as the JSON text of the contract; what is asked for often stands in columns of its
own. Texts that may hold any character are kept as compressed bytes, since a database's text type may refuse some
(PostgreSQL: NUL).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, index=True),
    Column("version", String(50), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("settings", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("counts", Text),
    comment="Each start of the line: when, with what, and how much it wrote. No record depends on it.",
)

works = Table(
    "works",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("doi", Text, unique=True),
    Column("pmid", Text, unique=True),
    Column("pmcid", Text, unique=True),
    Column("title", Text),
    Column("year", Integer),
    Column("journal", Text),
    Column("merged_into", Integer, ForeignKey("works.id")),
    comment="A paper, however many files hold it. Works that prove to be the same point to the one that stays.",
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("doc_id", String(20), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("work_id", Integer, ForeignKey("works.id"), index=True),
    comment="A content, known by the hash of its bytes.",
)

files = Table(
    "files",
    metadata,
    Column("path", Text, nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False, index=True),
    Column("is_current", Boolean, nullable=False),
    PrimaryKeyConstraint("path", "document_id"),
    comment="Where a content was found; not current where the path holds another content now.",
)

renditions = Table(
    "renditions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False),
    Column("reading", String(64), nullable=False),
    Column("reader", String(20), nullable=False),
    Column("reader_version", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("layout", LargeBinary, nullable=False),
    UniqueConstraint("document_id", "reading"),
    comment="What a reader made of a document: the text that offsets point into, and its sections and tables.",
)

extractions = Table(
    "extractions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False),
    Column("rendition_id", Integer, ForeignKey("renditions.id"), index=True),
    Column("run_id", Integer, ForeignKey("runs.id")),
    Column("fingerprint", String(64), nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("path", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("record", Text),
    UniqueConstraint("document_id", "fingerprint"),
    Index(
        "uq_extractions_current",
        "document_id",
        unique=True,
        sqlite_where=text("is_current"),
        postgresql_where=text("is_current"),
    ),
    comment="What one make (code, model, vocabulary, settings) found; one per document is current.",
)

entities = Table(
    "entities",
    metadata,
    Column("extraction_id", Integer, ForeignKey("extractions.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("label", String(20), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("concept_id", Text, index=True),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("extraction_id", "position"),
)

claims = Table(
    "claims",
    metadata,
    Column("extraction_id", Integer, ForeignKey("extractions.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("claim_id", String(20), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("intervention", Text, nullable=False),
    Column("intervention_id", Text, index=True),
    Column("outcome", Text, nullable=False),
    Column("outcome_id", Text),
    Column("direction", String(20), nullable=False),
    Column("certainty", String(20), nullable=False),
    Column("species", Text),
    Column("confidence", Float),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("extraction_id", "position"),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("extraction_id", Integer, ForeignKey("extractions.id"), index=True),
    Column("position", Integer, nullable=False),
    Column("path", Text, nullable=False, index=True),
    Column("stage", String(50), nullable=False),
    Column("survivable", Boolean, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("record", Text, nullable=False),
    comment="Of an extraction; or, without one, of a path whose content could not be had.",
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(20), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("claim_id", String(20), nullable=False, index=True),
    Column("verdict", String(10), nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Text, nullable=False),
    Column("record", Text, nullable=False),
    comment="What people decided of claims, every decision kept; by content and claim, and of no extraction.",
)

evaluations = Table(
    "evaluations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(20), nullable=False, unique=True),
    Column("gold", String(64), nullable=False),
    Column("run", String(64), nullable=False),
    Column("split", String(10)),
    Column("scores", Text, nullable=False),
    comment="A run compared with the gold: gold and run are hashes of what was compared, so none is told twice.",
)

reconciliations = Table(
    "reconciliations",
    metadata,
    Column("evaluation_id", Integer, ForeignKey("evaluations.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("status", String(10), nullable=False, index=True),
    Column("claim_id", String(20), index=True),
    Column("gold_id", String(20)),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("evaluation_id", "position"),
    comment="The rows of an evaluation: a pair of a claim and a label, or what either side has alone.",
)
