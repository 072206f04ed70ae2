"""What Stripe's amounts and signatures are, without Stripe."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.analysis.source import ROOT
from support.servers.stripe_stub import SECRET, signed

from trastienda.services.payments.port import Notice, WebhookUnverified
from trastienda.services.payments.stripe import webhooks
from trastienda.services.payments.stripe.amounts import chargeable, from_stripe, to_stripe
from trastienda.services.shared import currencies

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
AT = NOW.timestamp()
EVENT = {
    "id": "evt_1",
    "type": "payment_intent.succeeded",
    "livemode": False,
    "data": {"object": {"id": "pi_1", "object": "payment_intent"}},
}


@pytest.mark.parametrize(
    ("amount", "currency", "theirs"),
    [
        (1_250, "EUR", 1_250),
        (1_250, "JPY", 1_250),
        (1_250, "KRW", 1_250),
        (1_250, "CLP", 1_250),
        (1_250, "ISK", 125_000),
        (1_250, "UGX", 125_000),
        (125_000, "MGA", 1_250),
        (1_250, "MGA", None),
        (12_500, "KWD", 12_500),
        (12_501, "TND", None),
        (1_250, "HUF", 1_250),
        (1_250, "TWD", 1_250),
        (1_250, "IQD", None),
        (1_250, "CLF", None),
    ],
)
def test_amounts_are_said_as_stripe_counts_them_or_not_at_all(
    amount: int, currency: str, theirs: int | None
) -> None:
    assert to_stripe(amount, currency) == theirs


@given(st.integers(0, 10**12), st.sampled_from(sorted(currencies.KNOWN)))
def test_what_can_be_said_comes_back_the_same(amount: int, currency: str) -> None:
    theirs = to_stripe(amount, currency)

    assert theirs is None or (type(theirs) is int and from_stripe(theirs, currency) == amount)


def test_a_part_of_what_has_no_parts_is_not_understood() -> None:
    with pytest.raises(ValueError, match="1250"):
        from_stripe(1_250_01, "ISK")


@pytest.mark.parametrize(
    ("amount", "currency", "takes"),
    [
        (50, "EUR", True),
        (49, "EUR", False),
        (0, "EUR", False),
        (30, "GBP", True),
        (49, "JPY", False),
        (99_999_999, "EUR", True),
        (100_000_000, "EUR", False),
        (1_000_000, "ISK", False),
    ],
)
def test_the_least_and_the_most_are_known(amount: int, currency: str, *, takes: bool) -> None:
    assert chargeable(amount, currency) is takes


def told(event: Any = EVENT, at: float = AT, **header: str) -> Notice:  # noqa: ANN401
    body, signature = signed(event, at=at)
    headers = {"stripe-signature": header.get("signature", signature)}
    return webhooks.notice(headers, body, SECRET, NOW, live=False)


def test_a_signed_webhook_says_which_payment_it_is_about() -> None:
    refund = {"id": "re_1", "object": "refund", "payment_intent": "pi_1"}
    dispute = {"id": "dp_1", "object": "dispute", "payment_intent": "pi_1"}
    payout = {"id": "po_1", "object": "payout"}

    assert told() == ("evt_1", "payment_intent.succeeded", "pi_1", None, None)
    assert told({**EVENT, "data": {"object": refund}})[2:] == ("pi_1", "re_1", None)
    assert told({**EVENT, "data": {"object": dispute}})[2:] == ("pi_1", None, "dp_1")
    assert told({**EVENT, "data": {"object": payout}})[2:] == (None, None, None)
    assert told(at=AT - 299)
    assert told(at=AT + 299)


def test_one_of_several_signatures_is_enough_while_a_secret_is_rotated() -> None:
    _, old = signed(EVENT, "whsec_another_one", AT)
    _, new = signed(EVENT, at=AT)
    both = f"{old},{new.partition(',')[2]}"

    assert told(signature=both).event_id == "evt_1"


@pytest.mark.parametrize(
    ("event", "header"),
    [
        (EVENT, {"at": AT - 301}),
        (EVENT, {"at": AT + 301}),
        (EVENT, {"at": AT + 3_600}),
        (EVENT, {"signature": ""}),
        (EVENT, {"signature": "v1=00"}),
        (EVENT, {"signature": f"t={int(AT)},v1=é"}),
        (EVENT, {"signature": f"t={int(AT)},v1="}),
        (EVENT, {"signature": f"t={int(AT)},t={int(AT)},v1=00"}),
        (EVENT, {"signature": "t=²,v1=00"}),
        (EVENT, {"signature": f"t={'9' * 5_000},v1=00"}),
        ({**EVENT, "livemode": True}, {}),
        ({"id": "evt_1", "object": "v2.core.event", "type": "v1.x", "livemode": False}, {}),
        ([], {}),
    ],
)
def test_what_is_not_signed_now_by_this_account_is_refused(
    event: object, header: dict[str, Any]
) -> None:
    with pytest.raises(WebhookUnverified):
        told(event, **header)


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"{", b'{"id": 1}', json.dumps(EVENT)[:-1].encode()]
)
def test_what_is_no_event_is_refused_even_if_it_is_signed(body: bytes) -> None:
    _, header = signed(EVENT, at=AT)
    with pytest.raises(WebhookUnverified):
        webhooks.notice({"stripe-signature": header}, body, SECRET, NOW, live=False)


def test_a_shop_without_stripe_does_not_load_its_sdk() -> None:
    own = ROOT / "services" / "payments" / "stripe"
    others = (it for it in ROOT.rglob("*.py") if own not in it.parents)
    imports = re.compile(r"^\s*(import stripe|from stripe|from \S+payments\.stripe)", re.MULTILINE)

    assert [str(it) for it in others if imports.search(it.read_text("utf-8"))] == []
