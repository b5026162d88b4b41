"""The exhibition's window: touch, attract loop, guide's console."""
