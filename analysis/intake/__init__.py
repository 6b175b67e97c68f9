"""Intake: bytes to Arrow tables, findings and control totals. Pure: no store, no screen."""
