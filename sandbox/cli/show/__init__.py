"""Commands that show: window, kiosk, its control, screenshots."""
