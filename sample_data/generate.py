"""Writes the invented hospital's fortnight: ``python sample_data/generate.py [--seed 7] [--scale 1] [--out DIR]``."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample_data.hospital import generate


def main() -> int:
    """Read the command line, write the files, say how many."""
    parser = argparse.ArgumentParser(description="Write an invented hospital's fortnight of files and its truth.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=int, default=1, help="multiplies remittances, deposits and planted cases")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    chosen = parser.parse_args()
    if chosen.scale < 1:
        parser.error("--scale must be 1 or more")
    summary = generate(chosen.out, chosen.seed, chosen.scale)
    print(f"{summary.files} files in {chosen.out / 'fortnight'}, their truth in {chosen.out / 'truth'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
