from trastienda.handlers.mail.mail import (
    forgive_address,
    list_mail,
    list_suppressions,
    report_bounce,
    resend_mail,
)
from trastienda.handlers.mail.wordings import (
    delete_wording,
    get_wording,
    list_letters,
    preview_letter,
    put_wording,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("mail.read")], [requires("mail.write")]
WORDING = "/letters/{name:str}/wording/{language:str}"
DEAD = "/mail/suppressions"

mail = [
    Router("/mail", route_handlers=[list_mail], guards=READ),
    Router("/mail/{letter_id:uuid}/resend", route_handlers=[resend_mail], guards=WRITE),
    Router("/mail/bounces", route_handlers=[report_bounce], guards=WRITE),
    Router(DEAD, route_handlers=[list_suppressions], guards=READ),
    Router(f"{DEAD}/{{suppression_id:uuid}}", route_handlers=[forgive_address], guards=WRITE),
    Router("/letters", route_handlers=[list_letters], guards=READ),
    Router("/letters/{name:str}/preview", route_handlers=[preview_letter], guards=READ),
    Router(WORDING, route_handlers=[get_wording], guards=READ),
    Router(WORDING, route_handlers=[put_wording, delete_wording], guards=WRITE),
]
