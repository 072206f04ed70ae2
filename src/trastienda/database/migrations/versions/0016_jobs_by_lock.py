"""An index to find earlier jobs with the same lock.

The queue's own index has the lock after the id, so that fetching a job read all waiting jobs.
"""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("""
        CREATE INDEX procrastinate_jobs_waiting_lock ON procrastinate_jobs (lock)
        WHERE status IN ('todo', 'doing')
    """)


def downgrade() -> None:
    op.drop_index("procrastinate_jobs_waiting_lock", "procrastinate_jobs")
