"""Keeps servers that are only measured from ever being started where people's data may be."""

from core.start.refusal import refuse_to_start


def only_for_measuring(development: bool) -> None:
    """End the process outside development mode: such a server asks nobody's right. Raises SystemExit."""
    if not development:
        refuse_to_start("Inställningarna är till för mätning med påhittade uppgifter, och kräver DEBUG=1.")
