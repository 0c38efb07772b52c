"""Papers that the participant has signed, as they were photographed or scanned."""
