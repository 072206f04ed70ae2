"""What a browser is called: people know `Firefox, Windows`, and not what it sends of itself."""

import re

BROWSERS = (
    (re.compile(r"\bEdg(e|A|iOS)?/"), "Edge"),
    (re.compile(r"\b(OPR|Opera)/"), "Opera"),
    (re.compile(r"\bSamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"\b(Firefox|FxiOS)/"), "Firefox"),
    (re.compile(r"\b(Chrome|Chromium|CriOS|HeadlessChrome)/"), "Chrome"),
    (re.compile(r"\bSafari/"), "Safari"),
)
"""The first that fits: most also name those that they descend from."""
SYSTEMS = (
    (re.compile(r"\biPhone\b"), "iPhone"),
    (re.compile(r"\biPad\b"), "iPad"),
    (re.compile(r"\bAndroid\b"), "Android"),
    (re.compile(r"\bCrOS\b"), "ChromeOS"),
    (re.compile(r"\bWindows\b"), "Windows"),
    (re.compile(r"\bMac OS X\b"), "macOS"),
    (re.compile(r"\bLinux\b"), "Linux"),
)
LONGEST = 80


def called(user_agent: str) -> str:
    """Return the browser and the system of a `User-Agent`, or its beginning if it is no browser."""
    found = [
        next((name for pattern, name in known if pattern.search(user_agent)), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    if not found[0]:
        return user_agent[:LONGEST]
    return ", ".join(it for it in found if it)
