"""Tieout: every cent of every deposit accounted for, and for every cent that is not, why, whose, and what next."""
