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
[class*="st-key-figure_"] { align-items: baseline; gap: 0.25rem 0.5rem; flex-wrap: nowrap; }
[class*="st-key-figure_"] > div:first-child { flex: 1 1 8rem; }
[class*="st-key-figure_"] button { min-height: 1.5rem; padding: 0; text-align: left; justify-content: flex-start; }
[class*="st-key-figure_"] button p { font-size: 0.93rem; text-align: left; white-space: normal; }
[class*="st-key-count_"] { width: 3rem; flex: none; }
[class*="st-key-amount_"] { width: 6.4rem; flex: none; }
[class*="st-key-count_"] [data-testid="stText"], [class*="st-key-amount_"] [data-testid="stText"] {
  text-align: right; font-size: 0.93rem; width: 100%;
}
[class*="st-key-note_"] { margin-top: -0.85rem; }
[class*="st-key-none_"] { opacity: 0.75; }
.st-key-roll_forward [data-testid="stMetricValue"] { font-size: 1.2rem; }
.st-key-roll_forward button { min-height: 1.2rem; padding: 0; }
.st-key-work_list [data-testid="stElementToolbar"], .st-key-work_candidates [data-testid="stElementToolbar"] {
  display: none;
}
</style>"""


def calm() -> None:
    """The rules stand on the page. The one colour, of a difference of 0.00, reads on light and on dark."""
    st.html(_RULES)
