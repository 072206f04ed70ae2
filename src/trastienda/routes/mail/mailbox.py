from trastienda.handlers.mail.mailbox import list_mailbox, show_mailbox_html, show_mailbox_mail
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import on_this_machine

mailbox = [
    Router(
        "/dev/mail",
        route_handlers=[
            list_mailbox,
            Router("/{name:str}", route_handlers=[show_mailbox_mail]),
            Router("/{name:str}/html", route_handlers=[show_mailbox_html]),
        ],
        guards=[on_this_machine],
        include_in_schema=False,
    ),
]
