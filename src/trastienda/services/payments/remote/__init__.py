"""What providers that are asked over HTTP share: one way to ask, and exact amounts."""
