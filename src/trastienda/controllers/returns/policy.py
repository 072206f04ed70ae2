"""What staff do with the policy of returns."""

from trastienda.database.db import transaction, use_case
from trastienda.schemas.returns.policy import ReturnPolicyPatch, ReturnPolicyView
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.returns import policies


@use_case
async def change(patch: ReturnPolicyPatch, context: Context) -> ReturnPolicyView:
    """Change the policy of the channel; it counts for what is asked for, approved and closed then.

    Raise ReturnPolicyChanged or NoSuchCurrency.
    """
    async with transaction(context.once) as session:
        policy = await policies.claim(session, channels.current().id, context.seen)
        policies.rewrite(policy, patch)
        await session.orm.flush()
        view = policies.view(policy)
        what = event_types.RETURN_POLICY_CHANGED
        await events.append(session, what, policy.id, view, context)
        return await session.answer(view)
