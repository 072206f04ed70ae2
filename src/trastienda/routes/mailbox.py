from litestar import Router

from trastienda.handlers.mailbox import list_mailbox, show_mailbox_html, show_mailbox_letter

mailbox = [
    Router("/dev/mail", route_handlers=[list_mailbox], include_in_schema=False),
    Router("/dev/mail/{name:str}", route_handlers=[show_mailbox_letter], include_in_schema=False),
    Router(
        "/dev/mail/{name:str}/html", route_handlers=[show_mailbox_html], include_in_schema=False
    ),
]
