"""The states of mails, as the address of their list names them."""

from trastienda.database.models.mail.sent_mail import LetterState

STATES = list(LetterState)


def state(text: str | None) -> LetterState | None:
    """Return the state of this name, if there is one."""
    return LetterState(text) if text in set(LetterState) else None
