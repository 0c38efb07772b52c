"""Letters: addresses, invitations, and what waits to be sent."""
