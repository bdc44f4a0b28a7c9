"""Where a page finds its style sheets and scripts."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Static(CompressedManifestStaticFilesStorage):
    """Compressed files with a fingerprint in the name, once `collectstatic` has written the manifest.

    A file that the manifest does not know keeps its plain name: without a manifest (development, tests)
    these are all files, and an icon that is missing never costs a county its page.
    """

    def stored_name(self, name: str) -> str:
        """The name under which the file was collected, or the plain name."""
        stored: str = self.hashed_files.get(self.hash_key(self.clean_name(name)), name)
        return stored
