"""The screen: the only home of streamlit beside app.py and pages/."""
