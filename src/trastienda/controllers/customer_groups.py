"""What staff do with groups of customers."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.customer_group import CustomerGroup
from trastienda.schemas.customer_group import (
    CustomerGroupDraft,
    CustomerGroupPatch,
    CustomerGroupView,
    Member,
    MemberView,
)
from trastienda.schemas.event import Membership
from trastienda.schemas.terms import Terms
from trastienda.services import customer_groups, event_types, events


@use_case
async def create(draft: CustomerGroupDraft, terms: Terms) -> CustomerGroupView:
    """Make a group, with nobody in it yet. Raise CustomerGroupCodeTaken."""
    async with transaction(terms.once) as session:
        group = CustomerGroup(code=draft.code, name=draft.name)
        await customer_groups.add(session, group)
        view = await customer_groups.view(session, group.id)
        return await events.tell(session, event_types.CUSTOMER_GROUP.created, view, terms)


@use_case
async def change(group_id: UUID, patch: CustomerGroupPatch, terms: Terms) -> CustomerGroupView:
    """Rename a group. Raise CustomerGroupChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        group.name = group.name if patch.name is UNSET else patch.name
        group.version += 1
        await session.orm.flush()
        view = await customer_groups.view(session, group_id)
        return await events.tell(session, event_types.CUSTOMER_GROUP.changed, view, terms)


@use_case
async def remove(group_id: UUID, terms: Terms) -> None:
    """Take a group away. Raise CustomerGroupInUse."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        await customer_groups.remove(session, group)
        await events.tell_gone(session, event_types.CUSTOMER_GROUP.deleted, group_id, terms)


@use_case
async def join(group_id: UUID, member: Member, terms: Terms) -> MemberView:
    """Put an account into a group. Raise CustomerUnknown."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        view, new = await customer_groups.join(session, group, member)
        if new:
            what = event_types.GROUP_JOINED
            await events.append(session, what, group_id, Membership(view.user_id), terms)
        return await session.answer(view)


@use_case
async def leave(group_id: UUID, member: Member, terms: Terms) -> None:
    """Take an account out of a group. Raise CustomerUnknown or MemberNotFound."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        user_id = await customer_groups.leave(session, group, member)
        what = event_types.GROUP_LEFT
        await events.append(session, what, group_id, Membership(user_id), terms)
        await session.answer(None)
