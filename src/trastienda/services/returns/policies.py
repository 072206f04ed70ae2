"""What a channel says of returns. Without a row the defaults of the model are in force."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.returns.policy import ReturnPolicy, ReturnPolicyChanged
from trastienda.schemas.returns.policy import ReturnPolicyPatch, ReturnPolicyView
from trastienda.services.pricing.rounding import plain
from trastienda.services.shared import currencies
from trastienda.services.shared.records import expect_version, given, shown
from trastienda.services.shared.records import rewrite as write

AMOUNTS = ("return_fees", "standard_shipping")
# The first change of a channel's policy makes its row; two at once make it once.
_OPEN = prepared("""
    INSERT INTO return_policies (id, channel_id, window_days, expiry_days, restocking_percent,
        return_fees, shipping_refund, standard_shipping, version)
    VALUES (%(id)s, %(channel)s, %(window)s, %(expiry)s, %(restocking)s::text::numeric, '{}',
        %(shipping)s, '{}', 1)
    ON CONFLICT (channel_id) DO NOTHING
""")


async def of_channel(session: Reading, channel_id: UUID) -> ReturnPolicy:
    """Return the policy of a channel, or the defaults."""
    query = select(ReturnPolicy).where(ReturnPolicy.channel_id == channel_id)
    return await session.orm.scalar(query) or ReturnPolicy(channel_id=channel_id)


async def claim(session: Session, channel_id: UUID, seen: int | None) -> ReturnPolicy:
    """Lock the policy of a channel for a change. Raise ReturnPolicyChanged."""
    usual = ReturnPolicy(channel_id=channel_id)
    await _OPEN(
        session,
        id=usual.id,
        channel=channel_id,
        window=usual.window_days,
        expiry=usual.expiry_days,
        restocking=str(usual.restocking_percent),
        shipping=usual.shipping_refund.value,
    )
    query = select(ReturnPolicy).where(ReturnPolicy.channel_id == channel_id)
    policy = (await session.orm.scalars(query.with_for_update())).one()
    expect_version(policy.version, seen, ReturnPolicyChanged)
    return policy


def rewrite(policy: ReturnPolicy, patch: ReturnPolicyPatch) -> None:
    """Apply a patch to a policy. Raise NoSuchCurrency."""
    fields = given(patch)
    for name in AMOUNTS:
        amounts: Mapping[str, int] = fields.get(name, {})
        for currency in amounts:
            currencies.check(currency, f"/{name}/{currency}")
    if "restocking_percent" in fields:
        fields["restocking_percent"] = Decimal(fields["restocking_percent"])
    write(policy, fields)


def view(policy: ReturnPolicy) -> ReturnPolicyView:
    """Return a policy as staff see it."""
    return shown(
        policy, ReturnPolicyView, restocking_percent=plain(Decimal(policy.restocking_percent))
    )
