"""An invented hospital's fortnight of payment files, with the truth about every cent beside it.

Nothing here is read by the product; the product is measured against what this package writes.
Money is whole cents (``int``) everywhere and becomes text only when a file is written.
"""

from .fortnight import Summary, generate

__all__ = ["Summary", "generate"]
