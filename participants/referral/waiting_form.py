"""The common part of the forms about a referral that waits."""


class AboutWaiting:
    """Beside a SharedForm: nothing that somebody else has said of it meanwhile is run over, nor that it has come to
    something else."""

    def is_at_stake(self, name: str) -> bool:
        """Whether the answers would replace it, or whether it has come to something else or the identity is protected
        now, which goes by its label."""
        return name in self.fields or name == "state" or name[0].isupper()  # type: ignore[attr-defined]

    def label_of(self, name: str) -> str:
        """«Läge» of how it ended, which isn't asked about."""
        return "Läge" if name == "state" else super().label_of(name)  # type: ignore[misc]
