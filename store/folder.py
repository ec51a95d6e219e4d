"""Where the facts lie: ``data/`` beside the code, or the folder that XINING_DATA names, as for the account of another city."""

import os
from pathlib import Path

DATA = Path(os.environ.get("XINING_DATA") or Path(__file__).resolve().parent.parent / "data")
