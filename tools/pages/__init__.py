"""What keeps the pages complete: their icons, and their Spanish."""
