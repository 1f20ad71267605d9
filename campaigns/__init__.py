"""The long trials, outside CI: each a script with a seed, `python -m campaigns.<name>`, that exits 1 on a violation."""
