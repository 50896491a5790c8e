"""The tables as gouji 0.1.0 made them, without Alembic."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_DISCLOSURE = [
    "regulations_issued",
    "regulations_repealed",
    "regulations_in_force",
    "normative_documents_issued",
    "normative_documents_repealed",
    "normative_documents_in_force",
    "licensing_decisions",
    "penalties_decisions",
    "coercive_measures_decisions",
    "fees_amount",
    "regulations_made",
    "regulations_published",
    "regulations_total",
    "normative_documents_made",
    "normative_documents_published",
    "normative_documents_total",
    "licensing_previous_items",
    "licensing_change",
    "other_services_previous_items",
    "other_services_change",
    "other_services_decisions",
    "penalties_previous_items",
    "penalties_change",
    "coercive_measures_previous_items",
    "coercive_measures_change",
    "fees_previous_items",
    "fees_change",
    "procurement_items",
    "procurement_amount",
]
_APPLICATION = ["natural_person", "business", "research", "nonprofit", "legal_service", "other", "total"]
_DISPUTE = ["upheld", "corrected", "other", "pending", "total"]


def upgrade() -> None:
    """Makes the tables of version 0.1.0."""
    op.create_table(
        "report",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("document_id", sa.String(), nullable=False, unique=True),
        sa.Column("title", sa.String()),
        sa.Column("authority", sa.String()),
        sa.Column("authority_key", sa.String()),
        sa.Column("level", sa.String()),
        sa.Column("year", sa.Integer()),
        sa.Column("period_start", sa.Date()),
        sa.Column("period_end", sa.Date()),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("last_modified", _MOMENT, nullable=False),
        sa.Column("stored_at", _MOMENT, nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
    )
    op.create_table(
        "section",
        sa.Column("report_id", _KEY, sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("report_id", _KEY, sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
    )
    op.create_table(
        "disclosure",
        sa.Column("report_id", _KEY, sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        *(sa.Column(name, sa.Numeric()) for name in _DISCLOSURE),
    )
    op.create_table(
        "application",
        sa.Column("report_id", _KEY, sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("row_key", sa.String(), primary_key=True),
        *(sa.Column(name, sa.Numeric()) for name in _APPLICATION),
    )
    op.create_table(
        "dispute",
        sa.Column("report_id", _KEY, sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("track", sa.String(), primary_key=True),
        *(sa.Column(name, sa.Numeric()) for name in _DISPUTE),
    )
    op.create_table(
        "finding",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("report_id", _KEY, sa.ForeignKey("report.id", ondelete="CASCADE"), index=True),
        sa.Column("rule", sa.String(), nullable=False, index=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("expected", sa.Numeric()),
        sa.Column("actual", sa.Numeric()),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    )
    op.create_table(
        "object",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("last_modified", _MOMENT, nullable=False),
        sa.Column("document_id", sa.String(), nullable=False, index=True),
    )
    op.create_table(
        "passage",
        sa.Column("document_id", sa.String(), primary_key=True),
        sa.Column("started", _MOMENT, primary_key=True),
        sa.Column("stage", sa.String(), primary_key=True),
        sa.Column("consumer", sa.String(), primary_key=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("took", sa.Float(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
    )
    op.create_index("report_year", "report", ["year"])
    op.create_index("report_neighbours", "report", ["authority_key", "year"])
