"""The facts of mails, by what they are about."""
