"""What people type for one entity; `cli.py` mounts each group."""
