"""The week of a plan: its times, how they are typed, and how pages show them."""
