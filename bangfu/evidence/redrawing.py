"""Draws pictures anew: what is kept is our own file of the same pixels, nothing else of what was uploaded.

A phone's picture says where and when it was taken, with what, and may hold a thumbnail of what was cut away.
One made with ill intent attacks the program that opens it, here or on the old browsers of an office. So
pictures are decoded in a child process (``python -m bangfu.evidence.redrawing``: bounded in memory and time,
no database, no secrets) and written anew.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

from bangfu.core.errors import SituationForbids
from bangfu.evidence.kinds import JPEG, PNG, WEBP, MediaKind

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 60_000_000
"""Phones take 50 million; an A3 sheet scanned at 300 dpi has 17 million."""
_SECONDS, _MEMORY = 30, 2 << 30
_QUALITY = 92
"""Of JPEG: strokes of a pen stay sharp, the size stays about what it was."""
_TOO_LARGE = 3
_DAMAGED = "这张图片损坏或没有传完整，没有收下。请重新拍照或扫描后再传。"
_ENORMOUS = f"这张图片超过 {MOST_PIXELS // 10_000:,} 万像素，没有收下。请降低扫描清晰度后再传。"


def redrawn(content: bytes, kind: MediaKind) -> tuple[bytes, MediaKind]:
    """A picture drawn anew, upright, and the kind it is now; other kinds of file as they are.

    PNG stays PNG; JPEG and WebP become JPEG, which every browser opens. Raises SituationForbids for a picture
    that is torn, has too many pixels, or takes too much memory or time.
    """
    if kind not in (JPEG, PNG, WEBP):
        return content, kind
    drawn = _in_child(content, "PNG" if kind is PNG else "JPEG")
    return drawn, PNG if kind is PNG else JPEG


def _in_child(content: bytes, form: str) -> bytes:
    command = [sys.executable, "-m", "bangfu.evidence.redrawing", form]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise SituationForbids(_DAMAGED) from error
    if done.returncode == _TOO_LARGE:
        raise SituationForbids(_ENORMOUS)
    if done.returncode != 0 or not done.stdout:
        raise SituationForbids(_DAMAGED)
    return done.stdout


def _draw(content: bytes, form: str) -> bytes:
    """In the child: decode, turn upright, forget all that is beside the pixels, encode."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # 自己先看尺寸，不靠它的警告
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            sys.exit(_TOO_LARGE)
        turn = _TURNS.get(_orientation(picture))
        upright = picture.transpose(Image.Transpose[turn]) if turn else picture.copy()
    modes = ("L", "RGB") if form == "JPEG" else ("1", "L", "LA", "RGB", "RGBA")
    plain = upright if upright.mode in modes else upright.convert(_plain_mode(upright.mode, form))
    plain.info.clear()
    out = io.BytesIO()
    plain.save(out, form, **({"quality": _QUALITY} if form == "JPEG" else {}))
    return out.getvalue()


_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""What brings a picture upright, by the orientation that Exif tells."""
_ORIENTATION = 0x0112


def _orientation(picture: Image.Image) -> int:
    """What its Exif says; 1, as it stands, when it says nothing that can be read."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except (SyntaxError, ValueError, TypeError):
        return 1


def _plain_mode(mode: str, form: str) -> str:
    if mode.startswith("I;16") or mode in ("I", "F", "1"):
        return "L"
    return "RGBA" if form == "PNG" and mode in ("P", "PA", "RGBa", "La") else "RGB"


def main() -> None:
    """The child: a picture comes in, its like goes out; any other end means that it could not be drawn."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_draw(sys.stdin.buffer.read(), sys.argv[1]))


if __name__ == "__main__":
    main()
