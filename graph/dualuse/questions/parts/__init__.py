"""Pieces that several questions share."""
