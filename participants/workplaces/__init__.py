"""The project's register of workplaces, and who of those that the user sees is at each."""
