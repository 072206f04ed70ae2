"""Events about emails."""

from trastienda.schemas.events.event import Gone
from trastienda.schemas.mail.mail import ConsentView, SentLetterView, SuppressionView, WordingView
from trastienda.services.events.types.kinds import kind, resource

MAIL_RESENT = kind("letter.resent", "Staff let a letter be sent once more.", SentLetterView)
MAIL_CONSENT_GRANTED = kind(
    "mail_consent.granted", "Somebody wants reminders at an address.", ConsentView
)
MAIL_CONSENT_WITHDRAWN = kind(
    "mail_consent.withdrawn", "The owner of an address wants no more reminders.", ConsentView
)
MAIL_SUPPRESSION_CREATED = kind(
    "mail_suppression.created",
    "A mail server said that nothing will ever reach an address.",
    SuppressionView,
)
MAIL_SUPPRESSION_DELETED = kind(
    "mail_suppression.deleted", "Staff let letters go to an address again.", Gone
)
MAIL_WORDING = resource("letter_wording", "words of their own for a letter", WordingView)
