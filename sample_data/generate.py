"""Writes both samples: ``python sample_data/generate.py [--seed 7] [--scale 1] [--out DIR]``.

The invented hospital's fortnight goes to DIR, the invented service company's to DIR/service.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample_data import waterworks
from sample_data.hospital import generate


def main() -> int:
    """Read the command line, write the files, say how many."""
    parser = argparse.ArgumentParser(description="Write two invented fortnights of files, each with its truth.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=int, default=1, help="multiplies the hospital's payments and planted cases")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    chosen = parser.parse_args()
    if chosen.scale < 1:
        parser.error("--scale must be 1 or more")
    summary = generate(chosen.out, chosen.seed, chosen.scale)
    print(f"{summary.files} files in {chosen.out / 'fortnight'}, their truth in {chosen.out / 'truth'}")
    count = waterworks.generate(chosen.out / "service", chosen.seed)
    print(f"{count} files in {chosen.out / 'service' / 'fortnight'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
