"""Tests of the room of needs and offers."""
