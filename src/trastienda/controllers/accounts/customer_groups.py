"""What staff do with customer groups and their members."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.database.models.accounts.customer_group import CustomerGroup
from trastienda.schemas.accounts.customer_group import (
    CustomerGroupDraft,
    CustomerGroupPatch,
    CustomerGroupView,
    Member,
    MemberView,
)
from trastienda.schemas.accounts.event import Membership
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import customer_groups
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import given, rewrite


@use_case
async def create(draft: CustomerGroupDraft, context: Context) -> CustomerGroupView:
    """Create an empty customer group. Raise CustomerGroupCodeTaken."""
    async with transaction(context.once) as session:
        group = CustomerGroup(code=draft.code, name=draft.name)
        await customer_groups.save(session, group)
        view = await customer_groups.view(session, group.id)
        return await events.record(session, event_types.CUSTOMER_GROUP.created, view, context)


@use_case
async def change(group_id: UUID, patch: CustomerGroupPatch, context: Context) -> CustomerGroupView:
    """Rename a customer group. Raise CustomerGroupNotFound or CustomerGroupChanged."""
    async with transaction(context.once) as session:
        group = await customer_groups.claim(session, group_id, context.seen)
        rewrite(group, given(patch))
        await session.orm.flush()
        view = await customer_groups.view(session, group_id)
        return await events.record(session, event_types.CUSTOMER_GROUP.changed, view, context)


@use_case
async def remove(group_id: UUID, context: Context) -> None:
    """Delete a group. Raise CustomerGroupNotFound, CustomerGroupChanged or CustomerGroupInUse."""
    async with transaction(context.once) as session:
        group = await customer_groups.claim(session, group_id, context.seen)
        await customer_groups.remove(session, group)
        await events.record_deletion(session, event_types.CUSTOMER_GROUP.deleted, group_id, context)


@use_case
async def join(group_id: UUID, member: Member, context: Context) -> MemberView:
    """Add an account to a group.

    Raise CustomerGroupNotFound, CustomerGroupChanged or CustomerUnknown.
    """
    async with transaction(context.once) as session:
        group = await customer_groups.claim(session, group_id, context.seen)
        view, new = await customer_groups.join(session, group, member)
        if new:
            event_type = event_types.GROUP_JOINED
            await events.append(session, event_type, group_id, Membership(view.user_id), context)
        return await session.answer(view)


@use_case
async def leave(group_id: UUID, member: Member, context: Context) -> None:
    """Remove an account from a group.

    Raise CustomerGroupNotFound, CustomerGroupChanged, CustomerUnknown or MemberNotFound.
    """
    async with transaction(context.once) as session:
        group = await customer_groups.claim(session, group_id, context.seen)
        user_id = await customer_groups.leave(session, group, member)
        event_type = event_types.GROUP_LEFT
        await events.append(session, event_type, group_id, Membership(user_id), context)
        await session.answer(None)
