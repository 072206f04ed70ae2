"""How payments move: what is decided, what their providers say, and what follows from it."""
