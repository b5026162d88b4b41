"""The exhibition kiosk without Qt: show, scenes, cards, control, take-along."""
