"""What the speed claims rest on: the AQI engine beside python-aqi, the CPU of every page."""
