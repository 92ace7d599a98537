"""Tests of content brought in from others."""
