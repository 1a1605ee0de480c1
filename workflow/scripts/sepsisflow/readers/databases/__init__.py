"""ICU databases: folders of large tables, read out of core by DuckDB.

What is read of each is data, `resources/databases/{format}.yaml`.
"""
