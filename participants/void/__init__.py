"""Wrong registrations: asked for by a user who answers for the case, answered by a coordinator, and undone."""
