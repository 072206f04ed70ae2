"""Gives each row of a published table the name of its source."""

from typing import Any

import pytest


def named(tables: dict[str, list[Any]]) -> list[Any]:
    return [pytest.param(*row, id=source) for source, rows in tables.items() for row in rows]
