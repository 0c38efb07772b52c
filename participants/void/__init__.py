"""Wrong registrations: asked for by whoever answers for the case, answered by a coordinator, and undone."""
