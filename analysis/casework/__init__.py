"""Casework: every open item as a case with state, owner, dates and history; contacts, claims, the spreadsheet."""
