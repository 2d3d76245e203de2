"""Unit tests of the methods room."""
