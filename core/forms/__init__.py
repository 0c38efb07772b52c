"""What every form is made of: fields, the one-time token, saving once, and two who save at the same time."""
