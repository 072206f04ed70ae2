"""What browsers are called in the list of sessions."""

import pytest

from trastienda.handlers.pages.accounts import browsers

MOZILLA = "Mozilla/5.0"
APPLE = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{MOZILLA} (X11; Linux x86_64) {APPLE} Chrome/142.0 Safari/537.36", "Chrome, Linux"),
        (
            f"{MOZILLA} (Windows NT 10.0) {APPLE} Chrome/142.0 Safari/537.36 Edg/142",
            "Edge, Windows",
        ),
        (f"{MOZILLA} (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Windows"),
        (f"{MOZILLA} (iPhone; CPU iPhone OS 19_0) {APPLE} Version/19 Safari/60", "Safari, iPhone"),
        (f"{MOZILLA} (Linux; Android 16) {APPLE} Chrome/142 Mobile Safari/537", "Chrome, Android"),
        ("curl/8.14.1", "curl/8.14.1"),
        ("<b>" * 99, ("<b>" * 99)[:80]),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_its_name_and_its_system(user_agent: str, name: str) -> None:
    assert browsers.called(user_agent) == name
