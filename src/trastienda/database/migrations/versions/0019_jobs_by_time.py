"""Taking a job passes by those whose time has not come, instead of reading each of them.

They wait by the thousand while a mail server is away, and are in front of all that is new.
"""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("""
        CREATE INDEX procrastinate_jobs_waiting_time ON procrastinate_jobs (scheduled_at)
        WHERE status = 'todo'
    """)


def downgrade() -> None:
    op.drop_index("procrastinate_jobs_waiting_time", "procrastinate_jobs")
