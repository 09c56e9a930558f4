"""Migrations of the store: Alembic's environment and its versions, in order."""

HEAD = "0003"
"""The newest revision; a store that has it needs no migration."""
