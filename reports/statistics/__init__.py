"""Every figure's definition, once: tallies (rows with a count, from `reports/datasets/`) become results.

Standard library only: a definition can be read, tested and copied without the rest of the program. Rounding, per cent
signs and the hiding of small groups belong to `reports/tables/` and `reports/safe/`.
"""
