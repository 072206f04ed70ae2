"""The sections of the admin, and the scope that each of them needs."""

from collections.abc import Collection
from typing import NamedTuple

from trastienda.handlers.pages.words import marked

ANY_SCOPE = ""


class Place(NamedTuple):
    """A page that the navigation leads to."""

    href: str
    name: str
    scope: str
    icon: str
    key: str = ""
    """The second key of its shortcut, after `g`."""
    below: tuple["Place", ...] = ()


PLACES = (
    Place("/admin", marked("Home"), ANY_SCOPE, "house", "h"),
    Place(
        "/admin/orders",
        marked("Orders"),
        "orders.read",
        "shopping-bag",
        "o",
        (
            Place("/admin/draft-orders", marked("Draft orders"), "orders.read", ""),
            Place("/admin/returns", marked("Returns"), "returns.read", ""),
            Place("/admin/invoices", marked("Invoices"), "invoices.read", ""),
        ),
    ),
    Place(
        "/admin/products",
        marked("Products"),
        "catalogue.read",
        "package",
        "p",
        (
            Place("/admin/categories", marked("Categories"), "catalogue.read", ""),
            Place("/admin/media", marked("Pictures"), "media.read", ""),
            Place("/admin/imports", marked("Imports"), "catalogue.read", ""),
            Place("/admin/price-lists", marked("Price lists"), "pricing.read", ""),
            Place("/admin/exchange-rates", marked("Exchange rates"), "pricing.read", ""),
        ),
    ),
    Place(
        "/admin/stock",
        marked("Stock"),
        "stock.read",
        "boxes",
        "s",
        (
            Place("/admin/stock/count", marked("Count"), "stock.write", ""),
            Place("/admin/locations", marked("Locations"), "stock.read", ""),
        ),
    ),
    Place(
        "/admin/customers",
        marked("Customers"),
        "customers.read",
        "users",
        "c",
        (
            Place("/admin/customer-groups", marked("Customer groups"), "customers.read", ""),
            Place("/admin/gift-cards", marked("Gift cards"), "credit.read", ""),
            Place("/admin/store-credit", marked("Store credit"), "credit.read", ""),
        ),
    ),
    Place("/admin/promotions", marked("Promotions"), "pricing.read", "badge-percent"),
    Place("/admin/reports", marked("Reports"), "reports.read", "chart-column"),
    Place(
        "/admin/mail",
        marked("Mail"),
        "mail.read",
        "mail",
        "",
        (
            Place("/admin/letters", marked("Wordings"), "mail.read", ""),
            Place("/admin/mail/suppressions", marked("Dead addresses"), "mail.read", ""),
        ),
    ),
    Place(
        "/admin/jobs",
        marked("Operations"),
        "jobs.read",
        "activity",
        "",
        (
            Place("/admin/events", marked("Events"), "events.read", ""),
            Place("/admin/webhooks", marked("Webhooks"), "webhooks.read", ""),
        ),
    ),
    Place(
        "/admin/settings",
        marked("Settings"),
        "catalogue.read",
        "settings",
        "",
        (
            Place("/admin/staff", marked("Staff"), "staff.read", ""),
            Place("/admin/keys", marked("API keys"), "keys.write", ""),
            Place("/admin/storefront", marked("Storefront"), "catalogue.read", ""),
            Place("/admin/legal-pages", marked("Legal pages"), "catalogue.read", ""),
            Place("/admin/shipping-options", marked("Shipping"), "catalogue.read", ""),
            Place("/admin/zones", marked("Zones"), "catalogue.read", ""),
            Place("/admin/tax-rates", marked("Tax rates"), "pricing.read", ""),
            Place("/admin/tax-classes", marked("Tax classes"), "pricing.read", ""),
            Place("/admin/payment-providers", marked("Payment providers"), "providers.read", ""),
            Place("/admin/return-reasons", marked("Return reasons"), "returns.read", ""),
            Place("/admin/return-policy", marked("Return policy"), "returns.read", ""),
            Place("/admin/invoice-settings", marked("Invoice settings"), "invoices.read", ""),
        ),
    ),
)


def seen_by(scopes: Collection[str]) -> list[Place]:
    """Return the sections that these scopes open, each with the pages below it that they open."""
    return [
        it._replace(below=tuple(each for each in it.below if each.scope in scopes))
        for it in PLACES
        if it.scope in {ANY_SCOPE, *scopes} or any(each.scope in scopes for each in it.below)
    ]


def every(scopes: Collection[str]) -> list[Place]:
    """Return all pages of the navigation that these scopes open."""
    sections = seen_by(scopes)
    return [*sections, *(each for it in sections for each in it.below)]


def section_of(path: str) -> str:
    """Return the address of the section that a page belongs to."""
    for it in PLACES:
        for each in (*it.below, it):
            if each.href != "/admin" and (path == each.href or path.startswith(f"{each.href}/")):
                return it.href
    return "/admin"
