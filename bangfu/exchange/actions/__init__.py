"""The steps of a batch: upload, preflight, commit, undo, discard; and all of them in one go."""

from bangfu.exchange.actions.committing import commit_batch, run_commit
from bangfu.exchange.actions.importing import import_file, import_whole_file
from bangfu.exchange.actions.preflighting import preflight_batch, run_preflight
from bangfu.exchange.actions.undoing import run_undo, undo_batch
from bangfu.exchange.actions.uploading import discard_batch, split_batch, upload_batch

__all__ = [
    "commit_batch",
    "discard_batch",
    "import_file",
    "import_whole_file",
    "preflight_batch",
    "run_commit",
    "run_preflight",
    "run_undo",
    "split_batch",
    "undo_batch",
    "upload_batch",
]
