"""An invented service company's fortnight: invoices, remittance advice as tables, a bank's CSV, posting batches.

Larch Creek Water Services looks after the water-treatment plants of towns, schools and works. Nothing here is read by
the product. Money is whole cents (``int``) everywhere and becomes text only when a file is written.
"""

from .fortnight import generate

__all__ = ["generate"]
