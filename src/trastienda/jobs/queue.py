"""The queue: every task that a job can name."""

from procrastinate import App, PsycopgConnector

from trastienda.jobs import mail
from trastienda.settings import Settings


def queue(settings: Settings) -> App:
    """Make the queue, not yet connected; each is connected once."""
    app = App(connector=PsycopgConnector())
    app.task(name=mail.TASK, queue=mail.TASK, retry=mail.RETRIES)(mail.sending(settings))
    return app
