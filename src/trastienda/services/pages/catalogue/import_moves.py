"""What staff can do with an import. The pages ask here, and compare no states themselves."""

from trastienda.database.models.imports.product_import import OPEN, UNDER_WAY, ImportState
from trastienda.schemas.imports.product_import import ImportView

START, CANCEL = "start", "cancel"


def of(view: ImportView) -> frozenset[str]:
    """Return what can be done with an import as it is now. The controllers decide again."""
    allowed = {START: view.state is ImportState.CHECKED, CANCEL: view.state in OPEN}
    return frozenset(move for move, may in allowed.items() if may)


def is_under_way(view: ImportView) -> bool:
    """Say whether a job is at work on it, or soon will be."""
    return view.state in UNDER_WAY
