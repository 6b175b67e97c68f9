"""The little that the theme cannot say: less air, smaller headings and figures, for a page worked on all day."""

from __future__ import annotations

import streamlit as st

_RULES = """<style>
[data-testid="stMainBlockContainer"] { padding: 2.75rem 2.25rem 3rem; }
[data-testid="stHeading"] h1 { font-size: 1.7rem; padding: 0.25rem 0; }
[data-testid="stHeading"] h3 { font-size: 1.1rem; padding: 0.5rem 0 0.25rem; }
[data-testid="stMetricValue"] { font-size: 1.35rem; font-variant-numeric: tabular-nums; }
[data-testid="stText"] { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.st-key-work_strip [data-testid="stText"] { font-size: 0.9rem; }
.st-key-work_whose [data-testid="stText"] { font-size: 1.05rem; font-weight: 600; }
.st-key-work_strip [data-testid="stMetricValue"] { font-size: 1.5rem; }
.st-key-difference_ties [data-testid="stMetricValue"] { color: #16965a; }
.st-key-work_why { min-height: 2.9rem; }
.st-key-work_buttons button { min-height: 2.1rem; padding: 0.1rem 0.65rem; }
.st-key-work_buttons { flex-wrap: wrap; row-gap: 0.4rem; }
.st-key-work_list [data-testid="stElementToolbar"], .st-key-work_candidates [data-testid="stElementToolbar"] {
  display: none;
}
@media (max-width: 70rem) {
  .st-key-work_panes [data-testid="stHorizontalBlock"]:has(.st-key-work_list) { flex-wrap: wrap; }
  .st-key-work_panes [data-testid="stColumn"]:has(.st-key-work_list, .st-key-work_candidates) { min-width: 100%; }
}
</style>"""


def calm() -> None:
    """The rules stand on the page. The one colour, of a difference of 0.00, reads on light and on dark."""
    st.html(_RULES)
