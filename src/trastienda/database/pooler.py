"""Whether a connection pooler keeps prepared statements.

PgBouncer in transaction mode may use another connection for each transaction. Before version 1.21,
or with `max_prepared_statements = 0`, it does not track prepared statements. Connecting then works,
but most requests would fail.
"""

import secrets

import psycopg
from psycopg import pq

from trastienda.settings import WrongSetting

TURNS = 5
"""How many transactions are tried; each time another client takes the previous connection."""
BRIEFLY = "5s"
GOOD = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)
FORGETFUL = (
    "the connection pooler forgets prepared statements between transactions: let it pool by session"
    " (PgBouncer: pool_mode = session), or connect to PostgreSQL itself"
)


def probe(url: str) -> None:
    """Raise WrongSetting if a prepared statement does not survive its transaction.

    A second client keeps a transaction open, and so occupies the connection on which the statement
    was prepared, if the pooler shares it. Without a pooler, each client has its own connection.
    """
    name = f"probe_{secrets.token_hex(8)}".encode()
    with psycopg.connect(url, autocommit=True) as client:
        _run(client.pgconn.prepare(name, b"SELECT 1"))
        for _ in range(TURNS):
            with psycopg.connect(url) as other:  # in a transaction until the block ends
                other.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{BRIEFLY}'")
                _run(client.pgconn.exec_prepared(name, []))


def _run(result: pq.abc.PGresult) -> None:
    if result.status not in GOOD:
        raise WrongSetting(f"DATABASE_URL: {FORGETFUL}")
