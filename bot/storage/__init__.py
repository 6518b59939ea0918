"""Durable memory: tables, transactions and migrations on SQLite and PostgreSQL."""
