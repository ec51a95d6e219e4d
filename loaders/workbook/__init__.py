"""The official's workbook: what has no machine source comes in by Excel or CSV, checked as tracked files are."""

from loaders.workbook.blank import template
from loaders.workbook.check import Plan, plan
from loaders.workbook.write import Applied, ImportRefusedError, apply

__all__ = ["Applied", "ImportRefusedError", "Plan", "apply", "plan", "template"]
