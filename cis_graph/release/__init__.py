"""Assembling, checking, publishing and opening releases."""
