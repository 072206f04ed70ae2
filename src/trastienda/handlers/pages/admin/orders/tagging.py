"""Tags of many orders at once, and the way back: each order gets or loses what was changed."""

from collections import defaultdict
from uuid import UUID

from msgspec import structs

from trastienda.controllers import orders
from trastienda.database.db import reading
from trastienda.errors import Malformed
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.answers import Undo
from trastienda.handlers.pages.forms import Form
from trastienda.middlewares.answers.errors import status_of
from trastienda.schemas.orders.note import MOST_AT_ONCE, BulkResults, BulkTags
from trastienda.schemas.shared.context import Context
from trastienda.services.pages import order_tags

ADD, REMOVE = "tag", "untag"
CHANGES = "changes"
"""The field of an undo: in each line an order, and the tags that it shall get or lose."""
STATUSES = orders.Statuses(200, status_of)


class ChangesUnreadable(Malformed):
    """These are no tags of orders."""


async def tag(form: Form, context: Context, address: str) -> tuple[BulkResults, Undo | None]:
    """Tag the orders that were chosen; return the results, and the form that takes it back."""
    add = form.get("do") != REMOVE
    tags = [it.strip() for it in form.get("tags").split(",") if it.strip()]
    chosen = [("orders", it) for it in form.all("orders")]
    draft = Form([*chosen, *(("add" if add else "remove", it) for it in tags)]).to(BulkTags)
    async with reading() as session:
        before = await order_tags.of(session, draft.orders)
    results = await forms.once(orders.tag_many(draft, context, STATUSES), BulkResults)
    done = {it.id for it in results.items if not it.problem}
    changed = order_tags.changed(before, tags, add=add)
    lines = [f"{it} {','.join(each)}" for it, each in changed.items() if it in done]
    fields = {"do": REMOVE if add else ADD, CHANGES: "\n".join(lines)}
    return results, (address, fields) if lines else None


async def take_back(form: Form, context: Context) -> BulkResults:
    """Give the orders their former tags: those that got or lost the same ones at once."""
    found = BulkResults([])
    which = "remove" if form.get("do") == REMOVE else "add"
    for number, (tags, order_ids) in enumerate(_by_tags(form.get(CHANGES)).items()):
        pairs = [*(("orders", str(it)) for it in order_ids), *((which, it) for it in tags)]
        once = context.once.part(str(number)) if context.once else None
        part = structs.replace(context, once=once)
        work = orders.tag_many(Form(pairs).to(BulkTags), part, STATUSES)
        found.items += (await forms.once(work, BulkResults)).items
    return found


def _by_tags(text: str) -> dict[tuple[str, ...], list[UUID]]:
    """Read the lines of an undo. Raise ChangesUnreadable."""
    found = defaultdict(list)
    for line in text.splitlines()[:MOST_AT_ONCE]:
        order, _, tags = line.partition(" ")
        try:
            found[tuple(tags.split(","))].append(UUID(order))
        except ValueError:
            raise ChangesUnreadable(pointer=f"/{CHANGES}") from None
    return found
