from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from trastienda.controllers import users
from trastienda.database.db import utcnow
from trastienda.database.models.text import Locale
from trastienda.middlewares.client import Counted
from trastienda.schemas.user import Registration, RegistrationView, VerificationDraft


@post(status_code=202)
async def register_user(
    client: Counted, locale: NamedDependency[Locale], data: JSONBody[Registration]
) -> RegistrationView:
    """Register with an e-mail address.

    The answer is the same whether the address is new or has an account; the mail says which. The
    account can log in once the link in the mail was followed.
    """
    return await users.register(data, client, utcnow(), locale)


@post(status_code=204)
async def verify_user(data: JSONBody[VerificationDraft]) -> None:
    """Prove that an address is yours, with the token of the mail.

    A token works once. The password of the registration that caused the mail is the one that counts
    from then on.
    """
    await users.verify(data.token, utcnow())
