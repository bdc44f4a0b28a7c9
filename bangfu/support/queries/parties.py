"""Which subjects stand for units, people and regions."""

from __future__ import annotations

from bangfu.core.models import Region, Subject


def subject_of_region(region: Region) -> Subject | None:
    """A region's subject: villages have one, others once ``actions.parties`` made it for the first tie."""
    return Subject.objects.filter(region=region).first()
