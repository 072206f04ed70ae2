"""The facts of problems: the name, schema and meaning of each."""

from typing import Any

_TEXT = {"type": "string"}
_COUNT = {"type": "integer"}
_ID = {"type": "string", "format": "uuid"}
_TEXTS = {"type": "array", "items": _TEXT}
Fact = tuple[dict[str, Any], str]

FACTS: dict[str, Fact] = {
    "amount_due": (_COUNT, "What is left to pay now, in the currency's minor unit."),
    "byte": (_COUNT, "Where reading failed: bytes from the start."),
    "cart": (_TEXT, "The id of the cart to continue with."),
    "category": (_TEXT, "The slug of the category."),
    "code": (_TEXT, "The code that is in question."),
    "column": (_TEXT, "The column, as the file names it."),
    "country": (_TEXT, "The country (ISO 3166-1)."),
    "currency": (_TEXT, "The currency (ISO 4217)."),
    "errors": (
        {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        "Which fields or parameters are wrong, and how.",
    ),
    "event_type": (_TEXT, "The event type."),
    "expected_amount_due": (
        _COUNT,
        "What you expected to be left to pay, in the currency's minor unit.",
    ),
    "expected_total": (_COUNT, "The total that you sent, in the currency's minor unit."),
    "file": (_TEXT, "The file's name."),
    "host": (_TEXT, "The host name."),
    "import_state": (_TEXT, "What the import is doing now."),
    "job_status": (_TEXT, "What the job is doing now."),
    "key": (_TEXT, "The first characters of the API key."),
    "kind": (_TEXT, "The kind of the promotion."),
    "known": (_TEXTS, "The names that there are."),
    "last": (_COUNT, "The last position that there is."),
    "limit": (_COUNT, "The most that is allowed."),
    "line_id": (_ID, "The line."),
    "minimum": (_COUNT, "The least that is taken, in the currency's minor unit."),
    "name": (_TEXT, "The name."),
    "offered": (_TEXTS, "The payment providers that are offered."),
    "on_hand": (_COUNT, "How many units are on hand now."),
    "order": (_ID, "The order's id."),
    "origin": (_TEXT, "The origin."),
    "parent": (_TEXT, "The slug of the category above."),
    "placeholder": (_TEXT, "The placeholder."),
    "problems": (
        {"type": "array", "items": {"$ref": "#/components/schemas/CartProblem"}},
        "The cart's problems, as the cart shows them.",
    ),
    "products": (_TEXTS, "The slugs of the first products that show it."),
    "quantity": (_COUNT, "How many units are left."),
    "reason": (_TEXT, "The reason that the other side gave, in its words."),
    "refundable": (_COUNT, "The most that can be paid back, in the currency's minor unit."),
    "retry_after": (_COUNT, "After how many seconds to try again."),
    "role": (_TEXT, "The role."),
    "row": (_COUNT, "The row, as a spreadsheet counts."),
    "scope": (_TEXT, "The scope that is missing or unknown."),
    "session": (_ID, "The session."),
    "shipping_option": (_ID, "The way of shipping."),
    "sku": (_TEXT, "The SKU."),
    "slug": (_TEXT, "The slug."),
    "staff": (_TEXT, "The e-mail address or id of the member of staff."),
    "tariff": (_TEXT, "The tariff."),
    "total": (_COUNT, "The total now, in the currency's minor unit."),
    "trouble": (_TEXT, "Why the address gave no picture."),
    "version": (_COUNT, "The version that there is now."),
    "zone": (_ID, "The zone."),
}
