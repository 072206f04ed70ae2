"""The queue: procrastinate's own tables and functions, as of the version named here.

Its SQL is read from the installed package. A release that changes it has migration scripts: the
test for this revision then fails, and a new revision has to run them.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0000"
down_revision = None

SCHEMA = "c70ec4b400a60ad9592787653aae5ae77ae41bf801d56b5bd2712751a07f2009"
"""The SHA-256 of procrastinate 3.10's schema."""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        SchemaManager.get_schema(), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first revision")
