"""Customer groups, locations and reasons for returns."""

from typing import Any

from trastienda.controllers.accounts import customer_groups
from trastienda.controllers.returns import reasons
from trastienda.controllers.stock import locations
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.frames import SHOWN
from trastienda.handlers.pages.admin.kinds.listing import everything, page
from trastienda.handlers.pages.admin.kinds.shipping import first_name, names
from trastienda.handlers.pages.admin.records.fields import Field, Section
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.words import marked
from trastienda.schemas.accounts.customer_group import CustomerGroupDraft, CustomerGroupPatch
from trastienda.schemas.returns.reason import ReturnReasonDraft, ReturnReasonPatch
from trastienda.schemas.shared.context import Context
from trastienda.schemas.stock.location import LocationDraft, LocationPatch
from trastienda.services.accounts import customer_groups as groups_on_record
from trastienda.services.returns import reasons as reasons_on_record
from trastienda.services.stock import locations as locations_on_record

CODE = Field("code", marked("Code"), hint=marked("It never changes."))


async def _members(request: AnyRequest, session: Reading, view: Any, _: Context) -> dict[str, Any]:  # noqa: ANN401
    cursor = frames.cursor(request)
    return {"members": await groups_on_record.members(session, view.id, SHOWN, cursor)}


CUSTOMER_GROUPS = Record(
    path="customer-groups",
    title=marked("Customer groups"),
    one=marked("Customer group"),
    new=marked("New customer group"),
    empty=marked("Promotions and price lists can be for a group alone."),
    write="customers.write",
    columns=(Column(marked("Name"), "name"), Column(marked("Code"), "code", "code")),
    sections=(Section(marked("Customer group"), (Field("name", marked("Name")), CODE)),),
    listed=lambda session, cursor, _: page(groups_on_record.page(session, SHOWN, cursor)),
    read=lambda session, group_id, _: groups_on_record.view(session, group_id),
    draft=CustomerGroupDraft,
    patch=CustomerGroupPatch,
    create=lambda _, draft, context: customer_groups.create(draft, context),
    change=lambda _, group_id, patch, context: customer_groups.change(group_id, patch, context),
    remove=lambda _, group_id, context: customer_groups.remove(group_id, context),
    more=_members,
    beside="admin/records/beside/members.html",
)
LOCATIONS = Record(
    path="locations",
    title=marked("Locations"),
    one=marked("Location"),
    new=marked("New location"),
    empty=marked("A location is where stock lies: a warehouse, or a shop."),
    write="stock.write",
    columns=(
        Column(marked("Name"), "name"),
        Column(marked("Code"), "code", "code"),
        Column(marked("Position"), "position", "number"),
    ),
    sections=(
        Section(
            marked("Location"),
            (
                Field("name", marked("Name")),
                CODE,
                Field(
                    "position",
                    marked("Position"),
                    hint=marked("Orders take stock from the lowest first."),
                ),
            ),
        ),
    ),
    listed=lambda session, _cursor, _context: everything(locations_on_record.every(session)),
    read=lambda session, location_id, _: locations_on_record.by_id(session, location_id),
    draft=LocationDraft,
    patch=LocationPatch,
    create=lambda _, draft, context: locations.create(draft, context),
    change=lambda _, location_id, patch, context: locations.change(location_id, patch, context),
    remove=lambda _, location_id, context: locations.remove(location_id, context),
)
RETURN_REASONS = Record(
    path="return-reasons",
    title=marked("Return reasons"),
    one=marked("Return reason"),
    new=marked("New return reason"),
    empty=marked("Without a reason, customers cannot ask for a return."),
    write="returns.write",
    columns=(
        Column(marked("Name"), "names", "names"),
        Column(marked("Code"), "code", "code"),
        Column(marked("Active"), "active", "yes"),
    ),
    sections=(
        Section(
            marked("Return reason"),
            (
                Field("name", marked("Name"), of=first_name),
                Field("translations", marked("Name in other languages"), of=names),
                CODE,
                Field("needs_note", marked("The customer has to say more")),
                Field("charges_fees", marked("The deductions of the policy apply")),
                Field("active", marked("It can be chosen")),
                Field("position", marked("Position"), hint=marked("The lowest comes first.")),
            ),
        ),
    ),
    listed=lambda session, _cursor, _context: everything(reasons_on_record.every(session)),
    read=lambda session, reason_id, _: reasons_on_record.by_id(session, reason_id),
    called=lambda view: str(first_name(view)),
    draft=ReturnReasonDraft,
    patch=ReturnReasonPatch,
    create=lambda _, draft, context: reasons.create(draft, context),
    change=lambda _, reason_id, patch, context: reasons.change(reason_id, patch, context),
    remove=lambda _, reason_id, context: reasons.remove(reason_id, context),
)
