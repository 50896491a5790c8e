"""A document may hold several reports; of every null the reason is kept, and rows that the form has not."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# The names that PostgreSQL gave to constraints that had none.
_NAMES = {"uq": "%(table_name)s_%(column_0_name)s_key", "pk": "%(table_name)s_pkey"}


def upgrade() -> None:
    """Adds what a document of several reports, and what a null's reason, need."""
    with op.batch_alter_table("report", naming_convention=_NAMES) as report:
        report.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
        report.add_column(sa.Column("parts", sa.Integer(), nullable=False, server_default="1"))
        report.drop_constraint("report_document_id_key", type_="unique")
        report.create_unique_constraint("report_part", ["document_id", "part"])
    with op.batch_alter_table("reading") as reading:
        reading.add_column(sa.Column("doubts", sa.JSON(), nullable=False, server_default="[]"))
        reading.add_column(sa.Column("additions", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("passage", naming_convention=_NAMES) as passage:
        passage.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
        passage.drop_constraint("passage_pkey", type_="primary")
        passage.create_primary_key("passage_pkey", ["document_id", "started", "stage", "consumer", "part"])
