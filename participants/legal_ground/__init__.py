"""The legal ground: why the organisation may handle the data. Sharing rests on consent, handling doesn't."""
