"""What commands share: options, places, output."""
