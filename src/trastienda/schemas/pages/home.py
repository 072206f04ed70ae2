from msgspec import Struct


class ToDo(Struct, kw_only=True):
    """How much waits for staff: of each kind at most `MOST`, which stands for more as well."""

    to_ship: int
    partly_sent: int
    to_capture: int
    unpaid: int
    returns: int
    low_stock: int
    failed_jobs: int
    failed_webhooks: int
    dead_mails: int


class FirstSteps(Struct, kw_only=True):
    """What a shop needs before it can sell, and what of it is really there."""

    named: bool
    """Whether it has a home country, and with it the taxes of that country."""
    taxed: bool
    ships: bool
    takes_payments: bool
    has_products: bool
