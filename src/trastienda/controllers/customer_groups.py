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
from trastienda.schemas.terms import Terms
from trastienda.services import customer_groups


@use_case
async def create(draft: CustomerGroupDraft, terms: Terms) -> CustomerGroupView:
    """Make a group, with nobody in it yet. Raise CustomerGroupCodeTaken."""
    async with transaction(terms.once) as session:
        group = CustomerGroup(code=draft.code, name=draft.name)
        await customer_groups.add(session, group)
        return await session.answer(await customer_groups.view(session, group.id))


@use_case
async def change(group_id: UUID, patch: CustomerGroupPatch, terms: Terms) -> CustomerGroupView:
    """Rename a group. Raise CustomerGroupChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        group.name = group.name if patch.name is UNSET else patch.name
        group.version += 1
        await session.orm.flush()
        return await session.answer(await customer_groups.view(session, group_id))


@use_case
async def remove(group_id: UUID, terms: Terms) -> None:
    """Take a group away. Raise CustomerGroupInUse."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        await customer_groups.remove(session, group)
        await session.answer(None)


@use_case
async def join(group_id: UUID, member: Member, terms: Terms) -> MemberView:
    """Put an account into a group. Raise CustomerUnknown."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        return await session.answer(await customer_groups.join(session, group, member))


@use_case
async def leave(group_id: UUID, member: Member, terms: Terms) -> None:
    """Take an account out of a group. Raise CustomerUnknown or MemberNotFound."""
    async with transaction(terms.once) as session:
        group = await customer_groups.claim(session, group_id, terms.seen)
        await customer_groups.leave(session, group, member)
        await session.answer(None)
