"""Periods: from `starts_at` until just before `ends_at`; NULL means no bound."""


def in_force_sql(table: str) -> str:
    """Return the SQL condition that a row of `table` is in force at `now`."""
    return f"""({table}.starts_at IS NULL OR {table}.starts_at <= %(now)s)
        AND ({table}.ends_at IS NULL OR {table}.ends_at > %(now)s)"""
