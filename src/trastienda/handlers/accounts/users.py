from datetime import timedelta
from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from trastienda.controllers.accounts import users
from trastienda.database.db import utcnow
from trastienda.database.models.shared.text import Locale
from trastienda.middlewares.identity import cookies
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.accounts.user import Registration, RegistrationView, VerificationDraft
from trastienda.services.accounts import verifications

REMEMBERED: timedelta = verifications.WAITS_FOR_MAIL + verifications.LIFETIME


@post(status_code=202)
async def register_user(
    client: Counted, locale: NamedDependency[Locale], data: JSONBody[Registration]
) -> Response[RegistrationView]:
    """Register with an e-mail address.

    The answer is the same whether or not the address has an account; the mail says which. The
    account can log in once the link in the mail has been followed. A cookie identifies the browser
    that registered.
    """
    begun = await users.register(data, client, utcnow(), locale)
    remember = cookies.made(cookies.REGISTRATION, begun.proof, REMEMBERED)
    return Response(begun.view, cookies=[remember])


@post(status_code=204)
async def verify_user(request: Request[Any, Any, Any], data: JSONBody[VerificationDraft]) -> None:
    """Prove that an address is yours, with the token of the mail.

    A token works once. In the browser that registered, the password of the registration takes
    effect. In any other, `password` has to name the one to use: without it the answer is 422
    `/problems/password-needed`, and the token stays valid.
    """
    proof = cookies.cookie(request.scope, cookies.REGISTRATION)
    await users.verify(data, proof, utcnow())
