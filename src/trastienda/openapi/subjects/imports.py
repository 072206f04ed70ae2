"""The examples of imports: a file of mugs, checked, started, and imported but for one row."""

from typing import Any

_COLUMNS = ["slug", "name", "sku", "price_EUR", "stock_main"]
_CELLS = {"slug": "mug", "name": "Mug", "sku": "MUG-BLUE", "price_EUR": "12,5O"}
_CHECKED = {"state": "checked", "started_at": None, "finished_at": None, "version": 4}
_NEW = {**dict.fromkeys(("done", "new", "changed", "unchanged", "failed"), 0), "version": 1}
_CANCELLED = _CHECKED | {
    "state": "cancelled",
    "finished_at": "2026-11-24T10:20:00Z",
    "cancel_reason": "requested",
}
MOMENTS: dict[str, dict[str, Any]] = {
    "upload_import": _CHECKED | _NEW | {"state": "checking"},
    "import.created": _CHECKED | _NEW | {"state": "checking"},
    "import.checked": _CHECKED,
    "start_import": _NEW | {"state": "running", "finished_at": None, "version": 5},
    "import.started": _NEW | {"state": "running", "finished_at": None, "version": 5},
    "cancel_import": _CANCELLED,
    "import.cancelled": _CANCELLED,
}
"""How the import in the example of an operation or an event differs from one that is finished."""
FILES = {
    "export_products": "slug,name,sku,price_EUR\r\nmug,Mug,MUG-BLUE,12.50\r\n",
    "export_import_template": "slug,name,sku,price_EUR\r\nshirt,Example shirt,EXAMPLE-S,19.90\r\n",
    "export_failed_rows": (
        "slug,name,sku,price_EUR,problem\r\n"
        'mug,Mug,MUG-BLUE,"12,5O",price_EUR: This is no price such as 12.50\r\n'
    ),
}
"""The files of operations, as text."""
FORM = "ImportForm"
FORMS: dict[str, Any] = {
    FORM: {
        "title": FORM,
        "type": "object",
        "properties": {
            "file": {
                "type": "string",
                "format": "binary",
                "description": "CSV in UTF-8; its name is kept for staff.",
            },
        },
        "required": ["file"],
        "additionalProperties": False,
    }
}
"""The schemas of bodies that are no JSON."""
BODIES: dict[str, Any] = {
    "upload_import": {
        "required": True,
        "content": {"multipart/form-data": {"schema": {"$ref": f"#/components/schemas/{FORM}"}}},
    }
}
"""The bodies of operations whose handlers read them themselves."""
IMPORTS: dict[str, Any] = {
    f"{FORM}.file": "slug,name,sku,price_EUR\r\nmug,Mug,MUG-BLUE,12.50\r\n",
    "ImportView.name": "mugs.csv",
    "ImportView.bytes": 18_204,
    "ImportView.state": "finished",
    "ImportView.columns": _COLUMNS,
    "ImportView.ignored_columns": ["Vendor"],
    "ImportView.cancel_reason": None,
    "ImportView.rows": 240,
    "ImportView.done": 240,
    "ImportView.new": 200,
    "ImportView.changed": 30,
    "ImportView.unchanged": 9,
    "ImportView.failed": 1,
    "ImportView.started_at": "2026-11-24T10:16:00Z",
    "ImportView.finished_at": "2026-11-24T10:16:09Z",
    "ImportView.version": 7,
    "ImportRowView.number": 17,
    "ImportRowView.outcome": "failed",
    "ImportRowView.cells": _CELLS,
    "RowProblem.column": "price_EUR",
    "RowProblem.type": "/problems/price-unreadable",
    "RowProblem.title": "This is no price such as 12.50: write it without separators of thousands.",
    "fact.column": "price_EURO",
    "fact.import_state": "running",
    "fact.row": 17,
    "query.outcome": "failed",
}


def at(moment: str, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the example of an import as it is after an operation or an event."""
    return shown | MOMENTS[moment]
