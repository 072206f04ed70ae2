"""Texts that an attacker might write, and a judge of what pages make of them."""

from html.parser import HTMLParser

from httpx import Response

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></textarea><iframe srcdoc=x>",
    "javascript:alert(1)",
    "{{ 7*7 }}${7*7}",
    "</script><script>alert(1)//",
    '" autofocus onfocus=alert(1) x="',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
HOSTILE = " ".join(PAYLOADS)
OURS = {"a", "address", "aside", "article", "b", "body", "br", "button", "caption", "code", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "head", "header", "html", "img", "input", "kbd", "label", "legend", "li", "link", "main", "meta", "nav", "noscript", "ol", "option", "p", "picture", "pre", "progress", "s", "script", "section", "select", "source", "span", "strong", "summary", "svg", "table", "tbody", "td", "template", "textarea", "th", "thead", "time", "title", "tr", "ul", "use"}  # fmt: skip  # noqa: E501


class _Judge(HTMLParser):
    """Collects the tags and attributes that no template of ours writes."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS:
            self.strange.append(tag)
        for name, text in attrs:
            value = (text or "").strip().lower()
            if name.startswith("on") or name in {"style", "srcdoc"} or value == "x":
                self.strange.append(f"{tag} {name}={text}")
            if name in {"href", "src", "srcset", "action", "formaction"} and not value.startswith(
                ("/", "#", "https://localhost:8443/", "?")
            ):
                self.strange.append(f"{tag} {name}={text}")
        if tag == "script" and not dict(attrs).keys() & {"src", "type"}:
            self.strange.append("script inside the page")


def strange(page: Response) -> list[str]:
    judge = _Judge()
    judge.feed(page.text)
    return judge.strange
