"""The choice of a region on forms."""

from __future__ import annotations

from django import forms

from bangfu.core.models import Region, RegionLevel


class RegionField(forms.ModelChoiceField):
    """A region with the one above it, so that villages of the same name are told apart.

    The rows come with ``select_related("parent")``.
    """

    def label_from_instance(self, obj: Region) -> str:
        """The region above and the region; a county alone."""
        return f"{obj.parent.name} {obj.name}" if obj.parent and obj.level > RegionLevel.COUNTY else obj.name
