"""The policy of returns, as staff see and write it."""

from litestar import Response, get, patch
from litestar.params import JSONBody

from trastienda.controllers.returns import policy
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.returns.policy import ReturnPolicyPatch, ReturnPolicyView
from trastienda.services.channels import channels
from trastienda.services.returns import policies


@get()
async def get_return_policy() -> Response[ReturnPolicyView]:
    """Read until when customers may ask for returns, and what is paid back."""
    async with reading() as session:
        return versioned(policies.view(await policies.of_channel(session, channels.current().id)))


@patch()
async def change_return_policy(
    context: RequestContext, data: JSONBody[ReturnPolicyPatch]
) -> Response[ReturnPolicyView]:
    """Change only the fields that you send; amounts by currency are replaced as a whole."""
    return versioned(await policy.change(data, context))
