"""What a migration takes away or demands that code of the version before does not know of.

Read from PostgreSQL's catalogue before and after, so that it does not matter how the step is
written. CONTRIBUTING.md has the rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

Rows = dict[tuple[str, ...], Any]
OURS = "AND c.relname !~ '^(procrastinate_|alembic_)'"
RELATIONS = """
SELECT c.relname, c.relkind::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
"""
COLUMNS = """
SELECT c.relname, a.attname,
    format_type(a.atttypid, a.atttypmod) || coalesce(' ' || co.collname, ''),
    a.attnotnull, a.atthasdef OR a.attidentity <> ''
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_collation co ON co.oid = a.attcollation AND co.collname <> 'default'
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND a.attnum > 0 AND NOT a.attisdropped
"""
CONSTRAINTS = """
SELECT c.relname, k.conname, pg_get_constraintdef(k.oid),
    ARRAY(SELECT attname::text FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey))
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n'
"""
UNIQUE = """
SELECT c.relname, i.relname, pg_get_indexdef(i.oid),
    ARRAY(SELECT attname::text FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum = ANY (x.indkey))
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
WHERE c.relnamespace = 'public'::regnamespace AND x.indisunique
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid)
"""
TRIGGERS = """
SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
"""


@dataclass(frozen=True)
class Schema:
    """The tables as they are at one moment."""

    relations: Rows
    columns: Rows
    constraints: Rows
    triggers: Rows


def schema(url: str) -> Schema:
    with psycopg.connect(url) as connection:

        def read(question: str) -> Rows:
            rows = connection.execute((question + OURS).encode()).fetchall()
            names = 1 if question is RELATIONS else 2
            return {row[:names]: row[names:] for row in rows}

        return Schema(
            read(RELATIONS), read(COLUMNS), read(CONSTRAINTS) | read(UNIQUE), read(TRIGGERS)
        )


def breaches(before: Schema, after: Schema) -> list[str]:
    """Say, one line each, what the code of before would stumble over."""
    gone = [name for (name,) in before.relations if (name,) not in after.relations]
    lines = [f"{name} is gone" for name in gone]
    for name, was in before.columns.items():
        if name[0] not in gone:
            lines += _column(".".join(name), was, after.columns.get(name))
    for name, (_, required, filled) in after.columns.items():
        new = (name[0],) in before.relations and name not in before.columns
        if new and required and not filled:
            lines.append(f"{'.'.join(name)} is new, required and has no default")
    lines += _demands(before, after)
    lines += [
        f"the trigger {name} on {table} is new or changed"
        for (table, name), what in after.triggers.items()
        if (table,) in before.relations and before.triggers.get((table, name)) != what
    ]
    return sorted(lines)


def _column(name: str, was: tuple[Any, ...], now: tuple[Any, ...] | None) -> Iterator[str]:
    if now is None:
        yield f"{name} is gone"
        return
    if now[0] != was[0]:
        yield f"{name} was {was[0]}, and is {now[0]}"
    if now[1] and not was[1]:
        yield f"{name} is required now"
    elif now[1] and was[2] and not now[2]:
        yield f"{name} has lost its default"


def _demands(before: Schema, after: Schema) -> Iterator[str]:
    """Name constraints that hold for columns which older code writes."""
    for (table, name), (definition, columns) in after.constraints.items():
        known = [it for it in columns if (table, it) in before.columns]
        unknown = before.constraints.get((table, name), (None,))[0] != definition
        if unknown and (known or ((table,) in before.relations and not columns)):
            yield f"the constraint {name} on {table} is new or changed"
