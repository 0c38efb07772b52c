"""Days: today in Sweden, and reckoning with months."""
