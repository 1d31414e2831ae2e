"""What a chart writes of a patient's conditions, and what it means here: by phrase and by code.

Phrases and codes are rows of the CSV files in this folder. ``stated`` reads what a person types, ``codes`` one code
of a record, ``words`` one phrase; each answers with a ``Reading``. Nothing is loaded before a condition is read, and
the list of a code system not before a code of it is.
"""
