from trastienda.handlers.pages.admin.operations import jobs, mail, webhooks
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ_MAIL, WRITE_MAIL = [requires("mail.read")], [requires("mail.write")]
READ_HOOKS, WRITE_HOOKS = [requires("webhooks.read")], [requires("webhooks.write")]
READ_JOBS, WRITE_JOBS = [requires("jobs.read")], [requires("jobs.write")]
WORDING = "/letters/{name:str}/{language:str}"
HOOK = "/webhooks/{webhook_id:uuid}"
DELIVERY = f"{HOOK}/deliveries/{{delivery_id:uuid}}"

operations = [
    Router("/mail", route_handlers=[mail.show_mail], guards=READ_MAIL),
    Router(
        "/mail/{letter_id:uuid}/resend",
        route_handlers=[mail.resend_mail_by_form],
        guards=WRITE_MAIL,
    ),
    Router("/mail/suppressions", route_handlers=[mail.show_suppressions], guards=READ_MAIL),
    Router(
        "/mail/suppressions/{suppression_id:uuid}/forgive",
        route_handlers=[mail.forgive_by_form],
        guards=WRITE_MAIL,
    ),
    Router("/letters", route_handlers=[mail.show_letters], guards=READ_MAIL),
    Router(WORDING, route_handlers=[mail.show_wording], guards=READ_MAIL),
    Router(WORDING, route_handlers=[mail.save_wording_by_form], guards=WRITE_MAIL),
    Router("/jobs", route_handlers=[jobs.show_jobs], guards=READ_JOBS),
    Router("/jobs/{job_id:int}", route_handlers=[jobs.show_job], guards=READ_JOBS),
    Router("/jobs/{job_id:int}", route_handlers=[jobs.decide_job_by_form], guards=WRITE_JOBS),
    Router("/events", route_handlers=[jobs.show_events], guards=[requires("events.read")]),
    Router(f"{HOOK}/rotate", route_handlers=[webhooks.rotate_secret_by_form], guards=WRITE_HOOKS),
    Router(f"{HOOK}/test", route_handlers=[webhooks.test_webhook_by_form], guards=WRITE_HOOKS),
    Router(f"{HOOK}/replay", route_handlers=[webhooks.replay_events_by_form], guards=WRITE_HOOKS),
    Router(DELIVERY, route_handlers=[webhooks.show_delivery], guards=READ_HOOKS),
    Router(f"{DELIVERY}/replay", route_handlers=[webhooks.send_again_by_form], guards=WRITE_HOOKS),
]
