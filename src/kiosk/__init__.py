"""The See·Ask·Compare kiosk (看·问·比)."""

__version__ = "0.1.0"
