"""The slips behind the findings of a report are stored beside them; 管理委员会 and 管委会 are the same in a key."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the table of diagnoses; reports stored before have none until they are read again."""
    op.create_table(
        "diagnosis",
        sa.Column("report_id", _KEY, sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("slip", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    )
    # A zone's 管理委员会 and its 管委会 are one authority.
    op.execute("UPDATE report SET authority_key = replace(authority_key, '管理委员会', '管委会')")
