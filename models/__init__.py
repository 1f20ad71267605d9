"""The database: what is true. Tables, their one door for writes (`models.store`) and plain queries (`models.reading`).

Table modules do not import annotations from the future: SQLModel reads the real types.
"""
