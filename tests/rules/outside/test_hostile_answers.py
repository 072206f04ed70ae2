"""What strangers' servers say is read without harm, whatever it is."""

from datetime import UTC, datetime
from time import process_time

import pytest

from trastienda.services.mail import bounces
from trastienda.services.mail.bounces import BounceUnreadable
from trastienda.services.webhooks import retries as webhook_retries

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2027 00:00:00 +99999999999999999999",
        "Mon, 01 Jan 2027 99999999999999999999:00:00 GMT",
    ],
)
def test_a_date_beyond_all_numbers_is_no_wish(said: str) -> None:
    assert webhook_retries.parse_retry_after(429, said, NOW) is None


@pytest.mark.parametrize(
    "report",
    [
        b"Content-Type: message/rfc822\n\n" * 8_000,
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 5_500,
        b"Content-Type: " + b"<" * 200_000 + b"\n\nx",
        b"Content-Type: multipart/report; boundary=" + b"(" * 200_000 + b"\n\nx",
    ],
    ids=["letters in letters", "parts in parts", "a long type", "a long boundary"],
)
def test_a_report_made_to_be_slow_is_refused_in_no_time(report: bytes) -> None:
    begun = process_time()

    with pytest.raises(BounceUnreadable):
        bounces.read(report)
    assert process_time() - begun < 3.0  # it was ten seconds and more, or a crash
